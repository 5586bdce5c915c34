"""What core brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core import design, navigation, routes


def open_room(app: Flask) -> None:
    navigation.init_app(app)
    app.register_blueprint(routes.blueprint)
    app.register_blueprint(design.blueprint)
