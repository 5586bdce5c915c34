"""Differentiators in figures: what buyers made of each claim, and whether it goes with winning."""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analytics.counted import quarter_of
from app.analytics.decided import CONTESTED
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.heard import (
    DECISIVE,
    DIRECTIONS,
    EXPECTED,
    Evidence,
    Heard,
    in_columns,
    read_heard,
)
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import Subject, closed_in
from app.analytics.standings import PairStanding, standings_among
from app.analytics.stats.adjusted import Adjusted, adjusted, indicators
from app.analytics.stats.claims import Claim, claim
from app.analytics.stats.coded import Coded, coded
from app.analytics.stats.deal_facts import bands
from app.analytics.stats.proportions import Interval, wilson, wilson_weighted
from app.analytics.stats.theme import Change, change
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Deal, Outcome
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.market.models import Differentiator
from app.market.queries import active_differentiators
from app.tagging.models import Direction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


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


@dataclass(frozen=True)
class _Deals:
    """The deals heard of which a rate is a share, in columns."""

    #: The place of each among all deals heard.
    places: Numbers
    won: Flags
    segment: Coded
    #: In minor units of the workspace's currency, 0 without an amount or a rate.
    amount: Numbers
    #: Which of the window's quarters it closed in.
    quarter: Numbers


@dataclass(frozen=True)
class _Spoken:
    """What each of those deals says of one differentiator: by direction, whether it does, and
    whether it calls it expected of everybody in that breath."""

    said: Mapping[Direction, Flags]
    expected: Mapping[Direction, Flags]
    decisive: Flags


def claims(session: Session, window: Window, filters: Filters = EVERYTHING) -> Claims:
    """Every active differentiator over the deals heard. A rate is a share of all outcomes:
    filters by outcome are left aside."""
    import numpy as np

    narrowed = narrow(session, filters.without("outcome"))
    heard = read_heard(session, window.period, window.latest_period, narrowed)
    deals = _deals(session, window, heard, narrowed)
    evidence = heard.evidence(Subject.DIFFERENTIATOR)
    held_equal = [
        *indicators(deals.segment),
        *indicators(bands(np.where(deals.amount != 0, deals.amount, np.nan))),
    ]
    pairs: dict[int, list[PairStanding]] = defaultdict(list)
    for pair in standings_among(session, window, heard, narrowed):
        pairs[pair.differentiator.id].append(pair)
    figures = [
        _figure(row, window, deals, held_equal, _spoken(row, evidence, heard, deals), pairs[row.id])
        for row in active_differentiators(session)
    ]
    figures.sort(key=lambda one: (-one.claim.mentioned, one.differentiator.name_key))
    return Claims(window, len(deals.places), tuple(figures))


def _figure(
    row: Differentiator,
    window: Window,
    deals: _Deals,
    held_equal: Sequence[NDArray[np.float64]],
    spoken: _Spoken,
    pairs: Sequence[PairStanding],
) -> ClaimFigure:
    speaks_for, against, neither = (spoken.said[way] for way in DIRECTIONS)
    cited = speaks_for | against | neither
    with_it, without = deals.won[cited], deals.won[~cited]
    won_with, n_with = int(with_it.sum()), len(with_it)
    won_without, n_without = int(without.sum()), len(without)
    return ClaimFigure(
        differentiator=row,
        claim=claim(zip(speaks_for[cited], against[cited], strict=True), len(cited)),
        decisive=int(spoken.decisive.sum()),
        where_cited=wilson(won_with, n_with),
        where_not=wilson(won_without, n_without),
        difference=change(won_without, n_without, won_with, n_with),
        adjusted=adjusted(deals.won, cited.astype(float), held_equal),
        amount_cited=_by_amount(deals, cited),
        amount_not=_by_amount(deals, ~cited),
        quarters=_quarters(window, deals, spoken),
        standings=tuple(pairs),
    )


def _by_amount(deals: _Deals, which: Flags) -> Interval:
    known = which & (deals.amount > 0)
    return wilson_weighted(
        deals.won[known].astype(float).tolist(), deals.amount[known].astype(float).tolist()
    )


def _quarters(window: Window, deals: _Deals, spoken: _Spoken) -> tuple[InQuarter, ...]:
    """A deal that calls it expected of everybody speaks neither for us nor against us by that."""
    speaks_for, against = (
        spoken.said[way] & ~spoken.expected[way] for way in (Direction.FOR, Direction.AGAINST)
    )
    expected = functools.reduce(operator.or_, spoken.expected.values())
    counts = zip(
        *(
            _by_quarter(window, deals.quarter[which])
            for which in (speaks_for, against, expected, slice(None))
        ),
        strict=True,
    )
    return tuple(
        InQuarter(quarter, *some) for quarter, some in zip(window.quarters, counts, strict=True)
    )


def _by_quarter(window: Window, quarters: Numbers) -> list[int]:
    import numpy as np

    counts: list[int] = np.bincount(quarters, minlength=len(window.quarters)).tolist()
    return counts


def _spoken(row: Differentiator, evidence: Evidence, heard: Heard, deals: _Deals) -> _Spoken:
    import numpy as np

    def of(which: Flags) -> Flags:
        flags = np.zeros(len(heard.deals), dtype=bool)
        flags[heard.deal_of[evidence.interview[which]]] = True
        return flags[deals.places]

    here = evidence.ids == row.id
    expected = here & (evidence.bits & EXPECTED > 0)
    ways = {way: evidence.direction == number for number, way in enumerate(DIRECTIONS)}
    return _Spoken(
        said={way: of(here & is_way) for way, is_way in ways.items()},
        expected={way: of(expected & is_way) for way, is_way in ways.items()},
        decisive=of(here & (evidence.bits & DECISIVE > 0)),
    )


def _deals(session: Session, window: Window, heard: Heard, narrowed: Narrowed) -> _Deals:
    import numpy as np

    counts = np.array([outcome in CONTESTED for outcome, _ in heard.strata], dtype=bool)
    is_won = np.array([outcome is Outcome.WON for outcome, _ in heard.strata], dtype=bool)
    places = np.flatnonzero(counts[heard.stratum_of])
    strata = heard.stratum_of[places]
    ids, amount, quarter = _sold(session, window, narrowed)
    at = np.searchsorted(ids, heard.deals[places])
    segments = coded(segment for _, segment in heard.strata)
    return _Deals(
        places=places,
        won=is_won[strata],
        segment=Coded(segments.levels, segments.places[strata]),
        amount=amount[at],
        quarter=quarter[at],
    )


def _sold(session: Session, window: Window, narrowed: Narrowed) -> Sequence[Numbers]:
    """By id: each deal's amount in minor units of the workspace's currency, 0 without an amount or
    a rate, and its quarter."""
    import numpy as np

    amount = amount_in(session, workspace(session).currency)
    found = session.connection().execute(
        select(Deal.id, func.coalesce(amount, 0), quarter_of(window.quarters)).where(
            Deal.outcome.in_(CONTESTED), closed_in(Deal.closed_on, window.period), *narrowed.deals
        )
    )
    columns = in_columns(found, 3)
    by_id = np.argsort(columns[0])
    return [column[by_id] for column in columns]
