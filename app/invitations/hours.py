"""When a letter may reach somebody: on working days, by day, where they are. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

EARLIEST = time(8, 30)
LATEST = time(17, 0)
_SATURDAY, _SUNDAY = 5, 6


def is_good_time(instant: datetime, zone: ZoneInfo) -> bool:
    there = instant.astimezone(zone)
    return is_working_day(there.date(), zone) and EARLIEST <= there.time() < LATEST


def next_good_time(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant itself, or the beginning of the next working day's hours."""
    if is_good_time(instant, zone):
        return instant
    there = instant.astimezone(zone)
    day = there.date() + timedelta(days=there.time() >= LATEST)
    while not is_working_day(day, zone):
        day += timedelta(days=1)
    return datetime.combine(day, EARLIEST, zone).astimezone(instant.tzinfo)


def after_working_days(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """So many working days later, at about the same time of day."""
    there = instant.astimezone(zone)
    day = there.date()
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, zone):
            day += timedelta(days=1)
    later = datetime.combine(day, there.time(), zone).astimezone(instant.tzinfo)
    return next_good_time(later, zone)


def on_day(day: date, zone: ZoneInfo) -> datetime:
    """The first good time of that day or after it."""
    return next_good_time(datetime.combine(day, EARLIEST, zone), zone)


def is_working_day(day: date, zone: ZoneInfo) -> bool:
    return day.weekday() not in _weekend(zone.key)


@cache
def _weekend(zone_name: str) -> frozenset[int]:
    """The weekdays (Monday is 0) on which nobody is written to where this zone is: those of its
    country, and the Saturday before a Sunday also where offices may be open."""
    usual = frozenset((_SATURDAY, _SUNDAY))
    territory = get_global("zone_territories").get(zone_name)
    try:
        locale = Locale.parse(f"und_{territory}")
    except (UnknownLocaleError, ValueError):
        return usual
    first, last = locale.weekend_start, locale.weekend_end
    days = frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    return days | usual if _SUNDAY in days else days
