"""What calendars are told, read back by readers that did not write it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from app.scheduling.invitations import Method, described, feed, invitation
from tests.scheduling.meetings import HARD_MOMENTS, meeting
from tests.scheduling.readers import (
    Read,
    has_libical,
    has_vobject,
    read_with_libical,
    read_with_vobject,
)

_WITHOUT_LIBICAL = pytest.mark.skipif(
    not has_libical(), reason="gir1.2-ical-3.0 and python3-gi are not there"
)
_WITHOUT_VOBJECT = pytest.mark.skipif(not has_vobject(), reason="vobject is not installed")
READERS = [
    pytest.param(read_with_vobject, id="vobject", marks=_WITHOUT_VOBJECT),
    pytest.param(read_with_libical, id="libical", marks=_WITHOUT_LIBICAL),
]
Reader = Callable[[str], Read]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HARD_MOMENTS)
def test_every_reader_finds_the_same_moment(name: str, reader: Reader):
    zone, starts_at = HARD_MOMENTS[name]
    read = reader(invitation(meeting(zone, starts_at), Method.REQUEST))
    assert datetime.fromtimestamp(read.starts, UTC) == starts_at
    assert datetime.fromtimestamp(read.ends, UTC) == starts_at + timedelta(minutes=30)


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_finds_who_and_what(reader: Reader):
    read = reader(invitation(meeting(*HARD_MOMENTS["winter"]), Method.REQUEST))
    assert (read.method, read.status, read.alarm_minutes) == ("REQUEST", "CONFIRMED", 15)
    assert (read.uid, read.sequence) == ("6f1c1b3e-5a55-4c56-9d0d-0f3a3a4c9b11", 2)
    assert read.summary == "Halden: Gespräch über Ihre Entscheidung; 決定, 話"
    assert read.organizer == "mailto:because@halden.example"
    assert read.attendees == ["mailto:ada@halden.example", "mailto:lukasz@nordwind.example"]


@pytest.mark.parametrize("reader", READERS)
def test_a_cancellation_says_so_and_rings_no_more(reader: Reader):
    read = reader(invitation(meeting(*HARD_MOMENTS["winter"]), Method.CANCEL))
    assert (read.method, read.status, read.alarm_minutes) == ("CANCEL", "CANCELLED", None)


def test_the_buyer_is_asked_and_the_interviewer_comes():
    text = invitation(meeting(*HARD_MOMENTS["winter"]), Method.REQUEST)
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    asked, comes = event["ATTENDEE"]
    assert (asked.params["PARTSTAT"], asked.params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert (comes.params["PARTSTAT"], comes.params["RSVP"]) == ("ACCEPTED", "FALSE")


def test_the_zone_goes_along_and_is_named_as_everywhere():
    text = invitation(meeting(*HARD_MOMENTS["winter"]), Method.REQUEST)
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Europe/Berlin:20261202T100000" in text


def test_a_change_of_clocks_is_written_as_the_clock_showed_before_it():
    berlin = ZoneInfo("Europe/Berlin")
    zone = described(berlin, datetime(2026, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
    text = zone.to_ical().decode()
    assert "DTSTART:20261025T030000" in text
    assert "DTSTART:20270328T020000" in text


def test_no_line_is_longer_than_75_bytes():
    text = invitation(meeting(*HARD_MOMENTS["winter"]), Method.REQUEST)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_feed_holds_all_and_asks_nobody():
    one = meeting(*HARD_MOMENTS["winter"])
    other = meeting(*HARD_MOMENTS["half an hour off"], uid="other")
    read = Calendar.from_ical(feed([one, other], "Interviews"))
    assert read["METHOD"] == "PUBLISH"
    assert len(read.walk("VEVENT")) == 2
    assert {str(zone["TZID"]) for zone in read.walk("VTIMEZONE")} == {
        "Europe/Berlin",
        "Asia/Kolkata",
    }
