"""Reasons, competitors and differentiators in figures, and what is behind each number."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy.orm import Session

from app.analytics import figures, queries, tables
from app.analytics.evidence import evidence_behind
from app.analytics.figures import SHOWN_OUTCOMES
from app.analytics.queries import Subject
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.reasons import reasons_page
from app.analytics.routes.shown import Shown, kept_back_page, page, read_shown
from app.analytics.stats.theme import RULE
from app.core.access import NotFound, Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.deals.models import DECIDED
from app.tagging.models import Direction

_PLURALS = {
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
        current_session(), shown.window, _PLURALS[subjects], shown.filters
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


@blueprint.get("/<any(reasons, competitors, differentiators):subjects>/<public_id>")
@guarded("analytics.view")
def behind(subjects: str, public_id: str) -> str:
    """The deals and quotes behind a number."""
    session, shown = current_session(), read_shown()
    subject = _PLURALS[subjects]
    row = queries.subject_by_public_id(session, subject, public_id)
    if row is None:
        raise NotFound
    if kept_back := kept_back_page(subjects.capitalize(), shown):
        return kept_back
    way = _way()
    return page(
        "analytics/behind.html",
        shown,
        subjects=subjects,
        row=row,
        way=way,
        outcomes=SHOWN_OUTCOMES,
        evidence=evidence_behind(
            session,
            viewer(),
            subject,
            row.id,
            shown.window.period,
            way,
            shown.filters.outcomes or DECIDED,
            shown.filters,
        ),
    )


@files.tables_of("competitors")
def competitors_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return _files(session, shown, "competitors")


@files.tables_of("differentiators")
def differentiators_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return _files(session, shown, "differentiators")


def _files(session: Session, shown: Shown, subjects: str) -> list[Sheet]:
    found = figures.subject_figures(session, shown.window, _PLURALS[subjects], shown.filters)
    return [tables.subjects_table(subjects.capitalize(), found.figures)]


def _way() -> Any:
    """Which way was asked about: against us where nothing is said."""
    try:
        return Direction(request.args.get("way") or Direction.AGAINST)
    except ValueError:
        raise NotFound from None
