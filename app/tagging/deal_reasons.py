"""Why one deal went as it did: each reason with who said it, which way, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.interviews.confidence import Sight, is_exact, sight_of
from app.interviews.models import Interview, State
from app.tagging import queries
from app.tagging.models import Direction, FinishReason, Reason, Tag, Verbatim, Weight

_WEIGHTS = list(Weight)
_DIRECTIONS = [Direction.AGAINST, Direction.FOR, Direction.NEUTRAL]


@dataclass(frozen=True)
class Words:
    """A quote that the viewer may read."""

    verbatim: Verbatim
    is_exact: bool


@dataclass
class Voice:
    """One interview in which the reason was given."""

    interview: Interview
    sight: Sight
    weight: Weight
    is_provisional: bool = False
    quotes: list[Words] = field(default_factory=list)


@dataclass
class Side:
    """A reason as far as it spoke one way, with its heaviest weight."""

    direction: Direction
    weight: Weight
    voices: dict[int, Voice] = field(default_factory=dict)


@dataclass
class ReasonGiven:
    """A reason with what spoke for us and against us."""

    reason: Reason
    sides: dict[Direction, Side] = field(default_factory=dict)
    #: What was behind it, where it was a first answer.
    behind: list[Reason] = field(default_factory=list)

    @property
    def is_seen_both_ways(self) -> bool:
        """Whether one buyer gave it for us, and another against us."""
        for_us, against = self.sides.get(Direction.FOR), self.sides.get(Direction.AGAINST)
        if for_us is None or against is None:
            return False
        return bool(for_us.voices.keys() - against.voices.keys()) and bool(
            against.voices.keys() - for_us.voices.keys()
        )

    @property
    def heaviest(self) -> int:
        return min(_WEIGHTS.index(side.weight) for side in self.sides.values())

    @property
    def in_order(self) -> list[Side]:
        return sorted(self.sides.values(), key=lambda side: _DIRECTIONS.index(side.direction))


def reasons_of_deal(
    session: Session, viewer: Viewer, interviews: Iterable[Interview]
) -> list[ReasonGiven]:
    """The reasons of a deal's interviews, heaviest first. An interview whose words the viewer may
    not read is left out altogether: of one deal, its reasons would tell what the buyer said."""
    heard = {row.id: row for row in interviews if may_open(viewer, row)}
    if not heard:
        return []
    found: dict[int, ReasonGiven] = {}
    for quote in queries.quotes_of_interviews(session, list(heard.values())):
        interview = heard[quote.verbatim.interview_id]
        for tag in quote.tags:
            if tag.reason is not None:
                _add_tag(found, viewer, interview, quote.verbatim, tag, tag.reason)
                _add_behind(found, tag)
    for interview, tap in _taps_that_count(session, list(heard.values())):
        weight = Weight.DECISIVE if tap.is_decisive else Weight.CONTRIBUTING
        voice = _voice(found, viewer, interview, tap.reason, tap.direction, weight)
        voice.is_provisional = True
    return sorted(found.values(), key=lambda each: (each.heaviest, each.reason.name))


def quotes_shown(reasons: Iterable[ReasonGiven]) -> list[Verbatim]:
    """Every quote that stands under one of these reasons."""
    sides = (side for given in reasons for side in given.sides.values())
    voices = (voice for side in sides for voice in side.voices.values())
    return [said.verbatim for voice in voices for said in voice.quotes]


def may_open(viewer: Viewer, interview: Interview) -> bool:
    """Whether the buyer was heard, and the viewer may read what they said."""
    return interview.is_heard and sight_of(viewer, interview).words


def _add_tag(
    found: dict[int, ReasonGiven],
    viewer: Viewer,
    interview: Interview,
    verbatim: Verbatim,
    tag: Tag,
    reason: Reason,
) -> None:
    voice = _voice(found, viewer, interview, reason, tag.direction, tag.weight)
    may_read = sight_of(viewer, interview, verbatim.scope).words
    if may_read and not any(words.verbatim is verbatim for words in voice.quotes):
        voice.quotes.append(Words(verbatim, is_exact(verbatim.answer)))


def _add_behind(found: dict[int, ReasonGiven], tag: Tag) -> None:
    """Link a first answer with what was behind it."""
    first = tag.first
    if first is None or first.reason is None or tag.reason is None or first.removed_at is not None:
        return
    behind = found.setdefault(first.reason.id, ReasonGiven(first.reason)).behind
    if tag.reason is not first.reason and tag.reason not in behind:
        behind.append(tag.reason)


def _voice(
    found: dict[int, ReasonGiven],
    viewer: Viewer,
    interview: Interview,
    reason: Reason,
    direction: Direction,
    weight: Weight,
) -> Voice:
    given = found.setdefault(reason.id, ReasonGiven(reason))
    side = given.sides.setdefault(direction, Side(direction, weight))
    side.weight = min(side.weight, weight, key=_WEIGHTS.index)
    known = side.voices.setdefault(
        interview.id, Voice(interview, sight_of(viewer, interview), weight)
    )
    known.weight = min(known.weight, weight, key=_WEIGHTS.index)
    return known


def _taps_that_count(
    session: Session, interviews: Sequence[Interview]
) -> list[tuple[Interview, FinishReason]]:
    """What was tapped in interviews that are not yet tagged in full."""
    held = [interview for interview in interviews if interview.state is State.HELD]
    taps = queries.taps_by_interview(session, held) if held else {}
    return [(interview, tap) for interview in held for tap in taps.get(interview.id, ())]
