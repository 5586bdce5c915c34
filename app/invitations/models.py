"""Letters that ask for an interview: their wording, and for each interview how far we are."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, public_id_column, text_column, token_column
from app.identity.models import User
from app.interviews.models import Interview
from app.invitations.wording import About, Step
from app.mail.models import Mail


class LetterWording(HasId, Base):
    """The wording of one letter where somebody changed what is shipped."""

    __tablename__ = "letter_wordings"
    __table_args__ = (UniqueConstraint("about", "language", "step"),)

    about: Mapped[About] = token_column(About, name="about")
    language: Mapped[str] = text_column(personal=False, length=12)
    step: Mapped[Step] = token_column(Step, name="step")
    subject: Mapped[str] = text_column(personal=False, length=300)
    text: Mapped[str] = text_column(personal=False)
    changed_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class BookingAddress(Base):
    """A page of their own on which buyers pick a time with this user (Calendly and its like); it
    stands in letters in place of ours."""

    __tablename__ = "booking_addresses"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = text_column(personal=True, length=2000)

    user: Mapped[User] = relationship()


class Ended(enum.StrEnum):
    """Why no further letter asks."""

    BOOKED = "booked"
    WROTE = "wrote"
    DECLINED = "declined"
    OPTED_OUT = "opted_out"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    CALLED_OFF = "called_off"
    STOPPED = "stopped"


class Needs(enum.StrEnum):
    """What a person has to do before the next letter can go."""

    ADDRESS = "address"
    #: The address is no more, or the person has left.
    CONTACT = "contact"


class Invitation(HasId, Base):
    """The sequence of letters for one interview."""

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_next_due_at", "next_due_at", "id"),)

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), unique=True
    )
    #: The letter that comes next, and when. A time without a letter is when nobody waits for an
    #: answer any longer.
    next_step: Mapped[Step | None] = token_column(Step, name="next_step", nullable=True)
    next_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs: Mapped[Needs | None] = token_column(Needs, name="needs", nullable=True)
    ended: Mapped[Ended | None] = token_column(Ended, name="ended", nullable=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Counts how often the letters began, each time with another address.
    attempt: Mapped[int] = mapped_column(default=1)
    #: From an automatic reply; the next letter waits for that day.
    away_until: Mapped[date | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    interview: Mapped[Interview] = relationship()
    asked_by: Mapped[User | None] = relationship()

    @property
    def asks(self) -> bool:
        """A letter that asks is still to come, or waits for a person."""
        return self.ended is None


class Letter(HasId, Base):
    """One letter of the sequence that was written, by us or by somebody in their own mail."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("invitation_id", "attempt", "step"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    attempt: Mapped[int] = mapped_column(default=1)
    step: Mapped[Step] = token_column(Step, name="step")
    to_address: Mapped[str] = text_column(personal=True, length=320)
    #: None where it was sent from somebody's own mail.
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("mails.id", ondelete="SET NULL"), index=True
    )
    sent_by_hand_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: Of the wording, as a checksum: which of several was used.
    wording: Mapped[str] = text_column(personal=False, length=16, default="")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What the other server said.
    bounce_words: Mapped[str] = text_column(personal=True, default="")

    invitation: Mapped[Invitation] = relationship()
    mail: Mapped[Mail | None] = relationship()
