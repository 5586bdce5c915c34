"""What moved between the window and the one before it: themes whose share changed beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.analytics.figures import SubjectFigure, SubjectFigures
from app.analytics.queries import explained_by
from app.analytics.stats.association import FALSE_DISCOVERY_RATE, benjamini_hochberg, fisher_p
from app.analytics.stats.theme import NAMED_IN_AT_LEAST, Change, Movement, change
from app.tagging.models import Direction

_MOST = 3
_Key = tuple[int, Direction]


@dataclass(frozen=True)
class Moved:
    """A theme whose share is another one than before."""

    figure: SubjectFigure
    change: Change


@dataclass(frozen=True)
class _Side:
    """A theme in one of the two windows, in the outcomes that it helps to explain."""

    named: float
    naming: int
    citing: int
    heard: int


def moved(now: SubjectFigures, before: SubjectFigures) -> list[Moved]:
    """At most three, the largest change first; none is an answer too.

    One family of tests: Fisher's exact p on deals citing, corrected for all themes named in three
    deals at least; and Newcombe's interval of the difference leaves none out.
    """
    later, earlier = _by_key(now), _by_key(before)
    often = []
    for key, figure in {**earlier, **later}.items():
        sides = _side(later, now, key), _side(earlier, before, key)
        if sum(side.naming for side in sides) >= NAMED_IN_AT_LEAST:
            often.append((figure, *sides))
    q_values = benjamini_hochberg([_p(after, ago) for _, after, ago in often])
    standing = [
        Moved(figure, changed)
        for (figure, after, ago), q in zip(often, q_values, strict=True)
        if q <= FALSE_DISCOVERY_RATE
        and (changed := change(ago.named, ago.heard, after.named, after.heard)).movement
        in (Movement.UP, Movement.DOWN)
    ]
    standing.sort(key=lambda one: -abs(one.change.difference.point or 0))
    return standing[:_MOST]


def _by_key(found: SubjectFigures) -> dict[_Key, SubjectFigure]:
    return {
        (figure.subject_id, figure.direction): figure
        for figure in found.figures
        if figure.direction is not Direction.NEUTRAL
    }


def _side(figures: Mapping[_Key, SubjectFigure], found: SubjectFigures, key: _Key) -> _Side:
    heard = sum(found.counts.heard.get(outcome, 0) for outcome in explained_by(key[1]))
    if key not in figures:
        return _Side(0.0, 0, 0, heard)
    focus = figures[key].focus
    return _Side(focus.named, focus.influenced, focus.citing, heard)


def _p(after: _Side, ago: _Side) -> float:
    return fisher_p(
        ((after.citing, after.heard - after.citing), (ago.citing, ago.heard - ago.citing))
    )
