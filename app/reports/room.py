"""What reports bring to the application."""

from __future__ import annotations

from flask import Flask

from app.core import navigation, panels
from app.core.charts import chart_uri, chart_words
from app.core.navigation import Entry
from app.core.panels import Panel
from app.reports import handlers as handlers  # registers its event handlers


def open_room(app: Flask) -> None:
    from app.analytics.routes.narrow import narrows
    from app.reports import issue_routes as issue_routes  # adds its views to the blueprint
    from app.reports.routes import blueprint

    app.jinja_env.globals.update(chart_uri=chart_uri, chart_words=chart_words)
    app.register_blueprint(blueprint)
    narrows("reports.themes")
    navigation.register(
        Entry("Reports", "reports.index", "reports.view", 80, key="r", group="insight")
    )
    panels.register(
        Panel(
            slot="deal.head",
            name="summary",
            template="reports/deal_button.html",
            permission="reports.view",
            queries=0,
            context=lambda _session, _viewer, deal: {"deal": deal},
        )
    )
    panels.register(
        Panel(
            slot="interview.held",
            name="summary",
            template="reports/held_buttons.html",
            permission="reports.view",
            queries=0,
            context=lambda _session, _viewer, interview: {"deal": interview.deal},
        )
    )
