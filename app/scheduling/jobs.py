"""The worker's part: telling, reminding, and following the clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.calendars.operations import remove_event
from app.core.jobs import JobContext, job
from app.scheduling import queries, reminding
from app.scheduling.models import LetterKind
from app.scheduling.telling import TELL, tell


@job(TELL)
def tell_of_booking(
    context: JobContext,
    booking_id: int,
    kind: str,
    sequence: int,
    left_user_id: int | None = None,
) -> None:
    """A change that was overtaken by another one is told with that. `left_user_id` held the
    interview before."""
    settings = context.app.extensions["because_settings"]
    with context.db.writing() as session:
        booking = queries.booking_by_id(session, booking_id)
        if booking is None:
            return
        if left_user_id is not None and left_user_id != booking.user_id:
            remove_event(session, left_user_id, booking.public_id)
        if booking.sequence == sequence:
            tell(session, settings, booking, LetterKind(kind))


@job("scheduling.remind", every=timedelta(minutes=5))
def remind(context: JobContext) -> dict[str, Any]:
    """A day and an hour before, to both."""
    with context.db.writing() as session:
        return {"asked": reminding.remind(session)}


@job("scheduling.follow_clocks", every=timedelta(hours=12))
def follow_clocks(context: JobContext) -> dict[str, Any]:
    with context.db.writing() as session:
        return {"changed": reminding.follow_clocks(session)}
