"""Each user connects, looks at, changes and disconnects their own calendars."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.calendars import operations
from app.calendars.models import BusyTime, Calendar, CalendarEvent, WritingState
from app.core import clock
from app.core.db import Database
from tests.budgets import query_budget
from tests.calendars.calendars import NOW, calendar, timed
from tests.calendars.radicale import PASSWORD, CaldavServer
from tests.core.outsiders import Outsider
from tests.factories import Factory, sign_in_as

PAGE = "/account/calendars"


@pytest.fixture
def ada(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace()
    user = make.user("interviewer", email="ada@halden.example", time_zone="Europe/Berlin")
    make.commit()
    return sign_in_as(app, db, user)


def only_calendar(db: Database) -> Calendar:
    with db.reading() as session:
        return session.scalars(select(Calendar)).one()


def by_password(radicale: CaldavServer, user: str, **values: str) -> dict[str, str]:
    given = {"address": radicale.address, "username": user, "password": PASSWORD, "writes": "y"}
    return given | values


@pytest.fixture
def connected(ada: FlaskClient, db: Database, radicale: CaldavServer) -> Calendar:
    """Ada's calendar with one meeting soon; there is one test for each user of the server."""
    user = f"user{next(_USERS)}"
    address = radicale.make_calendar(user, "Work")
    radicale.put(
        address, "a", calendar(timed("20260303T090000Z", "20260303T100000Z", uid="a")), user
    )
    with clock.frozen(NOW):
        sent = ada.post(f"{PAGE}/by-password", data=by_password(radicale, user))
    assert sent.status_code == 303
    return only_calendar(db)


_USERS = iter(range(11, 25))


def test_without_a_calendar_the_page_says_what_there_is(ada: FlaskClient):
    page = ada.get(PAGE).text
    assert "No calendar yet" in page
    assert "by-address" in page
    assert "by-password" in page


def test_a_calendar_is_connected_and_shows_what_we_see(
    ada: FlaskClient, db: Database, connected: Calendar
):
    assert (connected.name, connected.writes) == ("Work", True)
    with clock.frozen(NOW):
        page = ada.get(f"{PAGE}/{connected.public_id}").text
        assert "1 busy time in the next two weeks" in page
        assert "3 Mar 2026, 10:00" in page
        with query_budget(db, 8):
            listed = ada.get(PAGE).text
    assert "Read and written" in listed
    assert PASSWORD not in page + listed


def test_a_wrong_password_is_said_at_its_field_and_keeps_what_was_typed(
    ada: FlaskClient, db: Database, radicale: CaldavServer
):
    radicale.make_calendar("user25", "Other")
    sent = ada.post(
        f"{PAGE}/by-password", data=by_password(radicale, "user25", password="wrong", name="Mine")
    )
    assert sent.status_code == 422
    assert "does not take this name and password" in sent.text
    assert 'value="user25"' in sent.text
    assert 'value="Mine"' in sent.text
    assert "wrong" not in sent.text.replace('class="field wrong"', "")
    with db.reading() as session:
        assert session.scalars(select(Calendar)).all() == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("/huge", "more than 10 MB"), ("/login", "leads to a web page"), ("/plain", "no calendar")],
)
def test_an_address_that_leads_to_no_calendar_is_said_and_kept(
    ada: FlaskClient, outsider: Outsider, path: str, words: str
):
    sent = ada.post(f"{PAGE}/by-address", data={"address": outsider.at(path)})
    assert sent.status_code == 422
    assert words in sent.text
    assert outsider.at(path) in sent.text


def test_nothing_typed_is_said(ada: FlaskClient):
    assert "Paste the address" in ada.post(f"{PAGE}/by-address", data={}).text
    assert "Enter your user name" in ada.post(f"{PAGE}/by-password", data={}).text
    assert "no address of the web" in (
        ada.post(f"{PAGE}/by-address", data={"address": "file:///etc/passwd"}).text
    )


