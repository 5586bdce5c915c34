"""Reading the audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent


def history_of(
    session: Session, subject_type: str, subject_id: int, most: int = 100
) -> Sequence[AuditEvent]:
    """What happened to one row, latest first."""
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject_type == subject_type, AuditEvent.subject_id == subject_id)
        .order_by(AuditEvent.id.desc())
        .limit(most)
    ).all()
