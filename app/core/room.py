"""What core brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core import routes


def open_room(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
