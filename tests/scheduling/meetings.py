"""Meetings at the moments at which clocks are hard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.scheduling.invitations import Meeting, Person

#: What the test is called: the zone, and the moment in UTC.
HARD_MOMENTS: dict[str, tuple[str, datetime]] = {
    "winter": ("Europe/Berlin", datetime(2026, 12, 2, 9, 0, tzinfo=UTC)),
    "summer": ("Europe/Berlin", datetime(2027, 7, 7, 8, 0, tzinfo=UTC)),
    "the hour before summer time": ("Europe/Berlin", datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
    "across the change to summer": ("Europe/Berlin", datetime(2027, 3, 28, 0, 45, tzinfo=UTC)),
    "the hour after summer time began": ("Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    "the first of two equal hours": ("Europe/Berlin", datetime(2026, 10, 25, 0, 15, tzinfo=UTC)),
    "across two equal hours": ("Europe/Berlin", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
    "the second of two equal hours": ("Europe/Berlin", datetime(2026, 10, 25, 1, 15, tzinfo=UTC)),
    "the other half of the world": ("Australia/Sydney", datetime(2027, 1, 12, 0, 0, tzinfo=UTC)),
    "its autumn": ("Australia/Sydney", datetime(2027, 4, 3, 22, 0, tzinfo=UTC)),
    "its spring": ("America/Santiago", datetime(2026, 9, 7, 13, 0, tzinfo=UTC)),
    "a clock set by half an hour": ("Australia/Lord_Howe", datetime(2027, 4, 4, 0, tzinfo=UTC)),
    "half an hour off": ("Asia/Kolkata", datetime(2026, 12, 2, 4, 30, tzinfo=UTC)),
    "three quarters off": ("Asia/Kathmandu", datetime(2026, 12, 2, 4, 15, tzinfo=UTC)),
    "half an hour off, with summer time": ("America/St_Johns", datetime(2027, 6, 1, tzinfo=UTC)),
    "clocks set back for a month": ("Africa/Casablanca", datetime(2027, 2, 20, 10, tzinfo=UTC)),
    "winter counts as the change": ("Europe/Dublin", datetime(2026, 12, 2, 9, tzinfo=UTC)),
    "no zone but UTC": ("UTC", datetime(2026, 12, 2, 9, tzinfo=UTC)),
    "the date line": ("Pacific/Kiritimati", datetime(2026, 12, 31, 22, 0, tzinfo=UTC)),
}


def meeting(zone: str, starts_at: datetime, **values: Any) -> Meeting:
    made = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    values = {
        "uid": "6f1c1b3e-5a55-4c56-9d0d-0f3a3a4c9b11",
        "sequence": 2,
        "minutes": 30,
        "summary": "Halden: Gespräch über Ihre Entscheidung; 決定, 話",
        "description": "We meet here:\nhttps://meet.example/1\n\nTo cancel: https://x.example/b/2",
        "location": "https://meet.example/1",
        "organizer": Person('Ada "A" Ling, Halden', "because@halden.example"),
        "buyer": Person("Łukasz Żółć", "lukasz@nordwind.example"),
        "interviewer": Person("Ada Ling", "ada@halden.example"),
        "created_at": made,
        "changed_at": made,
    } | values
    return Meeting(starts_at=starts_at, zone=ZoneInfo(zone), **values)
