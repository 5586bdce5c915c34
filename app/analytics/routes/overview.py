"""The first page of figures: decided, won, heard, and what weighs most."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics import decided, figures, showing, tables
from app.analytics.counted import by_segment, cells, closed_in_crm
from app.analytics.decided import CONTESTED
from app.analytics.few import is_kept_back
from app.analytics.moved import moved
from app.analytics.narrowing import narrow
from app.analytics.queries import Subject
from app.analytics.reconciled import Reconciled, reconciled
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, page, read_shown
from app.core.access import Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.deals.models import Outcome
from app.tagging.models import Direction


@blueprint.get("")
@guarded("analytics.view")
def overview() -> str:
    session, shown = current_session(), read_shown()
    narrowed = narrow(session, shown.filters.without("outcome"))
    windows = shown.window, shown.window.before
    counted = [cells(session, window, narrowed) for window in windows]
    found = decided.overview_of(shown.window, *counted)
    reasons, ago = (
        figures.subject_figures(
            session, window, Subject.REASON, shown.filters, by_segment(some, shown.filters.outcomes)
        )
        for window, some in zip(windows, counted, strict=True)
    )
    kept_back = is_kept_back(session, viewer(), shown.window, shown.filters)
    return page(
        "analytics/overview.html",
        shown,
        page_of="overview",
        is_kept_back=kept_back,
        is_change_kept_back=kept_back
        or is_kept_back(session, viewer(), shown.window.before, shown.filters),
        overview=found,
        leading=[
            next((f for f in reasons.one_way(way) if f.focus.named > 0), None)
            for way in (Direction.AGAINST, Direction.FOR)
        ],
        moved=moved(reasons, ago),
        by_crm=_by_crm(session, shown),
        shown_change=showing.shown_change,
        win_rates=showing.win_rate_chart(found),
        change=showing.shown_movement(found),
        outcomes=[o for o in Outcome if o in CONTESTED or found.counts.decided.get(o)],
    )


def _by_crm(session: Session, shown: Shown) -> Reconciled:
    narrowed = narrow(session, shown.filters.without("outcome"))
    return reconciled(closed_in_crm(session, shown.window.period, narrowed))


@files.tables_of("overview")
def overview_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    found = decided.overview(session, shown.window, shown.filters)
    return tables.overview_tables(found, _by_crm(session, shown))
