"""Differentiators in figures: what buyers made of each claim, and whether it goes with winning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import NotNullable, select
from sqlalchemy.orm import Session

from app.analytics import queries
from app.analytics.figures import CONTESTED
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import DecidedDeal, any_of, closed_in, counts_in
from app.analytics.standings import PairStanding, standings_of
from app.analytics.stats.adjusted import Adjusted, adjusted, indicators
from app.analytics.stats.claims import Claim, claim
from app.analytics.stats.deal_facts import bands
from app.analytics.stats.proportions import Interval, wilson, wilson_weighted
from app.analytics.stats.theme import Change, change
from app.analytics.window import Window
from app.core.periods import Period, Quarter
from app.deals.models import Deal, Outcome
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.market.models import Differentiator
from app.market.queries import active_differentiators
from app.tagging.models import Direction, TagEvidence, Weight


class Spoke(NamedTuple):
    """A differentiator in one deal, one way."""

    differentiator_id: int
    deal_id: int
    direction: Direction
    is_decisive: bool
    is_expected: bool


@dataclass(frozen=True)
class InQuarter:
    """Deals of a quarter by what they say of a differentiator."""

    quarter: Quarter
    for_us: int
    against_us: int
    expected: int
    heard: int


@dataclass(frozen=True)
class ClaimFigure:
    """One differentiator: what became of the claim, and how deals went where it was named."""

    differentiator: Differentiator
    claim: Claim
    #: Deals in which it decided.
    decisive: int
    #: Of the deals heard: the share won where it was named, and where it was not.
    where_cited: Interval
    where_not: Interval
    difference: Change
    adjusted: Adjusted
    #: The same by amount.
    amount_cited: Interval
    amount_not: Interval
    quarters: tuple[InQuarter, ...]
    standings: tuple[PairStanding, ...]

    @property
    def expected(self) -> int:
        return sum(quarter.expected for quarter in self.quarters)


@dataclass(frozen=True)
class Claims:
    window: Window
    heard: int
    figures: tuple[ClaimFigure, ...]


def claims(session: Session, window: Window, filters: Filters = EVERYTHING) -> Claims:
    """Every active differentiator over the deals heard. A rate is a share of all outcomes:
    filters by outcome are left aside."""
    narrowed = narrow(session, filters.without("outcome"))
    heard = [
        deal
        for deal in queries.decided_deals(session, window.period, narrowed)
        if deal.interviews and deal.outcome in CONTESTED
    ]
    amounts = _amounts(session, window.period, narrowed)
    spoke: dict[int, list[Spoke]] = defaultdict(list)
    for row in _spoke(session, window.period, narrowed):
        spoke[row.differentiator_id].append(row)
    pairs: dict[int, list[PairStanding]] = defaultdict(list)
    for pair in standings_of(session, window, narrowed):
        pairs[pair.differentiator.id].append(pair)
    figures = [
        _figure(row, window, heard, amounts, spoke[row.id], pairs[row.id])
        for row in active_differentiators(session)
    ]
    figures.sort(key=lambda one: (-one.claim.mentioned, one.differentiator.name_key))
    return Claims(window, len(heard), tuple(figures))


def _figure(
    row: Differentiator,
    window: Window,
    heard: Sequence[DecidedDeal],
    amounts: Mapping[int, int],
    spoke: Sequence[Spoke],
    pairs: Sequence[PairStanding],
) -> ClaimFigure:
    here = {deal.deal_id for deal in heard}
    spoken = [one for one in spoke if one.deal_id in here]
    sides: dict[int, tuple[bool, bool]] = {}
    for one in spoken:
        if one.direction is not Direction.NEUTRAL:
            speaks_for, against = sides.get(one.deal_id, (False, False))
            sides[one.deal_id] = (
                speaks_for or one.direction is Direction.FOR,
                against or one.direction is Direction.AGAINST,
            )
    cited = {one.deal_id for one in spoken}
    won = [deal.outcome is Outcome.WON for deal in heard]
    named = [deal.deal_id in cited for deal in heard]
    with_it = [is_won for is_won, is_named in zip(won, named, strict=True) if is_named]
    without = [is_won for is_won, is_named in zip(won, named, strict=True) if not is_named]
    held_equal = [
        *indicators([deal.segment for deal in heard]),
        *indicators(bands([amounts.get(deal.deal_id) for deal in heard])),
    ]
    return ClaimFigure(
        differentiator=row,
        claim=claim(sides.values(), len(heard)),
        decisive=len({one.deal_id for one in spoken if one.is_decisive}),
        where_cited=wilson(sum(with_it), len(with_it)),
        where_not=wilson(sum(without), len(without)),
        difference=change(sum(without), len(without), sum(with_it), len(with_it)),
        adjusted=adjusted(won, [float(each) for each in named], held_equal),
        amount_cited=_by_amount([d for d in heard if d.deal_id in cited], amounts),
        amount_not=_by_amount([d for d in heard if d.deal_id not in cited], amounts),
        quarters=_quarters(window, heard, spoken),
        standings=tuple(pairs),
    )


def _by_amount(deals: Sequence[DecidedDeal], amounts: Mapping[int, int]) -> Interval:
    known = [deal for deal in deals if amounts.get(deal.deal_id, 0) > 0]
    return wilson_weighted(
        [float(deal.outcome is Outcome.WON) for deal in known],
        [float(amounts[deal.deal_id]) for deal in known],
    )


def _quarters(
    window: Window, heard: Sequence[DecidedDeal], spoken: Sequence[Spoke]
) -> tuple[InQuarter, ...]:
    place = {deal.deal_id: window.index_of(deal.closed_on) for deal in heard}
    sizes = [0] * len(window.quarters)
    for index in place.values():
        sizes[index] += 1
    said: list[dict[str, set[int]]] = [defaultdict(set) for _ in window.quarters]
    for one in spoken:
        kind = "expected" if one.is_expected else one.direction.value
        said[place[one.deal_id]][kind].add(one.deal_id)
    return tuple(
        InQuarter(
            quarter,
            len(said[index][Direction.FOR.value]),
            len(said[index][Direction.AGAINST.value]),
            len(said[index]["expected"]),
            sizes[index],
        )
        for index, quarter in enumerate(window.quarters)
    )


def _spoke(session: Session, period: Period, narrowed: Narrowed) -> list[Spoke]:
    rows = session.execute(
        select(
            NotNullable(TagEvidence.differentiator_id),
            TagEvidence.deal_id,
            TagEvidence.direction,
            any_of(TagEvidence.weight == Weight.DECISIVE),
            any_of(TagEvidence.weight == Weight.TABLE_STAKES),
        )
        .where(
            TagEvidence.differentiator_id.is_not(None),
            TagEvidence.outcome.in_(CONTESTED),
            *counts_in(period, narrowed),
        )
        .group_by(TagEvidence.differentiator_id, TagEvidence.deal_id, TagEvidence.direction)
    )
    return [Spoke._make(row) for row in rows]


def _amounts(session: Session, period: Period, narrowed: Narrowed) -> dict[int, int]:
    """In minor units of the workspace's currency, of those that have an amount and a rate."""
    amount = amount_in(session, workspace(session).currency)
    rows = session.execute(
        select(Deal.id, amount).where(
            Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, period), *narrowed.deals
        )
    )
    return {row[0]: int(row[1]) for row in rows if row[1]}
