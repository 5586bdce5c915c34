"""The few SELECTs behind every figure. They read tag_evidence, deals and interviews; the unit is
the deal, and the arithmetic is figures.py's."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    NotNullable,
    Select,
    case,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from app.analytics.narrowing import ALL, Narrowed
from app.core.access import Viewer
from app.core.periods import Period
from app.deals.access import may_see
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.interviews.models import HEARD, Answer, Interview, Kind
from app.market.models import Competitor, Differentiator
from app.tagging.models import Direction, Reason, Tag, TagEvidence, Verbatim, Weight

INFLUENCED = (Weight.DECISIVE, Weight.CONTRIBUTING)


class Subject(enum.StrEnum):
    """What is counted."""

    REASON = "reason"
    DIFFERENTIATOR = "differentiator"
    COMPETITOR = "competitor"


EVIDENCE_COLUMN = {
    Subject.REASON: NotNullable(TagEvidence.reason_id),
    Subject.DIFFERENTIATOR: NotNullable(TagEvidence.differentiator_id),
    Subject.COMPETITOR: NotNullable(TagEvidence.competitor_id),
}
_TAG_COLUMN = {
    Subject.REASON: Tag.reason_id,
    Subject.DIFFERENTIATOR: Tag.differentiator_id,
    Subject.COMPETITOR: Tag.competitor_id,
}
_MODEL: dict[Subject, type[Reason] | type[Differentiator] | type[Competitor]] = {
    Subject.REASON: Reason,
    Subject.DIFFERENTIATOR: Differentiator,
    Subject.COMPETITOR: Competitor,
}


def explained_by(direction: Direction) -> tuple[Outcome, ...]:
    """The outcomes that a subject of this direction helps to explain."""
    if direction is Direction.FOR:
        return (Outcome.WON,)
    return (Outcome.LOST, Outcome.NO_DECISION)


class DecidedDeal(NamedTuple):
    """A decided deal, and in how many interviews its buyers were heard."""

    deal_id: int
    outcome: Outcome
    closed_on: date
    amount_minor: int | None
    currency: str
    product: str
    segment: str
    region: str
    account_id: int | None
    interviews: int


class NamedInDeal(NamedTuple):
    """One subject in one deal, one way: in how many interviews it was named, in how many it
    decided or contributed, and whether it decided anywhere."""

    subject_id: int
    deal_id: int
    direction: Direction
    outcome: Outcome
    closed_on: date
    naming: int
    influencing: int
    is_decisive: bool
    is_provisional: bool


class DecidedHeard(NamedTuple):
    """Deals decided, and those of them heard."""

    decided: int
    heard: int


def closing_dates(session: Session) -> tuple[date, date] | None:
    """The first and the last day on which a deal was decided."""
    first, last = session.execute(
        select(func.min(Deal.closed_on), func.max(Deal.closed_on)).where(
            Deal.outcome.in_(DECIDED), Deal.closed_on.is_not(None)
        )
    ).one()
    return (first, last) if first and last else None


def last_closing_until(session: Session, today: date) -> date | None:
    """The latest day, not after today, on which a deal was decided."""
    return session.scalar(
        select(func.max(Deal.closed_on)).where(Deal.outcome.in_(DECIDED), Deal.closed_on <= today)
    )


def decided_deals(session: Session, period: Period, narrowed: Narrowed = ALL) -> list[DecidedDeal]:
    """The decided deals of the period; those invalid or open count nowhere."""
    heard = (
        select(Interview.deal_id, func.count().label("interviews"))
        .join(Deal, Deal.id == Interview.deal_id)
        .where(
            Interview.state.in_(HEARD),
            closed_in(Deal.closed_on, period),
            *narrowed.interviews,
        )
        .group_by(Interview.deal_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Deal.id,
            Deal.outcome,
            NotNullable(Deal.closed_on),
            Deal.amount_minor,
            Deal.currency,
            Deal.product,
            func.coalesce(Account.segment, ""),
            func.coalesce(Account.region, ""),
            Deal.account_id,
            func.coalesce(heard.c.interviews, 0),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .outerjoin(heard, heard.c.deal_id == Deal.id)
        .where(Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .order_by(Deal.closed_on, Deal.id)
    )
    return [DecidedDeal._make(row) for row in rows]


def named_in_deals(
    session: Session, subject: Subject, period: Period, narrowed: Narrowed = ALL
) -> list[NamedInDeal]:
    """The subject's evidence by deal and direction."""
    column = EVIDENCE_COLUMN[subject]
    influencing = case((TagEvidence.weight.in_(INFLUENCED), TagEvidence.interview_id), else_=None)
    rows = session.execute(
        select(
            column,
            TagEvidence.deal_id,
            TagEvidence.direction,
            func.min(TagEvidence.outcome),
            func.min(NotNullable(TagEvidence.closed_on)),
            func.count(TagEvidence.interview_id.distinct()),
            func.count(influencing.distinct()),
            any_of(TagEvidence.weight == Weight.DECISIVE),
            any_of(TagEvidence.is_provisional.is_(True)),
        )
        .where(
            column.is_not(None),
            TagEvidence.outcome.in_(DECIDED),
            *counts_in(period, narrowed),
        )
        .group_by(column, TagEvidence.deal_id, TagEvidence.direction)
    )
    return [NamedInDeal._make(row) for row in rows]


