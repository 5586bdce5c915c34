"""Connecting calendars, keeping what was read from them, and wishing events into them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.calendars import queries
from app.calendars.caldav import Named
from app.calendars.fetching import Access, sealed, shown_address
from app.calendars.models import BusyTime, Calendar, CalendarEvent, Wish, WritingState
from app.calendars.reading import Reading
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.jobs import enqueue

READ = "calendars.read"
WRITE = "calendars.write"
#: Busy times older than this are read again before they decide anything.
FRESH_FOR = timedelta(minutes=10)
#: A calendar that cannot be read is asked half as often each time, down to every few hours.
_MOST_DOUBLINGS = 5
#: After how long writing is tried again; after the last one its owner is asked to look.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
#: A claim this old has lost its worker; longer than any conversation with a server may last.
_LOST_AFTER = timedelta(minutes=5)


def connect(
    session: Session,
    actor: Actor,
    user_id: int,
    access: Access,
    secret_key: str,
    *,
    name: str,
    writes: bool = False,
    offered: Sequence[Named] = (),
) -> Calendar:
    calendar = Calendar(
        user_id=user_id,
        kind=access.kind,
        name=name[:200],
        address=shown_address(access),
        username=access.username,
        secret=sealed(access, secret_key),
        offered=[[each.address, each.name] for each in offered],
    )
    session.add(calendar)
    session.flush()
    _set_writes(session, calendar, writes)
    audit.record(session, actor, "calendar.connected", calendar)
    return calendar


def change(
    session: Session,
    actor: Actor,
    calendar: Calendar,
    access: Access,
    secret_key: str,
    *,
    name: str,
    writes: bool,
) -> None:
    calendar.name = name[:200]
    calendar.address = shown_address(access)
    calendar.username = access.username
    calendar.secret = sealed(access, secret_key)
    _set_writes(session, calendar, writes)
    audit.record(session, actor, "calendar.changed", calendar)
    for event in queries.unwritten(session, calendar):
        write_again(session, event)


def choose(session: Session, actor: Actor, calendar: Calendar, named: Named) -> None:
    """Which of the calendars of its server it is."""
    calendar.address, calendar.name = named.address, named.name[:200]
    audit.record(session, actor, "calendar.chosen", calendar)
    session.execute(delete(BusyTime).where(BusyTime.calendar_id == calendar.id))
    read_soon(session, [calendar.id])


def disconnect(session: Session, actor: Actor, calendar: Calendar) -> None:
    """Its busy times are forgotten; what was written into it stays there."""
    audit.record(session, actor, "calendar.disconnected", calendar)
    session.execute(delete(BusyTime).where(BusyTime.calendar_id == calendar.id))
    session.execute(delete(CalendarEvent).where(CalendarEvent.calendar_id == calendar.id))
    session.delete(calendar)


def read_soon(session: Session, calendar_ids: Collection[int]) -> None:
    """Let the worker read these calendars now."""
    for calendar_id in calendar_ids:
        enqueue(session, READ, SYSTEM, calendar_id=calendar_id)


def keep_reading(session: Session, calendar: Calendar, reading: Reading) -> None:
    """The busy times are these now; only what differs is written."""
    wanted = {(busy.starts_at, busy.ends_at) for busy in reading.busy}
    kept = {(row.starts_at, row.ends_at): row.id for row in queries.all_busy(session, calendar)}
    gone = [row_id for span, row_id in kept.items() if span not in wanted]
    new = sorted(wanted - set(kept))
    # In portions: a database takes so many values in one statement.
    for first in range(0, len(gone), 500):
        session.execute(delete(BusyTime).where(BusyTime.id.in_(gone[first : first + 500])))
    if new:
        rows = [
            {"calendar_id": calendar.id, "starts_at": starts_at, "ends_at": ends_at}
            for starts_at, ends_at in new
        ]
        session.execute(insert(BusyTime), rows)
    now = clock.now()
    calendar.last_read_at, calendar.next_read_at = now, now + FRESH_FOR
    calendar.unread, calendar.problem, calendar.failures = reading.unread, "", 0


def keep_trouble(calendar: Calendar, words: str) -> None:
    """It cannot be read now: what was known last stays."""
    doublings = min(calendar.failures, _MOST_DOUBLINGS)
    calendar.failures += 1
    calendar.problem = words
    calendar.next_read_at = clock.now() + FRESH_FOR * 2**doublings


def put_event(session: Session, user_id: int, uid: str, ics: str) -> None:
    """Wish an event into the user's calendar, or a newer version of it; the worker writes it.
    Nothing where no calendar of theirs is to be written. `ics` is a whole iCalendar text."""
    events = queries.events_of_user(session, user_id, uid)
    if events:
        for event in events:
            _wish(session, event, Wish.PUT, ics)
        return
    calendar = queries.writing_calendar(session, user_id)
    if calendar is None:
        return
    event = CalendarEvent(calendar=calendar, uid=uid, ics=ics)
    session.add(event)
    session.flush()
    enqueue(session, WRITE, SYSTEM, event_id=event.id)


def remove_event(session: Session, user_id: int, uid: str) -> None:
    """Wish an event of ours out of the user's calendars again."""
    for event in queries.events_of_user(session, user_id, uid):
        _wish(session, event, Wish.REMOVE, "")


