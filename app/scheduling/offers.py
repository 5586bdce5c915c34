"""The three times that a letter offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.core import clock
from app.core.formats import zone
from app.interviews.models import Interview
from app.scheduling.finding import buyer_zone, slots_for
from app.scheduling.slots import Slot

#: So far ahead times are offered.
AHEAD = timedelta(days=30)
HOW_MANY = 3
#: When people are at work, by their own clock.
_FROM, _UNTIL = time(8, 30), time(17, 30)
_NOON = time(12, 0)
_FRIDAY = 4


def three_times(session: Session, interview: Interview) -> list[Slot]:
    """Up to three, in their order: on different days and at different times of the day where there
    are such, and while people are at work where the buyer lives."""
    now = clock.now()
    name, _ = buyer_zone(session, interview)
    here = zone(name)
    slots = whole_and_half(slots_for(session, interview, now, now + AHEAD), here)
    return chosen([slot for slot in slots if _at_work(slot, here)] or slots, here)


def whole_and_half(slots: Sequence[Slot], here: ZoneInfo) -> list[Slot]:
    """Those that begin on the hour or at half past, by that clock; all where there are none."""
    neat = [slot for slot in slots if slot.starts_at.astimezone(here).minute in (0, 30)]
    return neat or list(slots)


def chosen(slots: Sequence[Slot], here: ZoneInfo) -> list[Slot]:
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.starts_at.astimezone(here).date(), []).append(slot)
    picked: list[Slot] = []
    for number, day in enumerate(list(by_day)[:HOW_MANY]):
        wanted = [slot for slot in by_day[day] if _is_morning(slot, here) is (number % 2 == 0)]
        picked.append((wanted or by_day[day])[0])
    rest = (slot for slot in _spread(slots) if slot not in picked)
    while len(picked) < HOW_MANY and (more := next(rest, None)) is not None:
        picked.append(more)
    return sorted(picked, key=lambda slot: slot.starts_at)


def _spread(slots: Sequence[Slot]) -> list[Slot]:
    """Where there are few days: the latest, the one in the middle, then whatever there is."""
    if not slots:
        return []
    return [slots[-1], slots[len(slots) // 2], *slots]


def _is_morning(slot: Slot, here: ZoneInfo) -> bool:
    return slot.starts_at.astimezone(here).time() < _NOON


def _at_work(slot: Slot, here: ZoneInfo) -> bool:
    local: datetime = slot.starts_at.astimezone(here)
    return local.weekday() <= _FRIDAY and _FROM <= local.time() <= _UNTIL
