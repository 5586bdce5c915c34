"""What tagging brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core.navigation import Entry, register
from app.tagging import evidence as evidence  # registers its event handlers
from app.tagging import handlers as handlers  # and these theirs
from app.tagging.double_coding import handlers as double_coding_handlers  # noqa: F401
from app.tagging.double_coding import jobs as double_coding_jobs  # noqa: F401
from app.tagging.panels import register_panels
from app.tagging.suggestions import handlers as suggestion_handlers  # noqa: F401
from app.tagging.suggestions import jobs as jobs  # and the jobs that learn and suggest


def open_room(app: Flask) -> None:
    from app.tagging.routes import blueprint

    register_panels()
    app.register_blueprint(blueprint)
    register(Entry("Tagging", "tagging.queue", "tagging.tag", 30, key="t"))
    register(Entry("Reason list", "tagging.reason_list", "signed_in", 40, group="house"))
