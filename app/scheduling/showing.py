"""Times as a buyer sees them: by day, by the clock of their zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.core.formats import zone
from app.core.time_zones import find_time_zone
from app.interviews.models import Interview
from app.scheduling import offers
from app.scheduling.finding import buyer_zone, slots_for
from app.scheduling.slots import Slot

#: Days with times on one page.
DAYS_A_PAGE = 3


@dataclass(frozen=True)
class Zone:
    """By which clock times are shown, and whether that is the buyer's own."""

    name: str
    is_known: bool
    #: What was typed and is no zone.
    wrong: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    times: Sequence[datetime]


@dataclass(frozen=True)
class Times:
    """Some days with times; `more_from` is where the next ones begin."""

    days: Sequence[Day]
    more_from: date | None


def zone_for(session: Session, interview: Interview, typed: str | None) -> Zone:
    known, is_known = buyer_zone(session, interview)
    if not typed:
        return Zone(known, is_known)
    found = find_time_zone(typed)
    return Zone(found, True) if found else Zone(known, is_known, wrong=typed)


def times_from(session: Session, interview: Interview, zone_name: str, frm: date | None) -> Times:
    """What is free within the next weeks, from that day on."""
    here = zone(zone_name)
    now = clock.now()
    slots = slots_for(session, interview, now, now + offers.AHEAD)
    days = [one for one in _by_day(slots, zone_name) if frm is None or one.day >= frm]
    shown, rest = days[:DAYS_A_PAGE], days[DAYS_A_PAGE:]
    neat = [
        Day(
            one.day,
            [
                slot.starts_at
                for slot in offers.whole_and_half([Slot(at, ()) for at in one.times], here)
            ],
        )
        for one in shown
    ]
    return Times(neat, rest[0].day if rest else None)


def _by_day(slots: Sequence[Slot], zone_name: str) -> list[Day]:
    here = zone(zone_name)
    days: dict[date, list[datetime]] = {}
    for slot in slots:
        days.setdefault(slot.starts_at.astimezone(here).date(), []).append(slot.starts_at)
    return [Day(day, times) for day, times in sorted(days.items())]


def free_users(session: Session, interview: Interview, at: datetime) -> tuple[int, ...]:
    """Who could hold the interview then; nobody where the time is not to be had."""
    slots = slots_for(session, interview, at, at + timedelta(minutes=interview.minutes))
    return next((slot.user_ids for slot in slots if slot.starts_at == at), ())
