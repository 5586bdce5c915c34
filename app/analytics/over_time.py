"""Quarter by quarter, and a line that may be looked at every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.analytics.counted import Cell, cells, quarter_of
from app.analytics.decided import CONTESTED
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import INFLUENCED, closed_in, explained_by
from app.analytics.said import heard_deals
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.sequence import confidence_sequence
from app.analytics.taken import evidence_rows
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Deal, Outcome
from app.interviews.models import Interview, Kind
from app.tagging.models import Direction, Reason

#: Of the live line this many points are drawn, evenly over the deals decided.
_POINTS = 12


@dataclass(frozen=True)
class AtQuarter:
    """The shares of one quarter; `theme` is None where none was chosen."""

    quarter: Quarter
    won: Interval
    heard: Interval
    theme: Interval | None


@dataclass(frozen=True)
class LivePoint:
    """The win rate of all deals decided so far, with a range that holds at every look."""

    day: date
    rate: Interval


@dataclass(frozen=True)
class OverTime:
    quarters: tuple[AtQuarter, ...]
    #: From the first day of the window on; empty where nothing was decided.
    live: tuple[LivePoint, ...]


def over_time(
    session: Session,
    window: Window,
    live_window: Window,
    filters: Filters = EVERYTHING,
    theme: tuple[Reason, Direction] | None = None,
) -> OverTime:
    """`live_window` is where the live line begins: a beginning chosen beforehand."""
    narrowed = narrow(session, filters.without("outcome"))
    found = cells(session, window, narrowed)
    said = _said(session, window, narrowed, *theme) if theme else {}
    return OverTime(
        quarters=tuple(
            _at(
                quarter,
                [cell for cell in found if cell.quarter == number],
                said.get(number, 0.0),
                theme[1] if theme else None,
            )
            for number, quarter in enumerate(window.quarters)
        ),
        live=_live(_decided_by_day(session, live_window, narrowed)),
    )


def _at(
    quarter: Quarter,
    found: Sequence[Cell],
    named: float,
    direction: Direction | None,
) -> AtQuarter:
    contested = sum(cell.decided for cell in found if cell.outcome in CONTESTED)
    won = sum(cell.decided for cell in found if cell.outcome is Outcome.WON)
    explained = explained_by(direction) if direction else ()
    heard = sum(cell.heard for cell in found if cell.outcome in explained)
    return AtQuarter(
        quarter=quarter,
        won=wilson(won, contested),
        heard=wilson(sum(cell.heard for cell in found), sum(cell.decided for cell in found)),
        theme=wilson(named, heard) if direction else None,
    )


def _live(by_day: Mapping[date, tuple[int, int]]) -> tuple[LivePoint, ...]:
    days, won, decided = sorted(by_day), 0, 0
    total = sum(count for _, count in by_day.values())
    step = max(1, total // _POINTS)
    points: list[LivePoint] = []
    drawn = 0
    for day in days:
        won, decided = won + by_day[day][0], decided + by_day[day][1]
        if decided - drawn >= step or day == days[-1]:
            drawn = decided
            points.append(LivePoint(day, confidence_sequence(won, decided)))
    return tuple(points)


def _decided_by_day(
    session: Session, window: Window, narrowed: Narrowed
) -> dict[date, tuple[int, int]]:
    won = func.sum(case((Deal.outcome == Outcome.WON, 1), else_=0))
    rows = session.execute(
        select(Deal.closed_on, won, func.count())
        .where(
            Deal.outcome.in_(CONTESTED),
            closed_in(Deal.closed_on, window.period),
            *narrowed.deals,
        )
        .group_by(Deal.closed_on)
    )
    return {row[0]: (int(row[1]), row[2]) for row in rows if row[0] is not None}


def _said(
    session: Session, window: Window, narrowed: Narrowed, reason: Reason, direction: Direction
) -> dict[int, float]:
    """The sum of the deals' shares by quarter."""
    heard, said = heard_deals(window.period, narrowed), evidence_rows(narrowed)
    influencing = func.count(said.interview_id.distinct())
    by_deal = (
        select(
            quarter_of(window.quarters).label("quarter"),
            heard.c.interviews.label("heard"),
            influencing.label("influencing"),
        )
        .join(Deal, Deal.id == said.deal_id)
        .join(heard, heard.c.deal_id == Deal.id)
        .join(Interview, Interview.id == said.interview_id)
        .where(
            said.reason_id == reason.id,
            said.direction == direction,
            said.weight.in_(INFLUENCED),
            said.outcome.in_(explained_by(direction)),
            closed_in(said.closed_on, window.period),
            *narrowed.interviews,
            *([said.evidence == Kind.FACT] if narrowed.facts_only else []),
        )
        .group_by(Deal.id, Deal.closed_on, heard.c.interviews)
    )
    sums: dict[int, float] = defaultdict(float)
    for row in session.execute(by_deal):
        sums[row[0]] += row.influencing / row.heard
    return sums
