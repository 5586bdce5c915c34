"""How one lets oneself be booked: hours, days off, and the address of one's feed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.identity.models import User
from app.scheduling import queries
from app.scheduling.models import DayOff, Hours


def ensure_hours(session: Session, user_id: int) -> Hours:
    hours = queries.saved_hours(session, user_id)
    if hours is None:
        hours = queries.default_hours(user_id)
        session.add(hours)
        session.flush()
    return hours


def set_hours(session: Session, actor: Actor, user: User, values: Mapping[str, Any]) -> None:
    """Times that were taken already stay as they are."""
    hours = ensure_hours(session, user.id)
    changed = audit.changes(hours, **values)
    if changed:
        audit.record(session, actor, "hours.changed", hours, fields=sorted(changed))


def renew_feed(session: Session, actor: Actor, user_id: int) -> None:
    """The address there was shows nothing any more."""
    hours = ensure_hours(session, user_id)
    hours.feed_id = str(uuid.uuid4())
    audit.record(session, actor, "feed.renewed", hours)


def take_days_off(
    session: Session, actor: Actor, user_id: int, first: date, last: date, name: str
) -> DayOff:
    row = DayOff(user_id=user_id, first_day=first, last_day=last, name=name)
    session.add(row)
    audit.record(session, actor, "days_off.taken", row)
    return row


def give_days_back(session: Session, actor: Actor, row: DayOff) -> None:
    audit.record(session, actor, "days_off.given_back", row)
    session.delete(row)
