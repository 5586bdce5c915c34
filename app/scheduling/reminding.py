"""What falls due by itself: reminders, and times whose clocks were changed after booking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.formats import zone
from app.interviews.models import State
from app.scheduling import operations, queries
from app.scheduling.models import Booking, LetterKind
from app.scheduling.operations import SlotTaken, local_words, note_change
from app.scheduling.telling import tell_later

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Who took the time so shortly before needs no reminder of it yet.
_STILL_FRESH = timedelta(hours=2)
#: A reminder that comes so late reminds of nothing.
_TOO_LATE = {LetterKind.DAY_BEFORE: timedelta(hours=3), LetterKind.HOUR_BEFORE: timedelta(0)}


def due(bookings: Sequence[Booking], now: datetime) -> list[tuple[Booking, LetterKind]]:
    """Which reminders are to be written now, whether or not they were written already."""
    found = []
    for booking in bookings:
        if booking.interview.state is not State.SCHEDULED:
            continue
        for kind, before in ((LetterKind.DAY_BEFORE, DAY), (LetterKind.HOUR_BEFORE, HOUR)):
            from_then = booking.starts_at - before
            until_then = booking.starts_at - _TOO_LATE[kind]
            if from_then <= now < until_then and booking.changed_at <= from_then - _STILL_FRESH:
                found.append((booking, kind))
    return found


def remind(session: Session) -> int:
    """Ask for the reminders that are due and were not written; returns how many."""
    now = clock.now()
    asked = 0
    for booking, kind in due(queries.bookings_ahead(session, now, now + DAY + HOUR), now):
        written = queries.letters_of(session, booking)
        if not any((one.kind, one.sequence) == (kind, booking.sequence) for one in written):
            tell_later(session, booking, kind)
            asked += 1
    return asked


def follow_clocks(session: Session) -> int:
    """Where the rules of a buyer's zone were changed after they took a time, their diary shows
    another moment than was booked. What they wrote down holds, if the interviewer is free then; if
    not, the moment holds, and both are told what the clock shows. Returns how many changed."""
    changed = 0
    for booking in queries.bookings_ahead(session, clock.now()):
        if local_words(booking.starts_at, booking.time_zone) != booking.local_start:
            _follow(session, booking)
            changed += 1
    return changed


def _follow(session: Session, booking: Booking) -> None:
    local = datetime.fromisoformat(booking.local_start)
    moment = local.replace(tzinfo=zone(booking.time_zone))
    try:
        operations.move(
            session,
            SYSTEM,
            booking,
            moment,
            time_zone=booking.time_zone,
            phone=booking.phone,
        )
    except (SlotTaken, operations.CannotBook):
        booking.local_start = local_words(booking.starts_at, booking.time_zone)
        note_change(booking)
        tell_later(session, booking, LetterKind.MOVED)
