"""What guides bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.guides import routes


def open_room(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    register(Entry("Guides", "guides.index", "guides.view", order=50, group="house"))
