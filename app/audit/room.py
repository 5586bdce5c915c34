"""What audit brings to the application."""

from __future__ import annotations

from flask import Flask

from app.audit.routes import blueprint
from app.core.navigation import Entry, register


def open_room(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register(Entry("Log", "audit.log", "audit.view", order=90, group="house"))
