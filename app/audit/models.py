"""Who changed what, when: the actor by id and name as text, with no relationship to a user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, json_column, text_column


class AuditEvent(HasId, Base):
    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_subject", "subject_type", "subject_id", "id"),)

    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = text_column(personal=True)
    action: Mapped[str] = text_column(personal=False, length=80)
    subject_type: Mapped[str] = text_column(personal=False, length=80)
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = json_column(personal=True)
