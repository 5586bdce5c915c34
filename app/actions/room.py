"""What decisions bring to the application."""

from __future__ import annotations

from flask import Flask

from app.actions import (
    handlers,  # noqa: F401 - registers what listens to earlier rooms
    jobs,  # noqa: F401 - registers the reminding
)
from app.actions.panels import register_panels
from app.core import navigation
from app.core.navigation import Entry


def open_room(app: Flask) -> None:
    from app.actions.routes import blueprint

    app.register_blueprint(blueprint)
    register_panels()
    navigation.register(
        Entry("Decisions", "actions.index", "actions.view", 75, key="a", group="insight")
    )
