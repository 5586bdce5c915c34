"""The calendars that users connected, the busy times in them, and what we write into them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class CalendarKind(enum.StrEnum):
    ICS = "ics"
    CALDAV = "caldav"


class Calendar(HasId, Base):
    __tablename__ = "calendars"

    public_id: Mapped[str] = public_id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CalendarKind] = token_column(CalendarKind, name="kind")
    name: Mapped[str] = text_column(personal=True, length=200)
    #: What may be shown: the calendar's address, or only the host where the address is the secret.
    address: Mapped[str] = text_column(personal=True, length=2000)
    username: Mapped[str] = text_column(personal=True, length=320, default="")
    #: Sealed: the password (CalDAV), or the whole address (ICS).
    secret: Mapped[str] = text_column(personal=True)
    #: Booked interviews are written into it.
    writes: Mapped[bool] = mapped_column(default=False)
    #: The calendars that its server offered, each as [address, name].
    offered: Mapped[list[list[str]]] = json_column(personal=True, default=list)
    #: When its busy times were last read; they stay while it cannot be read.
    last_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: How many entries the last reading could not make out.
    unread: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = text_column(personal=True, default="")
    failures: Mapped[int] = mapped_column(default=0)
    next_read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()


class BusyTime(HasId, Base):
    __tablename__ = "busy_times"
    __table_args__ = (Index("ix_busy_times_calendar_ends", "calendar_id", "ends_at"),)

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Wish(enum.StrEnum):
    PUT = "put"
    REMOVE = "remove"


class WritingState(enum.StrEnum):
    WAITING = "waiting"
    #: A worker is talking to the server about it.
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


class CalendarEvent(HasId, Base):
    """An event of ours in somebody's calendar, as it is to be there."""

    __tablename__ = "calendar_events"
    __table_args__ = (UniqueConstraint("calendar_id", "uid"),)

    public_id: Mapped[str] = public_id_column()
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id", ondelete="CASCADE"))
    uid: Mapped[str] = text_column(personal=False, length=255)
    ics: Mapped[str] = text_column(personal=True, default="")
    wish: Mapped[Wish] = token_column(Wish, name="wish", default=Wish.PUT)
    state: Mapped[WritingState] = token_column(
        WritingState, name="state", default=WritingState.WAITING
    )
    #: Counts the wishes, so that one that came while another was written is not taken for done.
    version: Mapped[int] = mapped_column(default=1)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = text_column(personal=True, default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    calendar: Mapped[Calendar] = relationship()
