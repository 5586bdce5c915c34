"""A calendar of 2,000 events: read, kept, and kept again with nothing new.

`python -m benchmarks.calendars [EVENTS]` prints the figures of docs/performance.md.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from app import create_app
from app.calendars import operations
from app.calendars.fetching import Access
from app.calendars.models import Calendar, CalendarKind
from app.calendars.queries import busy_times
from app.calendars.reading import Owner, Reading, Window, read_busy
from app.core import migrations
from app.core.access import SYSTEM
from config import load_settings
from tests.factories import Factory

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
WINDOW = Window(NOW, NOW + timedelta(days=90))
OWNER = Owner(ZoneInfo("Europe/Berlin"), "ada@halden.example")
_TIMES = 5
Result = TypeVar("Result")


def event(number: int, start: datetime) -> str:
    """As Google writes it; each twentieth repeats every week."""
    local = start.astimezone(ZoneInfo("Europe/Berlin"))
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{number}@google.com",
            f"DTSTART;TZID=Europe/Berlin:{local:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{local + timedelta(minutes=45):%Y%m%dT%H%M%S}",
            *(["RRULE:FREQ=WEEKLY"] if number % 20 == 0 else []),
            f"SUMMARY:Meeting {number}",
            "DESCRIPTION:What it is about\\, at some length\\, as people write it.\\nAnd a",
            "  link: https://meet.example/abcdefgh",
            "ORGANIZER;CN=Ada Ling:mailto:ada@halden.example",
            "ATTENDEE;CN=Ada Ling;PARTSTAT=ACCEPTED:mailto:ada@halden.example",
            "ATTENDEE;CN=Tom Berg;PARTSTAT=ACCEPTED:mailto:tom@halden.example",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "END:VEVENT",
        ]
    )


def calendar(events: int, days: int, first: datetime) -> bytes:
    """So many events, spread evenly over so many days."""
    step = timedelta(days=days) / events
    parts = (event(number, first + number * step) for number in range(events))
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def median(do: Callable[[], Result]) -> tuple[float, Result]:
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        result = do()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), result


def read(content: bytes) -> Reading:
    return read_busy([content], WINDOW, OWNER)


def keep(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"BECAUSE_INSTANCE": folder})
        app = create_app(settings)
        db = app.extensions["because_database"]
        migrations.upgrade(db)
        with db.writing() as session:
            make = Factory(session)
            user_id = make.user().id
            access = Access(CalendarKind.ICS, "https://calendar.example/basic.ics")
            row = operations.connect(
                session, SYSTEM, user_id, access, settings.secret_key, name="Work"
            )
            calendar_id = row.id
        for name in ("kept", "kept again, nothing new"):
            began = time.perf_counter()
            with db.writing() as session:
                operations.keep_reading(session, session.get_one(Calendar, calendar_id), reading)
            print(f"{name}: {time.perf_counter() - began:.3f} s")
        with db.reading() as session:
            took, _ = median(lambda: busy_times(session, [user_id], NOW, NOW + timedelta(days=30)))
            print(f"asked for 30 days: {took * 1000:.1f} ms")
        db.engine.dispose()


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    four_years = calendar(events, 4 * 365, NOW - timedelta(days=3 * 365))
    ahead = calendar(events, 90, NOW)
    read(four_years)  # loads the libraries
    for name, content in (("of four years", four_years), ("all of them ahead", ahead)):
        took, reading = median(lambda content=content: read(content))  # type: ignore[misc]
        print(f"{events} events, {name}: {took:.2f} s, {len(reading.busy)} busy times")
    keep(read(ahead))


if __name__ == "__main__":
    main()
