"""What became of each decided deal on its way to an interview, and how to count it. Pure."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.analytics.stats.proportions import Difference, Interval, newcombe, wilson


class Fate(enum.StrEnum):
    """Why a deal is heard or not, the first that holds."""

    HEARD = "heard"
    BOOKED = "booked"
    ASKED = "asked"
    SAID_NO = "said_no"
    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    WAITING = "waiting"
    OBJECTED = "objected"
    LEFT_OUT = "left_out"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True)
class Road:
    """One decided deal. The days are counted from its closing; None where it did not come to it."""

    deal_id: int
    outcome: str
    segment: str
    region: str
    seller: str
    programme: str
    #: Of the first letter, as a checksum; empty where none was written.
    wording: str
    fate: Fate
    is_selected: bool = False
    is_invited: bool = False
    #: A letter came back for good, or was stopped by us: nobody could answer.
    is_net: bool = False
    is_delivered: bool = False
    said_yes: bool = False
    said_no: bool = False
    wrote: bool = False
    is_booked: bool = False
    is_held: bool = False
    is_tagged: bool = False
    #: Asked so long ago that whoever wanted to answer has.
    is_settled: bool = False
    has_objection: bool = False
    invited_after: int | None = None
    held_after: int | None = None
    tagged_after: int | None = None


@dataclass(frozen=True)
class Tally:
    """Counts of deals, from all that closed down to the tagged ones."""

    closed: int
    selected: int
    invited: int
    delivered: int
    said_yes: int
    said_no: int
    wrote: int
    booked: int
    held: int
    tagged: int
    objections: int
    #: Of those asked long enough ago whom a letter reached.
    answered: Interval
    heard: Interval

    @classmethod
    def of(cls, roads: Iterable[Road]) -> Tally:
        roads = list(roads)

        def count(holds: Callable[[Road], bool]) -> int:
            return sum(map(holds, roads))

        net = [road for road in roads if road.is_net and road.is_settled]
        answered = sum(road.said_yes or road.said_no or road.wrote for road in net)
        return cls(
            closed=len(roads),
            selected=count(lambda road: road.is_selected),
            invited=count(lambda road: road.is_invited),
            delivered=count(lambda road: road.is_delivered),
            said_yes=count(lambda road: road.said_yes),
            said_no=count(lambda road: road.said_no),
            wrote=count(lambda road: road.wrote),
            booked=count(lambda road: road.is_booked),
            held=count(lambda road: road.is_held),
            tagged=count(lambda road: road.is_tagged),
            objections=count(lambda road: road.has_objection),
            answered=wilson(answered, len(net)),
            heard=wilson(sum(road.is_held for road in net), len(net)),
        )


@dataclass(frozen=True)
class Days:
    """The median days from closing, and how many deals it rests on."""

    to_invitation: float | None
    to_interview: float | None
    to_tags: float | None

    @classmethod
    def of(cls, roads: Sequence[Road]) -> Days:
        return cls(
            _median(road.invited_after for road in roads),
            _median(road.held_after for road in roads),
            _median(road.tagged_after for road in roads),
        )


def _median(days: Iterable[int | None]) -> float | None:
    known = [one for one in days if one is not None]
    return median(known) if known else None


def by(roads: Iterable[Road], key: Callable[[Road], str]) -> list[tuple[str, Tally]]:
    """The tallies of each group, the largest first; what is not known comes last."""
    groups: dict[str, list[Road]] = defaultdict(list)
    for road in roads:
        groups[key(road)].append(road)
    order = sorted(groups, key=lambda name: (not name, -len(groups[name]), name.casefold()))
    return [(name, Tally.of(groups[name])) for name in order]


def fates(roads: Iterable[Road]) -> Mapping[Fate, Counter[str]]:
    """How many deals of each outcome met each fate."""
    found: dict[Fate, Counter[str]] = {fate: Counter() for fate in Fate}
    for road in roads:
        found[road.fate][road.outcome] += 1
    return {fate: counts for fate, counts in found.items() if counts}


@dataclass(frozen=True)
class Used:
    """One wording of an invitation: from when it was used, and how it was answered."""

    wording: str
    #: Under which it went out first; empty where it was sent by hand.
    subject: str
    since: date
    tally: Tally


@dataclass(frozen=True)
class Compared:
    """The newest wording against the one used most before it, for deals that ended alike."""

    newer: Used
    older: Used
    #: Of those reached, how many more were heard with the newer one.
    difference: Difference

    @property
    def is_reliable(self) -> bool:
        return self.difference.point is not None and self.difference.excludes_zero


def compare(used: Sequence[Used]) -> Compared | None:
    """None where there are not two that somebody has had the time to answer."""
    settled = sorted((one for one in used if one.tally.heard.n), key=lambda one: one.since)
    if len(settled) < 2:
        return None
    *before, newer = settled
    older = max(before, key=lambda one: one.tally.heard.n)
    new, old = newer.tally.heard, older.tally.heard
    return Compared(newer, older, newcombe(new.count, new.n, old.count, old.n))
