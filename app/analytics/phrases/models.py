"""What people decided about phrases that winning buyers repeat."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, text_column, token_column
from app.market.models import Differentiator


class PhraseVerdict(enum.StrEnum):
    """A differentiator of its own, another name for one we have, or nothing."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    DISMISSED = "dismissed"


class PhraseDecision(HasId, Base):
    """A phrase is not offered again once it was decided about."""

    __tablename__ = "phrase_decisions"

    #: The stems of the phrase: the same for every form it comes in.
    key: Mapped[str] = text_column(personal=False, length=300, unique=True)
    words: Mapped[str] = text_column(personal=False, length=200)
    verdict: Mapped[PhraseVerdict] = token_column(PhraseVerdict, name="verdict")
    differentiator_id: Mapped[int | None] = mapped_column(
        ForeignKey("differentiators.id", ondelete="SET NULL"), index=True
    )
    decided_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    differentiator: Mapped[Differentiator | None] = relationship()
