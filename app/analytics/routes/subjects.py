"""Competitors and differentiators in figures; reasons have a page of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics import figures, tables
from app.analytics.figures import SHOWN_OUTCOMES
from app.analytics.queries import Subject
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.reasons import reasons_page
from app.analytics.routes.shown import Shown, kept_back_page, page, read_shown
from app.analytics.stats.theme import RULE
from app.core.access import Viewer, guarded
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.tagging.models import Direction

SUBJECTS = {
    "reasons": Subject.REASON,
    "competitors": Subject.COMPETITOR,
    "differentiators": Subject.DIFFERENTIATOR,
}
_WAYS = (Direction.AGAINST, Direction.FOR, Direction.NEUTRAL)


@blueprint.get("/<any(reasons, competitors, differentiators):subjects>")
@guarded("analytics.view")
def subjects(subjects: str) -> str:
    """Everything of one sort that buyers named, against us and for us, by outcome."""
    shown = read_shown()
    if kept_back := kept_back_page(subjects.capitalize(), shown):
        return kept_back
    if subjects == "reasons":
        return reasons_page(shown)
    found = figures.subject_figures(
        current_session(), shown.window, SUBJECTS[subjects], shown.filters
    )
    return page(
        "analytics/subjects.html",
        shown,
        page_of=subjects,
        subjects=subjects,
        found=found,
        ways=[way for way in _WAYS if found.one_way(way)],
        outcomes=[o for o in SHOWN_OUTCOMES if o in (shown.filters.outcomes or SHOWN_OUTCOMES)],
        widest=max((f.focus.interval.high for f in found.figures if f.focus.heard), default=1.0),
        rule=RULE,
    )


@files.tables_of("competitors")
def competitors_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return _files(session, shown, "competitors")


@files.tables_of("differentiators")
def differentiators_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return _files(session, shown, "differentiators")


def _files(session: Session, shown: Shown, subjects: str) -> list[Sheet]:
    found = figures.subject_figures(session, shown.window, SUBJECTS[subjects], shown.filters)
    return [tables.subjects_table(subjects.capitalize(), found.figures)]
