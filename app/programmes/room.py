"""What programmes bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.programmes import handlers as handlers  # registers its event handlers
from app.programmes import jobs as jobs  # registers its jobs
from app.programmes.panels import register_panels


def open_room(app: Flask) -> None:
    from app.programmes.routes import blueprint

    app.register_blueprint(blueprint)
    register_panels()
    register(Entry("Programmes", "programmes.index", "programmes.edit", order=30, key="p"))
