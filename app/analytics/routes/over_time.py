"""Figures over time: quarters with their ranges, and the live line."""

from __future__ import annotations

from itertools import dropwhile
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from app.analytics import queries, showing, tables
from app.analytics.few import has_few_in_a_quarter, is_kept_back, knows_who
from app.analytics.figures import subject_figures
from app.analytics.over_time import OverTime, over_time
from app.analytics.queries import Subject
from app.analytics.routes import files
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, page, read_shown
from app.analytics.window import Window
from app.core.access import NotFound, Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet
from app.tagging.models import Direction, Reason

#: Two years of quarters show a season and whether it comes again.
_QUARTERS = 8
_MOST_THEMES = 30


@blueprint.get("/time")
@guarded("analytics.view")
def time() -> str:
    session, shown = current_session(), read_shown()
    kept_back = _is_theme_kept_back(session, viewer(), shown)
    chosen = None if kept_back else _theme(session)
    found = _found(session, shown, chosen)
    themes = subject_figures(session, shown.window, Subject.REASON, shown.filters).figures
    return page(
        "analytics/time.html",
        shown,
        page_of="time",
        found=found,
        quarters=list(dropwhile(lambda one: not one.won.n and not one.heard.n, found.quarters)),
        chosen=chosen,
        is_kept_back=kept_back,
        themes=[] if kept_back else [f for f in themes if f.focus.named > 0][:_MOST_THEMES],
        won=showing.quarters_chart(found, "won"),
        theme_chart=showing.quarters_chart(found, "theme"),
        live=showing.live_chart(found.live),
        live_since=_live_window(shown).period.first_day,
    )


@files.tables_of("time")
def time_files(session: Session, who: Viewer, shown: Shown) -> list[Sheet]:
    chosen = None if _is_theme_kept_back(session, who, shown) else _theme(session)
    return tables.time_tables(_found(session, shown, chosen))


def _is_theme_kept_back(session: Session, who: Viewer, shown: Shown) -> bool:
    """Also where one of the quarters that stand side by side holds few."""
    return is_kept_back(session, who, shown.window, shown.filters) or (
        not knows_who(who) and has_few_in_a_quarter(session, _drawn(shown).quarters, shown.filters)
    )


def _found(session: Session, shown: Shown, chosen: tuple[Reason, Direction] | None) -> OverTime:
    return over_time(session, _drawn(shown), _live_window(shown), shown.filters, chosen)


def _drawn(shown: Shown) -> Window:
    latest = shown.window.latest
    if len(shown.window.quarters) > _QUARTERS:
        return shown.window
    return Window(tuple(latest.shifted(-back) for back in reversed(range(_QUARTERS))))


def _live_window(shown: Shown) -> Window:
    """A year, whatever is looked at: where the line begins must not depend on what it shows."""
    return Window.year_to(shown.window.latest)


def _theme(session: Session) -> tuple[Reason, Direction] | None:
    """From ?theme=<reason>:<direction>."""
    token = request.args.get("theme", "")
    if not token:
        return None
    public_id, _, way = token.rpartition(":")
    reason: Any = queries.subject_by_public_id(session, Subject.REASON, public_id)
    if not isinstance(reason, Reason) or way not in (Direction.FOR, Direction.AGAINST):
        raise NotFound
    return reason, Direction(way)
