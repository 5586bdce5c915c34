"""What suggests, in versions, and what was suggested: apart from the tags, and never one."""

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
from app.interviews.models import Answer
from app.market.models import Competitor
from app.tagging.models import Direction, Reason, Tag


class Decision(enum.StrEnum):
    """What a person made of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class SuggesterVersion(HasId, Base):
    """What was learnt at one moment; the file of the latest is kept, for its words are buyers'."""

    __tablename__ = "suggester_versions"

    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: Tags that people had confirmed by then, and the sentences they stand in.
    confirmed: Mapped[int]
    sentences: Mapped[int]
    #: Whether what was learnt did better than the words of the reason list.
    is_learnt: Mapped[bool]
    keywords_f1: Mapped[float | None]
    learnt_f1: Mapped[float | None]
    #: By the reason's key: precision, recall and examples, on sentences it had not seen.
    measured: Mapped[dict[str, Any]] = json_column(personal=False)
    #: Of the seed words: other words make another version.
    words_checksum: Mapped[str] = text_column(personal=False, length=64)
    #: Where its file lies; None once it is gone.
    file: Mapped[str | None] = text_column(personal=False, length=200, nullable=True)


class SuggestedInterview(Base):
    """An interview for which the version has suggested what there is to suggest."""

    __tablename__ = "suggested_interviews"

    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("suggester_versions.id", ondelete="CASCADE"), index=True
    )


class Suggestion(HasId, Base):
    """A reason that a sentence may be about: code points [start, end) of one revision."""

    __tablename__ = "suggestions"
    __table_args__ = (
        UniqueConstraint("answer_id", "revision", "start", "end", "reason_id"),
        Index("ix_suggestions_interview", "interview_id", "decision"),
        Index("ix_suggestions_reason", "reason_id", "decision"),
        Index("ix_suggestions_tag", "tag_id"),
    )

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    reason_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("suggester_versions.id", ondelete="CASCADE"), index=True
    )
    #: Not sure: one of three, in no order of likelihood; offered where the words are tagged.
    is_sure: Mapped[bool]
    #: How likely a person confirms it; None before enough was confirmed to say.
    score: Mapped[float | None]
    #: Which way the words speak; None where they do not say.
    direction: Mapped[Direction | None] = token_column(Direction, name="direction", nullable=True)
    #: Whom the words speak of, where they name one competitor.
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="SET NULL"), index=True
    )
    #: The words that spoke for it.
    words: Mapped[list[str]] = json_column(personal=True, default=list)
    decision: Mapped[Decision] = token_column(Decision, name="decision", default=Decision.OPEN)
    decided_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The tag that it became.
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id", ondelete="SET NULL"))

    answer: Mapped[Answer] = relationship()
    reason: Mapped[Reason] = relationship()
    competitor: Mapped[Competitor | None] = relationship()
    tag: Mapped[Tag | None] = relationship()
