"""A booking before a real mail server and a real calendar server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar as Ical
from sqlalchemy import select

from app import create_app
from app.buyer.operations import make_link
from app.buyer.tokens import token_of
from app.calendars import operations as calendars
from app.calendars.fetching import Access
from app.calendars.models import CalendarKind
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Interview
from app.scheduling import operations
from app.scheduling.models import Booking
from config import Settings
from tests.calendars.calendars import calendar, timed
from tests.calendars.radicale import PASSWORD, CaldavServer, open_radicale
from tests.conftest import settings_for
from tests.factories import Factory
from tests.mail.postbox import Postbox, open_postbox
from tests.scheduling.conftest import BUYER
from tests.worker import work

WEDNESDAY_TEN = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"


@pytest.fixture(scope="module")
def radicale() -> Iterator[CaldavServer]:
    with open_radicale("ada") as server:
        yield server


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


@pytest.fixture
def settings(settings: Settings, postbox: Postbox) -> Settings:
    return settings_for(
        settings.instance,
        DATABASE_URL=settings.database_url,
        SECRET_KEY=settings.secret_key,
        OUTSIDE_PRIVATE="1",
        SMTP_URL=postbox.url,
        MAIL_FROM="Halden <interviews@halden.example>",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["TESTING"] = True
    yield app
    app.extensions["because_database"].engine.dispose()


def test_mail_and_calendar_follow_a_booking_from_the_first_to_the_last(
    app: Flask,
    db: Database,
    settings: Settings,
    make: Factory,
    ada: User,
    interview: Interview,
    radicale: CaldavServer,
    postbox: Postbox,
):
    address = radicale.make_calendar("ada")
    calendars.connect(
        make.session,
        SYSTEM,
        ada.id,
        Access(CalendarKind.CALDAV, address, "ada", PASSWORD),
        settings.secret_key,
        name="Work",
        writes=True,
    )
    booking = operations.book(make.session, BUYER, interview, WEDNESDAY_TEN, time_zone=ZONE)
    make.commit()
    work(app, db)
    assert starts_in(radicale, address) == [WEDNESDAY_TEN]
    assert told_to_the_buyer(postbox) == [("REQUEST", booking.public_id, 0)]

    later = WEDNESDAY_TEN + timedelta(days=1)
    with db.writing() as session:
        operations.move(session, BUYER, session.get_one(Booking, booking.id), later, time_zone=ZONE)
    work(app, db)
    assert starts_in(radicale, address) == [later]
    assert told_to_the_buyer(postbox)[-1] == ("REQUEST", booking.public_id, 1)

    with db.writing() as session:
        operations.cancel(session, BUYER, session.get_one(Booking, booking.id))
    work(app, db)
    assert starts_in(radicale, address) == []
    assert told_to_the_buyer(postbox)[-1] == ("CANCEL", booking.public_id, 2)


def test_what_stands_in_a_calendar_since_a_moment_ago_cannot_be_booked_over(
    app: Flask,
    db: Database,
    settings: Settings,
    make: Factory,
    ada: User,
    interview: Interview,
    radicale: CaldavServer,
):
    address = radicale.make_calendar("ada", "Filling")
    calendars.connect(
        make.session,
        SYSTEM,
        ada.id,
        Access(CalendarKind.CALDAV, address, "ada", PASSWORD),
        settings.secret_key,
        name="Filling",
    )
    link = make_link(make.session, SYSTEM, interview, days=30, in_writing=False)
    make.commit()
    work(app, db)
    page = f"/b/{token_of(settings.secret_key, link.public_id)}/times"
    time = f"{WEDNESDAY_TEN:%Y-%m-%dT%H:%MZ}"
    client = app.test_client()
    assert client.get(f"{page}?at={time}").status_code == 200
    busy = timed("20261202T090000Z", "20261202T100000Z")
    radicale.put(address, "since", calendar(busy), "ada")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        refused = client.post(page, data={"at": time, "zone": ZONE})
    assert refused.status_code == 409
    with db.reading() as session:
        assert session.scalar(select(Booking.id)) is None


def starts_in(radicale: CaldavServer, address: str) -> list[datetime]:
    """When the events there begin, by the clock of Berlin."""
    found = re.findall(
        r"DTSTART;TZID=Europe/Berlin:(\w+)", "".join(radicale.events(address, "ada"))
    )
    here = ZoneInfo(ZONE)
    return [datetime.strptime(one, "%Y%m%dT%H%M%S").replace(tzinfo=here) for one in found]


def told_to_the_buyer(postbox: Postbox) -> list[tuple[str, str, int]]:
    """What their calendar reads out of each mail: method, UID and number."""
    found = []
    for message in postbox.arrived:
        if "ingrid@nordwind.example" not in str(message["To"]):
            continue
        (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
        calendar = Ical.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])))
    return found
