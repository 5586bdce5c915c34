"""Reading calendars and writing events in the worker: short transactions, none of them open while
a server is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from app.calendars import operations, queries
from app.calendars.fetching import (
    CalendarTrouble,
    access_to,
    asker,
    fetch,
    owner_of,
    window_from,
    write,
)
from app.calendars.operations import FRESH_FOR
from app.core import clock
from app.core.db import Database
from config import Settings


def read_calendar(db: Database, settings: Settings, calendar_id: int) -> None:
    """Read one calendar and keep what came of it."""
    with db.reading() as session:
        calendar = queries.calendar_by_id(session, calendar_id)
        if calendar is None:
            return
        owner = owner_of(session, calendar.user, calendar)
    reading, words = None, ""
    try:
        access = access_to(calendar, settings.secret_key)
        reading = fetch(asker(settings), access, window_from(clock.now()), owner)
    except CalendarTrouble as trouble:
        words = str(trouble)
    with db.writing() as session:
        now = queries.calendar_by_id(session, calendar_id)
        # Somebody who changed the calendar meanwhile has had it read as it is now.
        if now is None or (now.address, now.secret) != (calendar.address, calendar.secret):
            return
        if reading is not None:
            operations.keep_reading(session, now, reading)
        else:
            operations.keep_trouble(now, words)


def refresh(
    db: Database,
    settings: Settings,
    user_ids: Collection[int],
    *,
    older_than: timedelta = FRESH_FOR,
) -> None:
    """Read those calendars of these people that were not read lately; returns when it is done."""
    with db.reading() as session:
        calendar_ids = queries.older_than(session, user_ids, older_than)
    for calendar_id in calendar_ids:
        read_calendar(db, settings, calendar_id)


def write_event(db: Database, settings: Settings, event_id: int) -> None:
    """Write the event as it is wished now."""
    with db.writing() as session:
        event = operations.claim(session, event_id)
        if event is None:
            return
        calendar, version = event.calendar, event.version
    words = ""
    try:
        write(asker(settings), access_to(calendar, settings.secret_key), event)
    except CalendarTrouble as trouble:
        words = str(trouble)
    with db.writing() as session:
        operations.settle(session, event_id, version, words)
