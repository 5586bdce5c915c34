"""The list's filter as its address carries it, so that a list can be kept as a link."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict

from app.core.periods import Period, Quarter
from app.deals.listing import NEWEST_FIRST, SORTS, DealFilter
from app.deals.models import Outcome

_MOST_QUARTERS = 16
_LONGEST_TEXT = 200


def read_filter(query: MultiDict[str, str], first_month: int) -> DealFilter:
    """What the address asks for; a value that means nothing narrows nothing."""
    tokens = {outcome.value: outcome for outcome in Outcome}
    asked = [tokens[token] for token in query.getlist("outcome") if token in tokens]
    return DealFilter(
        outcomes=tuple(asked),
        period=read_period(query.get("period", ""), first_month),
        product=_text(query, "product"),
        segment=_text(query, "segment"),
        region=_text(query, "region"),
        seller=_text(query, "seller"),
        competitor=_text(query, "competitor"),
        text=_text(query, "q").strip(),
    )


def _text(query: MultiDict[str, str], name: str) -> str:
    return query.get(name, "")[:_LONGEST_TEXT]


def read_period(token: str, first_month: int) -> Period | None:
    """'2026Q3', or '2025Q4-2026Q3' for all from one to the other."""
    first, _, last = token.partition("-")
    try:
        return Period.of_quarters(
            Quarter.parse(first, first_month), Quarter.parse(last or first, first_month)
        )
    except ValueError:
        return None


def read_sort(query: MultiDict[str, str]) -> str:
    sort = query.get("sort", NEWEST_FIRST)
    return sort if sort in SORTS else NEWEST_FIRST


def period_choices(
    first: date | None, last: date | None, today: date, first_month: int
) -> list[tuple[str, str]]:
    """The quarters in which deals closed, latest first, and the four up to today's before them."""
    if first is None or last is None:
        return []
    latest = Quarter.containing(min(last, today), first_month)
    earliest = Quarter.containing(first, first_month)
    quarters = [latest.shifted(-back) for back in range(_MOST_QUARTERS)]
    year = f"{latest.shifted(-3)}-{latest}"
    return [(year, "Last four quarters")] + [
        (quarter.token, f"Q{quarter.number} {quarter.year}")
        for quarter in quarters
        if quarter >= earliest
    ]
