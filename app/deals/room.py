"""What deals brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core import navigation, panels
from app.core.navigation import Entry
from app.core.panels import Panel
from app.deals import (
    handlers,  # noqa: F401 - registers what listens to earlier rooms
    jobs,  # noqa: F401 - registers the import
)


def open_room(app: Flask) -> None:
    from app.deals import import_routes
    from app.deals.routes import blueprint

    app.register_blueprint(blueprint)
    app.register_blueprint(import_routes.blueprint)
    for entry in (
        Entry("Deals", "deals.deals", "deals.view", 20, key="d"),
        Entry("Sellers", "deals.sellers", "deals.edit", 40, group="house"),
        Entry("Exchange rates", "deals.rates", "deals.edit", 50, group="house"),
    ):
        navigation.register(entry)
    panels.register(
        Panel(
            slot="competitor.links",
            name="deals",
            template="deals/competitor_links.html",
            permission="deals.view",
            queries=0,
            context=lambda _session, _viewer, competitor: {"competitor": competitor},
        )
    )
