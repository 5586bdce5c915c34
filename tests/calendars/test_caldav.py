"""CalDAV against a real server, and against those that are none."""

from __future__ import annotations

import pytest

from app.calendars.caldav import CaldavTrouble, Server, WrongLogin, as_written
from app.core.outside import Asker, OutsideTrouble
from tests.calendars.calendars import WINDOW, calendar, event, timed
from tests.calendars.radicale import PASSWORD, CaldavServer
from tests.core.outsiders import Outsider
from tests.house.running import free_port

ASKER = Asker(allow_private=True)


def server(user: str, password: str = PASSWORD) -> Server:
    return Server(ASKER, user, password)


def test_the_calendars_of_a_user_are_found_from_the_servers_address(radicale: CaldavServer):
    work = radicale.make_calendar("user0", "Work")
    radicale.make_calendar("user0", "Home")
    radicale.make_calendar("user0", "Tasks", kind="VTODO")
    found = server("user0").calendars(radicale.address)
    assert sorted(each.name for each in found) == ["Home", "Work"]
    assert work in [each.address for each in found]
    assert [each.name for each in server("user0").calendars(work)] == ["Work"]


def test_events_of_the_window_come_with_those_that_repeat(radicale: CaldavServer):
    work = radicale.make_calendar("user1")
    for name, part in {
        "soon": timed("20260303T090000Z", "20260303T100000Z", uid="soon"),
        "past": timed("20250303T090000Z", "20250303T100000Z", uid="past"),
        "weekly": timed("20250303T090000Z", "20250303T100000Z", "RRULE:FREQ=WEEKLY", uid="weekly"),
    }.items():
        radicale.put(work, name, calendar(part), "user1")
    texts = b"".join(server("user1").events(work, WINDOW)).decode()
    assert [uid for uid in ("soon", "past", "weekly") if f"UID:{uid}" in texts] == [
        "soon",
        "weekly",
    ]


def test_an_event_is_written_changed_and_removed(radicale: CaldavServer):
    work = radicale.make_calendar("user2")
    one = server("user2")
    for start in ("20260303T090000Z", "20260304T090000Z"):
        one.put(work, "a/b@x", as_written(calendar(timed(start, "20260304T100000Z", uid="a/b@x"))))
        assert [start in each for each in radicale.events(work, "user2")] == [True]
    one.delete(work, "a/b@x")
    one.delete(work, "a/b@x")
    assert radicale.events(work, "user2") == []


def test_what_is_written_invites_nobody_a_second_time():
    attendee = "ATTENDEE;CN=Ilse Brandt of Brandt & Sons;RSVP=TRUE:mailto:ilse@brandt.example"
    invitation = calendar(
        "METHOD:REQUEST",
        event("DTSTART:20260303T090000Z", "ORGANIZER:mailto:ada@halden.example", attendee),
    )
    written = as_written(invitation).decode()
    assert "METHOD" not in written
    assert "ORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:ada" in written
    assert "ATTENDEE;SCHEDULE-AGENT=CLIENT;CN=Ilse" in written.replace("\r\n ", "")
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75


def test_a_wrong_password_is_said(radicale: CaldavServer):
    work = radicale.make_calendar("user3")
    for wrong in (server("user3", "wrong"), server("nobody")):
        with pytest.raises(WrongLogin, match="does not take this name and password"):
            wrong.events(work, WINDOW)


def test_a_calendar_that_moved_is_said(radicale: CaldavServer):
    with pytest.raises(CaldavTrouble, match="perhaps it has moved"):
        server("user4").events(f"{radicale.address}user4/gone/", WINDOW)


@pytest.mark.parametrize("path", ["/login", "/plain", "/garbage", "/huge", "/circling"])
def test_what_is_no_calendar_server_is_said_to_be_none(outsider: Outsider, path: str):
    with pytest.raises((CaldavTrouble, OutsideTrouble)) as trouble:
        server("ada").calendars(outsider.at(path))
    assert str(trouble.value).endswith((".", "?"))


def test_a_server_that_is_down_is_said():
    with pytest.raises(OutsideTrouble, match="does not answer"):
        server("ada").events(f"http://127.0.0.1:{free_port()}/", WINDOW)
