"""An interviewer's hours, feed and day, and what they do with a time that was taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Channel, Interview, State
from app.scheduling import operations
from app.scheduling.forms import read_stretches
from app.scheduling.models import Booking, BookingState, DayOff, Hours
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.scheduling.conftest import BUYER

WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
HOURS = {
    "day_0": "9-12, 13:00-17:30",
    "pause_minutes": "30",
    "notice_hours": "48",
    "most_per_day": "2",
    "room": "https://meet.example/{interview}",
    "phone": "",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def signed_in(app: Flask, db: Database, ada: User, make: Factory) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, ada)


@pytest.fixture
def booking(make: Factory, interview: Interview) -> Booking:
    return operations.book(make.session, BUYER, interview, WEDNESDAY_TEN, time_zone="Europe/Berlin")


def test_hours_are_kept_as_typed(signed_in: FlaskClient, db: Database):
    assert signed_in.post("/account/hours", data=HOURS).status_code == 303
    with db.reading() as session:
        kept = session.scalars(select(Hours)).one()
    assert kept.working == {"0": [["09:00", "12:00"], ["13:00", "17:30"]]}
    assert (kept.pause_minutes, kept.notice_hours, kept.most_per_day) == (30, 48, 2)
    assert "09:00–12:00, 13:00–17:30" in signed_in.get("/account/hours").text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("day_0", "in the morning", "Write it as 9:00-12:00"),
        ("day_0", "17-9", "ends after it begins"),
        ("day_0", "9-12, 11-15", "before the next one"),
        ("day_0", "9-25", "from 0:00 to 24:00"),
        ("most_per_day", "0", "from 1 to 20"),
        ("room", "meet.example", "Enter an address such as https://"),
        ("phone", "mine", "Write the number as one would dial it"),
        ("time_zone", "Atlantis", "Pick a time zone"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_place(
    signed_in: FlaskClient, field: str, typed: str, message: str
):
    answer = signed_in.post("/account/hours", data=HOURS | {field: typed})
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("9-17", [["09:00", "17:00"]]),
        ("9.30 – 12, 13 to 24", [["09:30", "12:00"], ["13:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, read: list[list[str]]):
    assert read_stretches(typed) == read


def test_days_off_come_and_go(signed_in: FlaskClient, db: Database):
    days = {"first_day": "2026-12-24", "last_day": "2027-01-02", "name": "Skiing"}
    assert signed_in.post("/account/hours/days-off", data=days).status_code == 303
    assert "Skiing" in signed_in.get("/account/hours").text
    with db.reading() as session:
        row = session.scalars(select(DayOff)).one()
    assert (row.first_day, row.last_day) == (date(2026, 12, 24), date(2027, 1, 2))
    signed_in.post(f"/account/hours/days-off/{row.public_id}/remove")
    assert "Skiing" not in signed_in.get("/account/hours").text


def test_days_off_that_end_before_they_begin_are_refused(signed_in: FlaskClient):
    days = {"first_day": "2026-12-24", "last_day": "2026-12-20", "name": "Skiing"}
    answer = signed_in.post("/account/hours/days-off", data=days)
    assert answer.status_code == 422
    assert "before the first one" in answer.text
    assert 'value="Skiing"' in answer.text


def test_nobody_removes_another_ones_days(
    app: Flask, db: Database, signed_in: FlaskClient, make: Factory
):
    other = make.user()
    row = make.add(
        DayOff(user_id=other.id, first_day=date(2026, 12, 24), last_day=date(2026, 12, 24))
    )
    make.commit()
    answer = signed_in.post(f"/account/hours/days-off/{row.public_id}/remove")
    assert answer.status_code == 404


def feed_of(client: FlaskClient, db: Database) -> str:
    client.post("/account/hours/feed")
    with db.reading() as session:
        return f"/feeds/{session.scalars(select(Hours.feed_id)).one()}.ics"


def test_the_feed_holds_ones_interviews(
    signed_in: FlaskClient, booking: Booking, make: Factory, client: FlaskClient, db: Database
):
    make.commit()
    read = Calendar.from_ical(client.get(feed_of(signed_in, db)).text)
    (event,) = read.walk("VEVENT")
    assert str(event["UID"]) == booking.public_id
    assert "Ingrid Holm" in str(event["SUMMARY"])


def test_a_new_address_ends_the_old_one(signed_in: FlaskClient, client: FlaskClient, db: Database):
    old = feed_of(signed_in, db)
    new = feed_of(signed_in, db)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_the_feed_of_whoever_left_shows_nothing(
    signed_in: FlaskClient, client: FlaskClient, db: Database, ada: User
):
    address = feed_of(signed_in, db)
    with db.writing() as session:
        session.get_one(User, ada.id).is_active = False
    assert client.get(address).status_code == 404


def test_the_day_shows_what_is_known_of_each_interview(
    signed_in: FlaskClient, booking: Booking, interview: Interview, make: Factory
):
    interview.deal.won_by = make.competitor("Halvorsen")
    make.commit()
    page = signed_in.get("/day?on=2026-12-02").text
    assert "10:00 · Ingrid Holm" in page
    assert interview.deal.name in page
    assert "they chose Halvorsen" in page
    assert "sealed until you begin" in page


def test_a_day_without_interviews_says_so(signed_in: FlaskClient):
    assert "No interview today" in signed_in.get("/day").text
    assert "No interview on this day" in signed_in.get("/day?on=2027-01-04").text


def test_the_day_warns_of_a_deal_that_is_open_again(
    signed_in: FlaskClient, booking: Booking, interview: Interview, make: Factory
):
    interview.deal.outcome = "open"  # type: ignore[assignment]
    make.commit()
    assert "The deal is open again" in signed_in.get("/day?on=2026-12-02").text
    assert "The deal is open again" in signed_in.get(f"/interviews/{interview.public_id}").text


def test_the_interviewer_gives_a_time_back(
    signed_in: FlaskClient, booking: Booking, interview: Interview, make: Factory, db: Database
):
    make.commit()
    page = signed_in.get(f"/interviews/{interview.public_id}").text
    assert "They took it themselves" in page
    signed_in.post(f"/interviews/{interview.public_id}/booking/cancel")
    with db.reading() as session:
        assert session.get_one(Booking, booking.id).state is BookingState.CANCELLED
        assert session.get_one(Interview, interview.id).state is State.PLANNED


def test_one_click_says_that_they_did_not_come(
    signed_in: FlaskClient, booking: Booking, interview: Interview, make: Factory, db: Database
):
    make.commit()
    signed_in.post(f"/interviews/{interview.public_id}/move", data={"to": "no_show"})
    with db.reading() as session:
        assert session.get_one(Booking, booking.id).state is BookingState.MISSED
        assert session.get_one(Interview, interview.id).state is State.NO_SHOW


def test_the_interviewer_goes_on_in_writing(
    signed_in: FlaskClient, booking: Booking, interview: Interview, make: Factory, db: Database
):
    make.commit()
    signed_in.post(f"/interviews/{interview.public_id}/booking/in-writing")
    with db.reading() as session:
        assert session.get_one(Interview, interview.id).channel is Channel.WRITTEN


def test_a_time_set_by_hand_is_made_an_invitation(
    signed_in: FlaskClient, interview: Interview, make: Factory, db: Database
):
    interview.state, interview.scheduled_at = State.SCHEDULED, WEDNESDAY_TEN
    make.commit()
    assert "It was set by hand" in signed_in.get(f"/interviews/{interview.public_id}").text
    signed_in.post(f"/interviews/{interview.public_id}/booking/invite")
    with db.reading() as session:
        kept = session.scalars(select(Booking)).one()
    assert (kept.starts_at, kept.is_booked) == (WEDNESDAY_TEN, True)


def test_the_day_asks_no_more_for_more_interviews(
    signed_in: FlaskClient, ada: User, make: Factory, db: Database
):
    for number in range(6):
        make.interview(
            state="scheduled",
            interviewer=ada,
            contact=make.contact(),
            scheduled_at=WEDNESDAY_TEN.replace(hour=8 + number),
        )
    make.commit()
    signed_in.get("/day?on=2026-12-02")
    with query_budget(db, 10):
        assert signed_in.get("/day?on=2026-12-02").text.count("Open the interview") == 6
