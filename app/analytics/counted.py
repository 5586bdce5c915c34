"""Deals decided and heard, and their amounts, summed by the database: one row a quarter, outcome,
segment, region and product, however many deals there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal_column, select
from sqlalchemy.orm import Session

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import Decided, closed_in, is_heard
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.window import Window
from app.core.periods import Period, Quarter
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.deals.money import amount_in
from app.identity.queries import workspace


class Cell(NamedTuple):
    """Decided deals of one quarter and kind; amounts in minor units of the workspace's currency."""

    quarter: int
    outcome: Outcome
    segment: str
    region: str
    product: str
    decided: int
    heard: int
    minor: int
    squares: float
    with_amount: int


def cells(session: Session, window: Window, narrowed: Narrowed = ALL) -> list[Cell]:
    """`quarter` counts the quarters of the window from 0."""
    period = window.period
    amount = amount_in(session, workspace(session).currency)
    deals = (
        select(
            quarter_of(window.quarters).label("quarter"),
            Deal.outcome.label("outcome"),
            func.coalesce(Account.segment, "").label("segment"),
            func.coalesce(Account.region, "").label("region"),
            Deal.product.label("product"),
            is_heard(narrowed).label("heard"),
            amount.label("minor"),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .subquery()
    )
    c = deals.c
    kind = (c.quarter, c.outcome, c.segment, c.region, c.product)
    rows = session.execute(
        select(
            *kind,
            func.count(),
            func.sum(c.heard),
            func.coalesce(func.sum(c.minor), 0),
            func.coalesce(func.sum(1.0 * c.minor * c.minor), 0.0),
            func.count(c.minor),
        ).group_by(*kind)
    )
    return [_cell(tuple(row)) for row in rows]


def by_segment(found: Iterable[Cell], outcomes: Collection[Outcome]) -> Decided:
    """How many deals were decided of each outcome and segment; where outcomes are named, of these
    alone."""
    decided: Counter[tuple[Outcome, str]] = Counter()
    for cell in found:
        if cell.outcome in (outcomes or Outcome):
            decided[cell.outcome, cell.segment] += cell.decided
    return decided


def _cell(row: tuple[Any, ...]) -> Cell:
    return Cell._make((*row[:6], int(row[6]), int(row[7]), float(row[8]), row[9]))


def quarter_of(quarters: Sequence[Quarter]) -> ColumnElement[int]:
    """Which of the quarters a deal closed in, from 0; they follow each other, and it is in one.
    Halved again and again: of forty quarters six are asked about, and not twenty."""
    return cast(_between(quarters, 0, len(quarters)), Integer)


def _between(quarters: Sequence[Quarter], first: int, end: int) -> ColumnElement[int]:
    if end - first == 1:
        return literal_column(str(first), Integer)
    middle = (first + end) // 2
    is_earlier = Deal.closed_on <= quarters[middle - 1].last_day
    return case(
        (is_earlier, _between(quarters, first, middle)), else_=_between(quarters, middle, end)
    )


@dataclass(frozen=True)
class AmountRate:
    """The win rate by amount: of what was decided, the part that was won."""

    share: Interval
    without_amount: int


def rate_by_amount(found: Iterable[Cell], contested: Sequence[Outcome]) -> AmountRate:
    """At Kish's effective number of deals: one giant is worth little more than one deal."""
    listed = [cell for cell in found if cell.outcome in contested]
    total = sum(cell.minor for cell in listed)
    won = sum(cell.minor for cell in listed if cell.outcome is Outcome.WON)
    squares = sum(cell.squares for cell in listed)
    n = total**2 / squares if squares else 0.0
    return AmountRate(
        share=wilson(n * won / total, n) if n else wilson(0, 0),
        without_amount=sum(cell.decided - cell.with_amount for cell in listed),
    )


class ByCrm(NamedTuple):
    """Deals that left the pipeline, as the CRM has them."""

    outcome: Outcome
    is_in_crm: bool
    deals: int


def closed_in_crm(session: Session, period: Period, narrowed: Narrowed = ALL) -> list[ByCrm]:
    """Every closed deal, those that are not counted among them."""
    in_crm = Deal.external_id.is_not(None)
    rows = session.execute(
        select(Deal.outcome, in_crm, func.count())
        .where(Deal.outcome != Outcome.OPEN, closed_in(Deal.closed_on, period), *narrowed.deals)
        .group_by(Deal.outcome, in_crm)
    )
    return [ByCrm._make((row[0], bool(row[1]), row[2])) for row in rows]
