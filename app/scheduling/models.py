"""When somebody can be asked for an interview, and the times that buyers took."""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
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
from app.identity.models import User
from app.interviews.models import Interview

#: The days of a week by number, Monday first, each with its stretches of work: "0": [["09:00",
#: "17:00"]].
WorkingHours = dict[str, list[list[str]]]


def office_hours() -> WorkingHours:
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


class Hours(HasId, Base):
    """How one person lets themselves be booked. Who has none yet has the defaults."""

    __tablename__ = "scheduling_hours"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    working: Mapped[WorkingHours] = json_column(personal=True, default=office_hours)
    #: Left free before and after an interview.
    pause_minutes: Mapped[int] = mapped_column(default=15)
    notice_hours: Mapped[int] = mapped_column(default=24)
    most_per_day: Mapped[int] = mapped_column(default=3)
    #: The room where they are found, or how one is made: it may hold {interview}.
    room: Mapped[str] = text_column(personal=True, length=500, default="")
    phone: Mapped[str] = text_column(personal=True, length=60, default="")
    #: Stands in the address of their feed; a new one ends the old address.
    feed_id: Mapped[str] = public_id_column()

    user: Mapped[User] = relationship()


class DayOff(HasId, Base):
    """Days on which somebody is not asked for, the last one too."""

    __tablename__ = "scheduling_days_off"
    __table_args__ = (Index("ix_scheduling_days_off_user", "user_id", "last_day"),)

    public_id: Mapped[str] = public_id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    name: Mapped[str] = text_column(personal=True, length=200, default="")


class BookingState(enum.StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"
    #: The buyer did not come.
    MISSED = "missed"


class Reply(enum.StrEnum):
    """What the buyer's calendar answered to our invitation."""

    NONE = "none"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Booking(HasId, Base):
    """A time that a buyer and an interviewer have agreed on."""

    __tablename__ = "bookings"
    __table_args__ = (
        # However many pages a buyer has open, an interview has one time.
        Index(
            "uq_bookings_interview_booked",
            "interview_id",
            unique=True,
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
        Index("ix_bookings_interview", "interview_id"),
        Index("ix_bookings_user_starts", "user_id", "state", "starts_at"),
        Index("ix_bookings_state_starts", "state", "starts_at"),
    )

    #: Also the UID of its event in every calendar.
    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    #: Who holds it.
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    #: The buyer's, and what their clock shows at the beginning, as agreed: where the rules of
    #: their zone change, the two no longer meet.
    time_zone: Mapped[str] = text_column(personal=True, length=64)
    local_start: Mapped[str] = text_column(personal=True, length=16)
    state: Mapped[BookingState] = token_column(
        BookingState, name="state", default=BookingState.BOOKED
    )
    #: Rises with every change that calendars are told of.
    sequence: Mapped[int] = mapped_column(default=0)
    #: Where the interview takes place: an address, or the number that is called.
    place: Mapped[str] = text_column(personal=True, length=500, default="")
    #: At which the buyer wants to be called.
    phone: Mapped[str] = text_column(personal=True, length=60, default="")
    reply: Mapped[Reply] = token_column(Reply, name="reply", default=Reply.NONE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    interview: Mapped[Interview] = relationship()
    user: Mapped[User] = relationship()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_booked(self) -> bool:
        return self.state is BookingState.BOOKED


class BookedQuarter(Base):
    """A quarter of an hour of somebody's that a booking takes; the database lets it be taken
    once. The pause after an interview is taken with it."""

    __tablename__ = "booked_quarters"
    __table_args__ = (Index("ix_booked_quarters_booking", "booking_id"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    #: Counted from the beginning of 1970 in UTC.
    quarter: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))


class LetterKind(enum.StrEnum):
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    DAY_BEFORE = "day_before"
    HOUR_BEFORE = "hour_before"
    MISSED = "missed"
    #: The deal is undecided again.
    REOPENED = "reopened"


class Recipient(enum.StrEnum):
    BUYER = "buyer"
    INTERVIEWER = "interviewer"


class BookingLetter(HasId, Base):
    """That a mail about a booking was written, so that none is written twice."""

    __tablename__ = "booking_letters"
    __table_args__ = (UniqueConstraint("booking_id", "sequence", "kind", "recipient"),)

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    kind: Mapped[LetterKind] = token_column(LetterKind, name="kind")
    recipient: Mapped[Recipient] = token_column(Recipient, name="recipient")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
