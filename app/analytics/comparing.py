"""Which reasons set won and lost deals apart; those named too seldom join the one above them in the
list, where together they are named often enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.heard import Heard
from app.analytics.queries import Subject, names_of
from app.analytics.said import Said, deals_saying, said
from app.analytics.stats.theme import (
    NAMED_IN_AT_LEAST,
    Comparison,
    ReasonShares,
    Tally,
    merged_up,
    set_apart,
)
from app.deals.models import Outcome
from app.tagging.models import Direction, Reason

_OUTCOMES = (Outcome.WON, Outcome.LOST)
_WAYS = (Direction.AGAINST, Direction.FOR)
Names = Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Joined:
    """A reason, and those below it that were tested as one with it, by their names."""

    public_id: str
    name: str
    direction: Direction
    members: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.public_id}:{self.direction.value}"


def compared(rows: Iterable[Said], names: Names, won_heard: int, lost_heard: int) -> Comparison:
    """Each reason as it was said against us, and as it was said for us: one family of tests."""
    tallies: dict[Outcome, dict[str, Tally]] = {outcome: {} for outcome in _OUTCOMES}
    for row in rows:
        if row.direction is Direction.NEUTRAL or row.outcome not in tallies or not row.influenced:
            continue
        key = f"{names[row.subject_id][0]}:{row.direction.value}"
        known = tallies[row.outcome].get(key, Tally())
        tallies[row.outcome][key] = Tally(
            known.named + row.named, known.naming + row.influenced, known.citing + row.citing
        )
    won, lost = tallies[Outcome.WON], tallies[Outcome.LOST]
    return set_apart(
        {key: ReasonShares(won.get(key, Tally()), lost.get(key, Tally())) for key in {*won, *lost}},
        won_heard=won_heard,
        lost_heard=lost_heard,
    )


def joined_up(
    session: Session, heard: Heard, rows: Sequence[Said]
) -> tuple[list[Said], Names, tuple[Joined, ...]]:
    """The rows to compare, the seldom ones joined; the names of what they joined; and which did."""
    seldom = _seldom(rows)
    if not seldom:
        return list(rows), {}, ()
    parents = _parents(session)
    ids = {above for reason_id, _ in seldom for above in _way_up(reason_id, parents)}
    saying = deals_saying(heard, ids)
    found, kept, involved = [], list(rows), set[int]()
    for way in _WAYS:
        into = _joining({key: deals for (key, d), deals in saying.items() if d is way}, parents)
        if into:
            fresh = said(heard, Subject.REASON, into)[0]
            kept = [row for row in kept if row.direction is not way or row.subject_id not in into]
            kept += [row for row in fresh if row.direction is way]
            involved |= {*into, *into.values()}
            found.append((way, into))
    names = names_of(session, Subject.REASON, sorted(involved))
    return kept, names, tuple(one for way, into in found for one in _named(way, into, names))


def _seldom(rows: Iterable[Said]) -> set[tuple[int, Direction]]:
    """Named in some deals won or lost, and in fewer than are needed."""
    deals: dict[tuple[int, Direction], int] = {}
    for row in rows:
        if row.outcome in _OUTCOMES and row.direction in _WAYS and row.influenced:
            key = row.subject_id, row.direction
            deals[key] = deals.get(key, 0) + row.influenced
    return {key for key, count in deals.items() if count < NAMED_IN_AT_LEAST}


def _joining(deals: Mapping[int, set[int]], parents: Mapping[int, int]) -> dict[int, int]:
    """Each reason that takes part in a group of several, and the one that it is counted as."""
    at = merged_up(
        {str(key): some for key, some in deals.items()},
        {str(key): str(above) for key, above in parents.items()},
    )
    into = {int(key): int(one) for key, one in at.items()}
    groups = {one for key, one in into.items() if key != one}
    return {key: one for key, one in into.items() if one in groups}


def _named(way: Direction, into: Mapping[int, int], names: Names) -> Iterable[Joined]:
    for above in sorted(set(into.values())):
        members = sorted(names[key][1] for key, one in into.items() if one == above != key)
        yield Joined(*names[above], way, tuple(members))


def _parents(session: Session) -> dict[int, int]:
    rows = session.execute(select(Reason.id, Reason.parent_id).where(Reason.parent_id.is_not(None)))
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _way_up(reason_id: int, parents: Mapping[int, int]) -> Iterable[int]:
    yield reason_id
    while reason_id in parents:
        reason_id = parents[reason_id]
        yield reason_id
