"""What search brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.search import handlers as _handlers  # noqa: F401  # registers them
from app.search import jobs as _jobs  # noqa: F401  # registers the jobs
from app.search import telling as _telling  # noqa: F401  # and this its own


def open_room(app: Flask) -> None:
    from app.search.routes import blueprint

    app.register_blueprint(blueprint)
    register(Entry("Search", "search.page", "signed_in", order=25, key="s"))
