"""Groups so small that a buyer could be known by them: what they said is kept from those who may
not know who said it. The same holds for what is left over: whoever sees the whole and nearly the
whole sees the rest, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, select, union_all
from sqlalchemy.orm import Session

from app.analytics.filters import Filters
from app.analytics.narrowing import narrow
from app.analytics.queries import closed_in
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.models import DECIDED, Deal
from app.interviews.models import HEARD, Interview

FEWEST_ACCOUNTS = 5
FEWEST_IN_A_GROUP = 3
OTHERS = "Others"

#: Deals and interviews of one group.
Condition = ColumnElement[bool]


def knows_who(viewer: Viewer) -> bool:
    """Whether this viewer may know who said what, and so sees groups of any size."""
    return viewer.may("interviews.see_all")


def is_kept_back(session: Session, viewer: Viewer, period: Period, filters: Filters) -> bool:
    """Whether what was said is kept back from this viewer."""
    return not knows_who(viewer) and names_few(session, period, filters)


def names_few(session: Session, period: Period, filters: Filters) -> bool:
    """Whether so narrowed buyers of fewer than five accounts are left, or are left over.

    Left over are those between this and the same page without one of its filters, or without all
    of them, or with one value less.
    """
    if not filters.narrows_people:
        return False
    keys = [key for key in filters.query if key not in ("outcome", "evidence")]
    own = {key: _condition(session, filters.only(key)) for key in keys}
    shared = _condition(session, filters.without(*keys))
    inside = and_(shared, *own.values())
    groups = [inside, and_(shared, _is_not(and_(*own.values())))]
    for key in keys if len(keys) > 1 else ():
        others = [condition for other, condition in own.items() if other != key]
        groups.append(and_(shared, *others, _is_not(own[key])))
    parts = [
        _condition(session, part)
        for key in keys
        for value in filters.values(key)
        if len(filters.values(key)) > 1
        for part in (filters.only(key, value), filters.only(key).without_pair((key, value)))
    ]
    counts = _accounts(session, period, [*groups, *(and_(inside, part) for part in parts)])
    of_parts = counts[len(groups) :]
    return any(0 < count < FEWEST_ACCOUNTS for count in counts[: len(groups)]) or any(
        0 < alone < FEWEST_ACCOUNTS <= rest
        for alone, rest in zip(of_parts[::2], of_parts[1::2], strict=True)
    )


def _condition(session: Session, filters: Filters) -> Condition:
    narrowed = narrow(session, filters)
    return and_(literal(True), *narrowed.deals, *narrowed.interviews)


def _is_not(condition: Condition) -> Condition:
    """Also where it cannot be told."""
    return not_(func.coalesce(condition, false()))


def _accounts(session: Session, period: Period, groups: Sequence[Condition]) -> list[int]:
    """Of each group how many accounts were heard, counted up to the limit."""
    heard = [
        select(literal(place).label("place"), Deal.account_id)
        .join(Interview, Interview.deal_id == Deal.id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            group,
        )
        .distinct()
        .limit(FEWEST_ACCOUNTS)
        .subquery()
        for place, group in enumerate(groups)
    ]
    found = [place for place, _ in session.execute(union_all(*(select(one) for one in heard)))]
    return [found.count(place) for place in range(len(groups))]


def merged(viewer: Viewer, groups: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Groups by size, those of fewer than three joined as others for whom that protects; a single
    small one takes the next larger with it, else it could be told from the sum."""
    listed = list(groups)
    if knows_who(viewer):
        return listed
    small = [count for _, count in listed if count < FEWEST_IN_A_GROUP]
    limit = FEWEST_IN_A_GROUP
    if small and sum(small) < FEWEST_IN_A_GROUP:
        limit = min((count for _, count in listed if count >= limit), default=limit - 1) + 1
    kept = [(name, count) for name, count in listed if count >= limit]
    rest = sum(count for _, count in listed) - sum(count for _, count in kept)
    return [*kept, (OTHERS, rest)] if rest else kept
