"""An interview tagged a second time, what the second person gave, and the two side by side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
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
from app.interviews.models import Answer, Interview
from app.tagging.agreement.standing import Standing
from app.tagging.models import Direction, Reason


class SecondCoding(HasId, Base):
    """An interview that a second person tags without seeing what the first one gave. Its tags
    count nowhere: they only say how far two people agree."""

    __tablename__ = "second_codings"

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), unique=True
    )
    #: Empty: by lot.
    picked_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    picked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: None until somebody takes it.
    coder_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    coder_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: Ids of those who gave it back: nothing is kept from them any more.
    given_back_by: Mapped[list[int]] = json_column(personal=False, default=list)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who tagged it first, as it was when the two were laid side by side.
    first_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: When both were done and laid side by side; from then on neither changes.
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    #: What they differ on is settled by somebody else.
    wants_third: Mapped[bool] = mapped_column(default=False)

    interview: Mapped[Interview] = relationship()
    coder: Mapped[User | None] = relationship()

    def is_blind_for(self, user_id: int) -> bool:
        """Whether this person tags it a second time and not both are done: they must not see what
        others gave."""
        return self.compared_at is None and self.coder_id == user_id

    @property
    def is_open(self) -> bool:
        """Whether the second person is not done yet."""
        return self.finished_at is None


class SecondTag(HasId, Base):
    """A reason that the second person gave: code points [start, end) of one revision."""

    __tablename__ = "second_tags"
    __table_args__ = (
        Index("ix_second_tags_coding", "coding_id"),
        Index("ix_second_tags_answer", "answer_id"),
    )

    public_id: Mapped[str] = public_id_column()
    coding_id: Mapped[int] = mapped_column(ForeignKey("second_codings.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = text_column(personal=True)
    has_lost_place: Mapped[bool] = mapped_column(default=False)
    reason_id: Mapped[int] = mapped_column(
        ForeignKey("reasons.id", ondelete="RESTRICT"), index=True
    )
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    #: Taken away, and kept so that it can be put back.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    coding: Mapped[SecondCoding] = relationship()
    answer: Mapped[Answer] = relationship()
    reason: Mapped[Reason] = relationship()


class CodedPassage(HasId, Base):
    """Words that either of the two tagged, what each made of them, and what was settled. Reasons
    are kept as [key, direction], as they were given."""

    __tablename__ = "coded_passages"
    __table_args__ = (
        Index("ix_coded_passages_coding", "coding_id"),
        Index("ix_coded_passages_answer", "answer_id"),
    )

    public_id: Mapped[str] = public_id_column()
    coding_id: Mapped[int] = mapped_column(ForeignKey("second_codings.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = text_column(personal=True)
    first: Mapped[list[Any]] = json_column(personal=False, default=list)
    second: Mapped[list[Any]] = json_column(personal=False, default=list)
    settled: Mapped[list[Any]] = json_column(personal=False, default=list)
    settled_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    #: Why, for whoever tags the next one.
    why: Mapped[str] = text_column(personal=True, default="")

    coding: Mapped[SecondCoding] = relationship()
    answer: Mapped[Answer] = relationship()


class AgreementFigure(HasId, Base):
    """How far two people agree on one reason, or overall, as last counted."""

    __tablename__ = "agreement_figures"

    #: None: overall.
    reason_id: Mapped[int | None] = mapped_column(
        ForeignKey("reasons.id", ondelete="CASCADE"), unique=True
    )
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    raw: Mapped[float]
    passages: Mapped[int]
    #: Passages to which at least one of the two gave it; all of them overall.
    given: Mapped[int]
    interviews: Mapped[int]
    standing: Mapped[Standing] = token_column(Standing, name="standing")

    reason: Mapped[Reason | None] = relationship()
