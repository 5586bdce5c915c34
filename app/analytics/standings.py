"""Where a differentiator stands against a competitor, as it is set and as buyers speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.heard import DIRECTIONS, EXPECTED, Heard, in_columns, read_heard
from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import closed_in
from app.analytics.stats.standing import Spoken, contradicted
from app.analytics.window import Window
from app.core.periods import Period
from app.deals.models import DECIDED, Deal, DealCompetitor
from app.market.models import Competitor, CompetitorKind, Differentiator, Standing
from app.market.queries import active_competitors, active_differentiators, present_standings
from app.market.stages import Stage
from app.tagging.models import Direction
from app.tagging.packing import DIFFERENTIATOR_AT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


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
    heard = read_heard(session, window.period, window.latest_period, narrowed)
    return standings_among(session, window, heard, narrowed)


def standings_among(
    session: Session, window: Window, heard: Heard, narrowed: Narrowed = ALL
) -> list[PairStanding]:
    """The same of those heard, read in the same window and narrowed alike."""
    spoken = _spoken(session, heard, window.period, narrowed)
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


def _spoken(
    session: Session, heard: Heard, period: Period, narrowed: Narrowed
) -> dict[tuple[int, int], Spoken]:
    """By (differentiator's id, competitor's id): deals in which the competitor was met. A tag that
    names a competitor speaks of that one alone."""
    import numpy as np

    pairs = heard.pairs()
    deal = heard.deal_of[pairs.interview]
    about, named = pairs.ids >> DIFFERENTIATOR_AT, pairs.ids & (1 << DIFFERENTIATOR_AT) - 1
    met_by, met_deal = _met(session, heard, period, narrowed)
    found: dict[tuple[int, int], Spoken] = {}
    for competitor_id in np.unique(met_by).tolist():
        is_met = np.zeros(len(heard.deals), dtype=bool)
        is_met[met_deal[met_by == competitor_id]] = True
        speaks = is_met[deal] & ((named == 0) | (named == competitor_id))
        for differentiator_id in np.unique(about[speaks]).tolist():
            here = speaks & (about == differentiator_id)
            found[differentiator_id, competitor_id] = _by_deal(
                deal[here], pairs.direction[here], pairs.bits[here]
            )
    return found


def _by_deal(deal: Numbers, direction: Numbers, bits: Numbers) -> Spoken:
    import numpy as np

    def deals(which: NDArray[np.bool_]) -> int:
        return len(np.unique(deal[which]))

    is_expected = bits & EXPECTED > 0
    for_us, against = (
        ~is_expected & (direction == DIRECTIONS.index(way))
        for way in (Direction.FOR, Direction.AGAINST)
    )
    return Spoken(deals(for_us), deals(against), deals(is_expected), len(np.unique(deal)))


def _met(
    session: Session, heard: Heard, period: Period, narrowed: Narrowed
) -> tuple[Numbers, Numbers]:
    """Each competitor met in a deal heard, and the place of the deal."""
    import numpy as np

    found = session.connection().execute(
        select(DealCompetitor.competitor_id, DealCompetitor.deal_id)
        .join(Deal, Deal.id == DealCompetitor.deal_id)
        .where(Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals)
    )
    competitor, deal = in_columns(found, 2)
    is_heard = np.isin(deal, heard.deals)
    return competitor[is_heard], np.searchsorted(heard.deals, deal[is_heard])
