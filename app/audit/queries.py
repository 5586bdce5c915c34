"""Reading the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent

PAGE = 100


@dataclass(frozen=True)
class LogPage:
    """A page of the log, and where the next one begins; None on the last."""

    events: Sequence[AuditEvent]
    next_before: int | None


def log(session: Session, *, before: int | None = None, actor: str = "") -> LogPage:
    """Everything that happened, latest first: the page of events older than `before`, of all
    actors or of those whose name holds `actor`."""
    statement = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(AuditEvent.id < before)
    if actor:
        statement = statement.where(AuditEvent.actor_name.icontains(actor, autoescape=True))
    found = session.scalars(statement).all()
    shown = found[:PAGE]
    return LogPage(shown, shown[-1].id if len(found) > PAGE else None)


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
