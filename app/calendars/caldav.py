"""CalDAV, as far as busy times and booked interviews need it: finding the calendars, reading a
stretch of time, writing and removing an event. Sources: RFC 4791, RFC 5397, RFC 6764."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from app.calendars.reading import Window
from app.core.outside import Answer, Asker, OutsideTrouble

_DAV = "{DAV:}"
_CAL = "{urn:ietf:params:xml:ns:caldav}"
_XML = "application/xml; charset=utf-8"
_MULTI_STATUS = 207
_WELL_KNOWN = "/.well-known/caldav"
_WRONG_LOGIN = 401
_FORBIDDEN = 403
_GONE = (404, 405, 410)
#: How many calendars of a server are offered.
_MOST_CALENDARS = 50

_LOOK = """<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>
<d:resourcetype/><d:displayname/><d:current-user-principal/><c:calendar-home-set/>
<c:supported-calendar-component-set/></d:prop></d:propfind>"""

_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<d:prop><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">
<c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/></c:comp-filter>
</c:comp-filter></c:filter></c:calendar-query>"""


class CaldavTrouble(Exception):
    """The server does not do what is asked; the message is for the calendar's owner."""


class WrongLogin(CaldavTrouble):
    """Name or password are not taken."""


@dataclass(frozen=True)
class Named:
    """A calendar as its server names it."""

    address: str
    name: str


@dataclass(frozen=True)
class _Looked:
    """The answers about an address, which was the last after all redirects."""

    responses: list[Element]
    address: str

    def leads_to(self, of: str) -> str | None:
        """Where a property leads; never to a place without encryption from one that has it."""
        for response in self.responses:
            href = (response.findtext(f".//{of}/{_DAV}href") or "").strip()
            if href:
                found = urljoin(self.address, href)
                if self.address.startswith("https:") and not found.startswith("https:"):
                    raise CaldavTrouble("This server leads on to a place without encryption.")
                return found
        return None


@dataclass(frozen=True)
class Server:
    """Speaks to one server under one name. Every method raises CaldavTrouble or OutsideTrouble."""

    asker: Asker
    user: str
    password: str

    def calendars(self, address: str) -> list[Named]:
        """The calendar at the address, or those of the user whom the server knows by it."""
        found = self._look(address)
        own = [one for one in found.responses if _is_calendar(one)]
        if own:
            return [_named(own[0], found.address)]
        home = found.leads_to(f"{_CAL}calendar-home-set")
        if home is None:
            principal = found.leads_to(f"{_DAV}current-user-principal")
            if principal is not None:
                home = self._look(principal).leads_to(f"{_CAL}calendar-home-set")
        if home is None:
            raise CaldavTrouble(
                "This server answers, but names no calendar. Give the address of the calendar "
                "itself, as your calendar program shows it."
            )
        inside = self._look(home, depth=1)
        listed = [_named(one, inside.address) for one in inside.responses if _is_calendar(one)]
        if not listed:
            raise CaldavTrouble("This server answers, but has no calendar for you.")
        return listed[:_MOST_CALENDARS]

    def events(self, calendar: str, window: Window) -> list[bytes]:
        """The iCalendar texts of the events that lie in the window."""
        query = _QUERY.format(start=_instant(window.start), end=_instant(window.end))
        answer = self._ask("REPORT", calendar, query, depth=1)
        return [
            (data.text or "").encode()
            for data in _multistatus(answer).iter(f"{_CAL}calendar-data")
            if data.text
        ]

    def put(self, calendar: str, uid: str, event: bytes) -> None:
        """Write the event, or write over it: its UID is ours."""
        answer = self.asker.ask(
            "PUT",
            _place(calendar, uid),
            headers={"Content-Type": "text/calendar; charset=utf-8"},
            content=event,
            login=(self.user, self.password),
        )
        self._check(answer, (200, 201, 204))

    def delete(self, calendar: str, uid: str) -> None:
        """Remove the event; one that is gone already is as good."""
        answer = self.asker.ask("DELETE", _place(calendar, uid), login=(self.user, self.password))
        self._check(answer, (200, 202, 204, 404, 410))

    def _look(self, address: str, depth: int = 0) -> _Looked:
        """What the server says of an address; where it knows nothing at its own root, what it says
        of where calendars are to be found."""
        try:
            answer = self._ask("PROPFIND", address, _LOOK, depth)
            root = _multistatus(answer)
        except WrongLogin:
            raise
        except (CaldavTrouble, OutsideTrouble):
            if urlsplit(address).path.strip("/"):
                raise
            answer = self._ask("PROPFIND", urljoin(address, _WELL_KNOWN), _LOOK, depth)
            root = _multistatus(answer)
        return _Looked(list(root.iter(f"{_DAV}response")), answer.address)

    def _ask(self, method: str, address: str, content: str, depth: int) -> Answer:
        answer = self.asker.ask(
            method,
            address,
            headers={"Content-Type": _XML, "Depth": str(depth)},
            content=content.encode(),
            login=(self.user, self.password),
        )
        self._check(answer, (_MULTI_STATUS,))
        return answer

    def _check(self, answer: Answer, good: Iterable[int]) -> None:
        host = urlsplit(answer.address).hostname
        if answer.status in good:
            return
        if answer.status == _WRONG_LOGIN:
            raise WrongLogin(
                f"{host} does not take this name and password. Some services want a password made "
                "for this purpose (an app password)."
            )
        if answer.status == _FORBIDDEN:
            raise CaldavTrouble(
                f"{host} does not let you do that here. Is the calendar shared for reading only?"
            )
        if answer.status in _GONE:
            raise CaldavTrouble(
                f"There is no calendar at this address of {host}; perhaps it has moved."
            )
        if answer.headers.get("content-type", "").startswith("text/html"):
            raise CaldavTrouble("This address leads to a web page, and not to a calendar server.")
        raise CaldavTrouble(f"{host} does not do what was asked (it says {answer.status}).")