def write_again(session: Session, event: CalendarEvent) -> None:
    """Its owner has looked: try once more."""
    _wish(session, event, event.wish, event.ics)


def claim(session: Session, event_id: int) -> CalendarEvent | None:
    """Take the event to write it; None where nothing is to be written, or another is at it, after
    whom somebody comes to look."""
    event = queries.event_by_id(session, event_id)
    if event is None or event.state is WritingState.DONE:
        return None
    free: tuple[WritingState, ...] = (WritingState.WAITING, WritingState.FAILED)
    if event.state is WritingState.WRITING:
        lost_at = (event.claimed_at or event.changed_at) + _LOST_AFTER
        if clock.now() < lost_at:
            enqueue(session, WRITE, SYSTEM, due_at=lost_at, event_id=event.id)
            return None
        free = (WritingState.WRITING,)
    return session.scalar(
        update(CalendarEvent)
        .where(
            CalendarEvent.id == event_id,
            CalendarEvent.state.in_(free),
            CalendarEvent.version == event.version,
        )
        .values(state=WritingState.WRITING, claimed_at=clock.now())
        .returning(CalendarEvent)
        .execution_options(populate_existing=True)
    )


def settle(session: Session, event_id: int, version: int, trouble: str) -> None:
    """What came of writing that version of the event."""
    event = queries.event_by_id(session, event_id)
    if event is None:
        return
    if event.version != version:
        event.state = WritingState.WAITING
        enqueue(session, WRITE, SYSTEM, event_id=event.id)
    elif not trouble:
        event.problem, event.attempts, event.state = "", 0, WritingState.DONE
        if event.wish is Wish.REMOVE:
            session.delete(event)
    else:
        event.problem = trouble
        if event.attempts >= len(PAUSES):
            event.state = WritingState.FAILED
            return
        event.state = WritingState.WAITING
        due_at = clock.now() + PAUSES[event.attempts]
        event.attempts += 1
        enqueue(session, WRITE, SYSTEM, due_at=due_at, event_id=event.id)


def _wish(session: Session, event: CalendarEvent, wish: Wish, ics: str) -> None:
    event.wish, event.ics, event.changed_at = wish, ics, clock.now()
    event.version += 1
    event.attempts = 0
    # One that is being written is looked at again when that is over.
    if event.state is not WritingState.WRITING:
        event.state = WritingState.WAITING
    session.flush()
    enqueue(session, WRITE, SYSTEM, event_id=event.id)


def _set_writes(session: Session, calendar: Calendar, writes: bool) -> None:
    """Only one of a person's calendars is written."""
    if writes:
        session.execute(
            update(Calendar)
            .where(Calendar.user_id == calendar.user_id, Calendar.id != calendar.id)
            .values(writes=False)
        )
    calendar.writes = writes
