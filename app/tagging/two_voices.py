"""Interviews of one deal that disagree: laid side by side, and left two voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.interviews.confidence import Sight
from app.interviews.models import Interview
from app.tagging.deal_reasons import ReasonGiven
from app.tagging.models import Direction, Reason, Weight


@dataclass
class Column:
    """What one buyer gave as decisive, and which reasons they saw otherwise than another."""

    interview: Interview
    sight: Sight
    decided: list[tuple[Reason, Direction]] = field(default_factory=list)
    otherwise: list[tuple[Reason, Direction]] = field(default_factory=list)


def two_voices(given: Iterable[ReasonGiven]) -> Sequence[Column]:
    """A column for each buyer where they disagree: on what decided, or on which way a reason
    spoke. None where they agree, or where there is one voice only."""
    columns: dict[int, Column] = {}
    for each in given:
        is_seen_both_ways = each.is_seen_both_ways
        for side in each.in_order:
            for key, voice in side.voices.items():
                column = columns.setdefault(key, Column(voice.interview, voice.sight))
                if voice.weight is Weight.DECISIVE:
                    column.decided.append((each.reason, side.direction))
                if is_seen_both_ways:
                    column.otherwise.append((each.reason, side.direction))
    decided = {
        frozenset((reason.id, direction) for reason, direction in column.decided)
        for column in columns.values()
        if column.decided
    }
    disagree = len(decided) > 1 or any(column.otherwise for column in columns.values())
    return list(columns.values()) if len(columns) > 1 and disagree else []
