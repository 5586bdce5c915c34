"""What buyers are given as thanks: the rule of each programme, and the ledger."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
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
from app.interviews.models import Interview
from app.programmes.models import Programme


class Kind(enum.StrEnum):
    NONE = "none"
    GIFT = "gift"
    #: To a cause that the buyer picks.
    DONATION = "donation"


class ThanksRule(Base):
    """What whoever is heard in a programme is offered. A programme without one offers nothing."""

    __tablename__ = "thanks_rules"

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Kind] = token_column(Kind, name="kind", default=Kind.NONE)
    #: In minor units of the currency.
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = text_column(personal=False, length=3, default="")
    #: Of which a buyer picks one.
    causes: Mapped[list[str]] = json_column(personal=False, default=list)
    #: Whose people may take nothing, such as the public sector.
    left_out_industries: Mapped[list[str]] = json_column(personal=False, default=list)

    programme: Mapped[Programme] = relationship()


class State(enum.StrEnum):
    #: The buyer was heard; nobody has approved it yet.
    OFFERED = "offered"
    APPROVED = "approved"
    SENT = "sent"
    #: The buyer would rather have nothing.
    DECLINED = "declined"
    #: By rule, or by a person.
    NOT_OFFERED = "not_offered"


#: Nothing has been given yet, and something still may be.
OPEN = (State.OFFERED, State.APPROVED)


class Thanks(HasId, Base):
    """One line of the ledger: what the buyer of one interview is given, or why nothing."""

    __tablename__ = "thanks"
    __table_args__ = (Index("ix_thanks_state_offered_at", "state", "offered_at"),)

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), unique=True
    )
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="SET NULL")
    )
    kind: Mapped[Kind] = token_column(Kind, name="kind")
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = text_column(personal=False, length=3, default="")
    cause: Mapped[str] = text_column(personal=False, length=200, default="")
    state: Mapped[State] = token_column(State, name="state", default=State.OFFERED)
    #: Why nothing is offered.
    why: Mapped[str] = text_column(personal=False, length=300, default="")
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    approved_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Of a voucher, a receipt or an order.
    reference: Mapped[str] = text_column(personal=False, length=120, default="")
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    programme: Mapped[Programme | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
