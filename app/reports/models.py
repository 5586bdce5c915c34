"""The written parts of a report, typed by a person beside the figures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, text_column


class ReportText(HasId, Base):
    """A person's headline and recommendation for one report, such as quarter '2026Q3' or a deal.

    `subject` is 'quarter:2026Q3' or 'deal:<public id>'.
    """

    __tablename__ = "report_texts"
    __table_args__ = (UniqueConstraint("subject"),)

    subject: Mapped[str] = text_column(personal=False, length=80)
    headline: Mapped[str] = text_column(personal=False, default="")
    to_do: Mapped[str] = text_column(personal=False, default="")
    written_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
