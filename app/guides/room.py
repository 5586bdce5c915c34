"""What guides bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register


def open_room(app: Flask) -> None:
    from app.guides.routes import blueprint

    app.register_blueprint(blueprint)
    register(Entry("Guides", "guides.index", "guides.view", order=50, group="house"))
