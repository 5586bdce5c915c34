"""What a calendar is told of a booking. Pure: plain facts in, iCalendar text out.

Sources: RFC 5545 (the form), RFC 5546 (REQUEST, CANCEL, REPLY and the rising SEQUENCE), RFC 7986
(a UUID alone is a UID).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

_MAKER = "-//Because//Interviews//EN"
#: So long around the event its zone is described; a time may be moved to there.
_AROUND = timedelta(days=400)
_ALARM_BEFORE = timedelta(minutes=15)


class Method(enum.StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    #: What a feed holds: nobody is asked anything.
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class Meeting:
    """One booking, in the words of whoever gets it; `zone` is theirs."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    zone: ZoneInfo
    summary: str
    description: str
    location: str
    organizer: Person
    buyer: Person | None
    interviewer: Person
    created_at: datetime
    changed_at: datetime
    is_cancelled: bool = False


def invitation(meeting: Meeting, method: Method) -> str:
    return calendar_of([meeting], method)


def feed(meetings: Iterable[Meeting], name: str) -> str:
    return calendar_of(meetings, Method.PUBLISH, name=name)


def calendar_of(meetings: Iterable[Meeting], method: Method, *, name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(minutes=15), parameters={"value": "DURATION"})
    listed = list(meetings)
    for zone, moments in _zones(listed).items():
        calendar.add_component(described(zone, min(moments) - _AROUND, max(moments) + _AROUND))
    for meeting in listed:
        calendar.add_component(_event(meeting, method))
    return str(calendar.to_ical().decode())


def _zones(meetings: Iterable[Meeting]) -> dict[ZoneInfo, list[datetime]]:
    found: dict[ZoneInfo, list[datetime]] = {}
    for meeting in meetings:
        if meeting.zone.key != "UTC":
            found.setdefault(meeting.zone, []).append(meeting.starts_at)
    return found


def _event(meeting: Meeting, method: Method) -> Event:
    event = Event()
    starts_at, ends_at = meeting.starts_at, meeting.starts_at + timedelta(minutes=meeting.minutes)
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("created", meeting.created_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    here = _clock_for(meeting.zone, starts_at, ends_at)
    event.add("dtstart", starts_at.astimezone(here))
    event.add("dtend", ends_at.astimezone(here))
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    if meeting.location:
        event.add("location", meeting.location)
    event.add("organizer", _person(meeting.organizer))
    if meeting.buyer is not None:
        event.add("attendee", _attendee(meeting.buyer, asks=method is Method.REQUEST))
    event.add("attendee", _attendee(meeting.interviewer, asks=False))
    is_off = method is Method.CANCEL or meeting.is_cancelled
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "OPAQUE")
    if not is_off:
        event.add_component(_alarm(meeting.summary))
    return event


def _clock_for(zone: ZoneInfo, *moments: datetime) -> tzinfo:
    """The zone's own; but an hour that its clock shows twice is one thing to one reader and another
    to the next, so that is told in UTC."""
    local = [moment.astimezone(zone) for moment in moments]
    shown_twice = any(_offset(one.replace(fold=0)) != _offset(one.replace(fold=1)) for one in local)
    return UTC if zone.key == "UTC" or shown_twice else zone


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_ALARM_BEFORE)
    return alarm


def _person(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["cn"] = vText(person.name)
    return address


def _attendee(person: Person, *, asks: bool) -> vCalAddress:
    address = _person(person)
    address.params["cutype"] = vText("INDIVIDUAL")
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText("NEEDS-ACTION" if asks else "ACCEPTED")
    address.params["rsvp"] = vText("TRUE" if asks else "FALSE")
    return address


def described(zone: ZoneInfo, frm: datetime, to: datetime) -> Timezone:
    """The zone as its clocks go between the two. Each change is written as what the clock showed
    in the moment before it."""
    found = Timezone()
    found.add("tzid", zone.key)
    begin = frm.astimezone(zone)
    found.add_component(_part(begin, _offset(begin)))
    for moment in _changes(zone, frm, to):
        after = moment.astimezone(zone)
        found.add_component(_part(after, _offset(moment - timedelta(seconds=1), zone)))
    return found


def _part(after: datetime, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    # In Ireland winter time counts as the change, backwards.
    is_summer = (after.dst() or timedelta(0)) > timedelta(0)
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    shown = after.astimezone(UTC).replace(tzinfo=None) + before
    part.add("dtstart", shown.replace(microsecond=0))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(after))
    part.add("tzname", after.tzname() or "")
    return part


def _changes(zone: ZoneInfo, frm: datetime, to: datetime) -> Iterator[datetime]:
    """The moments at which the zone's clocks are set, to the second."""
    day = timedelta(days=1)
    low = frm.astimezone(UTC).replace(microsecond=0)
    while low < to:
        high = low + day
        if _offset(low, zone) != _offset(high, zone):
            begin, end = low, high
            while end - begin > timedelta(seconds=1):
                middle = begin + timedelta(seconds=int((end - begin).total_seconds()) // 2)
                if _offset(middle, zone) == _offset(low, zone):
                    begin = middle
                else:
                    end = middle
            yield end
        low = high


def _offset(moment: datetime, zone: ZoneInfo | None = None) -> timedelta:
    offset = (moment.astimezone(zone) if zone else moment).utcoffset()
    assert offset is not None
    return offset
