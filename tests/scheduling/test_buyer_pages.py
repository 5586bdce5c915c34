"""A buyer takes a time by their link, without an account, a cookie or a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.buyer.operations import make_link
from app.buyer.tokens import token_of
from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Channel, Interview, State
from app.scheduling import operations
from app.scheduling.models import Booking
from config import Settings
from tests.budgets import query_budget
from tests.factories import Factory
from tests.scheduling.conftest import BUYER, MakeBusy

TEN = "2026-12-02T09:00Z"
WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


class Buyer:
    def __init__(self, client: FlaskClient, address: str, db: Database, interview_id: int) -> None:
        self.client, self.address, self.db, self.interview_id = client, address, db, interview_id

    def get(self, path: str = "/times") -> TestResponse:
        return self.client.get(self.address + path)

    def text(self, path: str = "/times") -> str:
        answer = self.get(path)
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())

    def post(self, path: str = "/times", **fields: str) -> TestResponse:
        return self.client.post(self.address + path, data=fields)

    @property
    def interview(self) -> Interview:
        with self.db.reading() as session:
            return session.scalars(select(Interview).where(Interview.id == self.interview_id)).one()

    @property
    def booking(self) -> Booking | None:
        with self.db.reading() as session:
            return session.scalars(
                select(Booking).where(Booking.interview_id == self.interview_id)
            ).first()


Come = Callable[..., Buyer]


@pytest.fixture
def come(app: Flask, db: Database, settings: Settings, make: Factory, interview: Interview) -> Come:
    def open_link(of: Interview | None = None) -> Buyer:
        of = of or interview
        link = make_link(make.session, SYSTEM, of, days=30, in_writing=False)
        make.commit()
        token = token_of(settings.secret_key, link.public_id)
        app.config["WTF_CSRF_ENABLED"] = True
        return Buyer(app.test_client(), f"/b/{token}", db, of.id)

    return open_link


def test_the_link_leads_to_times_by_the_buyers_clock(come: Come):
    buyer = come()
    assert buyer.get("").location.endswith("/times")
    text = buyer.text()
    assert "When shall we talk?" in text
    assert "By the clock of Berlin" in text
    assert "Tuesday 1 December 09:00" in text


def test_another_clock_shows_the_same_moments(come: Come):
    text = come().text("/times?zone=America/New_York")
    assert "By the clock of New York" in text
    assert "Tuesday 1 December 03:00" in text


def test_a_city_alone_is_enough(come: Come):
    assert "By the clock of Kolkata" in come().text("/times?zone=Kolkata")


def test_what_is_no_place_stays_typed_beside_its_message(come: Come):
    page = come().get("/times?zone=Nowhere").text
    assert "There is no such place" in page
    assert 'value="Nowhere"' in page


def test_whose_zone_nobody_knows_is_asked_and_may_be_found_by_the_browser(
    come: Come, interview: Interview
):
    assert interview.contact is not None
    interview.contact.time_zone = ""
    buyer = come()
    assert "We do not know where you are" in buyer.text()
    assert "data-find" in buyer.get().text


def test_one_click_in_a_letter_asks_before_it_takes(come: Come):
    buyer = come()
    assert "Wednesday 2 December, 10:00 (Berlin)?" in buyer.text(f"/times?at={TEN}")
    assert buyer.booking is None


def test_taking_a_time(come: Come):
    buyer = come()
    assert buyer.post(at=TEN, zone="Europe/Berlin").status_code == 303
    assert buyer.booking is not None
    assert buyer.interview.state is State.SCHEDULED
    assert "We talk then, for 30 minutes, with Ada Ling" in buyer.text()


def test_the_same_click_again_shows_the_time_they_have(come: Come):
    buyer = come()
    buyer.post(at=TEN, zone="Europe/Berlin")
    assert "We talk then" in buyer.text(f"/times?at={TEN}")


def test_rather_by_telephone(come: Come):
    buyer = come()
    buyer.post(at=TEN, zone="Europe/Berlin", phone="+49 30 1234567")
    assert "we call +49 30 1234567" in buyer.text()


def test_a_number_that_is_none_is_said_and_stays_typed(come: Come):
    answer = come().post(at=TEN, zone="Europe/Berlin", phone="call me")
    assert answer.status_code == 422
    assert "Write the number as you would dial it" in answer.text
    assert 'value="call me"' in answer.text


def test_a_time_that_was_just_taken_is_answered_kindly_with_others(
    come: Come, make: Factory, ada: User
):
    other = make.interview(state="planned", interviewer=ada)
    operations.book(make.session, BUYER, other, WEDNESDAY_TEN, time_zone="Europe/Berlin")
    buyer = come()
    answer = buyer.post(at=TEN, zone="Europe/Berlin")
    assert answer.status_code == 409
    assert "has just been taken" in answer.text
    assert "11:00" in answer.text
    assert buyer.booking is None
    assert "has just been taken" in buyer.text(f"/times?at={TEN}")


def test_moving_and_cancelling_need_no_mail(come: Come):
    buyer = come()
    buyer.post(at=TEN, zone="Europe/Berlin")
    assert "You keep the time you have" in buyer.text("/times?other=1")
    buyer.post(at="2026-12-03T09:00Z", zone="Europe/Berlin")
    assert "Thursday 3 December, 10:00" in buyer.text()
    assert buyer.post("/times/cancel").status_code == 303
    assert buyer.interview.state is State.PLANNED
    assert "Your time is cancelled" in buyer.text("/times?cancelled=1")


def test_opening_a_page_decides_nothing(come: Come):
    buyer = come()
    for path in ("", "/times", f"/times?at={TEN}", "/times/in-writing"):
        buyer.get(path)
        buyer.client.head(buyer.address + path)
    assert buyer.booking is None
    assert buyer.interview.channel is Channel.VIDEO


def test_a_call_turns_into_writing_without_starting_again(come: Come):
    buyer = come()
    buyer.post(at=TEN, zone="Europe/Berlin")
    assert "is then cancelled" in buyer.text("/times/in-writing")
    assert buyer.post("/times/in-writing").status_code == 303
    assert (buyer.interview.state, buyer.interview.channel) == (State.PLANNED, Channel.WRITTEN)
    assert "Three questions about your decision" in buyer.text("")


def test_whoever_did_not_come_may_take_another_time(
    come: Come, make: Factory, interview: Interview
):
    booking = operations.book(
        make.session, BUYER, interview, WEDNESDAY_TEN, time_zone="Europe/Berlin"
    )
    buyer = come()
    operations.miss(make.session, SYSTEM, booking)
    make.commit()
    buyer.post(at="2026-12-03T09:00Z", zone="Europe/Berlin")
    assert buyer.interview.state is State.SCHEDULED


def test_whoever_was_heard_has_no_time_to_take(come: Come, make: Factory, ada: User):
    buyer = come(make.interview(state="held", interviewer=ada))
    assert "We have talked already" in buyer.text()
    assert buyer.post(at=TEN, zone="Europe/Berlin").status_code == 409


def test_where_nobody_is_free_the_page_says_so(come: Come, ada: User):
    ada.is_active = False
    assert "There is no free time just now" in come().text()


def test_the_file_for_a_calendar(come: Come):
    buyer = come()
    assert buyer.get("/times/talk.ics").status_code == 404
    buyer.post(at=TEN, zone="Europe/Berlin")
    answer = buyer.get("/times/talk.ics")
    assert answer.mimetype == "text/calendar"
    assert "DTSTART;TZID=Europe/Berlin:20261202T100000" in answer.text


@pytest.mark.parametrize("at", ["", "yesterday", "2026-12-02", "2026-13-01T09:00Z"])
def test_an_address_that_nobody_was_given_takes_nothing(come: Come, at: str):
    assert come().post(at=at, zone="Europe/Berlin").status_code == 404


def test_later_days_are_a_page_on(come: Come):
    page = come().get().text
    (later,) = re.findall(r'href="([^"]*from=[^"]*)"', page)
    assert "2026-12-04" in later


def test_every_language_has_its_dates(come: Come, interview: Interview):
    assert interview.contact is not None
    interview.contact.language = "fr"
    assert "mercredi 2 décembre" in come().text()


def test_the_page_asks_no_more_for_more_times(
    come: Come, make: Factory, ada: User, busy: MakeBusy, db: Database
):
    for number in range(30):
        begin = WEDNESDAY_TEN + timedelta(hours=5 * number)
        busy(ada, begin, begin + timedelta(minutes=20))
        make.interview(state="scheduled", interviewer=ada, scheduled_at=begin + timedelta(hours=1))
    buyer = come()
    buyer.get()
    with query_budget(db, 12):
        buyer.get()
