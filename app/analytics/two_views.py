"""The seller's sealed view beside what the buyer said, over the deals of a period. A seller sees
their own; nobody sees them told apart by seller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.analytics.behind_queries import deals_seen
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import INFLUENCED, any_of, closed_in
from app.analytics.stats.two_sides import TwoSides, two_sides
from app.analytics.taken import evidence_rows
from app.analytics.window import Window
from app.core.access import Viewer
from app.deals.access import title_for
from app.deals.models import DECIDED, Deal
from app.interviews.confidence import sight_of
from app.interviews.models import HEARD, Interview
from app.market.models import Competitor
from app.programmes.models import SellerView
from app.tagging.models import Reason, TagEvidence, Weight

DO_NOT_KNOW = "I do not know"
#: With fewer sellers it would be a table of one or two of them.
FEWEST_SELLERS = 3
#: Of filters that would tell sellers apart, none is taken here.
_TELLS_SELLERS = ("seller", "team")

MAIN_RULE = (
    "The buyer's main reason is the one that decided; where several did, or none, the one that "
    "most of the deal's buyers gave, then the one first in the alphabet. The competitor is found "
    "alike. The seller's are those of the view that was sealed before the first interview. "
    "A seller's 'I do not know' counts as an answer; deals whose buyers named nothing are left out."
)


@dataclass(frozen=True)
class Pair:
    """A deal with both sides, as far as this viewer may open it."""

    public_id: str
    title: str
    seller_said: str
    buyer_said: str


@dataclass(frozen=True)
class TwoViews:
    """How far sellers and buyers agree, and where they did not."""

    reasons: TwoSides
    competitors: TwoSides
    #: Sealed views of deals heard in the period.
    views: int
    #: Deals whose reasons differ, of those that the viewer may open.
    apart: tuple[Pair, ...]
    is_own: bool
    #: So few sellers wrote them that they could be known.
    is_kept_back: bool
    #: What sellers name more often than buyers do, and the other way round, by the main reason.
    said_more: tuple[str, int, int] | None
    heard_more: tuple[str, int, int] | None


def tells_sellers(filters: Filters) -> bool:
    """Whether the filters would make it a table by seller."""
    return any(filters.values(key) for key in _TELLS_SELLERS)


def two_views(
    session: Session, viewer: Viewer, window: Window, filters: Filters = EVERYTHING
) -> TwoViews:
    """Filters by seller and team are left aside; see the module."""
    narrowed = narrow(session, filters.without(*_TELLS_SELLERS))
    is_own = not viewer.may("deals.see_all")
    views = _sealed_views(session, viewer, window, narrowed, is_own=is_own)
    authors = {view.author_id or view.author_name for view in views}
    is_kept_back = not is_own and 0 < len(authors) < FEWEST_SELLERS
    if is_kept_back:
        views = []
    readable = _readable(session, viewer, [view.deal_id for view in views])
    if is_own:
        # Who sold a deal knows their own row, and so would read off what its buyer said.
        views = [view for view in views if view.deal_id in readable]
    deal_ids = [view.deal_id for view in views]
    said = evidence_rows(narrowed)
    reasons = _mains(session, said, deal_ids, said.reason_id, Reason)
    competitors = _mains(session, said, deal_ids, said.competitor_id, Competitor)
    by_reason = {
        view.deal_id: (view.reason.name if view.reason else DO_NOT_KNOW, reasons[view.deal_id])
        for view in views
        if view.deal_id in reasons
    }
    by_competitor = [
        (view.competitor.name if view.competitor else DO_NOT_KNOW, competitors[view.deal_id])
        for view in views
        if view.deal_id in competitors
    ]
    seen = readable & deals_seen(session, viewer, deal_ids)
    return TwoViews(
        reasons=two_sides(list(by_reason.values())),
        competitors=two_sides(by_competitor),
        views=len(views),
        apart=tuple(
            Pair(view.deal.public_id, title_for(viewer, view.deal), *by_reason[view.deal_id])
            for view in views
            if view.deal_id in seen and len(set(by_reason.get(view.deal_id, ()))) == 2
        ),
        is_own=is_own,
        is_kept_back=is_kept_back,
        said_more=_leaning(by_reason.values(), seller=True),
        heard_more=_leaning(by_reason.values(), seller=False),
    )


def _readable(session: Session, viewer: Viewer, deal_ids: list[int]) -> set[int]:
    """Those of the deals of which the viewer may read every interview that was heard."""
    interviews = session.scalars(
        select(Interview)
        .where(Interview.deal_id.in_(deal_ids), Interview.state.in_(HEARD))
        .options(joinedload(Interview.deal).joinedload(Deal.seller))
    )
    hidden = {row.deal_id for row in interviews if not sight_of(viewer, row).words}
    return set(deal_ids) - hidden


def _sealed_views(
    session: Session, viewer: Viewer, window: Window, narrowed: Narrowed, *, is_own: bool
) -> list[SellerView]:
    heard = select(Interview.deal_id).where(Interview.state.in_(HEARD), *narrowed.interviews)
    began = exists().where(Interview.deal_id == Deal.id, Interview.started_at.is_not(None))
    return list(
        session.scalars(
            select(SellerView)
            .join(SellerView.deal)
            .where(
                or_(SellerView.sealed_at.is_not(None), began),
                Deal.id.in_(heard),
                Deal.outcome.in_(DECIDED),
                closed_in(Deal.closed_on, window.period),
                *narrowed.deals,
                *([SellerView.author_id == viewer.user_id] if is_own else []),
            )
            .options(
                joinedload(SellerView.deal).joinedload(Deal.account),
                joinedload(SellerView.reason),
                joinedload(SellerView.competitor),
            )
            .order_by(Deal.closed_on.desc(), Deal.id.desc())
        )
    )


def _mains(
    session: Session,
    said: type[TagEvidence],
    deal_ids: list[int],
    column: object,
    model: type[Reason] | type[Competitor],
) -> dict[int, str]:
    """What the buyers of each deal mainly named."""
    rows = session.execute(
        select(
            said.deal_id,
            model.name,
            any_of(said.weight == Weight.DECISIVE),
            any_of(said.weight.in_(INFLUENCED)),
            func.count(said.interview_id.distinct()),
        )
        .join(model, model.id == column)
        .where(said.deal_id.in_(deal_ids))
        .group_by(said.deal_id, model.name)
    )
    named: dict[int, list[tuple[bool, bool, int, str]]] = defaultdict(list)
    for deal_id, name, is_decisive, is_influencing, buyers in rows:
        named[deal_id].append((not is_decisive, not is_influencing, -buyers, name))
    return {deal_id: min(every)[-1] for deal_id, every in named.items()}


def _leaning(pairs: Iterable[tuple[str, str]], *, seller: bool) -> tuple[str, int, int] | None:
    """The answer that one side gives most beyond the other: its name, how often it is given by
    sellers, and by buyers."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sellers, buyers in pairs:
        counts[sellers][0] += 1
        counts[buyers][1] += 1
    counts.pop(DO_NOT_KNOW, None)
    if not counts:
        return None
    name = max(counts, key=lambda one: _gap(counts, one) if seller else -_gap(counts, one))
    gap = _gap(counts, name)
    return (name, *counts[name]) if (gap > 1 if seller else gap < -1) else None  # type: ignore[return-value]


def _gap(counts: Mapping[str, list[int]], name: str) -> int:
    return counts[name][0] - counts[name][1]
