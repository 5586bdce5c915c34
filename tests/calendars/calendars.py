"""iCalendar texts as calendars give them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.calendars.reading import Owner, Reading, Window, read_busy

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WINDOW = Window(NOW, NOW + timedelta(days=90))


def event(*lines: str, uid: str = "1@x") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "SUMMARY:Secret plan", "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *parts, "END:VCALENDAR", ""])


def timed(start: str, end: str, *lines: str, uid: str = "1@x") -> str:
    return event(f"DTSTART:{start}", f"DTEND:{end}", *lines, uid=uid)


def read(*parts: str, owner: Owner | None = None) -> Reading:
    return read_busy([calendar(*parts).encode()], WINDOW, owner or Owner(BERLIN))


def spans(*parts: str, owner: Owner | None = None) -> list[str]:
    """'03-02 09:00-10:00', in UTC."""
    return [
        f"{busy.starts_at:%m-%d %H:%M}-{busy.ends_at:%H:%M}"
        for busy in read(*parts, owner=owner).busy
    ]


MEETING = timed("20260303T090000Z", "20260303T100000Z")
