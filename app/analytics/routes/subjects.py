"""Competitors and differentiators in figures; reasons have a page of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analytics import figures, market_tables, tables
from app.analytics.claims import claims
from app.analytics.queries import Subject
from app.analytics.rivals import rivals
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.differentiators import differentiators_page
from app.analytics.routes.reasons import reasons_page
from app.analytics.routes.rivals import competitors_page
from app.analytics.routes.shown import Shown, kept_back_page, read_shown
from app.core.access import Viewer, guarded
from app.core.spreadsheets import Sheet

SUBJECTS = {
    "reasons": Subject.REASON,
    "competitors": Subject.COMPETITOR,
    "differentiators": Subject.DIFFERENTIATOR,
}


@blueprint.get("/<any(reasons, competitors, differentiators):subjects>")
@guarded("analytics.view")
def subjects(subjects: str) -> str:
    """Everything of one sort that buyers named."""
    shown = read_shown()
    return kept_back_page(subjects.capitalize(), shown) or _PAGES[subjects](shown)


_PAGES = {
    "reasons": reasons_page,
    "competitors": competitors_page,
    "differentiators": differentiators_page,
}


@files.tables_of("competitors")
def competitors_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return [
        market_tables.rivals_table(rivals(session, shown.window, shown.filters).rivals),
        _named(session, shown, "competitors"),
    ]


@files.tables_of("differentiators")
def differentiators_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    found = claims(session, shown.window, shown.filters)
    return [
        market_tables.claims_table(found),
        market_tables.quarters_table(found),
        _named(session, shown, "differentiators"),
    ]


def _named(session: Session, shown: Shown, subjects: str) -> Sheet:
    found = figures.subject_figures(session, shown.window, SUBJECTS[subjects], shown.filters)
    return tables.subjects_table(subjects.capitalize(), found.figures)
