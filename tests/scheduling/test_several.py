"""An interview that several of a programme's interviewers may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.identity.models import User
from app.identity.operations import deactivate_user
from app.interviews.models import Interview
from app.programmes import operations as programmes
from app.programmes.models import Sharing
from app.scheduling.finding import slots_for
from app.scheduling.models import DayOff
from app.scheduling.operations import book
from tests.factories import Factory
from tests.scheduling.conftest import BUYER, MONDAY


@pytest.fixture(autouse=True)
def in_context(app: Flask) -> Iterator[None]:
    """As in a job: what an approval wakes writes letters, and needs the settings for it."""
    with app.app_context():
        yield


WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"


@pytest.fixture
def eve(make: Factory) -> User:
    return make.user(name="Eve Okafor", email="eve@halden.example", time_zone=ZONE)


@pytest.fixture
def chosen(make: Factory, ada: User, eve: User) -> Interview:
    programme = make.programme(interviewers=[ada, eve])
    return programmes.approve(make.session, SYSTEM, make.selection(programme))


def who_is_free(session: Session, interview: Interview, at: datetime) -> set[int]:
    slots = slots_for(session, interview, MONDAY, MONDAY + 2 * (at - MONDAY))
    return next((set(slot.user_ids) for slot in slots if slot.starts_at == at), set())


def test_times_are_those_of_either(
    session: Session, chosen: Interview, ada: User, eve: User, make: Factory
):
    assert who_is_free(session, chosen, WEDNESDAY_TEN) == {ada.id, eve.id}
    make.add(DayOff(user_id=ada.id, first_day=date(2026, 12, 2), last_day=date(2026, 12, 2)))
    assert who_is_free(session, chosen, WEDNESDAY_TEN) == {eve.id}
    booking = book(session, BUYER, chosen, WEDNESDAY_TEN, time_zone=ZONE)
    assert booking.user is eve
    assert chosen.interviewer is eve


def test_whoever_has_the_fewest_ahead_holds_it(
    session: Session, chosen: Interview, ada: User, eve: User, make: Factory
):
    other = make.interview(state="planned", interviewer=ada)
    book(session, BUYER, other, datetime(2026, 12, 4, 9, tzinfo=UTC), time_zone=ZONE)
    assert book(session, BUYER, chosen, WEDNESDAY_TEN, time_zone=ZONE).user is eve


def test_a_move_stays_with_whoever_holds_it_where_they_are_free(
    session: Session, chosen: Interview, eve: User
):
    chosen.interviewer = eve
    booking = book(session, BUYER, chosen, WEDNESDAY_TEN, time_zone=ZONE)
    holder = booking.user
    book(session, BUYER, chosen, datetime(2026, 12, 3, 9, tzinfo=UTC), time_zone=ZONE)
    assert booking.user is holder


@pytest.mark.parametrize("sharing", list(Sharing))
def test_when_one_leaves_the_other_holds_it_at_the_same_time(
    session: Session, make: Factory, ada: User, eve: User, sharing: Sharing
):
    programme = make.programme(interviewers=[ada, eve], sharing=sharing)
    interview = programmes.approve(session, SYSTEM, make.selection(programme))
    booking = book(session, BUYER, interview, WEDNESDAY_TEN, time_zone=ZONE)
    left = booking.user
    deactivate_user(session, SYSTEM, left)
    assert booking.is_booked
    assert booking.user in {ada, eve} - {left}
    assert booking.starts_at == WEDNESDAY_TEN
