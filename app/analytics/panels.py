"""What analytics adds to the page of a differentiator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.analytics.queries import last_closing_until
from app.analytics.standings import standings_of
from app.analytics.window import Window
from app.core import clock
from app.core.access import Viewer
from app.core.formats import zone
from app.core.panels import Panel, register
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.market.models import Differentiator
from app.market.stages import STAGE_WORDS


def what_buyers_say(session: Session, _viewer: Viewer, row: Differentiator) -> Mapping[str, Any]:
    """The ways to what was said of it, and where the last four quarters contradict its standing."""
    house = workspace(session)
    today = clock.now().astimezone(zone(house.time_zone)).date()
    closed = last_closing_until(session, today) or today
    window = Window.year_to(Quarter.containing(closed, house.fiscal_year_first_month))
    return {
        "row": row,
        "questioned": [
            pair
            for pair in standings_of(session, window)
            if pair.differentiator.id == row.id and pair.reads_as is not None
        ],
        "window": window,
        "stage_words": STAGE_WORDS,
    }


def register_panels() -> None:
    for panel in (
        Panel(
            slot="differentiator.evidence",
            name="figures",
            template="analytics/differentiator_link.html",
            permission="analytics.view",
            queries=6,
            context=what_buyers_say,
        ),
        Panel(
            slot="differentiators.more",
            name="phrases",
            template="analytics/new_differentiators_link.html",
            permission="analytics.view",
            queries=0,
            context=lambda _session, _viewer, _subject: {},
        ),
    ):
        register(panel)
