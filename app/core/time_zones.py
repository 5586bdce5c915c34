"""Time zones by their IANA name, found by the city that a person types."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

_OUTSIDE = ("Etc/", "US/", "SystemV/", "posix/", "right/")


@cache
def time_zones() -> tuple[str, ...]:
    """The names to offer, 'UTC' first."""
    cities = {name for name in available_timezones() if "/" in name}
    return ("UTC", *sorted(name for name in cities if not name.startswith(_OUTSIDE)))


def find_time_zone(text: str) -> str | None:
    """The zone meant by 'Europe/Berlin', 'europe/berlin' or 'Berlin'; None where none or several
    are."""
    wanted = text.strip().casefold().replace(" ", "_")
    if not wanted:
        return None
    exact = [name for name in time_zones() if name.casefold() == wanted]
    by_city = [name for name in time_zones() if name.casefold().rpartition("/")[2] == wanted]
    found = exact or by_city
    return found[0] if len(found) == 1 else None
