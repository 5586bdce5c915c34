"""Times as transcripts write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: 'hh:mm:ss' or 'mm:ss', with or without parts of a second, with a sign where somebody cut a
#: recording. Minutes and seconds have two digits, as captions have them.
_CLOCK = r"-?(?:\d{1,6}:)?\d{2}:\d{2}(?:[.,]\d{3}(?![\w.,:])|(?:[.,]\d{1,2})?(?=\s|\Z))"
_MOST_HOURS = 500
_BLANK = r"[ \t\f]*"
_RANGE = re.compile(rf"{_BLANK}({_CLOCK}){_BLANK}-->{_BLANK}({_CLOCK})")
_PARTS = re.compile(r"(-?)(?:(\d+):)?(\d{2}):(\d{2})(?:[.,](\d{1,3}))?")
_SBV_RANGE = re.compile(r"\s*(\d{1,4}:\d{2}:\d{2}\.\d{3}),(\d{1,4}:\d{2}:\d{2}\.\d{3})\s*")
#: As a person, or Otter, writes a moment: 0:03, 12:04, 1:02:03.
MOMENT = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"


@dataclass(frozen=True)
class TimeRange:
    start_ms: int
    end_ms: int
    #: A part of a second is written short, or not at all.
    is_short: bool = False
    is_negative: bool = False


def time_range(line: str) -> TimeRange | None:
    """'00:00:01.000 --> 00:00:02.000', as WebVTT or SRT have it."""
    found = _RANGE.match(line)
    if found is None:
        return None
    start, end = _milliseconds(found[1]), _milliseconds(found[2])
    if start is None or end is None:
        return None
    return TimeRange(
        max(start, 0),
        max(end, 0),
        is_short=not all(re.search(r"[.,]\d{3}$", written) for written in found.groups()),
        is_negative=start < 0 or end < 0,
    )


def sbv_range(line: str) -> TimeRange | None:
    """'0:00:01.000,0:00:02.000', as YouTube has it."""
    found = _SBV_RANGE.fullmatch(line)
    if found is None:
        return None
    start, end = _milliseconds(found[1]), _milliseconds(found[2])
    return None if start is None or end is None else TimeRange(start, end)


def moment(written: str) -> int:
    """A MOMENT in milliseconds."""
    whole, _, fraction = written.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction.ljust(3, "0") or 0)


def _milliseconds(written: str) -> int | None:
    """None where minutes or seconds are past 59, or hours past what anybody talks."""
    found = _PARTS.fullmatch(written)
    if found is None:
        return None
    sign, hours, minutes, seconds, fraction = found.groups(default="")
    if int(minutes) > 59 or int(seconds) > 59 or int(hours or 0) > _MOST_HOURS:
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    total = whole * 1000 + int(fraction.ljust(3, "0"))
    return -total if sign else total
