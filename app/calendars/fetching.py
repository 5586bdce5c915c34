"""Asking a calendar for its busy times: the way out, without a transaction. What comes of it is a
reading, or one plain message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.calendars import queries
from app.calendars.caldav import CaldavTrouble, Named, Server, as_written
from app.calendars.models import Calendar, CalendarEvent, CalendarKind, Wish
from app.calendars.reading import NotACalendar, Owner, Reading, Window, read_busy
from app.core.formats import zone
from app.core.outside import Asker, Limits, OutsideTrouble
from app.core.sealing import CannotUnseal, seal, unseal
from app.identity.models import User
from app.identity.queries import workspace
from config import Settings

#: So far ahead busy times are kept.
AHEAD = timedelta(days=90)
PURPOSE = "calendars"
_LIMITS = Limits(megabytes=10, seconds=20)
#: Somebody waits for the page.
_QUICK = Limits(megabytes=10, seconds=10)


class CalendarTrouble(Exception):
    """The calendar cannot be read or written; the message is for its owner."""


@dataclass(frozen=True)
class Access:
    """How to reach one calendar, secrets unsealed. Never logged, never shown."""

    kind: CalendarKind
    address: str
    username: str = ""
    password: str = ""


def window_from(now: datetime) -> Window:
    return Window(now, now + AHEAD)


def asker(settings: Settings, *, quick: bool = False) -> Asker:
    return Asker(settings.outside_private, _QUICK if quick else _LIMITS)


def access_to(calendar: Calendar, secret_key: str) -> Access:
    """Raises CalendarTrouble."""
    try:
        secret = unseal(secret_key, PURPOSE, calendar.secret)
    except CannotUnseal as error:
        raise CalendarTrouble(
            "What was kept to reach this calendar cannot be read any more, since the server's key "
            "was changed. Change the calendar and enter it again."
        ) from error
    if calendar.kind is CalendarKind.ICS:
        return Access(calendar.kind, secret)
    return Access(calendar.kind, calendar.address, calendar.username, secret)


def sealed(access: Access, secret_key: str) -> str:
    secret = access.address if access.kind is CalendarKind.ICS else access.password
    return seal(secret_key, PURPOSE, secret)


def shown_address(access: Access) -> str:
    if access.kind is CalendarKind.CALDAV:
        return access.address
    return urlsplit(access.address).hostname or ""


def owner_of(session: Session, user: User, calendar: Calendar | None = None) -> Owner:
    return Owner(
        zone=_zone_of(session, user),
        email=user.email,
        ignored=queries.written_uids(session, calendar) if calendar is not None else (),
    )


def fetch(asker: Asker, access: Access, window: Window, owner: Owner) -> Reading:
    """Raises CalendarTrouble."""
    with _troubles():
        if access.kind is CalendarKind.CALDAV:
            texts = _server(asker, access).events(access.address, window)
            return read_busy(texts, window, owner)
        answer = asker.ask("GET", access.address, headers={"Accept": "text/calendar, */*;q=0.5"})
        host = urlsplit(answer.address).hostname
        if answer.status in (401, 403):
            raise CalendarTrouble(
                f"{host} asks for a password, so this is not the secret address, or it was changed."
            )
        if answer.status in (404, 410):
            raise CalendarTrouble(f"{host} has no calendar at this address any more.")
        if answer.status != 200:
            raise CalendarTrouble(f"{host} does not give the calendar (it says {answer.status}).")
        return read_busy([answer.content], window, owner)


def find_calendars(asker: Asker, access: Access) -> list[Named]:
    """The calendars at a CalDAV address. Raises CalendarTrouble."""
    with _troubles():
        return _server(asker, access).calendars(access.address)


def write(asker: Asker, access: Access, event: CalendarEvent) -> None:
    """Put the event there, or take it away, as is wished. Raises CalendarTrouble."""
    with _troubles():
        server = _server(asker, access)
        if event.wish is Wish.PUT:
            server.put(access.address, event.uid, as_written(event.ics))
        else:
            server.delete(access.address, event.uid)


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except (OutsideTrouble, CaldavTrouble, NotACalendar) as trouble:
        raise CalendarTrouble(str(trouble)) from trouble


def _server(asker: Asker, access: Access) -> Server:
    return Server(asker, access.username, access.password)


def _zone_of(session: Session, user: User) -> ZoneInfo:
    return zone(user.time_zone or workspace(session).time_zone)
