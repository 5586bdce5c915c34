"""The first page of figures: decided, won, heard, and what weighs most."""

from __future__ import annotations

from app.analytics import figures, showing
from app.analytics.figures import CONTESTED
from app.analytics.queries import Subject
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import page, read_shown
from app.core.access import guarded
from app.core.edge import current_session
from app.deals.models import Outcome
from app.tagging.models import Direction


@blueprint.get("")
@guarded("analytics.view")
def overview() -> str:
    session, shown = current_session(), read_shown()
    found = figures.overview(session, shown.window, shown.filters)
    reasons = figures.subject_figures(session, shown.window, Subject.REASON, shown.filters)
    return page(
        "analytics/overview.html",
        shown,
        overview=found,
        leading=[
            next((f for f in reasons.one_way(way) if f.focus.named > 0), None)
            for way in (Direction.AGAINST, Direction.FOR)
        ],
        win_rates=showing.win_rate_chart(found),
        change=showing.shown_movement(found),
        outcomes=[o for o in Outcome if o in CONTESTED or found.counts.decided.get(o)],
    )
