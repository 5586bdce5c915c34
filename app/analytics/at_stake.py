"""Money at stake: the deals whose buyer said that they would have chosen us, had one thing been
otherwise. Never a deal where it was merely a reason."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.heard import DIRECTIONS, WOULD_BE_OURS, Heard, read_heard
from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import Subject, closed_in
from app.analytics.stats.proportions import Interval, wilson
from app.core.periods import Period
from app.deals.models import Deal, Outcome
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.tagging.models import Direction

NOT_OURS = (Outcome.LOST, Outcome.NO_DECISION)


class Turnable(NamedTuple):
    """A deal that would have been ours but for a reason."""

    deal_id: int
    #: In minor units of the workspace's currency; None without an amount or a rate.
    minor: int | None
    segment: str


class Amounts(NamedTuple):
    """Amounts of deals not won: their sum, the sum of their squares, and how many have one."""

    minor: int
    squares: float
    with_amount: int
    deals: int


@dataclass(frozen=True)
class Stake:
    """What a reason cost, as its buyers said, or all reasons together."""

    deals: int
    minor: int
    without_amount: int
    #: Of the amounts not won in deals heard, this part; by Kish's effective number of deals.
    share: Interval
    #: The same part of all that was not won, if those not heard are like those heard.
    of_all: tuple[int, int]
    #: Whom it would open, by segment, the most first.
    segments: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class AtStake:
    """Money at stake in a window."""

    currency: str
    by_reason: Mapping[int, Stake]
    #: All reasons together, each deal once.
    together: Stake
    heard: Amounts
    everything: Amounts


def at_stake(session: Session, period: Period, narrowed: Narrowed = ALL) -> AtStake:
    heard = read_heard(session, period, period, narrowed)
    return at_stake_among(session, period, heard, narrowed)


def at_stake_among(
    session: Session, period: Period, heard: Heard, narrowed: Narrowed = ALL
) -> AtStake:
    """The same of those heard, read in the same period and narrowed alike."""
    currency = workspace(session).currency
    minor = _amounts_not_won(session, currency, period, narrowed)
    everything = _added(minor.values())
    among_heard = _added(minor[deal] for deal in heard.deals.tolist() if deal in minor)
    grouped: dict[int, list[Turnable]] = defaultdict(list)
    for reason_id, deal_id, segment in _turnable(heard):
        if deal_id not in minor:  # reopened between the two readings
            continue
        grouped[reason_id].append(Turnable(deal_id, minor[deal_id], segment))
    each_once = {row.deal_id: row for rows in grouped.values() for row in rows}
    return AtStake(
        currency=currency,
        by_reason={key: _stake(rows, among_heard, everything) for key, rows in grouped.items()},
        together=_stake(list(each_once.values()), among_heard, everything),
        heard=among_heard,
        everything=everything,
    )


def _stake(rows: Sequence[Turnable], heard: Amounts, everything: Amounts) -> Stake:
    minor = sum(row.minor or 0 for row in rows)
    n = heard.minor**2 / heard.squares if heard.squares else 0.0
    share = wilson(n * minor / heard.minor, n) if n else wilson(0, 0)
    return Stake(
        deals=len(rows),
        minor=minor,
        without_amount=sum(row.minor is None for row in rows),
        share=share,
        of_all=(round(share.low * everything.minor), round(share.high * everything.minor)),
        segments=_by_size(row.segment for row in rows),
    )


def _by_size(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _turnable(heard: Heard) -> Iterable[tuple[int, int, str]]:
    """Each reason and deal that it turned, with the deal's segment."""
    import numpy as np

    is_not_ours = np.array([outcome in NOT_OURS for outcome, _ in heard.strata], dtype=bool)
    evidence = heard.evidence(Subject.REASON)
    deal = heard.deal_of[evidence.interview]
    turned = (evidence.bits & WOULD_BE_OURS > 0) & is_not_ours[heard.stratum_of[deal]]
    turned &= evidence.direction == DIRECTIONS.index(Direction.AGAINST)
    pairs = zip(evidence.ids[turned].tolist(), deal[turned].tolist(), strict=True)
    for reason_id, place in sorted(set(pairs)):
        _, segment = heard.strata[heard.stratum_of[place]]
        yield reason_id, int(heard.deals[place]), segment


def _amounts_not_won(
    session: Session, currency: str, period: Period, narrowed: Narrowed
) -> dict[int, int | None]:
    """By deal; None without an amount or a rate."""
    rows = session.execute(
        select(Deal.id, amount_in(session, currency)).where(
            Deal.outcome.in_(NOT_OURS), closed_in(Deal.closed_on, period), *narrowed.deals
        )
    )
    return {row[0]: None if row[1] is None else int(row[1]) for row in rows}


def _added(amounts: Iterable[int | None]) -> Amounts:
    listed = list(amounts)
    known = [minor for minor in listed if minor is not None]
    squares = math.fsum(minor * minor for minor in known)
    return Amounts(sum(known), squares, len(known), len(listed))
