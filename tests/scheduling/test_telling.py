"""What the two are written, and what calendars are told, once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar as Ical
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars.models import Calendar, CalendarEvent, CalendarKind, Wish
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.events import publish
from app.core.jobs import run_job
from app.core.models import Job, JobState
from app.deals.events import DealsChanged
from app.deals.models import Outcome
from app.identity.models import User
from app.identity.operations import deactivate_user
from app.interviews import operations as interviews
from app.interviews.models import Interview, State
from app.mail.models import Mail
from app.mail.sending import composed
from app.scheduling import operations, queries, reminding
from app.scheduling.incoming import read_reply
from app.scheduling.models import BookedQuarter, Booking, BookingState, Reply
from tests.factories import Factory
from tests.scheduling.conftest import BUYER, MONDAY

ZONE = "Europe/Berlin"
WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
Work = Callable[[], list[Mail]]


@pytest.fixture
def work(app: Flask, db: Database, session: Session) -> Work:
    """Commit, do the jobs of this room that are due, and say what mail was written by then."""

    def do() -> list[Mail]:
        session.commit()
        with db.reading() as reader:
            due = select(Job.id).where(Job.state == JobState.QUEUED, Job.name.like("scheduling.%"))
            ids = reader.scalars(due.order_by(Job.id)).all()
        for job_id in ids:
            run_job(app, db, job_id)
        session.expire_all()
        with db.reading() as reader:
            assert reader.scalars(select(Job).where(Job.state == JobState.FAILED)).all() == []
            return list(reader.scalars(select(Mail).order_by(Mail.id)))

    return do


def booked(session: Session, interview: Interview, at: datetime = WEDNESDAY_TEN) -> Booking:
    return operations.book(session, BUYER, interview, at, time_zone=ZONE)


def to(mails: list[Mail], address: str) -> list[Mail]:
    return [mail for mail in mails if mail.to_address == address]


def to_buyer(mails: list[Mail]) -> list[Mail]:
    return to(mails, "ingrid@nordwind.example")


def told(mail: Mail) -> tuple[str, str, int]:
    """What the calendar in the mail says: method, UID and number."""
    calendar = Ical.from_ical(mail.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])


def test_both_are_written_of_a_booking(session: Session, interview: Interview, work: Work):
    booking = booked(session, interview)
    mails = work()
    (buyer,), (ada,) = to_buyer(mails), to(mails, "ada@halden.example")
    assert buyer.subject == "Our talk: Wednesday 2 December, 10:00 (Berlin)"
    assert "/times" in buyer.text
    assert (buyer.from_name, buyer.reply_to) == ("Ada Ling", "ada@halden.example")
    assert "Ingrid Holm" in ada.text
    assert told(buyer) == ("REQUEST", booking.public_id, 0)


def test_a_job_that_runs_twice_writes_once(
    session: Session, interview: Interview, work: Work, db: Database
):
    booked(session, interview)
    before = len(work())
    with db.writing() as again:
        for job in again.scalars(select(Job).where(Job.name == "scheduling.tell")):
            job.state = JobState.QUEUED
    assert len(work()) == before


def test_a_move_is_told_under_the_same_uid_with_a_higher_number(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    operations.move(session, BUYER, booking, WEDNESDAY_TEN + timedelta(days=1), time_zone=ZONE)
    mail = to_buyer(work())[-1]
    assert mail.subject == "Our talk is now: Thursday 3 December, 10:00 (Berlin)"
    assert told(mail) == ("REQUEST", booking.public_id, 1)


def test_a_move_before_anybody_was_told_is_one_letter(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    operations.move(session, BUYER, booking, WEDNESDAY_TEN + timedelta(days=1), time_zone=ZONE)
    (mail,) = to_buyer(work())
    assert mail.subject.startswith("Our talk: Thursday 3 December")


def test_a_cancellation_takes_it_out_of_the_calendars(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    operations.cancel(session, BUYER, booking)
    mails = work()
    assert told(to_buyer(mails)[-1]) == ("CANCEL", booking.public_id, 1)
    assert "The time is yours again" in to(mails, "ada@halden.example")[-1].text


def test_nobody_is_told_that_what_they_never_heard_of_is_off(
    session: Session, interview: Interview, work: Work
):
    operations.cancel(session, BUYER, booked(session, interview))
    assert to_buyer(work()) == []


def test_letters_speak_the_language_of_the_buyer(
    session: Session, interview: Interview, work: Work
):
    assert interview.contact is not None
    interview.contact.language = "de"
    booked(session, interview)
    (mail,) = to_buyer(work())
    assert "Mittwoch, 2. Dezember" in mail.subject


def test_a_buyer_without_an_address_is_not_written_to(
    session: Session, interview: Interview, work: Work
):
    assert interview.contact is not None
    interview.contact.email = ""
    booked(session, interview)
    assert [mail.to_address for mail in work()] == ["ada@halden.example"]


def test_the_invitation_travels_as_a_meeting_and_as_a_file(
    session: Session, interview: Interview, work: Work
):
    booked(session, interview)
    sent = composed(to_buyer(work())[0], "because@halden.example").as_bytes()
    message = message_from_bytes(sent, policy=policy.default)
    parts = {part.get_content_type(): part for part in message.walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["application/ics"].get_filename() == "invite.ics"
    content = parts["text/calendar"].get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_calendar_that_we_write_gets_the_event_and_no_invitation_beside(
    session: Session, interview: Interview, ada: User, make: Factory, work: Work
):
    make.add(
        Calendar(
            user_id=ada.id,
            kind=CalendarKind.CALDAV,
            name="Work",
            address="https://dav.example/ada/",
            secret="sealed",
            writes=True,
        )
    )
    booking = booked(session, interview)
    mails = work()
    event = session.scalars(select(CalendarEvent)).one()
    assert (event.uid, event.wish) == (booking.public_id, Wish.PUT)
    assert to(mails, "ada@halden.example")[0].calendar == ""
    operations.cancel(session, BUYER, session.get_one(Booking, booking.id))
    work()
    assert session.scalars(select(CalendarEvent)).one().wish is Wish.REMOVE


def test_both_are_reminded_a_day_and_an_hour_before(
    session: Session, interview: Interview, work: Work
):
    booked(session, interview)
    before = len(work())
    subjects = []
    for hours in (25, 24, 23, 2, 1, 0.5):
        with clock.frozen(WEDNESDAY_TEN - timedelta(hours=hours)):
            reminding.remind(session)
            mails = work()
            subjects.append([mail.subject.split(":")[0] for mail in mails[before:]])
            before = len(mails)
    assert subjects == [[], ["Tomorrow", "Tomorrow"], [], [], ["In an hour", "In an hour"], []]


def test_whoever_booked_for_tomorrow_is_not_reminded_at_once(
    session: Session, interview: Interview, work: Work
):
    booked(session, interview, MONDAY + timedelta(hours=25))
    work()
    with clock.frozen(MONDAY + timedelta(hours=1, minutes=5)):
        assert reminding.remind(session) == 0


def test_a_missed_talk_is_answered_kindly_with_times_and_in_writing(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    with clock.frozen(WEDNESDAY_TEN + timedelta(minutes=20)):
        operations.miss(session, SYSTEM, booking)
        mail = to_buyer(work())[-1]
    assert mail.subject == "We missed each other"
    assert mail.text.count("?at=2026-12-") == 3
    assert "/times/in-writing" in mail.text


def reply(booking: Booking, partstat: str, *, sequence: int = 0, who: str = "") -> EmailMessage:
    who = who or "ingrid@nordwind.example"
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REPLY\r\n"
        f"BEGIN:VEVENT\r\nUID:{booking.public_id}\r\nSEQUENCE:{sequence}\r\n"
        "DTSTAMP:20261130T090000Z\r\nDTSTART:20261202T090000Z\r\n"
        f"ATTENDEE;PARTSTAT={partstat}:MAILTO:{who}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message = EmailMessage()
    message["From"] = who
    message.set_content("Accepted: our talk")
    message.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return message_from_bytes(message.as_bytes(), policy=policy.default)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("partstat", "kept"), [("ACCEPTED", Reply.ACCEPTED), ("TENTATIVE", Reply.TENTATIVE)]
)
def test_what_the_buyers_calendar_answers_is_kept(
    session: Session, interview: Interview, partstat: str, kept: Reply
):
    booking = booked(session, interview)
    assert read_reply(session, reply(booking, partstat), b"") == kept.value
    assert (booking.reply, booking.state) == (kept, BookingState.BOOKED)


def test_a_no_gives_the_time_back_and_offers_others(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    assert read_reply(session, reply(booking, "DECLINED"), b"") == "declined"
    assert (booking.state, interview.state) == (BookingState.CANCELLED, State.PLANNED)
    assert "/times" in to_buyer(work())[-1].text


def test_an_answer_to_an_earlier_time_changes_nothing(session: Session, interview: Interview):
    booking = booked(session, interview)
    operations.move(session, BUYER, booking, WEDNESDAY_TEN + timedelta(days=1), time_zone=ZONE)
    assert read_reply(session, reply(booking, "DECLINED", sequence=0), b"") == "outdated"
    assert booking.state is BookingState.BOOKED


def test_nobody_else_answers_for_the_buyer(session: Session, interview: Interview):
    booking = booked(session, interview)
    foreign = reply(booking, "DECLINED", who="somebody@else.example")
    assert read_reply(session, foreign, b"") == "from_another"
    assert booking.state is BookingState.BOOKED


def test_a_message_without_an_answer_is_left_to_others(session: Session):
    message = EmailMessage()
    message.set_content("Hello")
    assert read_reply(session, message, b"") is None


def test_calling_the_interview_off_gives_the_time_back(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    interviews.move(session, SYSTEM, interview, State.DECLINED)
    assert booking.state is BookingState.CANCELLED
    assert "/times" not in to_buyer(work())[-1].text


def test_a_time_that_is_set_by_hand_moves_the_booking(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    later = WEDNESDAY_TEN + timedelta(hours=12)
    interviews.schedule(session, SYSTEM, interview, at=later, time_zone=ZONE)
    assert (booking.starts_at, booking.sequence) == (later, 1)
    assert to_buyer(work())[-1].subject.startswith("Our talk is now: Wednesday 2 December, 22:00")


def test_a_time_that_is_set_by_hand_may_overlap(
    session: Session, interview: Interview, ada: User, make: Factory
):
    other = make.interview(state="planned", interviewer=ada)
    booked(session, other, WEDNESDAY_TEN + timedelta(hours=2))
    booking = booked(session, interview)
    later = WEDNESDAY_TEN + timedelta(hours=2)
    interviews.schedule(session, SYSTEM, interview, at=later, time_zone=ZONE)
    assert booking.starts_at == later


def test_another_interviewer_set_by_hand_holds_it_at_the_same_time(
    session: Session, interview: Interview, make: Factory, work: Work
):
    booking = booked(session, interview)
    work()
    eve = make.user(name="Eve Okafor", email="eve@halden.example")
    interviews.assign(session, SYSTEM, interview, interviewer=eve, relation=None)
    assert booking.user is eve
    assert to(work(), "eve@halden.example")


def test_a_deal_that_is_opened_again_is_told_to_the_interviewer_who_decides(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    before = len(work())
    interview.deal.outcome = Outcome.OPEN
    publish(session, DealsChanged([interview.deal_id]))
    (mail,) = work()[before:]
    assert mail.to_address == "ada@halden.example"
    assert mail.subject == f"Open again: the deal of Ingrid Holm, {interview.deal.account.name}"
    assert booking.state is BookingState.BOOKED


def test_when_the_interviewer_leaves_and_nobody_else_may_the_time_is_given_back(
    session: Session, interview: Interview, ada: User, work: Work
):
    booking = booked(session, interview)
    work()
    deactivate_user(session, SYSTEM, ada)
    assert booking.state is BookingState.CANCELLED
    assert session.scalars(select(BookedQuarter)).all() == []
    assert to_buyer(work())[-1].subject.startswith("Cancelled")


def test_when_the_interviewer_leaves_somebody_else_holds_it(
    session: Session, interview: Interview, ada: User, make: Factory, work: Work
):
    eve = make.user(name="Eve Okafor", email="eve@halden.example")
    programme = make.programme(interviewers=[ada, eve])
    make.selection(programme, interview.deal, interview_id=interview.id, state="approved")
    booking = booked(session, interview)
    booking.user = interview.interviewer = ada
    work()
    deactivate_user(session, SYSTEM, ada)
    assert (booking.user, booking.starts_at) == (eve, WEDNESDAY_TEN)
    mails = work()
    assert to(mails, "eve@halden.example")
    assert "with Eve Okafor" in to_buyer(mails)[-1].text


def test_where_a_zone_changes_its_rules_what_stands_in_the_buyers_diary_holds(
    session: Session, interview: Interview, work: Work
):
    booking = booked(session, interview)
    work()
    # As if Berlin had been two hours ahead of UTC when it was booked.
    booking.local_start = "2026-12-02T11:00"
    assert reminding.follow_clocks(session) == 1
    assert booking.starts_at == WEDNESDAY_TEN + timedelta(hours=1)
    assert booking.local_start == "2026-12-02T11:00"
    assert to_buyer(work())[-1].subject.startswith("Our talk is now: Wednesday 2 December, 11:00")
    assert reminding.follow_clocks(session) == 0


def test_where_the_interviewer_is_not_free_then_the_moment_holds_and_both_are_told(
    session: Session, interview: Interview, ada: User, make: Factory, work: Work
):
    booking = booked(session, interview)
    booked(
        session,
        make.interview(state="planned", interviewer=ada),
        WEDNESDAY_TEN + timedelta(hours=1),
    )
    work()
    booking.local_start = "2026-12-02T11:00"
    reminding.follow_clocks(session)
    assert (booking.starts_at, booking.local_start) == (WEDNESDAY_TEN, "2026-12-02T10:00")
    assert booking.sequence == 1
    assert to_buyer(work())[-1].subject.startswith("Our talk is now: Wednesday 2 December, 10:00")


def test_a_clock_change_between_booking_and_talk_leaves_the_hour(
    session: Session, interview: Interview, ada: User, make: Factory, work: Work
):
    with clock.frozen(datetime(2027, 3, 25, 9, tzinfo=UTC)):
        at = datetime(2027, 3, 30, 10, 0, tzinfo=ZoneInfo(ZONE))
        booking = booked(session, interview, at)
        (mail,) = to_buyer(work())
        assert "Tuesday 30 March, 10:00" in mail.subject
        assert booking.starts_at == datetime(2027, 3, 30, 8, 0, tzinfo=UTC)
        assert reminding.follow_clocks(session) == 0
        assert queries.booking_of(session, interview) is not None
