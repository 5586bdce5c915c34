"""What mail brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.mail import jobs as _jobs  # noqa: F401  # registers the job
from app.mail.routes import blueprint


def open_room(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register(Entry("Outgoing mail", "mail.index", "mail.view", order=80, group="house"))
