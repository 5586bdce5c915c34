"""The transcript of an interview: who spoke, what, when; and where answers stand in it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

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
from app.deals.models import Contact
from app.identity.models import User
from app.interviews.models import Answer, Interview
from app.transcripts.reading import Format


class Part(enum.StrEnum):
    """What a speaker was there for."""

    INTERVIEWER = "interviewer"
    BUYER = "buyer"
    OTHER = "other"


class DraftState(enum.StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    ASIDE = "aside"


class Transcript(HasId, Base):
    """One interview has one transcript; a new file takes its place on request only."""

    __tablename__ = "transcripts"

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), unique=True
    )
    file_name: Mapped[str] = text_column(personal=True, length=300)
    format: Mapped[Format] = token_column(Format, name="format")
    language: Mapped[str] = text_column(personal=False, length=12, default="")
    #: Of the file: the same file again changes nothing.
    checksum: Mapped[str] = text_column(personal=False, length=64)
    #: [line, message, whether words were left out], as the reader said them.
    problems: Mapped[list[list[Any]]] = json_column(personal=True, default=list)
    imported_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    interview: Mapped[Interview] = relationship()


class Speaker(HasId, Base):
    """A label of the file, and who that is, once a person has said so."""

    __tablename__ = "transcript_speakers"
    __table_args__ = (UniqueConstraint("transcript_id", "label"),)

    public_id: Mapped[str] = public_id_column()
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id", ondelete="CASCADE"))
    #: As the file has it; empty for words that nobody is named for.
    label: Mapped[str] = text_column(personal=True, length=200)
    position: Mapped[int] = mapped_column(default=0)
    #: None until a person has said who it is.
    part: Mapped[Part | None] = token_column(Part, name="part", nullable=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    confirmed_by_name: Mapped[str] = text_column(personal=True, length=200, default="")

    contact: Mapped[Contact | None] = relationship()
    user: Mapped[User | None] = relationship()


class Segment(HasId, Base):
    """What one speaker said in one go."""

    __tablename__ = "transcript_segments"
    __table_args__ = (UniqueConstraint("transcript_id", "position"),)

    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id", ondelete="CASCADE"))
    position: Mapped[int]
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("transcript_speakers.id", ondelete="CASCADE"), index=True
    )
    start_ms: Mapped[int | None]
    end_ms: Mapped[int | None]
    text: Mapped[str] = text_column(personal=True)

    speaker: Mapped[Speaker] = relationship()


class RememberedSpeaker(HasId, Base):
    """Who a label was last time: a contact among an account's labels, or one of our own."""

    __tablename__ = "remembered_speakers"
    __table_args__ = (UniqueConstraint("label_key", "account_id"),)

    label_key: Mapped[str] = text_column(personal=True, length=200)
    #: None for one of our own, who is the same with every account.
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )


class Draft(HasId, Base):
    """What may become the answer to a question: the buyers' words from one place of the
    transcript to another. A person accepts it, moves it, splits it or leaves it aside."""

    __tablename__ = "transcript_drafts"
    __table_args__ = (Index("ix_transcript_drafts_position", "transcript_id", "position"),)

    public_id: Mapped[str] = public_id_column()
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id", ondelete="CASCADE"))
    #: Where it was asked, as the position of a segment.
    position: Mapped[int]
    #: A question of the guide or of the interview; empty for one that was asked besides.
    question_id: Mapped[str] = text_column(personal=False, length=120, default="")
    #: What the interviewer asked, in their words.
    asked: Mapped[str] = text_column(personal=True, default="")
    first: Mapped[int]
    first_offset: Mapped[int] = mapped_column(default=0)
    last: Mapped[int]
    #: None for the end of the last segment.
    last_offset: Mapped[int | None]
    is_sure: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DraftState] = token_column(DraftState, name="state", default=DraftState.OPEN)
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="SET NULL"), index=True
    )

    answer: Mapped[Answer | None] = relationship()


class AnswerPlace(HasId, Base):
    """Code points [start, end) of one revision of an answer are those of a segment from `offset`
    on."""

    __tablename__ = "answer_places"
    __table_args__ = (Index("ix_answer_places_revision", "answer_id", "revision", "start"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    segment_id: Mapped[int] = mapped_column(
        ForeignKey("transcript_segments.id", ondelete="CASCADE"), index=True
    )
    offset: Mapped[int]

    segment: Mapped[Segment] = relationship()
