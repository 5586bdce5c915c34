"""Where a differentiator stands against a competitor, as it is set and as buyers speak of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import closed_in
from app.analytics.stats.standing import Spoken, contradicted
from app.analytics.window import Window
from app.core.periods import Period
from app.deals.models import DECIDED, Deal, DealCompetitor
from app.interviews.models import HEARD, Interview
from app.market.models import Competitor, CompetitorKind, Differentiator, Standing
from app.market.queries import active_competitors, active_differentiators, present_standings
from app.market.stages import Stage
from app.tagging.models import Direction, Tag, Verbatim, Weight


@dataclass(frozen=True)
class PairStanding:
    """A differentiator against a competitor: what is set, and what the deals say."""

    differentiator: Differentiator
    competitor: Competitor
    standing: Standing | None
    spoken: Spoken
    #: Set by a person within the quarters looked at.
    is_new: bool

    @property
    def stage(self) -> Stage | None:
        return self.standing.stage if self.standing else None

    @property
    def reads_as(self) -> Stage | None:
        """What the deals say, where that is not what is set."""
        return contradicted(self.stage, self.spoken)


def standings_of(session: Session, window: Window, narrowed: Narrowed = ALL) -> list[PairStanding]:
    """Every pair that somebody set, or of which at least one deal spoke."""
    spoken = _spoken(session, window.period, narrowed)
    present = present_standings(session)
    return [
        PairStanding(
            differentiator,
            competitor,
            standing := present.get((differentiator.id, competitor.id)),
            spoken.get((differentiator.id, competitor.id), Spoken(0, 0, 0, 0)),
            is_new=standing is not None
            and window.period.first_day <= standing.set_on <= window.period.last_day,
        )
        for competitor in active_competitors(session)
        if competitor.kind is not CompetitorKind.NOTHING
        for differentiator in active_differentiators(session)
        if (differentiator.id, competitor.id) in present.keys() | spoken.keys()
    ]


def _spoken(session: Session, period: Period, narrowed: Narrowed) -> dict[tuple[int, int], Spoken]:
    """By (differentiator's id, competitor's id): deals in which the competitor was met. A tag that
    names a competitor speaks of that one alone."""
    rows = session.execute(
        select(
            Tag.differentiator_id,
            DealCompetitor.competitor_id,
            Tag.competitor_id,
            Deal.id,
            Tag.direction,
            Tag.weight,
        )
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .join(DealCompetitor, DealCompetitor.deal_id == Deal.id)
        .where(
            Tag.differentiator_id.is_not(None),
            Tag.removed_at.is_(None),
            Verbatim.has_lost_place.is_(False),
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .distinct()
    )
    said: dict[tuple[int, int], list[tuple[int, Direction, Weight]]] = defaultdict(list)
    for differentiator_id, met_id, named_id, deal_id, direction, weight in rows:
        if differentiator_id is not None and named_id in (None, met_id):
            said[differentiator_id, met_id].append((deal_id, direction, weight))
    return {pair: _by_deal(rows) for pair, rows in said.items()}


def _by_deal(said: Iterable[tuple[int, Direction, Weight]]) -> Spoken:
    for_us: set[int] = set()
    against: set[int] = set()
    expected: set[int] = set()
    every: set[int] = set()
    for deal_id, direction, weight in said:
        every.add(deal_id)
        if weight is Weight.TABLE_STAKES:
            expected.add(deal_id)
        elif direction is Direction.FOR:
            for_us.add(deal_id)
        elif direction is Direction.AGAINST:
            against.add(deal_id)
    return Spoken(len(for_us), len(against), len(expected), len(every))
