"""Real calendars of many programs: all are read, and what cannot be read is known by its number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.calendars.reading import NotACalendar, Owner, Reading, Window, read_busy

pytestmark = pytest.mark.realdata
_FIRST_DAY = re.compile(rb"DTSTART[^:\r\n]*:(\d{8})")

#: What is left out of each file: dates that do not exist, rules of other calendars than ours, times
#: of day where days are wanted, two beginnings, lengths below nothing, and rules that go on for
#: millions of times.
UNREAD = {
    "calendars__rfc_7529.ics": 4,
    "calendars__multiple_timezones.ics": 3,
    "large-file-with-late-error.ics": 3,
    "calendars__america_new_york_forward_reference.ics": 1,
    "calendars__broken_dtstart.ics": 1,
    "calendars__broken_ical.ics": 1,
    "calendars__invalid_duration.ics": 1,
    "calendars__issue_1081_invalid_rrule_freq.ics": 1,
    "calendars__issue_1081_invalid_start_and_end.ics": 1,
    "calendars__issue_1081_invalid_start_valid_end.ics": 1,
    "calendars__issue_165_missing_event.ics": 1,
    "Calendars__Recurrence__DailyByHourMinute1.ics": 1,
    "Calendars__Recurrence__Minutely1.ics": 1,
    "Calendars__Recurrence__MinutelyByHour1.ics": 1,
    "Calendars__Recurrence__MinutelyCount1.ics": 1,
    "Calendars__Recurrence__MinutelyCount2.ics": 1,
    "Calendars__Recurrence__MinutelyCount3.ics": 1,
    "Calendars__Recurrence__MinutelyCount4.ics": 1,
    "Calendars__Recurrence__MinutelyInterval1.ics": 1,
    "Calendars__Recurrence__Secondly1.ics": 1,
    "Calendars__Serialization__PARSE17.ics": 1,
    "bad_custom_ms_tz.ics": 1,
    "bad_custom_ms_tz2.ics": 1,
    "ms_timezones.ics": 1,
    "multi-event-basic.ics": 1,
    "test_date_duration.ics": 1,
}


def read(content: bytes) -> Reading:
    """Three months from the day on which its first event begins."""
    found = _FIRST_DAY.search(content)
    try:
        day = date.fromisoformat(found[1].decode()) if found else date(2020, 1, 1)
    except ValueError:
        day = date(2020, 1, 1)
    start = datetime.combine(day, time.min, UTC) - timedelta(days=1)
    window = Window(start, start + timedelta(days=90))
    return read_busy([content], window, Owner(ZoneInfo("Europe/Berlin")))


@pytest.fixture(scope="module")
def files(realdata: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted((realdata / "icalendar").rglob("*.ics"))
    }


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_file_is_read_or_said_to_be_none(files: dict[str, bytes]):
    became: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    entries = 0
    for name, content in files.items():
        try:
            reading = read(content)
        except NotACalendar:
            assert b"BEGIN:VCALENDAR" not in content.upper(), name
            became["no calendar"] += 1
            continue
        became["partly" if reading.unread else "read"] += 1
        unread[name] += reading.unread
        entries += reading.entries
    assert became == {"read": 288, "partly": 26, "no calendar": 53}
    assert entries == 811
    assert +unread == UNREAD
