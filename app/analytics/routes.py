"""The figures on pages: overview, reasons, competitors, differentiators, and what is behind each
number. They open on the last four quarters; the address holds what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy.orm import Session

from app.analytics import figures, queries, showing
from app.analytics.evidence import evidence_behind
from app.analytics.figures import CONTESTED, SHOWN_OUTCOMES
from app.analytics.method import method_blocks
from app.analytics.queries import Subject
from app.analytics.stats.theme import RULE
from app.analytics.window import Window, quarter_words
from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.formats import zone
from app.core.periods import Quarter
from app.deals.models import DECIDED, Outcome
from app.identity.queries import workspace
from app.tagging.models import Direction

blueprint = Blueprint("analytics", __name__, template_folder="templates")

SPANS = {"year": "Last four quarters", "quarter": "This quarter alone", "all": "All time"}
_PLURALS = {
    "reasons": Subject.REASON,
    "competitors": Subject.COMPETITOR,
    "differentiators": Subject.DIFFERENTIATOR,
}


@dataclass(frozen=True)
class Shown:
    """What the page looks at, and how its address says so."""

    window: Window
    span: str
    newest: Quarter

    @property
    def query(self) -> dict[str, str]:
        return {"to": self.window.latest.token, "span": self.span}

    @property
    def earlier(self) -> dict[str, str]:
        return {"to": self.window.latest.shifted(-1).token, "span": self.span}

    @property
    def later(self) -> dict[str, str] | None:
        if self.window.latest >= self.newest:
            return None
        return {"to": self.window.latest.shifted(1).token, "span": self.span}


@blueprint.get("/figures")
@guarded("analytics.view")
def overview() -> Any:
    shown = _shown(current_session())
    found = figures.overview(current_session(), shown.window)
    reasons = figures.subject_figures(current_session(), shown.window, Subject.REASON)
    return _page(
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


@blueprint.get("/figures/<any(reasons, competitors, differentiators):subjects>")
@guarded("analytics.view")
def subjects(subjects: str) -> Any:
    """Everything of one sort that buyers named, against us and for us, by outcome."""
    shown = _shown(current_session())
    found = figures.subject_figures(current_session(), shown.window, _PLURALS[subjects])
    return _page(
        "analytics/subjects.html",
        shown,
        subjects=subjects,
        found=found,
        ways=[way for way in _WAYS if found.one_way(way)],
        outcomes=SHOWN_OUTCOMES,
        widest=max((f.focus.interval.high for f in found.figures if f.focus.heard), default=1.0),
        rule=RULE,
        apart={one.reason for one in found.comparison.tested if one.stands}
        if found.comparison
        else set(),
        tested=len(found.comparison.tested) if found.comparison else 0,
    )


@blueprint.get("/figures/<any(reasons, competitors, differentiators):subjects>/<public_id>")
@guarded("analytics.view")
def behind(subjects: str, public_id: str) -> Any:
    """The deals and quotes behind a number."""
    session, shown = current_session(), _shown(current_session())
    subject = _PLURALS[subjects]
    row = queries.subject_by_public_id(session, subject, public_id)
    if row is None:
        raise NotFound
    way = _token(Direction, request.args.get("way")) or Direction.AGAINST
    outcome = _token(Outcome, request.args.get("outcome"))
    outcomes = [outcome] if outcome in DECIDED else DECIDED
    return _page(
        "analytics/behind.html",
        shown,
        subjects=subjects,
        row=row,
        way=way,
        outcome=outcome,
        outcomes=SHOWN_OUTCOMES,
        evidence=evidence_behind(
            session, viewer(), subject, row.id, shown.window.period, way, outcomes
        ),
    )


@blueprint.get("/figures/how")
@guarded("signed_in")
def how() -> Any:
    return render_template("analytics/how.html", blocks=method_blocks(), rule=RULE)


_WAYS = (Direction.AGAINST, Direction.FOR, Direction.NEUTRAL)


def _page(template: str, shown: Shown, **context: Any) -> str:
    spans = [
        (words, url_for(request.endpoint or "", **_arguments(shown, span=span)), None)
        for span, words in SPANS.items()
    ]
    return render_template(
        template,
        shown=shown,
        spans=spans,
        span_words=SPANS[shown.span],
        earlier=url_for(request.endpoint or "", **_arguments(shown, **shown.earlier)),
        later=url_for(request.endpoint or "", **_arguments(shown, **shown.later))
        if shown.later
        else None,
        quarter_words=quarter_words,
        shown_share=showing.shown_share,
        outcome_words=showing.OUTCOME_WORDS,
        **context,
    )


def _arguments(shown: Shown, **changes: str) -> dict[str, Any]:
    return {**(request.view_args or {}), **request.args, **shown.query, **changes}


def _shown(session: Session) -> Shown:
    """From ?to=2026Q3&span=year|quarter|all. Raises NotFound for what is neither."""
    house = workspace(session)
    today: date = clock.now().astimezone(zone(house.time_zone)).date()
    first_month = house.fiscal_year_first_month
    newest = Quarter.containing(queries.last_closing_until(session, today) or today, first_month)
    span = request.args.get("span", "year")
    if span not in SPANS:
        raise NotFound
    try:
        to = Quarter.parse(request.args.get("to") or newest.token, first_month)
    except ValueError:
        raise NotFound from None
    return Shown(_window(session, to, span), span, newest)


def _window(session: Session, to: Quarter, span: str) -> Window:
    if span == "quarter":
        return Window.only(to)
    if span == "year":
        return Window.year_to(to)
    days = queries.closing_dates(session)
    first = Quarter.containing(days[0], to.first_month) if days else to
    return Window.all_time(min(first, to), to)


def _token(tokens: Any, value: str | None) -> Any:
    """The token of this value, or None; NotFound for one that there is not."""
    if not value:
        return None
    try:
        return tokens(value)
    except ValueError:
        raise NotFound from None
