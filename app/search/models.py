"""The search documents, and the searches that somebody saved."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, public_id_column, text_column, token_column
from app.deals.models import Contact, Deal
from app.identity.models import User
from app.interviews.models import Answer, Note
from app.tagging.models import Verbatim
from app.transcripts.models import Segment


class Kind(enum.StrEnum):
    """What was found."""

    QUOTE = "quote"
    ANSWER = "answer"
    SEGMENT = "segment"
    NOTE = "note"
    DEAL = "deal"
    PERSON = "person"


class SearchDocument(HasId, Base):
    """The stems of one thing that can be found, which one of the ids names: it goes when the thing
    goes. Who may read it is asked of the thing itself, each time.

    Each database keeps its own index of `words` beside this table: see the migration.
    """

    __tablename__ = "search_documents"
    __table_args__ = (Index("ix_search_documents_kind", "kind", "id"),)

    kind: Mapped[Kind] = token_column(Kind, name="kind")
    verbatim_id: Mapped[int | None] = mapped_column(
        ForeignKey("verbatims.id", ondelete="CASCADE"), unique=True
    )
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), unique=True
    )
    segment_id: Mapped[int | None] = mapped_column(
        ForeignKey("transcript_segments.id", ondelete="CASCADE"), unique=True
    )
    note_id: Mapped[int | None] = mapped_column(
        ForeignKey("answer_notes.id", ondelete="CASCADE"), unique=True
    )
    deal_id: Mapped[int | None] = mapped_column(
        ForeignKey("deals.id", ondelete="CASCADE"), unique=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), unique=True
    )
    #: The kind's own word first, then the stems in reading order, parted by spaces.
    words: Mapped[str] = text_column(personal=True)

    verbatim: Mapped[Verbatim | None] = relationship()
    answer: Mapped[Answer | None] = relationship()
    segment: Mapped[Segment | None] = relationship()
    note: Mapped[Note | None] = relationship()
    deal: Mapped[Deal | None] = relationship()
    contact: Mapped[Contact | None] = relationship()


class SavedSearch(HasId, Base):
    """Somebody's own search, to be asked again; they may be told when it finds more."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("user_id", "asked"),)

    public_id: Mapped[str] = public_id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    #: As it was typed.
    asked: Mapped[str] = text_column(personal=True, length=400)
    is_subscribed: Mapped[bool] = mapped_column(default=False)
    #: The newest document when it was last looked at, or told of.
    seen_until: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()
