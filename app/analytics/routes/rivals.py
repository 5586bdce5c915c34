"""Competitors: all of them, one by itself, and doing nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from app.analytics import four_questions, market_showing, market_tables
from app.analytics.few import is_kept_back
from app.analytics.nothing import nothing
from app.analytics.rivals import against, met_with, rivals
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, kept_back_page, page, read_shown
from app.analytics.showing import range_words
from app.analytics.stats.standing import STAGE_RULE
from app.analytics.stats.theme import RULE
from app.core.access import NotFound, Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.deals.models import Outcome
from app.market.models import CompetitorKind
from app.market.queries import get_competitor
from app.market.stages import STAGE_WORDS


def competitors_page(shown: Shown) -> str:
    """Whom we meet, and how often we win then."""
    found = rivals(current_session(), shown.window, shown.filters)
    return page(
        "analytics/rivals.html",
        shown,
        page_of="competitors",
        found=found,
        chart=market_showing.rivals_chart(found),
        range_words=range_words,
        movement=market_showing.movement_words,
        stage_words=STAGE_WORDS,
    )


@blueprint.get("/against/<public_id>")
@guarded("analytics.view")
def against_competitor(public_id: str) -> Any:
    """One competitor; doing nothing has a page of its own."""
    session, shown = current_session(), read_shown()
    row = get_competitor(session, public_id)
    if row.kind is CompetitorKind.NOTHING:
        return redirect(url_for("analytics.doing_nothing", **shown.query))
    title = f"Against {row.name}"
    # Few accounts may be left once only the deals count in which this one was met.
    here = replace(shown, filters=met_with(shown.filters, row))
    if kept_back := kept_back_page(title, here):
        return kept_back
    found = against(session, viewer(), shown.window, row, shown.filters)
    return page(
        "analytics/against.html",
        shown,
        page_of="against",
        about=row.public_id,
        title=title,
        found=found,
        narrowed_query=here.query,
        movement=market_showing.movement_words,
        stage_words=STAGE_WORDS,
        rule=RULE,
        stage_rule=STAGE_RULE,
    )


@files.tables_of("against")
def against_files(session: Session, who: Viewer, shown: Shown) -> list[Sheet]:
    """Those of one competitor, whom ?about= names."""
    row = get_competitor(session, request.args.get("about", ""))
    if is_kept_back(session, who, shown.window, met_with(shown.filters, row)):
        raise NotFound
    return market_tables.against_tables(against(session, who, shown.window, row, shown.filters))


@blueprint.get("/doing-nothing")
@guarded("analytics.view")
def doing_nothing() -> str:
    """Deals that ended in no decision."""
    shown = read_shown()
    title = "Doing nothing"
    if kept_back := kept_back_page(title, shown):
        return kept_back
    found = nothing(current_session(), shown.window, shown.filters)
    return page(
        "analytics/nothing.html",
        shown,
        page_of="doing-nothing",
        found=found,
        questions=four_questions,
        no_decision=Outcome.NO_DECISION,
        movement=market_showing.movement_words,
    )


@files.tables_of("doing-nothing")
def nothing_files(session: Session, _viewer: Viewer, shown: Shown) -> list[Sheet]:
    return market_tables.nothing_tables(nothing(session, shown.window, shown.filters))
