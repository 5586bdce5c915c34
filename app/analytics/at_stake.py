"""Money at stake: the deals whose buyer said that they would have chosen us, had one thing been
otherwise. Never a deal where it was merely a reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import closed_in
from app.analytics.said import heard_deals
from app.analytics.stats.proportions import Interval, wilson
from app.core.periods import Period
from app.deals.models import Account, Deal, Outcome
from app.deals.money import amount_in
from app.identity.queries import workspace
from app.interviews.models import Counterfactual, Interview
from app.tagging.models import Direction, TagEvidence

NOT_OURS = (Outcome.LOST, Outcome.NO_DECISION)


class Turnable(NamedTuple):
    """A deal that would have been ours but for this reason."""

    reason_id: int
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
    currency = workspace(session).currency
    amount = amount_in(session, currency)
    heard = _amounts(session, amount, period, narrowed, heard_only=True)
    everything = _amounts(session, amount, period, narrowed, heard_only=False)
    grouped: dict[int, list[Turnable]] = defaultdict(list)
    for row in _turnable(session, amount, period, narrowed):
        grouped[row.reason_id].append(row)
    each_once = {row.deal_id: row for rows in grouped.values() for row in rows}
    return AtStake(
        currency=currency,
        by_reason={key: _stake(rows, heard, everything) for key, rows in grouped.items()},
        together=_stake(list(each_once.values()), heard, everything),
        heard=heard,
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


def _turnable(
    session: Session, amount: ColumnElement[int], period: Period, narrowed: Narrowed
) -> list[Turnable]:
    rows = session.execute(
        select(TagEvidence.reason_id, Deal.id, amount, func.coalesce(Account.segment, ""))
        .join(Deal, Deal.id == TagEvidence.deal_id)
        .join(Interview, Interview.id == TagEvidence.interview_id)
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(
            TagEvidence.reason_id.is_not(None),
            TagEvidence.counterfactual == Counterfactual.US,
            TagEvidence.direction == Direction.AGAINST,
            TagEvidence.outcome.in_(NOT_OURS),
            closed_in(TagEvidence.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .distinct()
    )
    return [Turnable._make(row) for row in rows]


def _amounts(
    session: Session,
    amount: ColumnElement[int],
    period: Period,
    narrowed: Narrowed,
    *,
    heard_only: bool,
) -> Amounts:
    deals = (
        select(amount.label("minor"))
        .where(Deal.outcome.in_(NOT_OURS), closed_in(Deal.closed_on, period), *narrowed.deals)
        .order_by(None)
    )
    if heard_only:
        heard = heard_deals(period, narrowed)
        deals = deals.where(Deal.id.in_(select(heard.c.deal_id)))
    minor = deals.subquery().c.minor
    row = session.execute(
        select(func.sum(minor), func.sum(1.0 * minor * minor), func.count(minor), func.count())
    ).one()
    return Amounts(int(row[0] or 0), float(row[1] or 0), row[2], row[3])
