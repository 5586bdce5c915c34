"""Taking a time, another one, and giving it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deals.models import Outcome
from app.identity.models import User
from app.interviews import operations as interviews
from app.interviews.models import Channel, Interview, State
from app.scheduling import offers, operations
from app.scheduling.events import BookingCancelled, BookingMade
from app.scheduling.finding import slots_for
from app.scheduling.models import BookedQuarter, Booking, BookingState, DayOff, Hours
from app.scheduling.operations import (
    CannotBook,
    SlotTaken,
    book,
    cancel,
    miss,
    move,
    turn_written,
)
from tests.factories import Factory
from tests.scheduling.conftest import BUYER, MONDAY, MakeBusy

ZONE = "Europe/Berlin"
WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


def times(session: Session, interview: Interview, days: int = 5) -> list[datetime]:
    found = slots_for(session, interview, MONDAY, MONDAY + timedelta(days=days))
    return [slot.starts_at for slot in found]


def booked(session: Session, interview: Interview, at: datetime = WEDNESDAY_TEN) -> Booking:
    return book(session, BUYER, interview, at, time_zone=ZONE)


def quarters(session: Session) -> list[int]:
    return list(session.scalars(select(BookedQuarter.quarter)))


def test_times_are_offered_after_the_notice_and_within_working_hours(
    session: Session, interview: Interview
):
    found = times(session, interview)
    assert found[0] == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert all(8 <= at.hour < 16 for at in found)


def test_busy_times_of_the_calendar_are_left_out(
    session: Session, interview: Interview, ada: User, busy: MakeBusy
):
    busy(ada, datetime(2026, 12, 1, 0, tzinfo=UTC), datetime(2026, 12, 1, 23, tzinfo=UTC))
    assert times(session, interview)[0].day == 2


def test_days_off_are_left_out(session: Session, interview: Interview, ada: User, make: Factory):
    make.add(DayOff(user_id=ada.id, first_day=date(2026, 12, 1), last_day=date(2026, 12, 2)))
    assert times(session, interview)[0].day == 3


def test_an_interview_that_was_set_by_hand_is_left_out(
    session: Session, interview: Interview, ada: User, make: Factory
):
    make.interview(state="scheduled", interviewer=ada, scheduled_at=WEDNESDAY_TEN)
    found = times(session, interview)
    assert WEDNESDAY_TEN not in found
    assert WEDNESDAY_TEN + timedelta(minutes=45) in found


def test_booking_schedules_the_interview_with_its_interviewer(
    session: Session, interview: Interview, ada: User
):
    booking = booked(session, interview)
    assert booking.state is BookingState.BOOKED
    assert (interview.state, interview.scheduled_at) == (State.SCHEDULED, WEDNESDAY_TEN)
    assert interview.interviewer is ada
    assert booking.local_start == "2026-12-02T10:00"
    assert len(quarters(session)) == 3


def test_booking_is_told(session: Session, interview: Interview, monkeypatch: pytest.MonkeyPatch):
    told: list[object] = []
    monkeypatch.setattr(operations, "publish", lambda _session, event: told.append(event))
    booking = booked(session, interview)
    cancel(session, BUYER, booking)
    assert told == [BookingMade(booking.id), BookingCancelled(booking.id)]


def test_the_room_of_the_interviewer_goes_along(
    session: Session, interview: Interview, ada: User, make: Factory
):
    make.add(Hours(user_id=ada.id, room="https://meet.example/{interview}"))
    booking = booked(session, interview)
    assert booking.place == f"https://meet.example/{interview.public_id.replace('-', '')[:12]}"
    assert interview.channel is Channel.VIDEO


def test_whoever_wants_to_be_called_says_the_number(session: Session, interview: Interview):
    booking = book(session, BUYER, interview, WEDNESDAY_TEN, time_zone=ZONE, phone="+49 30 1234")
    assert booking.phone == "+49 30 1234"
    assert interview.channel is Channel.PHONE


def test_a_time_is_taken_once(session: Session, interview: Interview, ada: User, make: Factory):
    other = make.interview(state="planned", interviewer=ada)
    booked(session, other)
    with pytest.raises(SlotTaken):
        booked(session, interview)
    assert interview.state is State.PLANNED


def test_the_pause_after_an_interview_is_taken_with_it(
    session: Session, interview: Interview, ada: User, make: Factory
):
    booked(session, make.interview(state="planned", interviewer=ada))
    with pytest.raises(SlotTaken):
        booked(session, interview, WEDNESDAY_TEN + timedelta(minutes=30))
    booked(session, interview, WEDNESDAY_TEN + timedelta(minutes=45))


@pytest.mark.parametrize(
    "at",
    [
        WEDNESDAY_TEN + timedelta(minutes=7),
        WEDNESDAY_TEN - timedelta(hours=6),
        MONDAY + timedelta(hours=2),
        MONDAY - timedelta(days=7),
    ],
    ids=["crooked", "at night", "too soon", "in the past"],
)
def test_only_what_is_offered_can_be_booked(session: Session, interview: Interview, at: datetime):
    with pytest.raises(SlotTaken):
        booked(session, interview, at)


def test_a_full_day_takes_no_more(session: Session, interview: Interview, ada: User, make: Factory):
    for hour in (8, 10, 12):
        other = make.interview(state="planned", interviewer=ada)
        booked(session, other, datetime(2026, 12, 2, hour, tzinfo=UTC))
    with pytest.raises(SlotTaken):
        booked(session, interview, datetime(2026, 12, 2, 14, tzinfo=UTC))


def test_moving_frees_the_time_before(session: Session, interview: Interview):
    booking = booked(session, interview)
    moved = move(session, BUYER, booking, WEDNESDAY_TEN + timedelta(minutes=15), time_zone=ZONE)
    assert moved is booking
    assert booking.sequence == 1
    assert interview.scheduled_at == WEDNESDAY_TEN + timedelta(minutes=15)
    assert len(quarters(session)) == 3
    assert WEDNESDAY_TEN in times(session, interview)


def test_booking_again_moves_and_the_same_again_changes_nothing(
    session: Session, interview: Interview
):
    booking = booked(session, interview)
    assert booked(session, interview) is booking
    assert booking.sequence == 0
    assert booked(session, interview, WEDNESDAY_TEN + timedelta(days=1)) is booking
    assert booking.sequence == 1


def test_a_move_to_a_taken_time_leaves_everything_as_it_was(
    session: Session, interview: Interview, ada: User, make: Factory
):
    later = WEDNESDAY_TEN + timedelta(hours=2)
    booked(session, make.interview(state="planned", interviewer=ada), later)
    booking = booked(session, interview)
    with pytest.raises(SlotTaken):
        move(session, BUYER, booking, later, time_zone=ZONE)
    assert (booking.starts_at, booking.sequence) == (WEDNESDAY_TEN, 0)


def test_the_database_refuses_a_quarter_that_is_taken(
    session: Session,
    interview: Interview,
    ada: User,
    make: Factory,
    monkeypatch: pytest.MonkeyPatch,
):
    booked(session, make.interview(state="planned", interviewer=ada))
    monkeypatch.setattr(operations, "_somebody_free", lambda *_, **__: ada)
    with pytest.raises(SlotTaken):
        booked(session, interview)
    session.flush()
    assert session.scalars(select(Booking).where(Booking.interview == interview)).all() == []


def test_cancelling_gives_the_time_back_and_the_interview_waits(
    session: Session, interview: Interview
):
    booking = booked(session, interview)
    cancel(session, BUYER, booking)
    assert booking.state is BookingState.CANCELLED
    assert (interview.state, interview.scheduled_at) == (State.PLANNED, None)
    assert quarters(session) == []
    assert booked(session, interview).id != booking.id


def test_a_no_show_can_book_again(session: Session, interview: Interview):
    miss(session, BUYER, booked(session, interview))
    assert interview.state is State.NO_SHOW
    booked(session, interview, WEDNESDAY_TEN + timedelta(days=1))
    assert interview.state is State.SCHEDULED


def test_whoever_has_no_time_for_a_call_goes_on_in_writing(session: Session, interview: Interview):
    booked(session, interview)
    turn_written(session, BUYER, interview)
    assert (interview.state, interview.channel) == (State.PLANNED, Channel.WRITTEN)
    assert quarters(session) == []


def test_a_call_that_broke_off_goes_on_in_writing_with_what_was_said(
    session: Session, interview: Interview, make: Factory
):
    booked(session, interview)
    interviews.begin(session, BUYER, interview)
    answer = make.answer(interview, "They were slow.")
    turn_written(session, BUYER, interview)
    assert (interview.state, interview.channel) == (State.IN_PROGRESS, Channel.WRITTEN)
    assert answer.text == "They were slow."


def test_a_deal_that_is_open_again_has_no_times_to_take(session: Session, interview: Interview):
    interview.deal.outcome = Outcome.OPEN
    with pytest.raises(CannotBook):
        booked(session, interview)


def test_an_interview_that_was_held_has_no_times_to_take(
    session: Session, make: Factory, ada: User
):
    with pytest.raises(CannotBook):
        booked(session, make.interview(state="held", interviewer=ada))


def test_nobody_who_left_is_booked(session: Session, interview: Interview, ada: User):
    ada.is_active = False
    assert times(session, interview) == []


def test_three_times_are_offered_on_three_days_morning_and_afternoon(
    session: Session, interview: Interview
):
    found = [slot.starts_at for slot in offers.three_times(session, interview)]
    assert found == [
        datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
        datetime(2026, 12, 2, 11, 0, tzinfo=UTC),
        datetime(2026, 12, 3, 8, 0, tzinfo=UTC),
    ]


def test_three_times_are_at_hours_at_which_the_buyer_is_at_work(
    session: Session, interview: Interview
):
    interview.time_zone = "America/New_York"
    found = [slot.starts_at for slot in offers.three_times(session, interview)]
    assert len(found) == 3
    assert all(at.hour - 5 >= 8 for at in found)


def test_where_there_is_one_day_alone_its_times_are_offered(
    session: Session, interview: Interview, ada: User, make: Factory
):
    make.add(Hours(user_id=ada.id, working={"2": [["09:00", "12:00"]]}))
    make.add(DayOff(user_id=ada.id, first_day=date(2026, 12, 3), last_day=date(2027, 12, 3)))
    found = offers.three_times(session, interview)
    assert len({slot.starts_at for slot in found}) == 3


def test_where_nobody_is_free_no_time_is_offered(session: Session, interview: Interview, ada: User):
    ada.is_active = False
    assert offers.three_times(session, interview) == []
