"""The list of deals: filters, and paging by key.

A page is found by the sorted value and the id of a neighbour, so that it costs the same at any
depth and no row is met twice. Rows without the sorted value come last in either direction: they
are asked for apart, because databases disagree on where they belong and an index serves both.

Where a filter leaves few deals, these are found first and then sorted; where it leaves many, the
index of the order is walked until a page is full. Either alone is slow at the other's work.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, not_, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.core.access import Viewer
from app.core.db import is_between
from app.core.periods import Period
from app.deals.access import is_told_descriptions, may_see
from app.deals.models import Account, Deal, DealCompetitor, Outcome, Seller
from app.market.models import Competitor, name_key

PAGE_SIZE = 50
FEW = 500
COUNT_NO_FURTHER_THAN = 10_000

_COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    "closed": Deal.closed_on,
    "amount": Deal.amount_minor,
    "name": Deal.name_key,
}
SORTS = tuple(sign + name for name in _COLUMNS for sign in ("", "-"))
NEWEST_FIRST = "-closed"


@dataclass(frozen=True)
class DealFilter:
    """What a list is narrowed to, as its address says it."""

    outcomes: tuple[Outcome, ...] = ()
    period: Period | None = None
    product: str = ""
    segment: str = ""
    region: str = ""
    seller: str = ""
    competitor: str = ""
    text: str = ""


@dataclass(frozen=True)
class Cursor:
    """A row's place in the order: its sorted value and its id."""

    value: Any
    id: int

    def token(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        return base64.urlsafe_b64encode(json.dumps([value, self.id]).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, token: str, sort: str) -> Cursor | None:
        """The place that the token names; None where it is none of ours."""
        try:
            value, row_id = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            expected = str if sort.lstrip("-") in ("closed", "name") else int
            if not isinstance(row_id, int) or not isinstance(value, expected | None):
                return None
            if value is not None and sort.lstrip("-") == "closed":
                value = date.fromisoformat(value)
            return cls(value, row_id)
        except (ValueError, TypeError, binascii.Error):
            return None


@dataclass(frozen=True)
class DealPage:
    """Some deals in order, the places where the neighbouring pages begin, and how many deals the
    list has: counted no further than one beyond COUNT_NO_FURTHER_THAN."""

    deals: Sequence[Deal]
    before: str | None
    after: str | None
    count: int


def list_deals(
    session: Session,
    viewer: Viewer,
    wanted: DealFilter,
    *,
    sort: str = NEWEST_FIRST,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> DealPage:
    """One page, with account, seller and winner loaded."""
    backwards = bool(before)
    cursor = Cursor.read(before or after, sort) if before or after else None
    order = _Order(sort, reverse=backwards and cursor is not None)
    statement, count = _few_or_many(session, viewer, wanted)
    rows = _rows_from(session, statement, order, cursor, size + 1)
    more = len(rows) > size
    rows = rows[:size]
    if order.reverse:
        rows.reverse()
    if not rows:
        return DealPage([], None, None, count)
    has_previous = more if order.reverse else cursor is not None
    has_next = True if order.reverse else more
    return DealPage(
        rows,
        before=order.cursor(rows[0]).token() if has_previous else None,
        after=order.cursor(rows[-1]).token() if has_next else None,
        count=count,
    )


def deal_ids(viewer: Viewer, wanted: DealFilter) -> Select[int]:
    """The ids of the deals in the list, as a part of other queries."""
    return select(Deal.id).where(*_conditions(viewer, wanted))


def all_deals(
    session: Session, viewer: Viewer, wanted: DealFilter, sort: str = NEWEST_FIRST
) -> Iterator[Deal]:
    """The whole list in order, read as it is used."""
    order = _Order(sort)
    statement = _select(_conditions(viewer, wanted)).execution_options(yield_per=500)
    for has_value in order.parts:
        yield from session.scalars(order.part(statement, has_value))


class _Order:
    """A sort order, forwards or reversed: rows with the value, by value and id; then the others,
    by id."""

    def __init__(self, sort: str, *, reverse: bool = False) -> None:
        self.column = _COLUMNS[sort.lstrip("-")]
        self.reverse = reverse
        self.descending = sort.startswith("-") != reverse
        has_none = self.column is not Deal.name_key
        parts = (True, False) if has_none else (True,)
        self.parts = parts[::-1] if reverse else parts

    def cursor(self, deal: Deal) -> Cursor:
        return Cursor(getattr(deal, self.column.key), deal.id)

    def part(self, statement: Select[Deal], has_value: bool) -> Select[Deal]:
        keys: list[Any] = [self.column, Deal.id] if has_value else [Deal.id]
        if len(self.parts) > 1:
            statement = statement.where(
                self.column.is_not(None) if has_value else self.column.is_(None)
            )
        return statement.order_by(*(key.desc() if self.descending else key for key in keys))

    def beyond(self, cursor: Cursor) -> ColumnElement[bool]:
        """Rows of the cursor's own part that come after it."""
        if cursor.value is None:
            return Deal.id < cursor.id if self.descending else Deal.id > cursor.id
        place, keys = tuple_(cursor.value, cursor.id), tuple_(self.column, Deal.id)
        return keys < place if self.descending else keys > place


def _rows_from(
    session: Session,
    statement: Select[Deal],
    order: _Order,
    cursor: Cursor | None,
    size: int,
) -> list[Deal]:
    rows: list[Deal] = []
    parts = list(order.parts)
    if cursor is not None:
        parts = parts[parts.index(cursor.value is not None) :]
    for has_value in parts:
        part = order.part(statement, has_value)
        if cursor is not None and has_value == (cursor.value is not None):
            part = part.where(order.beyond(cursor))
        rows += session.scalars(part.limit(size - len(rows)))
        if len(rows) >= size:
            break
    return rows


def _few_or_many(session: Session, viewer: Viewer, wanted: DealFilter) -> tuple[Select[Deal], int]:
    """The deals to page through, and how many there are."""
    found = select(Deal.id).where(*_conditions(viewer, wanted))
    ids = session.scalars(found.limit(FEW + 1)).all()
    if len(ids) <= FEW:
        return _select([Deal.id.in_(ids)]), len(ids)
    some = found.limit(COUNT_NO_FURTHER_THAN + 1).subquery()
    count = session.scalar(select(func.count()).select_from(some)) or 0
    return _select(_conditions(viewer, wanted, row_by_row=True)), count


def _select(conditions: list[ColumnElement[bool]]) -> Select[Deal]:
    return (
        select(Deal)
        .where(*conditions)
        .options(joinedload(Deal.account), joinedload(Deal.seller), joinedload(Deal.won_by))
    )


def _conditions(
    viewer: Viewer, wanted: DealFilter, *, row_by_row: bool = False
) -> list[ColumnElement[bool]]:
    """What a deal must be. What lies in other tables is asked as a set that is made once, or row
    by row, for a walk that ends when a page is full."""
    met = _met_row_by_row if row_by_row else _met
    account = Deal.account.has if row_by_row else _in_accounts
    conditions = [may_see(viewer)]
    if wanted.outcomes:
        conditions.append(Deal.outcome.in_(wanted.outcomes))
    if wanted.period:
        conditions.append(
            is_between(Deal.closed_on, wanted.period.first_day, wanted.period.last_day)
        )
    if wanted.product:
        conditions.append(Deal.product == wanted.product)
    if wanted.segment:
        conditions.append(account(Account.segment == wanted.segment))
    if wanted.region:
        conditions.append(account(Account.region == wanted.region))
    if wanted.seller:
        sellers = select(Seller.id).where(Seller.public_id == wanted.seller)
        conditions.append(Deal.seller_id == sellers.scalar_subquery())
    if wanted.competitor:
        conditions.append(met(wanted.competitor))
    if wanted.text:
        key = name_key(wanted.text)
        conditions.append(
            or_(
                Deal.name_key.contains(key, autoescape=True),
                account(Account.name_key.contains(key, autoescape=True)),
            )
        )
        if is_told_descriptions(viewer):
            # A deal that is only described is not found by its name: that would tell the name.
            conditions.append(not_(Deal.is_anonymous))
    return conditions


def _in_accounts(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # The sum keeps SQLite from walking all deals of all these accounts where some will do.
    return (Deal.account_id + 0).in_(select(Account.id).where(condition))


def _met(competitor: str) -> ColumnElement[bool]:
    return Deal.id.in_(
        select(DealCompetitor.deal_id).where(DealCompetitor.competitor_id == _id_of(competitor))
    )


def _met_row_by_row(competitor: str) -> ColumnElement[bool]:
    return exists().where(
        DealCompetitor.deal_id == Deal.id, DealCompetitor.competitor_id == _id_of(competitor)
    )


def _id_of(competitor: str) -> ScalarSelect[int]:
    return select(Competitor.id).where(Competitor.public_id == competitor).scalar_subquery()


def without_names(sort: str) -> str:
    """The order for whom some deals are only described: by name would tell their place."""
    return NEWEST_FIRST if sort.lstrip("-") == "name" else sort
