"""What in the way of selling goes with winning: the CRM's columns and what we know besides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from app.analytics.decided import CONTESTED
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import closed_in
from app.analytics.stats.coded import Coded, Value, coded
from app.analytics.stats.deal_facts import Looks, bands, look_at
from app.analytics.window import Window
from app.core.periods import Period
from app.deals.models import Account, Deal, DealFact, Outcome, Seller
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.market.models import name_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DAYS = "Days from opening to decision"
SOURCE = "Source of the lead"
STAGE = "Stage reached"
#: A column of more values may name people, and says little of each.
_MOST_VALUES = 12
_AT_ONCE = 2_000


@dataclass(frozen=True)
class _Sold:
    """The decided deals with what is looked at, and what is held equal, in columns."""

    won: NDArray[np.bool_]
    #: From opening to decision; no number where that is not known.
    days: NDArray[np.float64]
    sources: Coded
    stages: Coded
    segments: Coded
    #: In minor units of the workspace's currency; no number without an amount or a rate.
    minor: NDArray[np.float64]
    #: The CRM's further columns, by name.
    columns: dict[str, Coded]


def what_goes_with_winning(
    session: Session, window: Window, filters: Filters = EVERYTHING
) -> Looks:
    """Over all decided deals, heard or not. A rate is a share of all outcomes: filters by outcome
    are left aside. Columns that hold sellers' names are too: nobody gets a table by seller."""
    narrowed = narrow(session, filters.without("outcome"))
    sold = _sold(session, window.period, narrowed)
    facts = {
        SOURCE: sold.sources,
        DAYS: coded(None if days != days else days for days in sold.days.tolist()),
        STAGE: sold.stages,
        **_that_tell_something(session, sold.columns),
    }
    controls = {"segment": sold.segments, "amount": bands(sold.minor)}
    return look_at(sold.won, facts, controls)


def _sold(session: Session, period: Period, narrowed: Narrowed) -> _Sold:
    import numpy as np

    # Asked of the connection: to the session every row would be an object of the mapping's, too.
    rows = session.connection().execute(
        select(
            case((Deal.outcome == Outcome.WON, _number(1)), else_=_number(0)),
            type_coerce(Deal.opened_on, NullType()),
            type_coerce(Deal.closed_on, NullType()),
            func.nullif(Deal.lead_source, ""),
            func.nullif(Deal.stage, ""),
            func.coalesce(Account.segment, ""),
            amount_in(session, workspace(session).currency),
            _columns_as_one(session),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .order_by(Deal.id)
    )
    columns: list[list[Any]] = [[] for _ in range(8)]
    # In parts: a row that is done with does not make Python look through all that it keeps.
    for some in rows.partitions(_AT_ONCE):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column += values
    won, opened, closed, sources, stages, segments, minor, facts = columns
    days = _days(opened, closed)
    days[days < 0] = np.nan
    return _Sold(
        won=np.array(won, dtype=bool),
        days=days,
        sources=coded(sources),
        stages=coded(stages),
        segments=coded(segments),
        minor=np.array(minor, dtype=float),
        columns=_columns(facts),
    )


def _days(opened: Sequence[Any], closed: Sequence[Any]) -> NDArray[np.float64]:
    """Days between dates, be they dates or as text; no number where one is not known."""
    import numpy as np

    first, last = (np.array(dates, dtype="datetime64[D]") for dates in (opened, closed))
    days = (last - first) / np.timedelta64(1, "D")
    return np.asarray(days, dtype=float)


def _columns_as_one(session: Session) -> ColumnElement[str | None]:
    """A deal's further columns that are numbers or text, by name, as JSON: most deals say one of a
    few things, and each is read once. A row for each would take three times as long."""
    text, number = DealFact.text_value, DealFact.number_value
    one: ColumnElement[Any]
    if session.get_bind().dialect.name == "sqlite":
        one = func.json_group_object(DealFact.name, func.coalesce(number, text))
    else:
        value = case((number.is_not(None), func.to_json(number)), else_=func.to_json(text))
        one = cast(func.json_object_agg(DealFact.name, value), Text)
    return select(one).where(DealFact.deal_id == Deal.id).correlate(Deal).scalar_subquery()


def _columns(facts: Iterable[str | None]) -> dict[str, Coded]:
    """From what each deal says, as JSON: the values of each column."""
    import numpy as np

    sets = coded(facts)
    said = [json.loads(str(one)) for one in sets.levels]
    found = {}
    for name in dict.fromkeys(name for one in said for name in one):
        values = coded(_value(one.get(name)) for one in said)
        if values.levels:
            places = np.append(values.places, -1)[sets.places]
            found[name] = Coded(values.levels, places)
    return found


def _value(value: Value | None) -> Value | None:
    """Nothing is not known."""
    return None if value == "" else value


def _that_tell_something(session: Session, columns: dict[str, Coded]) -> dict[str, Coded]:
    """Those that are numbers, or have few values, and no seller's name among them."""
    sellers = set(session.scalars(select(Seller.name_key)))
    return {name: values for name, values in columns.items() if _tells_something(values, sellers)}


def _tells_something(values: Coded, sellers: set[str]) -> bool:
    texts = {value for value in values.levels if isinstance(value, str)}
    return len(texts) <= _MOST_VALUES and sellers.isdisjoint(map(name_key, texts))


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)
