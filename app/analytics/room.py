"""What analytics brings to the application."""

from __future__ import annotations

from flask import Flask

from app.core import navigation, panels
from app.core.navigation import Entry
from app.core.panels import Panel


def open_room(app: Flask) -> None:
    from app.analytics.routes import blueprint

    app.register_blueprint(blueprint)
    navigation.register(
        Entry("Figures", "analytics.overview", "analytics.view", 10, key="f", group="insight")
    )
    panels.register(
        Panel(
            slot="differentiator.evidence",
            name="figures",
            template="analytics/differentiator_link.html",
            permission="analytics.view",
            queries=0,
            context=lambda _session, _viewer, row: {"row": row},
        )
    )
    panels.register(
        Panel(
            slot="differentiators.more",
            name="phrases",
            template="analytics/new_differentiators_link.html",
            permission="analytics.view",
            queries=0,
            context=lambda _session, _viewer, _subject: {},
        )
    )
