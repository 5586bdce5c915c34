"""Recording a change, in the transaction that makes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.access import Actor
from app.core.db import HasId


def record(
    session: Session, actor: Actor, action: str, subject: HasId | None = None, **details: Any
) -> None:
    """Write who did what to which row. `action` is '<thing>.<past verb>', such as 'deal.closed'."""
    if subject is not None and subject.id is None:
        session.flush()
    session.add(
        AuditEvent(
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_type=type(subject).__name__.lower() if subject is not None else "",
            subject_id=subject.id if subject is not None else None,
            details=details,
        )
    )


def changes(row: Any, **new_values: Any) -> dict[str, list[Any]]:
    """Set the values on the row; returns {field: [before, after]} of those that differ."""
    changed: dict[str, list[Any]] = {}
    for field, after in new_values.items():
        before = getattr(row, field)
        if before != after:
            setattr(row, field, after)
            changed[field] = [_plain(before), _plain(after)]
    return changed


def _plain(value: Any) -> Any:
    if isinstance(value, HasId):
        return getattr(value, "name", value.id)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
