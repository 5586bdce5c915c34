"""Reading calendars, and when their owners are busy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.calendars.models import BusyTime, Calendar, CalendarEvent
from app.core import clock
from app.core.access import NotFound, Viewer
from app.core.seconds import seconds_since_1970
from app.identity.models import User

#: From when until when, in seconds since 1970.
Span = tuple[int, int]


def busy_times(
    session: Session, user_ids: Collection[int], start: datetime, end: datetime
) -> dict[int, list[Span]]:
    """When each of them is busy between start and end, as last read. Times of several calendars may
    overlap. Everybody who was asked for is in the answer."""
    rows = session.connection().execute(
        select(
            Calendar.user_id,
            seconds_since_1970(BusyTime.starts_at),
            seconds_since_1970(BusyTime.ends_at),
        )
        .join(Calendar, Calendar.id == BusyTime.calendar_id)
        .where(Calendar.user_id.in_(user_ids), BusyTime.ends_at > start, BusyTime.starts_at < end)
    )
    found: dict[int, list[Span]] = {user_id: [] for user_id in user_ids}
    for user_id, begin, until in rows:
        found[user_id].append((begin, until))
    return found


def calendars_of(session: Session, user_id: int) -> Sequence[Calendar]:
    return session.scalars(
        select(Calendar).where(Calendar.user_id == user_id).order_by(Calendar.id)
    ).all()


def own_calendar(session: Session, viewer: Viewer, public_id: str) -> Calendar:
    """Nobody sees another's calendar. Raises NotFound."""
    found = session.scalar(
        select(Calendar).where(Calendar.public_id == public_id, Calendar.user_id == viewer.user_id)
    )
    if found is None:
        raise NotFound
    return found


def own_event(session: Session, viewer: Viewer, public_id: str) -> CalendarEvent:
    """Raises NotFound."""
    found = session.scalar(
        select(CalendarEvent)
        .join(Calendar)
        .where(CalendarEvent.public_id == public_id, Calendar.user_id == viewer.user_id)
    )
    if found is None:
        raise NotFound
    return found


def calendar_by_id(session: Session, calendar_id: int) -> Calendar | None:
    """With its user."""
    return session.get(Calendar, calendar_id)


def due_calendars(session: Session, now: datetime) -> Sequence[int]:
    """Which are to be read now, the longest waiting first; those of people who left are not."""
    return session.scalars(
        select(Calendar.id)
        .join(User)
        .where(User.is_active, Calendar.next_read_at <= now)
        .order_by(Calendar.next_read_at)
    ).all()


def older_than(session: Session, user_ids: Collection[int], age: timedelta) -> Sequence[int]:
    """The calendars of these people whose busy times are older, or were never read; but for those
    that failed of late, which have their own times to be tried again."""
    return session.scalars(
        select(Calendar.id).where(
            Calendar.user_id.in_(user_ids),
            (Calendar.failures == 0) | (Calendar.next_read_at <= clock.now()),
            (Calendar.last_read_at.is_(None)) | (Calendar.last_read_at < clock.now() - age),
        )
    ).all()


def next_busy(
    session: Session, calendars: Collection[Calendar], start: datetime, end: datetime
) -> dict[int, list[BusyTime]]:
    """The busy times of each calendar, by its id, in order."""
    found: dict[int, list[BusyTime]] = {calendar.id: [] for calendar in calendars}
    rows = session.scalars(
        select(BusyTime)
        .where(BusyTime.calendar_id.in_(found), BusyTime.ends_at > start, BusyTime.starts_at < end)
        .order_by(BusyTime.starts_at)
    )
    for row in rows:
        found[row.calendar_id].append(row)
    return found


def all_busy(session: Session, calendar: Calendar) -> Sequence[BusyTime]:
    return session.scalars(select(BusyTime).where(BusyTime.calendar_id == calendar.id)).all()


def written_uids(session: Session, calendar: Calendar) -> frozenset[str]:
    """Our own events there: they are no reason not to be free."""
    uids = session.scalars(
        select(CalendarEvent.uid).where(CalendarEvent.calendar_id == calendar.id)
    )
    return frozenset(uids)


def writing_calendar(session: Session, user_id: int) -> Calendar | None:
    return session.scalar(
        select(Calendar).where(Calendar.user_id == user_id, Calendar.writes).order_by(Calendar.id)
    )


def events_of_user(session: Session, user_id: int, uid: str) -> Sequence[CalendarEvent]:
    return session.scalars(
        select(CalendarEvent)
        .join(Calendar)
        .where(Calendar.user_id == user_id, CalendarEvent.uid == uid)
    ).all()


def event_by_id(session: Session, event_id: int) -> CalendarEvent | None:
    return session.get(CalendarEvent, event_id)


def unwritten(session: Session, calendar: Calendar) -> Sequence[CalendarEvent]:
    """What could not be written so far."""
    return session.scalars(
        select(CalendarEvent)
        .where(CalendarEvent.calendar_id == calendar.id, CalendarEvent.problem != "")
        .order_by(CalendarEvent.id)
    ).all()


def count_unwritten(session: Session, calendars: Collection[Calendar]) -> dict[int, int]:
    """How many events each calendar, by its id, has not taken; one without any is not named."""
    rows = session.execute(
        select(CalendarEvent.calendar_id, func.count())
        .where(
            CalendarEvent.calendar_id.in_([calendar.id for calendar in calendars]),
            CalendarEvent.problem != "",
        )
        .group_by(CalendarEvent.calendar_id)
    ).all()
    return dict(rows)
