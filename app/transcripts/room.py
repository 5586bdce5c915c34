"""What transcripts bring to the application."""

from __future__ import annotations

from flask import Flask

from app.transcripts import draft_routes as draft_routes  # adds to the same blueprint
from app.transcripts import handlers as handlers  # registers its event handlers
from app.transcripts.panels import register_panels
from app.transcripts.routes import blueprint


def open_room(app: Flask) -> None:
    register_panels()
    app.register_blueprint(blueprint)
