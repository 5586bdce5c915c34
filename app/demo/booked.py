"""The demo's times: the account manager's room, and what buyers have taken of their days."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.interviews.models import Interview, State
from app.scheduling.models import BookedQuarter, Booking, Hours, Reply
from app.scheduling.operations import local_words, room_for
from app.scheduling.slots import quarters_taken

_ROOM = "https://meet.tidewater.example/{interview}"


def book(session: Session, interviews: Iterable[Interview]) -> None:
    """Each that has a time was booked by its buyer; nobody is written a letter."""
    hours: dict[int, Hours] = {}
    for interview in interviews:
        user_id, at = interview.interviewer_id, interview.scheduled_at
        if interview.state is not State.SCHEDULED or user_id is None or at is None:
            continue
        if user_id not in hours:
            hours[user_id] = Hours(user_id=user_id, room=_ROOM, pause_minutes=15)
            session.add(hours[user_id])
        booking = Booking(
            interview=interview,
            user_id=user_id,
            starts_at=at,
            minutes=interview.minutes,
            time_zone=interview.time_zone,
            local_start=local_words(at, interview.time_zone),
            place=room_for(hours[user_id], interview),
            reply=Reply.ACCEPTED,
        )
        session.add(booking)
        session.flush()
        taken = quarters_taken(at, interview.minutes, hours[user_id].pause_minutes)
        session.execute(
            insert(BookedQuarter),
            [
                {"user_id": user_id, "quarter": quarter, "booking_id": booking.id}
                for quarter in taken
            ],
        )
