"""What calendars bring to the application."""

from __future__ import annotations

from flask import Flask

from app.calendars import jobs as _jobs  # noqa: F401  # registers its jobs
from app.core.navigation import Entry, register


def open_room(app: Flask) -> None:
    from app.calendars.routes import blueprint

    app.register_blueprint(blueprint)
    register(Entry("Your calendars", "calendars.index", "interviews.hold", 15, group="account"))
