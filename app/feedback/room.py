"""What feedback brings to the application."""

from __future__ import annotations

from flask import Flask

from app.feedback.panels import register_panels
from app.feedback.routes import blueprint


def open_room(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_panels()
