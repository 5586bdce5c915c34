"""Busy times out of calendars: what takes time, when, and in which zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.calendars.reading import NotACalendar, Owner, Window, read_busy
from tests.calendars.calendars import (
    BERLIN,
    MEETING,
    WINDOW,
    calendar,
    event,
    read,
    spans,
    timed,
)
from tests.core.outsiders import LOGIN_PAGE


def test_an_event_is_a_busy_time_in_utc():
    assert spans(MEETING) == ["03-03 09:00-10:00"]
    assert spans(event("DTSTART:20260303T090000Z", "DURATION:PT45M")) == ["03-03 09:00-09:45"]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;CN=Ada;PARTSTAT=DECLINED:mailto:Ada@Halden.example",
    ],
)
def test_what_takes_no_time(line: str):
    owner = Owner(BERLIN, "ada@halden.example")
    assert spans(timed("20260303T090000Z", "20260303T100000Z", line), owner=owner) == []


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:OPAQUE",
        "STATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:tom@halden.example",
    ],
)
def test_what_does(line: str):
    owner = Owner(BERLIN, "ada@halden.example")
    assert len(spans(timed("20260303T090000Z", "20260303T100000Z", line), owner=owner)) == 1


def test_a_whole_day_is_the_owners_day():
    holiday = event("DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260304")
    assert spans(holiday) == ["03-02 23:00-23:00"]
    in_kolkata = Owner(ZoneInfo("Asia/Kolkata"))
    assert spans(holiday, owner=in_kolkata) == ["03-02 18:30-18:30"]


def test_a_whole_day_when_the_clocks_change_has_23_hours():
    busy = read(event("DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330")).busy[0]
    assert busy.ends_at - busy.starts_at == timedelta(hours=23)


def test_a_time_without_a_zone_is_the_owners():
    assert spans(timed("20260303T090000", "20260303T100000")) == ["03-03 08:00-09:00"]


def test_a_repeating_event_follows_its_zone_through_the_change_of_clocks():
    weekly = event(
        "DTSTART;TZID=Europe/Berlin:20260323T090000",
        "DTEND;TZID=Europe/Berlin:20260323T100000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )
    assert spans(weekly) == ["03-23 08:00-09:00", "03-30 07:00-08:00"]


def test_times_taken_out_and_moved():
    daily = [
        timed("20260303T090000Z", "20260303T100000Z", "RRULE:FREQ=DAILY;COUNT=4")
        + "\r\n"
        + timed("20260304T130000Z", "20260304T140000Z", "RECURRENCE-ID:20260304T090000Z"),
        "EXDATE:20260305T090000Z",
    ]
    series = daily[0].replace("COUNT=4", f"COUNT=4\r\n{daily[1]}", 1)
    assert spans(series) == ["03-03 09:00-10:00", "03-04 13:00-14:00", "03-06 09:00-10:00"]


def test_one_time_of_a_series_that_was_declined_is_free():
    series = timed("20260303T090000Z", "20260303T100000Z", "RRULE:FREQ=DAILY;COUNT=2")
    declined = timed(
        "20260304T090000Z",
        "20260304T100000Z",
        "RECURRENCE-ID:20260304T090000Z",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@halden.example",
    )
    owner = Owner(BERLIN, "ada@halden.example")
    assert spans(series, declined, owner=owner) == ["03-03 09:00-10:00"]


ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE"""


def test_a_zone_of_the_calendars_own_is_not_taken_for_anothers_of_the_same_name():
    lines = ("DTSTART;TZID=Customized Time Zone:20260303T090000", "DURATION:PT1H")
    for offset, begins in (("+0530", "03:30-04:30"), ("-0300", "12:00-13:00")):
        assert spans(ZONE.format(offset=offset), event(*lines)) == [f"03-03 {begins}"]


def test_a_zone_by_the_name_windows_gives_it():
    zoned = event("DTSTART;TZID=W. Europe Standard Time:20260303T090000", "DURATION:PT1H")
    assert spans(zoned) == ["03-03 08:00-09:00"]


def test_touching_times_are_one():
    assert spans(
        timed("20260303T090000Z", "20260303T100000Z", uid="1"),
        timed("20260303T100000Z", "20260303T110000Z", uid="2"),
        timed("20260303T093000Z", "20260303T094500Z", uid="3"),
    ) == ["03-03 09:00-11:00"]


def test_only_the_window_counts():
    assert spans(
        timed("20260302T070000Z", "20260302T090000Z", uid="under way"),
        timed("20260301T070000Z", "20260301T090000Z", uid="over"),
        timed("20260701T070000Z", "20260701T090000Z", uid="far ahead"),
    ) == ["03-02 07:00-09:00"]


def test_what_we_wrote_ourselves_does_not_count():
    assert spans(MEETING, owner=Owner(BERLIN, ignored=["1@x"])) == []


def test_a_free_busy_list_is_read():
    listed = "\r\n".join(
        [
            "BEGIN:VFREEBUSY",
            "FREEBUSY;FBTYPE=BUSY:20260303T090000Z/PT1H,20260304T090000Z/20260304T093000Z",
            "FREEBUSY;FBTYPE=FREE:20260305T090000Z/PT1H",
            "END:VFREEBUSY",
        ]
    )
    assert spans(listed) == ["03-03 09:00-10:00", "03-04 09:00-09:30"]


@pytest.mark.parametrize(
    "broken",
    [
        event("DTSTART:tomorrow", "DTEND:later"),
        timed("20260303T090000Z", "20260303T100000Z", "RRULE:FREQ=NEVER", uid="2"),
        timed("20260303T090000Z", "20260303T100000Z", "RRULE:FREQ=SECONDLY", uid="2"),
        event("DTSTART:20260303T090000Z", "DURATION:P9999999999W", uid="2"),
    ],
)
def test_an_entry_that_cannot_be_read_spoils_no_other(broken: str):
    reading = read(broken, timed("20260306T090000Z", "20260306T100000Z", uid="3"))
    assert (reading.entries, reading.unread, len(reading.busy)) == (2, 1, 1)


def test_folded_lines_alarms_and_an_encoding_of_old():
    folded = (
        "BEGIN:VEVENT\r\nDTSTART;TZID=Europe\r\n /Berlin:20260303T090000\r\nDURATION:PT1H\r\n"
        "SUMMARY:Gr\xfc\xdfe\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT9H\r\nEND:VALARM\r\n"
        "END:VEVENT"
    )
    reading = read_busy([calendar(folded).encode("cp1252")], WINDOW, Owner(BERLIN))
    assert [busy.ends_at.hour for busy in reading.busy] == [9]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LOGIN_PAGE, "leads to a web page"),
        (b"\x00\x01\xff\xfe", "no calendar"),
        (b"", "no calendar"),
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(content: bytes, words: str):
    with pytest.raises(NotACalendar, match=words):
        read_busy([content], WINDOW, Owner(BERLIN))


def test_an_empty_calendar_has_no_busy_times():
    assert spans() == []


def test_a_calendar_of_ten_years_is_read_for_what_is_ahead():
    long_ago = datetime(2017, 1, 1, 9, tzinfo=UTC)
    years = [
        timed(f"{day:%Y%m%dT%H%M%SZ}", f"{day + timedelta(hours=1):%Y%m%dT%H%M%SZ}", uid=f"{n}")
        for n in range(3650)
        if (day := long_ago + timedelta(days=n))
    ]
    window = Window(WINDOW.start, WINDOW.start + timedelta(days=7))
    reading = read_busy([calendar(*years).encode()], window, Owner(BERLIN))
    assert len(reading.busy) == 7
    assert reading.entries < 14
