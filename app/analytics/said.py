"""What buyers said of each subject: one row a subject, direction, outcome and segment, summed over
the columns of heard.py. Grouping by deal and again by outcome in SQL took ten times as long at a
million tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CTE, func, select

from app.analytics.heard import (
    BEHIND,
    DECISIVE,
    DIRECTIONS,
    EXPECTED,
    FACT,
    FIRST,
    INFLUENCED,
    OPINION,
    PROVISIONAL,
    Evidence,
    Heard,
)
from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import Subject, closed_in, explained_by
from app.analytics.stats.theme import CITES_FROM
from app.core.periods import Period
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.interviews.models import HEARD, Interview
from app.tagging.models import Direction

if TYPE_CHECKING:
    from app.analytics.heard import Numbers


class Said(NamedTuple):
    """One subject said one way, in the deals heard of one outcome and segment."""

    subject_id: int
    direction: Direction
    outcome: Outcome
    segment: str
    #: Sum of the deals' shares: the part of each deal's interviews in which it decided or
    #: contributed.
    named: float
    #: Deals with a share above 0, and of at least one half.
    influenced: int
    citing: int
    #: Deals that name it at all, and those of them in the latest quarter.
    deals: int
    latest_deals: int
    decisive: int
    #: Deals in which it decided or contributed as a first answer, and as what was behind one.
    first: int
    behind: int
    #: Deals in which it was named by a fact, and by an opinion alone.
    facts: int
    opinions_only: int
    #: Deals in which it was expected of everybody.
    expected: int
    #: Interviews that name it.
    interviews: int
    is_provisional: bool


class Voices(NamedTuple):
    """How many accounts and buying roles say it, in the outcomes that it helps to explain."""

    accounts: int
    roles: int


def said(
    heard: Heard, subject: Subject, joined: Mapping[int, int] | None = None
) -> tuple[list[Said], dict[tuple[int, Direction], Voices]]:
    """What was said, and by how many. With `joined`, only of these subjects, each counted as the
    one that it joins."""
    evidence = heard.evidence(subject)
    if joined is not None:
        evidence = _joined(evidence, joined)
    if not len(evidence.ids):
        return [], {}
    mentions = _mentions(evidence, len(heard.deal_of))
    return _rows(mentions, heard), _voices(mentions, heard)


def deals_saying(
    heard: Heard, reason_ids: Collection[int]
) -> dict[tuple[int, Direction], set[int]]:
    """Which won and lost deals each of these reasons decided or contributed to."""
    import numpy as np

    decided = [outcome in (Outcome.WON, Outcome.LOST) for outcome, _ in heard.strata]
    evidence = heard.evidence(Subject.REASON)
    deal = heard.deal_of[evidence.interview]
    counts = np.isin(evidence.ids, list(reason_ids)) & (evidence.bits & INFLUENCED > 0)
    counts &= np.array(decided, dtype=bool)[heard.stratum_of[deal]]
    found: dict[tuple[int, Direction], set[int]] = defaultdict(set)
    for reason_id, direction, one in zip(
        evidence.ids[counts].tolist(),
        evidence.direction[counts].tolist(),
        heard.deals[deal[counts]].tolist(),
        strict=True,
    ):
        found[reason_id, DIRECTIONS[direction]].add(one)
    return found


def heard_deals(period: Period, narrowed: Narrowed = ALL) -> CTE:
    """The deals heard: id, outcome, segment, closing date, and in how many interviews."""
    return (
        select(
            Deal.id.label("deal_id"),
            Deal.outcome.label("outcome"),
            func.coalesce(Account.segment, "").label("segment"),
            func.count(Interview.id).label("interviews"),
        )
        .join(Interview, Interview.deal_id == Deal.id)
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .group_by(Deal.id, Deal.outcome, Account.segment)
        .cte("heard")
    )


@dataclass(frozen=True)
class _Mentions:
    """One subject said one way in one interview: the way's number, the place of the interview, and
    what was said, as bits."""

    subjects: Numbers
    way: Numbers
    interview: Numbers
    bits: Numbers


def _joined(evidence: Evidence, joined: Mapping[int, int]) -> Evidence:
    import numpy as np

    here = np.isin(evidence.ids, list(joined))
    ids = np.array([joined[one] for one in evidence.ids[here].tolist()], dtype=np.int64)
    return Evidence(ids, evidence.interview[here], evidence.direction[here], evidence.bits[here])


def _mentions(evidence: Evidence, interviews: int) -> _Mentions:
    """Several kinds of evidence of one interview are one mention. They come in the order of the
    interviews, and keep it within each way."""
    import numpy as np

    subjects, subject = _placed(evidence.ids)
    way = subject * len(DIRECTIONS) + evidence.direction
    # Numbers of two bytes are put in order without comparing them.
    short = np.min_scalar_type(len(subjects) * len(DIRECTIONS))
    order = np.argsort(way.astype(short), kind="stable")
    way, interview = way[order], evidence.interview[order]
    starts = _starts(way * interviews + interview)
    return _Mentions(
        subjects=subjects,
        way=way[starts],
        interview=interview[starts],
        bits=np.bitwise_or.reduceat(evidence.bits[order], starts),
    )


def _rows(mentions: _Mentions, heard: Heard) -> list[Said]:
    import numpy as np

    every_deal = heard.deal_of[mentions.interview]
    starts = _starts(mentions.way * len(heard.sizes) + every_deal)
    bits = np.bitwise_or.reduceat(mentions.bits, starts)
    influencing = np.add.reduceat((mentions.bits & INFLUENCED > 0).astype(np.int64), starts)
    deal, way = every_deal[starts], mentions.way[starts]
    share = influencing / heard.sizes[deal]
    group = way * len(heard.strata) + heard.stratum_of[deal]
    counted = (
        share > 0,
        share >= CITES_FROM,
        np.ones(len(share)),
        heard.is_latest[deal],
        *(bits & bit > 0 for bit in (DECISIVE, FIRST, BEHIND, FACT)),
        (bits & OPINION > 0) & (bits & FACT == 0),
        bits & EXPECTED > 0,
        np.diff(np.append(starts, len(every_deal))),
        bits & PROVISIONAL > 0,
    )
    groups = np.flatnonzero(np.bincount(group))
    named = np.bincount(group, weights=share)[groups].tolist()
    sums = [np.bincount(group, weights=one)[groups].astype(np.int64).tolist() for one in counted]
    return [
        _said(mentions, heard, group, values)
        for group, *values in zip(groups.tolist(), named, *sums, strict=True)
    ]


def _said(mentions: _Mentions, heard: Heard, group: int, values: Sequence[Any]) -> Said:
    way, stratum = divmod(group, len(heard.strata))
    *counts, provisional = values
    return Said._make((*_way(mentions, way), *heard.strata[stratum], *counts, provisional > 0))


def _voices(mentions: _Mentions, heard: Heard) -> dict[tuple[int, Direction], Voices]:
    """Of those that decided or contributed, in the outcomes that the direction explains."""
    import numpy as np

    explains = np.array(
        [[outcome in explained_by(way) for outcome, _ in heard.strata] for way in DIRECTIONS]
    )
    stratum = heard.stratum_of[heard.deal_of[mentions.interview]]
    counts = (mentions.bits & INFLUENCED > 0) & explains[mentions.way % len(DIRECTIONS), stratum]
    way, interview = mentions.way[counts], mentions.interview[counts]
    accounts = _different(way, heard.accounts[interview])
    roles = _different(way, heard.roles[interview])
    return {
        _way(mentions, one): Voices(accounts.get(one, 0), roles.get(one, 0))
        for one in np.unique(way).tolist()
    }


def _different(way: Numbers, values: Numbers) -> dict[int, int]:
    """How many different values each has; 0 is none."""
    import numpy as np

    most = int(values.max(initial=0)) + 1
    is_there = np.zeros((int(way.max(initial=0)) + 1, most), dtype=bool)
    is_there[way, values] = True
    return dict(enumerate(is_there[:, 1:].sum(axis=1).tolist()))


def _way(mentions: _Mentions, way: int) -> tuple[int, Direction]:
    subject, direction = divmod(way, len(DIRECTIONS))
    return int(mentions.subjects[subject]), DIRECTIONS[direction]


def _placed(ids: Numbers) -> tuple[Numbers, Numbers]:
    """The different ids, and of each the place of its own among them."""
    import numpy as np

    different = np.flatnonzero(np.bincount(ids))
    place = np.zeros(int(different[-1]) + 1, dtype=np.int64)
    place[different] = np.arange(len(different))
    return different, place[ids]


def _starts(keys: Numbers) -> Numbers:
    """Where each run of equal keys begins."""
    import numpy as np

    return np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
