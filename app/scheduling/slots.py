"""When somebody is free for an interview. Pure: stretches of time in, quarters of an hour out.

A stretch of days is one whole number, a bit for each quarter of an hour: what a shift and an 'and'
find at once would otherwise be a comparison of every time with every event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUARTER = 15 * 60
_DAY = timedelta(days=1)
#: The end of a day as a stretch of work may name it.
_MIDNIGHT = "24:00"

#: From when until when, in seconds since 1970.
Span = tuple[int, int]


@dataclass(frozen=True)
class Slot:
    """A time at which somebody is free, and who is."""

    starts_at: datetime
    user_ids: tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """How one person lets themselves be booked; `working` by the number of the weekday."""

    zone: ZoneInfo
    working: Mapping[str, Sequence[Sequence[str]]]
    pause_minutes: int = 15
    notice_hours: int = 24
    most_per_day: int = 3
    days_off: Sequence[tuple[date, date]] = ()


@dataclass(frozen=True)
class Taken:
    """What stands against it: busy times, quarters that are booked already with the pause after
    them, and on how many interviews each day has."""

    busy: Sequence[Span] = ()
    quarters: Collection[int] = ()
    per_day: Mapping[date, int] = field(default_factory=dict)


def quarter_of(moment: datetime) -> int:
    return int(moment.timestamp()) // QUARTER


def moment_of(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER, UTC)


def quarters_of(minutes: int) -> int:
    """How many quarters so many minutes take."""
    return -(-minutes * 60 // QUARTER)


def quarters_taken(starts_at: datetime, minutes: int, pause_minutes: int) -> range:
    first = quarter_of(starts_at)
    return range(first, first + quarters_of(minutes) + quarters_of(pause_minutes))


def free_quarters(
    rules: Rules, taken: Taken, frm: datetime, to: datetime, now: datetime, minutes: int
) -> list[int]:
    """At which quarters between the two an interview of so many minutes can begin."""
    need, pause = quarters_of(minutes), quarters_of(rules.pause_minutes)
    first = quarter_of(frm) - pause
    last = -(-int(to.timestamp()) // QUARTER)
    count = last - first + need + pause

    open_bits = _bits(_working(rules, taken, frm, to), first, count, inside=True)
    busy = _bits(taken.busy, first, count)
    booked = 0
    for quarter in taken.quarters:
        if first <= quarter < first + count:
            booked |= 1 << (quarter - first)

    free = _held_for(open_bits, need)
    free &= ~_touched(busy, before=need + pause - 1, after=pause)
    free &= ~_touched(booked, before=need + pause - 1, after=0)
    earliest = max(frm, now + timedelta(hours=rules.notice_hours))
    begin = max(-(-int(earliest.timestamp()) // QUARTER) - first, 0)
    free &= ((1 << (last - first)) - 1) >> begin << begin
    return [first + place for place in _places(free)]


def _working(rules: Rules, taken: Taken, frm: datetime, to: datetime) -> Iterator[Span]:
    """The stretches of work of every day that is neither off nor full."""
    day = frm.astimezone(rules.zone).date() - _DAY
    last = to.astimezone(rules.zone).date() + _DAY
    while day <= last:
        off = any(begins <= day <= ends for begins, ends in rules.days_off)
        if not off and taken.per_day.get(day, 0) < rules.most_per_day:
            for begins, ends in rules.working.get(str(day.weekday()), ()):
                begin, end = _local(day, begins, rules.zone), _local(day, ends, rules.zone)
                yield int(begin.timestamp()), int(end.timestamp())
        day += _DAY


def _local(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == _MIDNIGHT:
        return datetime.combine(day + _DAY, time.min, zone)
    return datetime.combine(day, time.fromisoformat(clock), zone)


def _bits(spans: Iterable[Span], first: int, count: int, *, inside: bool = False) -> int:
    """A bit for each quarter that a span touches; with `inside`, that it covers."""
    marks = bytearray(b"0") * count
    round_begin, round_end = (QUARTER - 1, 0) if inside else (0, QUARTER - 1)
    for begin, end in spans:
        low = (begin + round_begin) // QUARTER - first
        high = (end + round_end) // QUARTER - first
        if low < 0:
            low = 0
        if high > count:
            high = count
        if low < high:
            marks[low:high] = b"1" * (high - low)
    marks.reverse()
    return int(marks or b"0", 2)


def _held_for(bits: int, count: int) -> int:
    """The places from which so many bits are set without a gap."""
    held = bits
    for shift in range(1, count):
        held &= bits >> shift
    return held


def _touched(bits: int, *, before: int, after: int) -> int:
    """The bits, and so many places before and after each."""
    touched = bits
    for shift in range(1, before + 1):
        touched |= bits >> shift
    for shift in range(1, after + 1):
        touched |= bits << shift
    return touched


def _places(bits: int) -> Iterator[int]:
    place = 0
    while bits:
        skipped = (bits & -bits).bit_length() - 1
        place += skipped
        yield place
        bits >>= skipped + 1
        place += 1
