"""Groups so small that a buyer could be known by them: what they said is kept from those who may
not know who said it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
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


def knows_who(viewer: Viewer) -> bool:
    """Whether this viewer may know who said what, and so sees groups of any size."""
    return viewer.may("interviews.see_all")


def is_kept_back(session: Session, viewer: Viewer, period: Period, filters: Filters) -> bool:
    """Whether what was said is kept back: narrowed to buyers of fewer than five accounts."""
    if knows_who(viewer) or not filters.narrows_people:
        return False
    narrowed = narrow(session, filters)
    accounts = session.scalar(
        select(func.count(Deal.account_id.distinct()))
        .join(Interview, Interview.deal_id == Deal.id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
    )
    return 0 < (accounts or 0) < FEWEST_ACCOUNTS


def merged(viewer: Viewer, groups: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Groups by size, those of fewer than three joined as others for whom that protects."""
    listed = list(groups)
    if knows_who(viewer):
        return listed
    kept = [(name, count) for name, count in listed if count >= FEWEST_IN_A_GROUP]
    rest = sum(count for _, count in listed) - sum(count for _, count in kept)
    return [*kept, (OTHERS, rest)] if rest else kept
