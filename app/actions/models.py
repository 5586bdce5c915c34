"""Decisions taken from what buyers said, their goals, and who was told of them."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import (
    Base,
    HasId,
    UtcDateTime,
    json_column,
    public_id_column,
    text_column,
    token_column,
)
from app.deals.models import Contact
from app.identity.models import User
from app.market.models import Competitor, Differentiator
from app.tagging.models import Direction, Reason


class DecisionState(enum.StrEnum):
    DECIDED = "decided"
    UNDER_WAY = "under_way"
    SHIPPED = "shipped"
    DROPPED = "dropped"


#: Something is still to be done.
UNFINISHED = (DecisionState.DECIDED, DecisionState.UNDER_WAY)


class Decision(HasId, Base):
    """What was decided, about which theme, by whom it is done, and what it is to change.

    A theme is a reason, a differentiator or a competitor, said one way; a decision of a report as
    a whole has none.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN reason_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN differentiator_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN competitor_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_theme",
        ),
        Index("ix_decisions_state_due_on", "state", "due_on"),
        Index("ix_decisions_reason", "reason_id"),
        Index("ix_decisions_report", "report"),
    )

    public_id: Mapped[str] = public_id_column()
    words: Mapped[str] = text_column(personal=False)
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    differentiator_id: Mapped[int | None] = mapped_column(
        ForeignKey("differentiators.id", ondelete="SET NULL"), index=True
    )
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="SET NULL"), index=True
    )
    direction: Mapped[Direction | None] = token_column(Direction, name="direction", nullable=True)
    #: The report that it was taken from, such as 'quarter:2026Q3'; empty for none.
    report: Mapped[str] = text_column(personal=False, length=80, default="")
    #: The figures as they stood when it was taken; see evidence.py.
    evidence: Mapped[dict[str, Any]] = json_column(personal=False)
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    due_on: Mapped[date | None]
    state: Mapped[DecisionState] = token_column(
        DecisionState, name="state", default=DecisionState.DECIDED
    )
    shipped_on: Mapped[date | None]
    tracker_url: Mapped[str] = text_column(personal=False, length=2000, default="")
    #: The share to come to, in percent: at most where it speaks against us, at least where for.
    goal_percent: Mapped[int | None]
    goal_by: Mapped[date | None]
    #: What was learnt where the goal was missed.
    learnt: Mapped[str] = text_column(personal=False, default="")
    taken_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    owner: Mapped[User | None] = relationship()
    reason: Mapped[Reason | None] = relationship()
    differentiator: Mapped[Differentiator | None] = relationship()
    competitor: Mapped[Competitor | None] = relationship()

    @property
    def theme(self) -> Reason | Differentiator | Competitor | None:
        return self.reason or self.differentiator or self.competitor

    @property
    def has_goal(self) -> bool:
        return self.goal_percent is not None and self.theme is not None

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


class ReminderKind(enum.StrEnum):
    SOON = "soon"
    OVERDUE = "overdue"
    GOAL_MISSED = "goal_missed"


class DecisionReminder(HasId, Base):
    """A reminder that was written to the owner; another date is reminded of anew."""

    __tablename__ = "decision_reminders"
    __table_args__ = (UniqueConstraint("decision_id", "kind", "of_day"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = token_column(ReminderKind, name="kind")
    of_day: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class MayBeTold(Base):
    """Whether the buyer of an interview wants to hear what became of what they said."""

    __tablename__ = "buyers_to_tell"

    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    allowed: Mapped[bool]
    noted_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class BuyerTold(HasId, Base):
    """A buyer who was told what a decision changed: once, whatever is shipped again."""

    __tablename__ = "buyers_told"
    __table_args__ = (UniqueConstraint("decision_id", "contact_id"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("mails.id", ondelete="SET NULL"), index=True
    )
    told_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    told_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    contact: Mapped[Contact] = relationship()


class Measure(enum.StrEnum):
    """What the programme itself can be held to."""

    RESPONSE = "response"
    DAYS_TO_INTERVIEW = "days_to_interview"
    SHARE_HEARD = "share_heard"


class ProgrammeGoal(HasId, Base):
    """A goal for the programme: a share in percent at least, or days at most."""

    __tablename__ = "programme_goals"
    __table_args__ = (UniqueConstraint("measure"),)

    measure: Mapped[Measure] = token_column(Measure, name="measure")
    target: Mapped[int]
    set_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
