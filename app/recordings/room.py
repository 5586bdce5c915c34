"""What recordings bring to the application."""

from __future__ import annotations

from flask import Flask

from app.recordings import handlers as handlers  # registers its event handler
from app.recordings import jobs as jobs  # and its job
from app.recordings.panels import register_panels
from app.recordings.routes import blueprint


def open_room(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_panels()
