"""What scheduling does when something is told: a booking follows its interview, its deal and its
interviewer."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.events import on
from app.deals.events import DealsChanged
from app.deals.models import Outcome
from app.identity.events import UserLeft
from app.interviews.events import InterviewArranged, InterviewMoved
from app.interviews.models import State
from app.interviews.moves import CALLED_OFF
from app.scheduling import operations, queries
from app.scheduling.models import Booking, BookingState, LetterKind
from app.scheduling.telling import tell_later

_BOOKED = select(Booking).where(
    Booking.interview_id == bindparam("interview_id"), Booking.state == BookingState.BOOKED
)


@on(InterviewMoved, if_any=_BOOKED)
def call_off(session: Session, event: InterviewMoved) -> None:
    """An interview that will not take place keeps no time."""
    for booking in session.scalars(_BOOKED, {"interview_id": event.interview_id}).all():
        if booking.interview.state is State.NO_SHOW:
            operations.miss(session, SYSTEM, booking)
        elif booking.interview.state in (*CALLED_OFF, State.PLANNED):
            operations.cancel(session, SYSTEM, booking)


@on(InterviewArranged, if_any=_BOOKED)
def follow(session: Session, event: InterviewArranged) -> None:
    for booking in session.scalars(_BOOKED, {"interview_id": event.interview_id}).all():
        operations.follow(session, SYSTEM, booking)


@on(DealsChanged)
def ask_about_reopened(session: Session, event: DealsChanged) -> None:
    """Of a deal that is open again there is no decision to ask about: its interviewer is told, and
    decides."""
    for booking in queries.bookings_of_deals(session, event.deal_ids, clock.now()):
        if booking.interview.deal.outcome is Outcome.OPEN:
            tell_later(session, booking, LetterKind.REOPENED)


@on(UserLeft)
def hand_over(session: Session, event: UserLeft) -> None:
    for booking in queries.bookings_ahead_of_user(session, event.user_id, clock.now()):
        operations.hand_over(session, SYSTEM, booking)
