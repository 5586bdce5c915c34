"""Busy times out of iCalendar text. Pure: bytes in, instants out.

Only what decides about time is looked at: what a meeting is about and who comes never leaves the
text it came in. Sources: RFC 5545, and MS-OXCICAL for X-MICROSOFT-CDO-BUSYSTATUS.
"""

from __future__ import annotations

import re
import threading
import time as clocks
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

#: A calendar made to be slow is given up on.
MOST_SECONDS = 20.0

_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DAY = re.compile(r":(\d{8})")
_TIMES = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
)
_REPEATS = frozenset(["RRULE", "RDATE", "EXRULE"])
_FREE_IN_OUTLOOK = frozenset(["FREE", "WORKINGELSEWHERE"])
#: Rules that nobody's calendar has, but that go on for millions of times.
_ENDLESS = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)|BYSECOND=|BYMINUTE=\d+,", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
#: What an event may lie outside the window by the clock of another zone.
_ZONES_DIFFER_BY = timedelta(days=2)
#: The library keeps the zones of a calendar for the whole process, under names that two calendars
#: may both use for different zones.
_zones_lock = threading.Lock()


class NotACalendar(ValueError):
    """The bytes are none that can be read; the message is for the calendar's owner."""


@dataclass(frozen=True)
class Window:
    """From when until when busy times are wanted; both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Owner:
    """Whose calendar it is: the zone for whole days and floating times, the address by which they
    are invited, and the UIDs of events that are not to count."""

    zone: ZoneInfo
    email: str = ""
    ignored: Collection[str] = ()


@dataclass(frozen=True)
class Busy:
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Reading:
    """Busy times in UTC, joined where they touch, in order; how many entries were in the text,
    and how many of them could not be read."""

    busy: tuple[Busy, ...]
    entries: int
    unread: int


@dataclass
class _Block:
    """The lines of one component that decide about time."""

    kind: str
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    uid: str = ""
    is_free: bool = False
    is_endless: bool = False


def read_busy(contents: Iterable[bytes], window: Window, owner: Owner) -> Reading:
    """The busy times of one calendar, which may come in several texts. Raises NotACalendar."""
    found: list[Busy] = []
    entries = unread = 0
    ends = clocks.monotonic() + MOST_SECONDS
    for series, zones in _series(contents, window, owner):
        entries += len(series)
        readable = [block for block in series if not block.is_endless]
        unread += len(series) - len(readable)
        try:
            for component in _parsed(readable, zones):
                found += _occurrences(component, window, owner)
        except Exception:
            # Whatever the libraries stumble over is one entry, and not the whole calendar.
            unread += len(readable)
        if clocks.monotonic() > ends:
            raise NotACalendar("This calendar repeats its entries too often to be read.")
    return Reading(tuple(_joined(found)), entries, unread)


def decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in _BYTE_ORDERS else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def _series(
    contents: Iterable[bytes], window: Window, owner: Owner
) -> Iterator[tuple[list[_Block], str]]:
    """The entries that may count, those that belong to one event together, and their zones."""
    for content in contents:
        text = decoded(content)
        if "BEGIN:VCALENDAR" not in text.upper():
            raise NotACalendar(_what_it_is(content))
        blocks = list(_blocks(text, owner.email))
        zones = "\n".join("\n".join(block.lines) for block in blocks if block.kind == "VTIMEZONE")
        by_uid: dict[str, list[_Block]] = {}
        for number, block in enumerate(blocks):
            if block.kind == "VFREEBUSY":
                yield [block], zones
            elif block.kind == "VEVENT" and _may_count(block, window, owner):
                by_uid.setdefault(block.uid or f"{number}", []).append(block)
        for series in by_uid.values():
            yield series, zones


def _what_it_is(content: bytes) -> str:
    if _WEB_PAGE.search(content[:4096]):
        return (
            "This address leads to a web page, perhaps one to sign in, and not to a calendar. "
            "Copy the address that ends in .ics."
        )
    return "What comes from this address is no calendar."


def _blocks(text: str, email: str) -> Iterator[_Block]:
    """Events, free/busy lists and zones; whatever lies within an event, such as an alarm, is left
    out."""
    block: _Block | None = None
    inside: list[str] = []
    for line in _FOLD.sub("", text).splitlines():
        name, _, value = line.partition(":")
        name = name.strip().upper()
        if name == "BEGIN":
            kind = value.strip().upper()
            if block is None and kind in ("VEVENT", "VFREEBUSY", "VTIMEZONE"):
                block, inside = _Block(kind), []
            elif block is not None:
                inside.append(kind)
        if block is None:
            continue
        if block.kind == "VTIMEZONE":
            block.lines.append(line)
        elif not inside:
            _note(block, line, email)
        if name == "END":
            if inside:
                inside.pop()
            else:
                yield block
                block = None


def _note(block: _Block, line: str, email: str) -> None:
    matched = _NAME.match(line)
    name = matched.group().upper() if matched else ""
    value = line.partition(":")[2].strip()
    if name == "UID":
        block.uid = value
    elif name in _TIMES and value:
        block.lines.append(line)
        block.names.add(name)
        block.is_endless |= name == "RRULE" and _ENDLESS.search(value) is not None
    elif name == "FREEBUSY":
        block.lines.append(line)
    elif name == "ATTENDEE":
        is_own = bool(email) and email.lower() in line.lower()
        block.is_free |= is_own and "PARTSTAT=DECLINED" in line.upper()
    else:
        block.is_free |= (
            (name == "TRANSP" and value.upper() == "TRANSPARENT")
            or (name == "STATUS" and value.upper() == "CANCELLED")
            or (name == "X-MICROSOFT-CDO-BUSYSTATUS" and value.upper() in _FREE_IN_OUTLOOK)
        )


def _may_count(block: _Block, window: Window, owner: Owner) -> bool:
    """Whether it could be a busy time in the window; told by its text, which is quick. A free one
    that stands for one time of a repeating event still counts: it takes that time away."""
    if block.uid in owner.ignored or "DTSTART" not in block.names:
        return False
    if block.names & _REPEATS or "RECURRENCE-ID" in block.names:
        return True
    if block.is_free:
        return False
    days = {
        name: matched.group(1)
        for line in block.lines
        for name in ("DTSTART", "DTEND")
        if line.upper().startswith(name) and (matched := _DAY.search(line))
    }
    if "DTSTART" not in days or "DURATION" in block.names:
        return True
    first, last = window.start - _ZONES_DIFFER_BY, window.end + _ZONES_DIFFER_BY
    return days["DTSTART"] <= f"{last:%Y%m%d}" and (
        days.get("DTEND", days["DTSTART"]) >= f"{first:%Y%m%d}"
    )


_parsed_zones = ""


def _parsed(series: Sequence[_Block], zones: str) -> list[Any]:
    """The entries of one event, as the library knows them."""
    # Loaded with the first calendar: a start need not wait for it.
    from icalendar import Calendar
    from icalendar.timezone import tzp

    global _parsed_zones
    with _zones_lock:
        if zones != _parsed_zones:
            tzp.use_default()
            _parsed_zones = zones
            _learn_zones(zones)
        lines = ["BEGIN:VCALENDAR"]
        for block in series:
            # They belong to one event, and its UID may be one that cannot be read.
            lines += [f"BEGIN:{block.kind}", "UID:one", *block.lines]
            lines += ["TRANSP:TRANSPARENT"] if block.is_free else []
            lines.append(f"END:{block.kind}")
        return [Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]))]


def _learn_zones(zones: str) -> None:
    from icalendar import Calendar

    for zone in re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", zones, re.DOTALL | re.IGNORECASE):
        try:
            Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zone}\r\nEND:VCALENDAR\r\n")
        except Exception:  # noqa: S112  # a zone that cannot be read is one that is not known
            continue


def _occurrences(calendar: Any, window: Window, owner: Owner) -> Iterator[Busy]:
    import recurring_ical_events

    for component in calendar.walk("VFREEBUSY"):
        yield from _listed(component, window)
    if not calendar.walk("VEVENT"):
        return
    for event in recurring_ical_events.of(calendar).between(window.start, window.end):
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        busy = Busy(_utc(event["DTSTART"].dt, owner.zone), _utc(event["DTEND"].dt, owner.zone))
        if busy.starts_at < busy.ends_at and _is_within(busy, window):
            yield busy


def _listed(component: Any, window: Window) -> Iterator[Busy]:
    """The periods of a free/busy list."""
    listed = component.get("FREEBUSY", [])
    for periods in listed if isinstance(listed, list) else [listed]:
        if str(periods.params.get("FBTYPE", "BUSY")).upper() == "FREE":
            continue
        for period in getattr(periods, "dts", [periods]):
            start, end = period.dt if hasattr(period, "dt") else (period.start, period.end)
            end = start + end if isinstance(end, timedelta) else end
            busy = Busy(_utc(start, ZoneInfo("UTC")), _utc(end, ZoneInfo("UTC")))
            if busy.starts_at < busy.ends_at and _is_within(busy, window):
                yield busy


def _utc(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """A whole day begins at its owner's midnight; a time without a zone is the owner's."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _is_within(busy: Busy, window: Window) -> bool:
    return busy.starts_at < window.end and busy.ends_at > window.start


def _joined(found: Iterable[Busy]) -> list[Busy]:
    joined: list[Busy] = []
    for busy in sorted(found, key=lambda each: (each.starts_at, each.ends_at)):
        if joined and busy.starts_at <= joined[-1].ends_at:
            last = joined.pop()
            busy = Busy(last.starts_at, max(last.ends_at, busy.ends_at))
        joined.append(busy)
    return joined
