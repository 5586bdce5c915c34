"""What buyers said of each subject, summed by the database: one row a subject, direction, outcome
and segment, however many deals there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    Boolean,
    Case,
    ColumnElement,
    Float,
    Integer,
    Label,
    Select,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import EVIDENCE_COLUMN, INFLUENCED, Subject, closed_in
from app.core.periods import Period
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.interviews.models import HEARD, Interview, Kind
from app.tagging.models import Direction, Layer, TagEvidence, Weight

OPINIONS = (Kind.THINK, Kind.FEEL, Kind.WOULD_DO)
_CITES_FROM = 0.5
_ONE, _ZERO = literal_column("1", Integer), literal_column("0", Integer)


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
) -> list[Said]:
    """With `joined`, only of these subjects, each counted as the one that it joins."""
    by_deal = _by_deal(subject, period, latest, narrowed, joined).subquery()
    c = by_deal.c
    share = cast(c.influencing, Float) / c.heard
    rows = session.execute(
        select(
            c.subject_id,
            c.direction,
            c.outcome,
            c.segment,
            func.sum(share),
            func.sum(_flag(c.influencing > 0)),
            func.sum(_flag(share >= _CITES_FROM)),
            func.count(),
            func.sum(c.is_latest),
            func.sum(c.is_decisive),
            func.sum(c.first),
            func.sum(c.behind),
            func.sum(c.fact),
            func.sum(_flag(and_(c.opinion == 1, c.fact == 0))),
            func.sum(c.expected),
            func.sum(c.naming),
            type_coerce(func.max(c.is_provisional), Boolean),
        ).group_by(c.subject_id, c.direction, c.outcome, c.segment)
    )
    return [Said._make(row) for row in rows]


def voices(
    session: Session, subject: Subject, period: Period, narrowed: Narrowed = ALL
) -> dict[tuple[int, Direction], Voices]:
    """Who stands behind each subject that decided or contributed."""
    column = EVIDENCE_COLUMN[subject]
    rows = session.execute(
        select(
            column,
            TagEvidence.direction,
            func.count(Deal.account_id.distinct()),
            func.count(Interview.buying_role.distinct()),
        )
        .join(Interview, Interview.id == TagEvidence.interview_id)
        .join(Deal, Deal.id == TagEvidence.deal_id)
        .where(
            column.is_not(None),
            TagEvidence.weight.in_(INFLUENCED),
            _is_explained(),
            closed_in(TagEvidence.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
            *_facts(narrowed),
        )
        .group_by(column, TagEvidence.direction)
    )
    return {(row[0], row[1]): Voices(row[2], row[3]) for row in rows}


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


def _by_deal(
    subject: Subject,
    period: Period,
    latest: Period,
    narrowed: Narrowed,
    joined: Mapping[int, int] | None,
) -> Select[*tuple[Any, ...]]:
    """One row a subject, direction and deal."""
    own, row = EVIDENCE_COLUMN[subject], TagEvidence
    column: Any = _joined(own, joined) if joined else own
    heard = heard_deals(period, narrowed)
    influenced = row.weight.in_(INFLUENCED)
    influencing = func.count(case((influenced, row.interview_id)).distinct())
    statement: Select[*tuple[Any, ...]] = (
        select(
            type_coerce(column, Integer).label("subject_id"),
            row.direction.label("direction"),
            heard.c.outcome,
            heard.c.segment,
            influencing.label("influencing"),
            heard.c.interviews.label("heard"),
            func.count(row.interview_id.distinct()).label("naming"),
            _any(row.closed_on >= latest.first_day, "is_latest"),
            _any(row.weight == Weight.DECISIVE, "is_decisive"),
            _any(and_(influenced, row.layer == Layer.SURFACE), "first"),
            _any(and_(influenced, row.layer == Layer.PROBED), "behind"),
            _any(row.evidence == Kind.FACT, "fact"),
            _any(row.evidence.in_(OPINIONS), "opinion"),
            _any(row.weight == Weight.TABLE_STAKES, "expected"),
            _any(row.is_provisional.is_(True), "is_provisional"),
        )
        .join(heard, heard.c.deal_id == row.deal_id)
        .where(
            own.in_(joined) if joined else own.is_not(None),
            closed_in(row.closed_on, period),
            *_facts(narrowed),
        )
        .group_by(
            column,
            row.direction,
            row.deal_id,
            heard.c.outcome,
            heard.c.segment,
            heard.c.interviews,
        )
    )
    if narrowed.interviews:
        statement = statement.join(Interview, Interview.id == row.interview_id).where(
            *narrowed.interviews
        )
    return statement


def _joined(own: Any, joined: Mapping[int, int]) -> ColumnElement[int]:
    """Written out, because the database must see the same expression where it groups."""
    return case(
        *(
            (own == literal_column(str(member)), literal_column(str(into)))
            for member, into in joined.items()
        )
    )


def _facts(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    return [TagEvidence.evidence == Kind.FACT] if narrowed.facts_only else []


def _is_explained() -> ColumnElement[bool]:
    """Whether the direction helps to explain the outcome; queries.explained_by says the same."""
    return or_(
        and_(TagEvidence.direction == Direction.FOR, TagEvidence.outcome == Outcome.WON),
        and_(
            TagEvidence.direction != Direction.FOR,
            TagEvidence.outcome.in_((Outcome.LOST, Outcome.NO_DECISION)),
        ),
    )


def _flag(condition: ColumnElement[bool]) -> Case[int]:
    return case((condition, _ONE), else_=_ZERO)


def _any(condition: ColumnElement[bool], name: str) -> Label[int]:
    return func.max(_flag(condition)).label(name)
