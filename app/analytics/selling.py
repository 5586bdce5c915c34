"""What in the way of selling goes with winning: the CRM's columns and what we know besides."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analytics.decided import CONTESTED
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import closed_in
from app.analytics.stats.deal_facts import Looks, Value, bands, look_at
from app.analytics.window import Window
from app.core.periods import Period
from app.deals.models import Account, Deal, DealFact, Outcome, Seller
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.market.models import name_key

DAYS = "Days from opening to decision"
SOURCE = "Source of the lead"
STAGE = "Stage reached"
#: A column of more values may name people, and says little of each.
_MOST_VALUES = 12
_AT_ONCE = 2_000


class _Sold(NamedTuple):
    """A decided deal with what is looked at, and what is held equal."""

    deal_id: int
    outcome: Outcome
    opened_on: date | None
    closed_on: date | None
    lead_source: str
    stage: str
    segment: str
    minor: int | None

    @property
    def days(self) -> float | None:
        if self.opened_on is None or self.closed_on is None or self.closed_on < self.opened_on:
            return None
        return float((self.closed_on - self.opened_on).days)


def what_goes_with_winning(
    session: Session, window: Window, filters: Filters = EVERYTHING
) -> Looks:
    """Over all decided deals, heard or not. A rate is a share of all outcomes: filters by outcome
    are left aside. Columns that hold sellers' names are too: nobody gets a table by seller."""
    narrowed = narrow(session, filters.without("outcome"))
    deals = _sold(session, window.period, narrowed)
    facts: dict[str, list[Value | None]] = {
        SOURCE: [deal.lead_source or None for deal in deals],
        DAYS: [deal.days for deal in deals],
        STAGE: [deal.stage or None for deal in deals],
    }
    for name, values in _columns(session, window.period, narrowed).items():
        facts[name] = [values.get(deal.deal_id) for deal in deals]
    return look_at(
        [deal.outcome is Outcome.WON for deal in deals],
        facts,
        {
            "segment": [deal.segment for deal in deals],
            "amount": bands([deal.minor for deal in deals]),
        },
    )


def _sold(session: Session, period: Period, narrowed: Narrowed) -> list[_Sold]:
    rows = session.execute(
        select(
            Deal.id,
            Deal.outcome,
            Deal.opened_on,
            Deal.closed_on,
            Deal.lead_source,
            Deal.stage,
            func.coalesce(Account.segment, ""),
            amount_in(session, workspace(session).currency),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .order_by(Deal.id)
    )
    return [_Sold._make(row) for row in rows]


def _columns(session: Session, period: Period, narrowed: Narrowed) -> dict[str, dict[int, Value]]:
    """The CRM's further columns that are numbers, or have few values; by name and deal."""
    # Asked of the connection: to the session every row would be an object of the mapping's, too.
    rows = session.connection().execute(
        select(DealFact.deal_id, DealFact.name, DealFact.text_value, DealFact.number_value)
        .join(Deal, Deal.id == DealFact.deal_id)
        .where(Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals)
    )
    found: dict[str, dict[int, Value]] = defaultdict(dict)
    for part in rows.partitions(_AT_ONCE):
        for deal_id, name, text, number in part:
            if number is not None:
                found[name][deal_id] = number
            elif text:
                found[name][deal_id] = text
    sellers = set(session.scalars(select(Seller.name_key)))
    return {name: values for name, values in found.items() if _tells_something(values, sellers)}


def _tells_something(values: dict[int, Value], sellers: set[str]) -> bool:
    texts = {value for value in values.values() if isinstance(value, str)}
    return len(texts) <= _MOST_VALUES and sellers.isdisjoint(map(name_key, texts))
