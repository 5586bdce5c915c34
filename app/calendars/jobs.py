"""The worker's part: every calendar read again and again, and events written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.calendars import queries
from app.calendars.operations import READ, WRITE
from app.calendars.refreshing import read_calendar, write_event
from app.core import clock
from app.core.jobs import JobContext, job
from config import Settings


@job("calendars.read_all", every=timedelta(minutes=1))
def read_all(context: JobContext) -> dict[str, Any]:
    """Read every calendar whose time has come: ten minutes after the last time, longer where it
    could not be read."""
    with context.db.reading() as session:
        due = queries.due_calendars(session, clock.now())
    for number, calendar_id in enumerate(due, 1):
        read_calendar(context.db, _settings(context), calendar_id)
        context.progress(number, len(due))
    return {"read": len(due)}


@job(READ)
def read(context: JobContext, calendar_id: int) -> None:
    read_calendar(context.db, _settings(context), calendar_id)


@job(WRITE)
def write(context: JobContext, event_id: int) -> None:
    write_event(context.db, _settings(context), event_id)


def _settings(context: JobContext) -> Settings:
    settings: Settings = context.app.extensions["because_settings"]
    return settings
