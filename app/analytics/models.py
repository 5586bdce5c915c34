"""Questions that a theme put into the coming guides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, json_column, text_column, token_column
from app.interviews.models import Kind
from app.tagging.models import Direction, Reason


class ThemeQuestion(HasId, Base):
    """A question asked of the buyers to come, so that a theme can be judged."""

    __tablename__ = "theme_questions"
    __table_args__ = (Index("ix_theme_questions_reason", "reason_id", "direction"),)

    reason_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="CASCADE"))
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    kind: Mapped[Kind] = token_column(Kind, name="kind")
    say: Mapped[str] = text_column(personal=False, length=1000)
    #: The guides that took it, each by its slug and the question's id there.
    guides: Mapped[list[list[str]]] = json_column(personal=False, default=list)
    asked_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    reason: Mapped[Reason] = relationship()
