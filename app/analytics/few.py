"""Groups so small that a buyer could be known by them: what they said is kept from those who may
not know who said it. The same holds for what is left over: whoever sees the whole and nearly the
whole sees the rest, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import Session

from app.analytics.filters import Filters
from app.analytics.narrowing import narrow
from app.analytics.queries import closed_in
from app.analytics.window import Window
from app.core.access import Viewer
from app.core.periods import Period, Quarter
from app.deals.models import DECIDED, Deal
from app.interviews.models import HEARD, Interview

FEWEST_ACCOUNTS = 5
FEWEST_IN_A_GROUP = 3
OTHERS = "Others"

#: So many quarters later a page is compared with this one.
_LATER = (1, 2, 3, 4)

#: Deals and interviews of one group.
Condition = ColumnElement[bool]
#: What is looked at, and narrowed to what.
Looked = tuple[Window, Filters]


def knows_who(viewer: Viewer) -> bool:
    """Whether this viewer may know who said what, and so sees groups of any size."""
    return viewer.may("interviews.see_all")


def is_kept_back(session: Session, viewer: Viewer, window: Window, filters: Filters) -> bool:
    """Whether what was said is kept back from this viewer."""
    return not knows_who(viewer) and names_few(session, window, filters)


def names_few(session: Session, window: Window, filters: Filters) -> bool:
    """Whether so narrowed buyers of fewer than five accounts are left, or are left over.

    Left over are those between this and the same page without one of its filters, or without all
    of them, or with one value less; and those who come or go where only the time is another one.
    """
    if not filters.narrows_people:
        return False
    everybody = _condition(session, filters)
    return _few_by_filters(session, window.period, filters) or _few_by_time(
        session, window, everybody
    )


def differ_by_few(session: Session, one: Looked, other: Looked) -> bool:
    """Whether two narrowed looks differ by the buyers of fewer than five accounts."""
    if not (one[1].narrows_people or other[1].narrows_people):
        return False
    first, second = (
        and_(closed_in(Deal.closed_on, window.period), _condition(session, filters))
        for window, filters in (one, other)
    )
    (count,) = _accounts(session, [or_(and_(first, _is_not(second)), and_(second, _is_not(first)))])
    return _is_few(count)


def has_few_in_a_quarter(session: Session, quarters: Sequence[Quarter], filters: Filters) -> bool:
    """Whether in one of the quarters buyers of fewer than five accounts are left."""
    if not filters.narrows_people:
        return False
    everybody = _condition(session, filters)
    groups = [and_(everybody, _within([quarter])) for quarter in quarters]
    return any(map(_is_few, _accounts(session, groups)))


def _few_by_filters(session: Session, period: Period, filters: Filters) -> bool:
    keys = [key for key in filters.query if key not in ("outcome", "evidence")]
    own = {key: _condition(session, filters.only(key)) for key in keys}
    shared = and_(closed_in(Deal.closed_on, period), _condition(session, filters.without(*keys)))
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
    counts = _accounts(session, [*groups, *(and_(inside, part) for part in parts)])
    of_parts = counts[len(groups) :]
    return any(map(_is_few, counts[: len(groups)])) or any(
        _is_few(alone) and rest >= FEWEST_ACCOUNTS
        for alone, rest in zip(of_parts[::2], of_parts[1::2], strict=True)
    )


def _few_by_time(session: Session, window: Window, everybody: Condition) -> bool:
    """Pages of four quarters are looked at first, and the latest of them: a quarter alone and all
    time are kept back where they differ from those by few, and so is a page that a later one
    differs from by few."""
    if len(window.quarters) == 1:
        before = Window.year_to(window.latest).quarters[:-1]
        return _is_few(*_accounts(session, [and_(everybody, _within(before))]))
    is_year = len(window.quarters) == len(Window.year_to(window.latest).quarters)
    come = [[window.latest.shifted(n + 1) for n in range(steps)] for steps in _LATER]
    go = [window.quarters[:steps] if is_year else () for steps in _LATER]
    groups = [_within(quarters) for quarters in come]
    groups += [or_(_within(come[n]), _within(go[n])) for n in range(len(_LATER))]
    if not is_year:
        groups.append(_within(window.quarters[:-4]))
    counts = _accounts(session, [and_(everybody, group) for group in groups])
    coming, differing = counts[: len(_LATER)], counts[len(_LATER) : 2 * len(_LATER)]
    return any(map(_is_few, counts[2 * len(_LATER) :])) or any(
        later > 0 and _is_few(both) for later, both in zip(coming, differing, strict=True)
    )


def _is_few(count: int) -> bool:
    return 0 < count < FEWEST_ACCOUNTS


def _within(quarters: Sequence[Quarter]) -> Condition:
    """Of quarters that follow each other; of none, nothing."""
    if not quarters:
        return false()
    return closed_in(Deal.closed_on, Period.of_quarters(quarters[0], quarters[-1]))


def _condition(session: Session, filters: Filters) -> Condition:
    narrowed = narrow(session, filters)
    return and_(literal(True), *narrowed.deals, *narrowed.interviews)


def _is_not(condition: Condition) -> Condition:
    """Also where it cannot be told."""
    return not_(func.coalesce(condition, false()))


def _accounts(session: Session, groups: Sequence[Condition]) -> list[int]:
    """Of each group how many accounts were heard, counted up to the limit."""
    heard = [
        select(literal(place).label("place"), Deal.account_id)
        .join(Interview, Interview.deal_id == Deal.id)
        .where(Interview.state.in_(HEARD), Deal.outcome.in_(DECIDED), group)
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
