"""Taking a time for an interview, taking another one, giving it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.events import publish
from app.core.formats import zone
from app.deals.models import Outcome
from app.guides.queries import choose_written_guide
from app.identity.models import User
from app.interviews import operations as interviews
from app.interviews.models import Channel, Interview, State, Taken
from app.interviews.moves import CALLED_OFF
from app.programmes.queries import interviewers_of
from app.scheduling import queries
from app.scheduling.events import BookingCancelled, BookingMade, BookingMoved
from app.scheduling.finding import buyer_zone, slots_for
from app.scheduling.models import BookedQuarter, Booking, BookingState, Hours, LetterKind, Reply
from app.scheduling.slots import QUARTER, quarters_taken
from app.scheduling.telling import tell_later

_NOT_HELD = (State.PLANNED, State.SCHEDULED)


class SlotTaken(Exception):
    """The time is no longer free."""


class CannotBook(ValueError):
    """There is no time to be taken for this interview; the message is for a person."""


def check_bookable(interview: Interview) -> None:
    """Raises CannotBook."""
    if interview.deal.outcome is Outcome.OPEN:
        raise CannotBook("This deal is open again, so there is no decision to ask about yet.")
    writing = interview.state is State.IN_PROGRESS and interview.channel is Channel.WRITTEN
    if interview.state not in (*_NOT_HELD, State.NO_SHOW, State.DECLINED) and not writing:
        raise CannotBook("This interview is under way or over, or it was called off.")


def book(
    session: Session,
    actor: Actor,
    interview: Interview,
    starts_at: datetime,
    *,
    time_zone: str,
    phone: str = "",
) -> Booking:
    """Take the time for the interview, or move it there; `time_zone` is the buyer's.

    Raises SlotTaken and CannotBook.
    """
    check_bookable(interview)
    booking = queries.booking_of(session, interview)
    if booking is not None:
        return move(session, actor, booking, starts_at, time_zone=time_zone, phone=phone)
    user = _somebody_free(session, interview, starts_at)
    booking = Booking(interview=interview)
    _claim(session, booking, user, starts_at, time_zone, phone)
    _settle(session, actor, booking)
    audit.record(session, actor, "booking.made", booking, interview_id=interview.id)
    tell_later(session, booking, LetterKind.BOOKED)
    publish(session, BookingMade(booking.id))
    return booking


def move(
    session: Session,
    actor: Actor,
    booking: Booking,
    starts_at: datetime,
    *,
    time_zone: str,
    phone: str = "",
) -> Booking:
    """Take another time instead. The same one again changes nothing. Raises SlotTaken and
    CannotBook."""
    check_bookable(booking.interview)
    if booking.starts_at == starts_at and (booking.time_zone, booking.phone) == (time_zone, phone):
        return booking
    user = booking.user
    if booking.starts_at != starts_at:
        user = _somebody_free(session, booking.interview, starts_at, rather=booking.user_id)
    was, holder_id = booking.starts_at, booking.user_id
    _claim(session, booking, user, starts_at, time_zone, phone)
    _settle(session, actor, booking)
    note_change(booking)
    audit.record(
        session, actor, "booking.moved", booking, starts_at=[str(was), str(booking.starts_at)]
    )
    tell_later(session, booking, LetterKind.MOVED, left_user_id=holder_id)
    publish(session, BookingMoved(booking.id))
    return booking


def cancel(session: Session, actor: Actor, booking: Booking) -> None:
    """Give the time back; the interview waits for another one."""
    _release(session, booking, BookingState.CANCELLED)
    if booking.interview.state is State.SCHEDULED:
        interviews.move(session, actor, booking.interview, State.PLANNED)
        booking.interview.scheduled_at = None
    audit.record(session, actor, "booking.cancelled", booking)
    tell_later(session, booking, LetterKind.CANCELLED)
    publish(session, BookingCancelled(booking.id))


def miss(session: Session, actor: Actor, booking: Booking) -> None:
    """The buyer did not come."""
    _release(session, booking, BookingState.MISSED)
    if booking.interview.state is not State.NO_SHOW:
        interviews.move(session, actor, booking.interview, State.NO_SHOW)
    audit.record(session, actor, "booking.missed", booking)
    tell_later(session, booking, LetterKind.MISSED)
    publish(session, BookingCancelled(booking.id))


def turn_written(session: Session, actor: Actor, interview: Interview) -> None:
    """Ask in writing what was to be asked in a call. What was said already stays, and what the
    buyer allowed too. Raises CannotBook."""
    if interview.is_heard or interview.state is State.CANCELLED:
        raise CannotBook("This interview is over, or it was called off.")
    booking = queries.booking_of(session, interview)
    if booking is not None:
        cancel(session, actor, booking)
    if interview.state in CALLED_OFF:
        interviews.move(session, actor, interview, State.PLANNED)
    interview.channel, interview.taken = Channel.WRITTEN, Taken.WRITTEN
    if interview.state in _NOT_HELD:
        interview.guide_version = choose_written_guide(session, interview.deal.outcome.value)
    audit.record(session, actor, "interview.turned_written", interview)


def follow(session: Session, actor: Actor, booking: Booking) -> None:
    """A person set another time, or had somebody else hold it: the booking goes along, also where
    they put two interviews at one time."""
    interview = booking.interview
    user = interview.interviewer
    if user is None or interview.scheduled_at is None:
        cancel(session, actor, booking)
        return
    if (booking.user_id, booking.starts_at) == (user.id, interview.scheduled_at):
        return
    holder_id = booking.user_id
    zone_name = interview.time_zone or booking.time_zone
    try:
        _claim(session, booking, user, interview.scheduled_at, zone_name, booking.phone)
    except SlotTaken:
        _overlap(session, booking, user, interview.scheduled_at, zone_name)
    booking.place = room_for(queries.hours_of(session, [user.id])[user.id], interview)
    note_change(booking)
    audit.record(session, actor, "booking.moved", booking, by_hand=True)
    tell_later(session, booking, LetterKind.MOVED, left_user_id=holder_id)
    publish(session, BookingMoved(booking.id))


def note_agreed(session: Session, actor: Actor, interview: Interview) -> Booking:
    """A time that was set by hand becomes a booking: both are invited to it. Raises CannotBook."""
    user, at = interview.interviewer, interview.scheduled_at
    if interview.state is not State.SCHEDULED or user is None or at is None:
        raise CannotBook("Set a time and an interviewer first.")
    if queries.booking_of(session, interview) is not None:
        raise CannotBook("They have been invited already.")
    booking = Booking(interview=interview)
    zone_name, _ = buyer_zone(session, interview)
    try:
        _claim(session, booking, user, at, zone_name, "")
    except SlotTaken:
        session.add(booking)
        _overlap(session, booking, user, at, zone_name)
    booking.place = room_for(queries.hours_of(session, [user.id])[user.id], interview)
    session.flush()
    audit.record(session, actor, "booking.made", booking, interview_id=interview.id, by_hand=True)
    tell_later(session, booking, LetterKind.BOOKED)
    publish(session, BookingMade(booking.id))
    return booking


def hand_over(session: Session, actor: Actor, booking: Booking) -> None:
    """Whoever holds it has left: somebody else does at the same time, or the time is given back and
    the buyer may take another one."""
    left = booking.user_id
    try:
        user = _somebody_free(session, booking.interview, booking.starts_at)
        _claim(session, booking, user, booking.starts_at, booking.time_zone, booking.phone)
    except SlotTaken:
        cancel(session, actor, booking)
        return
    _settle(session, actor, booking)
    note_change(booking)
    audit.record(session, actor, "booking.handed_over", booking)
    tell_later(session, booking, LetterKind.MOVED, left_user_id=left)
    publish(session, BookingMoved(booking.id))


def note_reply(session: Session, actor: Actor, booking: Booking, reply: Reply) -> None:
    """What the buyer's calendar answered. A no gives the time back, and they are written how to
    take another one."""
    booking.reply = reply
    audit.record(session, actor, "booking.answered", booking, reply=reply.value)
    if reply is Reply.DECLINED:
        cancel(session, actor, booking)
        booking.reply = reply


def note_change(booking: Booking) -> None:
    """Calendars are to be told; what they answered was about what was before."""
    booking.sequence += 1
    booking.reply = Reply.NONE
    booking.changed_at = clock.now()


def local_words(moment: datetime, time_zone: str) -> str:
    """What a clock there shows: '2026-12-01T10:00'."""
    return moment.astimezone(zone(time_zone)).strftime("%Y-%m-%dT%H:%M")


def _somebody_free(
    session: Session, interview: Interview, starts_at: datetime, *, rather: int | None = None
) -> User:
    """Of those who are free then, who holds it: the one who held it before, else the one with the
    fewest ahead. Raises SlotTaken."""
    if int(starts_at.timestamp()) % QUARTER:
        raise SlotTaken
    users = interviewers_of(session, interview)
    queries.lock_users(session, [user.id for user in users])
    ends_at = starts_at + timedelta(minutes=interview.minutes)
    slots = slots_for(session, interview, starts_at, ends_at)
    slot = next((slot for slot in slots if slot.starts_at == starts_at), None)
    if slot is None:
        raise SlotTaken
    free: Sequence[int] = slot.user_ids
    load = queries.load_of(session, free, clock.now())
    chosen = rather if rather in free else min(free, key=lambda one: (load[one], one))
    return next(user for user in users if user.id == chosen)


def _claim(
    session: Session,
    booking: Booking,
    user: User,
    starts_at: datetime,
    time_zone: str,
    phone: str,
) -> None:
    """Take the quarters; the database refuses one that somebody else has. Raises SlotTaken."""
    hours = queries.hours_of(session, [user.id])[user.id]
    try:
        # What fails is undone; the transaction around it goes on.
        with session.begin_nested():
            booking.user, booking.starts_at = user, starts_at
            booking.minutes = booking.interview.minutes
            booking.time_zone, booking.phone = time_zone, phone
            booking.local_start = local_words(starts_at, time_zone)
            session.add(booking)
            session.flush()
            session.execute(delete(BookedQuarter).where(BookedQuarter.booking_id == booking.id))
            taken = quarters_taken(starts_at, booking.minutes, hours.pause_minutes)
            session.execute(
                insert(BookedQuarter),
                [
                    {"user_id": user.id, "quarter": quarter, "booking_id": booking.id}
                    for quarter in taken
                ],
            )
    except IntegrityError as taken_already:
        raise SlotTaken from taken_already


def _overlap(
    session: Session, booking: Booking, user: User, starts_at: datetime, zone_name: str
) -> None:
    """At a time of which somebody else has a part: no quarters are taken for it."""
    session.execute(delete(BookedQuarter).where(BookedQuarter.booking_id == booking.id))
    booking.user, booking.starts_at, booking.time_zone = user, starts_at, zone_name
    booking.minutes = booking.interview.minutes
    booking.local_start = local_words(starts_at, zone_name)


def _settle(session: Session, actor: Actor, booking: Booking) -> None:
    """The interview takes place then, held by them, as a call."""
    interview = booking.interview
    hours = queries.hours_of(session, [booking.user_id])[booking.user_id]
    if interview.interviewer_id != booking.user_id:
        interviews.assign(session, actor, interview, interviewer=booking.user, relation=None)
    if interview.channel is Channel.WRITTEN:
        interview.taken = Taken.TYPED
        if interview.state is not State.IN_PROGRESS:
            interview.guide_version = None
    booking.place = room_for(hours, interview)
    interviews.schedule(
        session,
        actor,
        interview,
        at=booking.starts_at,
        time_zone=booking.time_zone,
        channel=Channel.PHONE if booking.phone or not booking.place else Channel.VIDEO,
    )
    session.flush()


def room_for(hours: Hours, interview: Interview) -> str:
    """Where this interview is held: one's own room, or one of its own where the address is made
    for each."""
    return hours.room.replace("{interview}", interview.public_id.replace("-", "")[:12])


def _release(session: Session, booking: Booking, state: BookingState) -> None:
    booking.state = state
    note_change(booking)
    session.execute(delete(BookedQuarter).where(BookedQuarter.booking_id == booking.id))
