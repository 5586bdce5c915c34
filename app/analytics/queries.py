"""The few SELECTs behind every figure. They read tag_evidence, deals and interviews; the unit is
the deal, and the arithmetic is figures.py's."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    NotNullable,
    case,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.analytics.narrowing import ALL, Narrowed
from app.core.db import is_between
from app.core.periods import Period
from app.deals.models import DECIDED, Account, Deal, Outcome
from app.interviews.models import HEARD, Interview, Kind
from app.market.models import Competitor, Differentiator
from app.tagging.models import Direction, Reason, TagEvidence, Weight

INFLUENCED = (Weight.DECISIVE, Weight.CONTRIBUTING)


class Subject(enum.StrEnum):
    """What is counted."""

    REASON = "reason"
    DIFFERENTIATOR = "differentiator"
    COMPETITOR = "competitor"


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


class DecidedHeard(NamedTuple):
    """Deals decided, and those of them heard."""

    decided: int
    heard: int


#: How many deals were decided of each outcome and segment.
Decided = Mapping[tuple[Outcome, str], int]


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


def decided_by_segment(session: Session, period: Period, narrowed: Narrowed = ALL) -> Decided:
    segment = func.coalesce(Account.segment, "")
    rows = session.execute(
        select(Deal.outcome, segment, func.count())
        .outerjoin(Account, Account.id == Deal.account_id)
        .where(Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals)
        .group_by(Deal.outcome, segment)
    )
    return {(outcome, name): decided for outcome, name, decided in rows}


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


def counts_in(
    evidence: type[TagEvidence], period: Period, narrowed: Narrowed
) -> list[ColumnElement[bool]]:
    """The conditions under which evidence counts in a period, besides its outcome."""
    found = [closed_in(evidence.closed_on, period)]
    if narrowed.deals:
        deals = select(Deal.id).where(
            Deal.outcome.in_(DECIDED), closed_in(Deal.closed_on, period), *narrowed.deals
        )
        found.append(evidence.deal_id.in_(deals))
    if narrowed.interviews:
        interviews = (
            select(Interview.id)
            .join(Interview.deal)
            .where(closed_in(Deal.closed_on, period), *narrowed.interviews)
        )
        found.append(evidence.interview_id.in_(interviews))
    if narrowed.facts_only:
        found.append(evidence.evidence == Kind.FACT)
    return found


def closed_in(column: InstrumentedAttribute[date | None], period: Period) -> ColumnElement[bool]:
    return is_between(column, period.first_day, period.last_day)


def any_of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    one, zero = literal_column("1", Integer), literal_column("0", Integer)
    return type_coerce(func.max(case((condition, one), else_=zero)), Boolean)
