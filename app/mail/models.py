"""Mail that goes out, a row first, whatever becomes of it; and what became of what came in."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

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


class MailState(enum.StrEnum):
    QUEUED = "queued"
    #: Claimed: a worker is talking to the server about it.
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: The worker or the connection broke off where nobody can tell whether the server took it.
    DOUBTFUL = "doubtful"
    CANCELLED = "cancelled"


class Mail(HasId, Base):
    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_state_due", "state", "due_at", "id"),)

    public_id: Mapped[str] = public_id_column()
    #: Stays the same however often it is tried, so that a receiver can tell a repetition.
    message_id: Mapped[str] = text_column(personal=False, length=255, unique=True)
    #: What it is about, such as 'invitation'; for lists, never sent.
    about: Mapped[str] = text_column(personal=False, length=80, default="")
    to_address: Mapped[str] = text_column(personal=True, length=320)
    to_name: Mapped[str] = text_column(personal=True, length=200, default="")
    from_name: Mapped[str] = text_column(personal=True, length=200, default="")
    reply_to: Mapped[str] = text_column(personal=True, length=320, default="")
    subject: Mapped[str] = text_column(personal=True, length=500)
    text: Mapped[str] = text_column(personal=True)
    html: Mapped[str] = text_column(personal=True, default="")
    #: An iCalendar text that goes along; its METHOD says what the receiver's calendar is to do.
    calendar: Mapped[str] = text_column(personal=True, default="")
    #: A file of the workspace that goes along, and what it is called; empty for none. Where it is
    #: gone by then, the mail leaves without it.
    file_key: Mapped[str] = text_column(personal=False, length=120, default="")
    file_name: Mapped[str] = text_column(personal=False, length=120, default="")
    headers: Mapped[dict[str, str]] = json_column(personal=True)
    state: Mapped[MailState] = token_column(MailState, name="state", default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What the server said last.
    server_words: Mapped[str] = text_column(personal=True, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class IncomingMail(HasId, Base):
    """A message that came in; its words are not kept here. It keeps a message from counting twice,
    and what nobody took from being lost sight of."""

    __tablename__ = "incoming_mails"

    #: Of the message's own id, as a checksum.
    fingerprint: Mapped[str] = text_column(personal=False, length=64, unique=True)
    sender: Mapped[str] = text_column(personal=True, length=320, default="")
    subject: Mapped[str] = text_column(personal=True, length=500, default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Which reader took it, or stumbled over it; empty where none took it.
    reader: Mapped[str] = text_column(personal=False, length=40, default="")
    became: Mapped[str] = text_column(personal=False, length=40, default="")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @property
    def is_settled(self) -> bool:
        return bool(self.reader) and self.became != "failed"


class MailboxPlace(HasId, Base):
    """How far a mailbox has been read, and what kept us from it the last time."""

    __tablename__ = "mailbox_places"

    #: Of server, user and folder, as a checksum.
    key: Mapped[str] = text_column(personal=False, length=64, unique=True)
    #: The folder's UIDVALIDITY: with another one its numbers begin anew.
    validity: Mapped[int] = mapped_column(BigInteger, default=0)
    uid: Mapped[int] = mapped_column(BigInteger, default=0)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = text_column(personal=True, default="")