def decided_by_segment(
    session: Session, period: Period, narrowed: Narrowed = ALL
) -> dict[tuple[Outcome, str], DecidedHeard]:
    """How many deals were decided, and heard, of each outcome and segment."""
    deals = (
        select(
            Deal.outcome.label("outcome"),
            func.coalesce(Account.segment, "").label("segment"),
            is_heard(narrowed).label("heard"),
        )
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .subquery()
    )
    rows = session.execute(
        select(deals.c.outcome, deals.c.segment, func.count(), func.sum(deals.c.heard)).group_by(
            deals.c.outcome, deals.c.segment
        )
    )
    return {(row[0], row[1]): DecidedHeard(row[2], int(row[3])) for row in rows}


def is_heard(narrowed: Narrowed = ALL) -> ColumnElement[int]:
    """1 for a deal of which somebody was heard, else 0; found by the deal, so that the cost is that
    of the period's deals and not of all interviews."""
    heard = exists().where(
        Interview.deal_id == Deal.id, Interview.state.in_(HEARD), *narrowed.interviews
    )
    return case((heard, literal_column("1", Integer)), else_=literal_column("0", Integer))


def names_of(session: Session, subject: Subject, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Public id and name of each subject."""
    model = _MODEL[subject]
    rows = session.execute(select(model.id, model.public_id, model.name).where(model.id.in_(ids)))
    return {row_id: (public_id, name) for row_id, public_id, name in rows}


def subject_by_public_id(
    session: Session, subject: Subject, public_id: str
) -> Reason | Differentiator | Competitor | None:
    model = _MODEL[subject]
    found = session.scalar(select(model).where(model.public_id == public_id))
    return cast("Reason | Differentiator | Competitor | None", found)


def deals_naming(
    session: Session,
    viewer: Viewer,
    subject: Subject,
    subject_id: int,
    period: Period,
    *,
    direction: Direction | None = None,
    outcomes: Sequence[Outcome] = DECIDED,
    narrowed: Narrowed = ALL,
) -> Sequence[Deal]:
    """The deals behind a number, latest first, as far as the viewer sees them."""
    naming = _naming(subject, subject_id, period, direction, outcomes, narrowed)
    return session.scalars(
        select(Deal)
        .where(Deal.id.in_(naming), may_see(viewer))
        .options(joinedload(Deal.account))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
    ).all()


def count_deals_naming(
    session: Session,
    subject: Subject,
    subject_id: int,
    period: Period,
    direction: Direction | None = None,
    outcomes: Sequence[Outcome] = DECIDED,
    narrowed: Narrowed = ALL,
) -> int:
    """How many deals stand behind a number, seen or not."""
    naming = _naming(subject, subject_id, period, direction, outcomes, narrowed)
    return session.scalar(select(func.count()).select_from(naming.distinct().subquery())) or 0


def _naming(
    subject: Subject,
    subject_id: int,
    period: Period,
    direction: Direction | None,
    outcomes: Sequence[Outcome],
    narrowed: Narrowed,
) -> Select[int]:
    return select(TagEvidence.deal_id).where(
        EVIDENCE_COLUMN[subject] == subject_id,
        TagEvidence.outcome.in_(outcomes),
        *counts_in(period, narrowed),
        *([TagEvidence.direction == direction] if direction else []),
    )


def tags_behind(
    session: Session,
    subject: Subject,
    subject_ids: Sequence[int],
    period: Period,
    most: int = 500,
    narrowed: Narrowed = ALL,
) -> Sequence[Tag]:
    """The tags behind numbers, the heaviest first, with all that decides who may read the words.

    The caller shows each only as far as interviews/confidence.py allows.
    """
    return session.scalars(
        _tags_of(period, narrowed).where(_TAG_COLUMN[subject].in_(subject_ids)).limit(most)
    ).all()


def tags_of_quotes(
    session: Session, quote_ids: Sequence[int], period: Period, narrowed: Narrowed = ALL
) -> Sequence[Tag]:
    """The tags of these quotes; as `tags_behind`."""
    return session.scalars(_tags_of(period, narrowed).where(Tag.verbatim_id.in_(quote_ids))).all()


def deals_seen(session: Session, viewer: Viewer, deal_ids: Iterable[int]) -> set[int]:
    """Those of these deals that the viewer may open."""
    ids = set(deal_ids)
    return set(session.scalars(select(Deal.id).where(Deal.id.in_(ids), may_see(viewer))))


def tags_without_reason(session: Session, period: Period, most: int = 500) -> Sequence[Tag]:
    """Quotes that say for us or against us, and wait for a reason; as `tags_behind`."""
    return session.scalars(_tags_of(period).where(Tag.reason_id.is_(None)).limit(most)).all()


def count_without_reason(session: Session, period: Period) -> dict[Direction, int]:
    """How many quotes wait for a reason, by what they speak for."""
    rows = session.execute(
        select(Tag.direction, func.count(Tag.verbatim_id.distinct()))
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .where(Tag.reason_id.is_(None), *_stands_in(period))
        .group_by(Tag.direction)
    )
    return dict(iter(rows))


def _tags_of(period: Period, narrowed: Narrowed = ALL) -> Select[Tag]:
    weight_order = case(
        {Weight.DECISIVE: 0, Weight.CONTRIBUTING: 1, Weight.MENTIONED: 2}, value=Tag.weight, else_=3
    )
    return (
        select(Tag)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .join(Interview.deal)
        .join(Verbatim.answer)
        .where(*_stands_in(period, narrowed))
        .options(
            contains_eager(Tag.verbatim).options(
                contains_eager(Verbatim.answer).load_only(
                    Answer.id,
                    Answer.question,
                    Answer.kind,
                    Answer.taken,
                    Answer.revision,
                    Answer.confirmed_revision,
                ),
                contains_eager(Verbatim.interview).options(
                    joinedload(Interview.contact),
                    contains_eager(Interview.deal).options(
                        joinedload(Deal.account), joinedload(Deal.seller)
                    ),
                ),
            ),
            joinedload(Tag.reason),
            joinedload(Tag.competitor),
            joinedload(Tag.differentiator),
        )
        .order_by(weight_order, Deal.closed_on.desc(), Tag.id)
    )


def counts_in(period: Period, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    """The conditions under which evidence counts in a period, besides its outcome."""
    found = [closed_in(TagEvidence.closed_on, period)]
    if narrowed.deals:
        deals = select(Deal.id).where(
            Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals
        )
        found.append(TagEvidence.deal_id.in_(deals))
    if narrowed.interviews:
        interviews = (
            select(Interview.id)
            .join(Interview.deal)
            .where(closed_in(Deal.closed_on, period), *narrowed.interviews)
        )
        found.append(TagEvidence.interview_id.in_(interviews))
    if narrowed.facts_only:
        found.append(TagEvidence.evidence == Kind.FACT)
    return found


def _stands_in(period: Period, narrowed: Narrowed = ALL) -> list[ColumnElement[bool]]:
    """The conditions under which a tag counts in a period."""
    return [
        Tag.removed_at.is_(None),
        Verbatim.has_lost_place.is_(False),
        Interview.state.in_(HEARD),
        Deal.outcome.in_(DECIDED),
        closed_in(Deal.closed_on, period),
        *narrowed.deals,
        *narrowed.interviews,
        *([Tag.evidence == Kind.FACT] if narrowed.facts_only else []),
    ]


def closed_in(column: InstrumentedAttribute[date | None], period: Period) -> ColumnElement[bool]:
    return column.between(period.first_day, period.last_day)


def any_of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    one, zero = literal_column("1", Integer), literal_column("0", Integer)
    return type_coerce(func.max(case((condition, one), else_=zero)), Boolean)
