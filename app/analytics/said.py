"""What buyers said of each subject: one row a subject, direction, outcome and segment.

The database gives each row of the period as one number, by one index; they are summed here.
Grouping by deal and again by outcome in SQL took ten times as long at a million tags.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Integer, case, func, literal_column, select
from sqlalchemy.orm import Session

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import EVIDENCE_COLUMN, INFLUENCED, Subject, closed_in, explained_by
from app.analytics.stats.theme import CITES_FROM
from app.core.periods import Period
from app.deals.models import DECIDED, Account, BuyingRole, Deal, Outcome
from app.interviews.models import HEARD, Interview, Kind
from app.tagging.models import Direction, Layer, TagEvidence, Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

OPINIONS = (Kind.THINK, Kind.FEEL, Kind.WOULD_DO)
_DIRECTIONS = tuple(Direction)
_OUTCOMES = tuple(Outcome)
#: What a row of evidence says, as bits.
_INFLUENCED, _DECISIVE, _FIRST, _BEHIND, _FACT, _OPINION, _EXPECTED, _PROVISIONAL = (
    1 << bit for bit in range(8)
)
#: From which bit on a packed row holds the direction, the interview and the subject.
_DIRECTION_AT, _INTERVIEW_AT, _SUBJECT_AT = 8, 10, 41
_WEIGHTS = {
    Weight.DECISIVE: _INFLUENCED | _DECISIVE,
    Weight.CONTRIBUTING: _INFLUENCED,
    Weight.TABLE_STAKES: _EXPECTED,
}
_LAYERS = {Layer.SURFACE: _FIRST, Layer.PROBED: _BEHIND}
_KINDS = {Kind.FACT: _FACT, **dict.fromkeys(OPINIONS, _OPINION)}


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
    session: Session,
    subject: Subject,
    period: Period,
    latest: Period,
    narrowed: Narrowed = ALL,
    joined: Mapping[int, int] | None = None,
    evidence: Numbers | None = None,
) -> tuple[list[Said], dict[tuple[int, Direction], Voices]]:
    """What was said, and by how many. With `joined`, only of these subjects, each counted as the
    one that it joins. `evidence` is what `read_evidence` gave, where it is counted twice."""
    heard = _heard(session, period, latest, narrowed)
    if evidence is None:
        evidence = read_evidence(session, subject, period, narrowed, joined)
    if not len(evidence) or not len(heard.interviews):
        return [], {}
    mentions = _mentions(evidence, heard, joined or {})
    return _rows(mentions, heard), _voices(mentions, heard)


def deals_saying(
    session: Session, reason_ids: Sequence[int], period: Period, narrowed: Narrowed = ALL
) -> dict[tuple[int, Direction], set[int]]:
    """Which won and lost deals each of these reasons decided or contributed to."""
    heard = heard_deals(period, narrowed)
    statement = (
        select(TagEvidence.reason_id, TagEvidence.direction, TagEvidence.deal_id)
        .join(heard, heard.c.deal_id == TagEvidence.deal_id)
        .where(
            TagEvidence.reason_id.in_(reason_ids),
            TagEvidence.weight.in_(INFLUENCED),
            TagEvidence.outcome.in_((Outcome.WON, Outcome.LOST)),
            closed_in(TagEvidence.closed_on, period),
            *_facts(narrowed),
        )
        .distinct()
    )
    if narrowed.interviews:
        statement = statement.join(Interview, Interview.id == TagEvidence.interview_id).where(
            *narrowed.interviews
        )
    found: dict[tuple[int, Direction], set[int]] = defaultdict(set)
    for reason_id, direction, deal_id in session.execute(statement):
        if reason_id is not None:
            found[reason_id, direction].add(deal_id)
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
class _Heard:
    """The interviews that count, by id, each with the place of its deal; and the deals."""

    interviews: Numbers
    deal_of: Numbers
    accounts: Numbers
    roles: Numbers
    #: Of each deal: its interviews, its stratum, whether it closed in the latest quarter.
    sizes: Numbers
    stratum_of: Numbers
    is_latest: Numbers
    strata: list[tuple[Outcome, str]]


@dataclass(frozen=True)
class _Mentions:
    """One subject said one way in one interview: the way's number, the place of the interview, and
    what was said, as bits."""

    subjects: Numbers
    way: Numbers
    interview: Numbers
    bits: Numbers


def _heard(session: Session, period: Period, latest: Period, narrowed: Narrowed) -> _Heard:
    import numpy as np

    role = _coded(Interview.buying_role, {role: n for n, role in enumerate(BuyingRole, 1)})
    outcome = _coded(Deal.outcome, {outcome: n for n, outcome in enumerate(_OUTCOMES)})
    is_latest = case((Deal.closed_on >= latest.first_day, _number(1)), else_=_number(0))
    rows = session.execute(
        select(
            Interview.id,
            Deal.id,
            func.coalesce(Deal.account_id, _number(0)),
            role,
            is_latest,
            outcome,
            func.coalesce(Account.segment, ""),
        )
        .join(Interview.deal)
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
    ).all()
    *columns, outcomes, segments = zip(*rows, strict=True) if rows else [()] * 7
    places: dict[tuple[int, str], int] = {}
    strata = [places.setdefault(pair, len(places)) for pair in zip(outcomes, segments, strict=True)]
    interviews, deals, accounts, roles, latest_ones, stratum = map(_numbers, (*columns, strata))
    by_id = np.argsort(interviews)
    _, first, deal_of, sizes = np.unique(
        deals, return_index=True, return_inverse=True, return_counts=True
    )
    return _Heard(
        interviews=interviews[by_id],
        deal_of=deal_of.astype(np.int64)[by_id],
        accounts=accounts[by_id],
        roles=roles[by_id],
        sizes=sizes.astype(np.int64),
        stratum_of=stratum[first],
        is_latest=latest_ones[first],
        strata=[(_OUTCOMES[number], segment) for number, segment in places],
    )


def read_evidence(
    session: Session,
    subject: Subject,
    period: Period,
    narrowed: Narrowed = ALL,
    joined: Mapping[int, int] | None = None,
) -> Numbers:
    """Subject, interview, direction and bits, a row each, whosever interview and deal it is. The
    database packs a row into one number: fetching four took a third longer."""
    import numpy as np

    column, row = EVIDENCE_COLUMN[subject], TagEvidence
    bits = (
        _coded(row.weight, _WEIGHTS)
        + _coded(row.layer, _LAYERS)
        + _coded(row.evidence, _KINDS)
        + case((row.is_provisional, _number(_PROVISIONAL)), else_=_number(0))
    )
    direction = _coded(row.direction, {way: number for number, way in enumerate(_DIRECTIONS)})
    # The first factor is too large for PostgreSQL's integer, so that all is reckoned as bigint.
    ids = column * _number(1 << _SUBJECT_AT - _INTERVIEW_AT) + row.interview_id
    packed = ids * _number(1 << _INTERVIEW_AT) + direction * _number(1 << _DIRECTION_AT) + bits
    found = _numbers(
        session.scalars(
            select(packed).where(
                column.in_(joined) if joined else column.is_not(None),
                closed_in(row.closed_on, period),
                *_facts(narrowed),
            )
        )
    )
    return np.column_stack(
        (
            found >> _SUBJECT_AT,
            _between(found, _INTERVIEW_AT, _SUBJECT_AT),
            _between(found, _DIRECTION_AT, _INTERVIEW_AT),
            _between(found, 0, _DIRECTION_AT),
        )
    )


def _between(packed: Numbers, first: int, end: int) -> Numbers:
    """The number that these bits hold."""
    return packed >> first & (1 << end - first) - 1


def _coded(column: Any, codes: Mapping[Any, int]) -> ColumnElement[int]:
    """A token as a number, 0 where none is given."""
    numbers = {token: _number(code) for token, code in codes.items()}
    return case(numbers, value=column, else_=_number(0))


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)


def _numbers(values: Iterable[int]) -> Numbers:
    import numpy as np

    return np.fromiter(values, dtype=np.int64)


def _mentions(evidence: Numbers, heard: _Heard, joined: Mapping[int, int]) -> _Mentions:
    """Several kinds of evidence of one interview are one mention; a first answer, or what was
    behind it, counts where it weighed."""
    import numpy as np

    place = np.searchsorted(heard.interviews, evidence[:, 1])
    place[place == len(heard.interviews)] = 0
    counts = heard.interviews[place] == evidence[:, 1]
    evidence, place = evidence[counts], place[counts]
    ids, direction, bits = evidence[:, 0], evidence[:, 2], evidence[:, 3]
    if joined:
        ids = _numbers(joined[number] for number in ids.tolist())
    bits = np.where(bits & _INFLUENCED, bits, bits & ~(_FIRST | _BEHIND))
    subjects, subject = np.unique(ids, return_inverse=True)
    way = subject * len(_DIRECTIONS) + direction
    order, starts = _grouped(way * len(heard.interviews) + place)
    return _Mentions(
        subjects=subjects,
        way=way[order][starts],
        interview=place[order][starts],
        bits=np.bitwise_or.reduceat(bits[order], starts) if len(order) else bits,
    )


def _rows(mentions: _Mentions, heard: _Heard) -> list[Said]:
    import numpy as np

    deal = heard.deal_of[mentions.interview]
    order, starts = _grouped(mentions.way * len(heard.sizes) + deal)
    if not len(order):
        return []
    bits = mentions.bits[order]
    every = np.bitwise_or.reduceat(bits, starts)
    influencing = np.add.reduceat((bits & _INFLUENCED > 0).astype(np.int64), starts)
    deal, way = deal[order][starts], mentions.way[order][starts]
    share = influencing / heard.sizes[deal]
    groups, at = np.unique(way * len(heard.strata) + heard.stratum_of[deal], return_inverse=True)
    counted = (
        share > 0,
        share >= CITES_FROM,
        np.ones(len(share)),
        heard.is_latest[deal],
        *(every & bit > 0 for bit in (_DECISIVE, _FIRST, _BEHIND, _FACT)),
        (every & _OPINION > 0) & (every & _FACT == 0),
        every & _EXPECTED > 0,
        np.diff(np.append(starts, len(order))),
        every & _PROVISIONAL > 0,
    )
    named = np.bincount(at, weights=share).tolist()
    sums = [np.bincount(at, weights=one).astype(np.int64).tolist() for one in counted]
    return [
        _said(mentions, heard, group, values)
        for group, *values in zip(groups.tolist(), named, *sums, strict=True)
    ]


def _said(mentions: _Mentions, heard: _Heard, group: int, values: Sequence[Any]) -> Said:
    way, stratum = divmod(group, len(heard.strata))
    *counts, provisional = values
    return Said._make((*_way(mentions, way), *heard.strata[stratum], *counts, provisional > 0))


def _voices(mentions: _Mentions, heard: _Heard) -> dict[tuple[int, Direction], Voices]:
    """Of those that decided or contributed, in the outcomes that the direction explains."""
    import numpy as np

    explains = np.array(
        [[outcome in explained_by(way) for outcome, _ in heard.strata] for way in _DIRECTIONS]
    )
    stratum = heard.stratum_of[heard.deal_of[mentions.interview]]
    counts = (mentions.bits & _INFLUENCED > 0) & explains[mentions.way % len(_DIRECTIONS), stratum]
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
    subject, direction = divmod(way, len(_DIRECTIONS))
    return int(mentions.subjects[subject]), _DIRECTIONS[direction]


def _grouped(keys: Numbers) -> tuple[Numbers, Numbers]:
    """An order in which equal keys stand together, and where each group begins."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if not len(keys):
        return order, order
    return order, np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))


def _facts(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    return [TagEvidence.evidence == Kind.FACT] if narrowed.facts_only else []
