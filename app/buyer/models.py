"""The link by which a buyer comes: to write, and afterwards to see and change their words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, public_id_column, text_column
from app.interviews.models import Answer, Interview


class BuyerLink(HasId, Base):
    """The address holds the public id, signed with the server's key: whoever reads this table
    cannot make it."""

    __tablename__ = "buyer_links"

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    #: In which the pages speak; empty until somebody chose, then the browser's own.
    language: Mapped[str] = text_column(personal=True, length=12, default="")
    created_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Ended before its time, by us.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The buyer said that they are done.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and clock.now() < self.expires_at


class MailReply(HasId, Base):
    """A buyer's reply to our letter. Its words are an answer; this remembers that it came, also
    when the words were deleted, so that the same mail never comes in twice."""

    __tablename__ = "buyer_mail_replies"

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id", ondelete="SET NULL"))
    #: Of the mail's own id, as a checksum.
    fingerprint: Mapped[str] = text_column(personal=False, length=64, unique=True)
    sender: Mapped[str] = text_column(personal=True, length=320, default="")
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Files that came with it; they are not kept.
    attachments: Mapped[int] = mapped_column(default=0)
    #: A person has looked at it and said to which questions it belongs.
    placed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    answer: Mapped[Answer | None] = relationship()
