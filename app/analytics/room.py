"""What analytics brings to the application."""

from __future__ import annotations

from flask import Flask

from app.analytics.panels import register_panels
from app.core import navigation
from app.core.navigation import Entry


def open_room(app: Flask) -> None:
    from app.analytics.routes import blueprint

    app.register_blueprint(blueprint)
    navigation.register(
        Entry("Figures", "analytics.overview", "analytics.view", 10, key="f", group="insight")
    )
    register_panels()
