"""Reading decisions, their reminders, whom they may be told to, and the programme's goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.actions.models import (
    UNFINISHED,
    BuyerTold,
    Decision,
    DecisionReminder,
    DecisionState,
    MayBeTold,
    Measure,
    ProgrammeGoal,
)
from app.analytics.queries import INFLUENCED
from app.core.access import NotFound
from app.core.db import is_between
from app.core.periods import Period
from app.deals.models import DECIDED, Contact, Deal, Outcome
from app.identity.models import User
from app.interviews.models import HEARD, Interview
from app.invitations.models import Ended, Invitation
from app.tagging.models import Direction, TagEvidence

_ANSWERED = (Ended.BOOKED, Ended.WROTE)
#: Called off by us: nobody had the chance to answer.
_NEVER_ASKED = (Ended.CALLED_OFF, Ended.STOPPED)


def get_decision(session: Session, public_id: str) -> Decision:
    """Everybody who may see decisions sees all of them. Raises NotFound."""
    found = session.scalar(_decisions().where(Decision.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_decisions(
    session: Session, *, states: Sequence[DecisionState] = (), owner_id: int | None = None
) -> Sequence[Decision]:
    """Those due first before those without a day, the latest taken first among equals."""
    statement = _decisions().order_by(
        Decision.due_on.is_(None), Decision.due_on, Decision.id.desc()
    )
    if states:
        statement = statement.where(Decision.state.in_(states))
    if owner_id is not None:
        statement = statement.where(Decision.owner_id == owner_id)
    return session.scalars(statement).all()


def counts_by_state(session: Session) -> dict[DecisionState, int]:
    rows = session.execute(select(Decision.state, func.count()).group_by(Decision.state)).all()
    return {row[0]: row[1] for row in rows}


def decisions_about(
    session: Session, column: str, subject_id: int, direction: Direction | None = None
) -> Sequence[Decision]:
    """Decisions about one theme; `column` is 'reason_id', 'differentiator_id', 'competitor_id'."""
    statement = _decisions().where(getattr(Decision, column) == subject_id)
    if direction is not None:
        statement = statement.where(Decision.direction == direction)
    return session.scalars(statement.order_by(Decision.id.desc())).all()


def decisions_about_reasons(session: Session, reason_ids: Sequence[int]) -> Sequence[Decision]:
    """Decisions about what speaks against us, but for those that were dropped, latest first."""
    return session.scalars(
        _decisions()
        .where(
            Decision.reason_id.in_(reason_ids),
            Decision.direction == Direction.AGAINST,
            Decision.state != DecisionState.DROPPED,
        )
        .order_by(Decision.id.desc())
    ).all()


def decisions_of_reports(session: Session, reports: Sequence[str]) -> Sequence[Decision]:
    """What was decided from these reports."""
    return session.scalars(
        _decisions().where(Decision.report.in_(reports)).order_by(Decision.id)
    ).all()


def decisions_not_dropped(session: Session) -> Sequence[Decision]:
    return session.scalars(_decisions().where(Decision.state != DecisionState.DROPPED)).all()


def to_watch(session: Session) -> Sequence[Decision]:
    """Those a reminder may be due for: unfinished with a day, or with a goal and no lesson yet."""
    return session.scalars(
        _decisions().where(
            Decision.owner_id.is_not(None),
            (Decision.state.in_(UNFINISHED) & Decision.due_on.is_not(None))
            | (
                Decision.goal_by.is_not(None)
                & (Decision.learnt == "")
                & (Decision.state != DecisionState.DROPPED)
            ),
        )
    ).all()


def reminders_of(session: Session, decision_ids: Sequence[int]) -> Sequence[DecisionReminder]:
    return session.scalars(
        select(DecisionReminder).where(DecisionReminder.decision_id.in_(decision_ids))
    ).all()


def owners(session: Session) -> Sequence[User]:
    """Who can own a decision: everybody who may sign in."""
    return session.scalars(select(User).where(User.is_active).order_by(User.name, User.id)).all()


class HeardDeal(NamedTuple):
    """A deal that was heard: when it was opened, in how many interviews, and in how many of them
    a theme decided or contributed."""

    opened_on: date | None
    interviews: int
    naming: int


def deals_heard(
    session: Session,
    column: str,
    subject_id: int,
    direction: Direction,
    outcomes: Sequence[Outcome],
    period: Period,
) -> list[HeardDeal]:
    """Every deal heard of these outcomes that closed in the period, naming the theme or not."""
    naming = (
        select(TagEvidence.interview_id)
        .where(
            getattr(TagEvidence, column) == subject_id,
            TagEvidence.direction == direction,
            TagEvidence.weight.in_(INFLUENCED),
        )
        .distinct()
        .subquery()
    )
    rows = session.execute(
        select(Deal.opened_on, func.count(Interview.id), func.count(naming.c.interview_id))
        .join(Interview, Interview.deal_id == Deal.id)
        .outerjoin(naming, naming.c.interview_id == Interview.id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(outcomes),
            is_between(Deal.closed_on, period.first_day, period.last_day),
        )
        .group_by(Deal.id, Deal.opened_on)
    )
    return [HeardDeal._make(row) for row in rows]


@dataclass(frozen=True)
class BuyerToTell:
    """Somebody who said it, and whether they may and can be told."""

    contact: Contact
    allowed: bool | None
    was_told: bool

    @property
    def can_be_told(self) -> bool:
        return bool(
            self.allowed
            and not self.was_told
            and self.contact.email
            and not self.contact.do_not_contact
        )


def buyers_who_said(
    session: Session, column: str, subject_id: int, direction: Direction, decision_id: int
) -> list[BuyerToTell]:
    """The buyers in whose interviews the theme decided or contributed, each once."""
    told = select(BuyerTold.contact_id).where(BuyerTold.decision_id == decision_id)
    rows = session.execute(
        select(Contact, MayBeTold.allowed, Contact.id.in_(told))
        .join(Interview, Interview.contact_id == Contact.id)
        .join(TagEvidence, TagEvidence.interview_id == Interview.id)
        .outerjoin(MayBeTold, MayBeTold.interview_id == Interview.id)
        .where(
            getattr(TagEvidence, column) == subject_id,
            TagEvidence.direction == direction,
            TagEvidence.weight.in_(INFLUENCED),
            Interview.state.in_(HEARD),
        )
        .options(joinedload(Contact.account))
        .order_by(Contact.name, Contact.id)
    )
    found: dict[int, BuyerToTell] = {}
    for contact, allowed, was_told in rows:
        before = found.get(contact.id)
        # Of several interviews, a no holds before a yes.
        if before is not None and (before.allowed is False or allowed is None):
            continue
        found[contact.id] = BuyerToTell(contact, allowed, bool(was_told))
    return list(found.values())


def may_be_told(session: Session, interview_id: int) -> MayBeTold | None:
    return session.get(MayBeTold, interview_id)


def goals(session: Session) -> dict[Measure, ProgrammeGoal]:
    return {goal.measure: goal for goal in session.scalars(select(ProgrammeGoal))}


def invitations_answered(session: Session, period: Period) -> tuple[int, int]:
    """Of the invitations about deals closed in the period that came to an end: how many buyers
    booked or wrote, and how many were asked."""
    rows = session.execute(
        select(Invitation.ended, func.count())
        .join(Invitation.interview)
        .join(Interview.deal)
        .where(
            Invitation.ended.is_not(None),
            Invitation.ended.not_in(_NEVER_ASKED),
            is_between(Deal.closed_on, period.first_day, period.last_day),
        )
        .group_by(Invitation.ended)
    )
    counts = {row[0]: row[1] for row in rows}
    return sum(counts.get(end, 0) for end in _ANSWERED), sum(counts.values())


def days_to_interview(session: Session, period: Period) -> list[int]:
    """From the decision to the first interview, for each deal heard that closed in the period."""
    rows = session.execute(
        select(Deal.closed_on, func.min(Interview.held_on))
        .join(Interview, Interview.deal_id == Deal.id)
        .where(
            Interview.state.in_(HEARD),
            Interview.held_on.is_not(None),
            Deal.outcome.in_(DECIDED),
            is_between(Deal.closed_on, period.first_day, period.last_day),
        )
        .group_by(Deal.id, Deal.closed_on)
    )
    return [(held - closed).days for closed, held in rows if closed and held and held >= closed]


def _decisions() -> Select[Decision]:
    return select(Decision).options(
        joinedload(Decision.owner),
        joinedload(Decision.reason),
        joinedload(Decision.differentiator),
        joinedload(Decision.competitor),
    )