def test_of_several_calendars_one_is_chosen(ada: FlaskClient, db: Database, radicale: CaldavServer):
    radicale.make_calendar("user26", "Work")
    radicale.make_calendar("user26", "Home")
    sent = ada.post(f"{PAGE}/by-password", data=by_password(radicale, "user26"))
    assert sent.location.endswith("/choose")
    offered = only_calendar(db).offered
    place = next(number for number, (_, name) in enumerate(offered) if name == "Home")
    assert "Home" in ada.get(sent.location).text
    ada.post(sent.location, data={"calendar": str(place)})
    assert only_calendar(db).name == "Home"
    assert ada.post(sent.location, data={"calendar": "99"}).status_code == 422


def test_changing_keeps_the_password_where_none_is_typed(
    ada: FlaskClient, db: Database, connected: Calendar
):
    address = f"{PAGE}/{connected.public_id}/change"
    assert PASSWORD not in ada.get(address).text
    data = {"name": "Halden", "address": connected.address, "username": connected.username}
    with clock.frozen(NOW):
        assert ada.post(address, data=data).status_code == 303
    assert (only_calendar(db).name, only_calendar(db).writes) == ("Halden", False)


def test_a_kept_password_goes_to_no_other_server(
    ada: FlaskClient, connected: Calendar, outsider: Outsider
):
    outsider.asked.clear()
    data = {"name": "x", "address": outsider.at("/plain"), "username": connected.username}
    sent = ada.post(f"{PAGE}/{connected.public_id}/change", data=data)
    assert sent.status_code == 422
    assert "enter the password for it too" in sent.text
    assert outsider.asked == []


def test_a_calendar_that_cannot_be_read_says_so_and_shows_what_was_known(
    ada: FlaskClient, db: Database, connected: Calendar
):
    with db.writing() as session:
        operations.keep_trouble(session.get_one(Calendar, connected.id), "It is <down>.")
    with clock.frozen(NOW):
        page = ada.get(f"{PAGE}/{connected.public_id}").text
    assert "It is &lt;down&gt;." in page
    assert "1 busy time" in page
    assert "Cannot be read" in ada.get(PAGE).text
    with clock.frozen(NOW):
        ada.post(f"{PAGE}/{connected.public_id}/read")
    assert "Cannot be read" not in ada.get(PAGE).text


def test_an_interview_that_could_not_be_written_is_shown_and_tried_again(
    ada: FlaskClient, db: Database, connected: Calendar
):
    with db.writing() as session:
        operations.put_event(session, connected.user_id, "i@h", "BEGIN:VCALENDAR")
        event = session.scalars(select(CalendarEvent)).one()
        event.state, event.problem = WritingState.FAILED, "The server was down."
    assert "Cannot be written" in ada.get(PAGE).text
    assert "The server was down." in ada.get(f"{PAGE}/{connected.public_id}").text
    ada.post(f"{PAGE}/events/{event.public_id}/again")
    with db.reading() as session:
        assert session.scalars(select(CalendarEvent)).one().state is WritingState.WAITING


def test_a_disconnected_calendar_is_forgotten(ada: FlaskClient, db: Database, connected: Calendar):
    ada.post(f"{PAGE}/{connected.public_id}/disconnect")
    with db.reading() as session:
        assert session.scalars(select(Calendar)).all() == []
        assert session.scalars(select(BusyTime)).all() == []


def test_nobody_sees_anothers_calendar(
    app: Flask, db: Database, make: Factory, connected: Calendar
):
    boss = make.user("administrator")
    make.commit()
    client = sign_in_as(app, db, boss)
    for path in ("", "/change", "/choose"):
        assert client.get(f"{PAGE}/{connected.public_id}{path}").status_code == 404
    for path in ("/read", "/disconnect"):
        assert client.post(f"{PAGE}/{connected.public_id}{path}").status_code == 404
    assert "No calendar yet" in client.get(PAGE).text


def test_servers_are_not_asked_all_the_time(ada: FlaskClient, outsider: Outsider):
    for _ in range(30):
        ada.post(f"{PAGE}/by-address", data={"address": outsider.at("/plain")})
    outsider.asked.clear()
    sent = ada.post(f"{PAGE}/by-address", data={"address": outsider.at("/plain")})
    assert "too often" in sent.text
    assert outsider.asked == []
