"""What interviews bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.deals.access import grant
from app.interviews import capture_routes as capture_routes  # adds to the same blueprint
from app.interviews import handlers as handlers  # registers its event handlers
from app.interviews import offline_routes as offline_routes
from app.interviews import queries, routes
from app.interviews import sync_routes as sync_routes
from app.interviews.panels import register_panels


def open_room(app: Flask) -> None:
    grant(queries.deals_interviewed_by)
    register_panels()
    app.register_blueprint(routes.blueprint)
    register(Entry("Interviews", "interviews.index", "interviews.view", order=20, key="i"))