def as_written(ics: str) -> bytes:
    """An event as a server keeps it: without METHOD (RFC 4791, 4.1), and telling the server not to
    invite anybody itself (RFC 6638, 7.1), for we have."""
    text = re.sub(r"\r?\n[ \t]", "", ics)
    lines = [line for line in text.splitlines() if not line.upper().startswith("METHOD:")]
    return ("\r\n".join(_folded(_kept_quiet(line)) for line in lines if line) + "\r\n").encode()


def _kept_quiet(line: str) -> str:
    matched = re.match(r"(ORGANIZER|ATTENDEE)(?=[;:])", line, re.IGNORECASE)
    if matched is None or "SCHEDULE-AGENT=" in line.upper():
        return line
    return f"{matched.group()};SCHEDULE-AGENT=CLIENT{line[matched.end() :]}"


def _folded(line: str) -> str:
    """Lines of at most 75 bytes (RFC 5545, 3.1)."""
    parts, rest = [], line
    most = 74
    while len(rest.encode()) > most:
        cut = most
        while len(rest[:cut].encode()) > most:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest])


def _multistatus(answer: Answer) -> Element:
    import defusedxml.ElementTree as SafeTree
    from defusedxml import DefusedXmlException

    try:
        root: Element = SafeTree.fromstring(answer.content)
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CaldavTrouble(
            "What comes from this address is no answer of a calendar server."
        ) from (error)
    if root.tag != f"{_DAV}multistatus":
        raise CaldavTrouble("What comes from this address is no answer of a calendar server.")
    return root


def _is_calendar(response: Element) -> bool:
    """A collection of events; one of tasks alone is none."""
    if response.find(f".//{_DAV}resourcetype/{_CAL}calendar") is None:
        return False
    kinds = [
        kind.get("name", "").upper()
        for kind in response.iterfind(f".//{_CAL}supported-calendar-component-set/{_CAL}comp")
    ]
    return not kinds or "VEVENT" in kinds


def _named(response: Element, base: str) -> Named:
    address = urljoin(base, (response.findtext(f"{_DAV}href") or "").strip())
    name = (response.findtext(f".//{_DAV}displayname") or "").strip()
    return Named(address, name or urlsplit(address).path.rstrip("/").rpartition("/")[2])


def _place(calendar: str, uid: str) -> str:
    """A name of our own: not every server takes the signs that a UID may have."""
    return f"{calendar.rstrip('/')}/{hashlib.sha256(uid.encode()).hexdigest()[:40]}.ics"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
