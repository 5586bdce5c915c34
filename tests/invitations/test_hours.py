"""A letter comes on a working day, by day, where the buyer is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.invitations.hours import after_working_days, is_good_time, next_good_time, on_day

BERLIN, KOLKATA, SYDNEY = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Australia/Sydney"),
)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def there(instant: datetime, zone: ZoneInfo = BERLIN) -> str:
    return instant.astimezone(zone).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        (BERLIN, "2026-11-30 11:00", "Mon 30 Nov 11:00"),
        (BERLIN, "2026-11-30 06:00", "Mon 30 Nov 08:30"),
        (BERLIN, "2026-11-30 17:00", "Tue 01 Dec 08:30"),
        (BERLIN, "2026-12-04 19:00", "Mon 07 Dec 08:30"),
        (BERLIN, "2026-12-06 12:00", "Mon 07 Dec 08:30"),
        (KOLKATA, "2026-11-30 23:45", "Tue 01 Dec 08:30"),
        (SYDNEY, "2026-10-03 12:00", "Mon 05 Oct 08:30"),
        (ZoneInfo("Asia/Riyadh"), "2026-12-03 18:00", "Sun 06 Dec 08:30"),
        (ZoneInfo("Asia/Jerusalem"), "2026-12-06 10:00", "Sun 06 Dec 10:00"),
    ],
)
def test_the_next_good_time(zone: ZoneInfo, now: str, then: str):
    assert there(next_good_time(at(now, zone), zone), zone) == then


def test_a_reminder_comes_after_working_days_at_the_same_time_of_day():
    assert there(after_working_days(at("2026-12-03 10:15"), 4, BERLIN)) == "Wed 09 Dec 10:15"


def test_the_time_of_day_stays_when_the_clocks_change():
    assert there(after_working_days(at("2026-10-23 10:15"), 1, BERLIN)) == "Mon 26 Oct 10:15"


def test_whoever_is_back_on_a_sunday_is_written_to_on_monday():
    assert there(on_day(date(2026, 12, 6), BERLIN)) == "Mon 07 Dec 08:30"


def test_a_zone_of_no_country_rests_on_saturday_and_sunday():
    assert not is_good_time(datetime(2026, 12, 5, 12, tzinfo=UTC), ZoneInfo("UTC"))
