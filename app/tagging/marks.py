"""An answer cut where quotes begin and end, so that overlapping quotes can be marked. Pure.

Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Marked:
    """A quote's place in the answer, its number, and which way it speaks ('for', 'against',
    'neutral', or '' where nobody has said)."""

    start: int
    end: int
    number: int
    direction: str


@dataclass(frozen=True)
class Piece:
    """A stretch of the answer with the quotes that cover it, and those that begin at it."""

    text: str
    covering: tuple[Marked, ...]
    beginning: tuple[Marked, ...]

    @property
    def directions(self) -> list[str]:
        return sorted({mark.direction or "untagged" for mark in self.covering})


def pieces(text: str, marks: Iterable[Marked]) -> list[Piece]:
    """The whole text in order; joined together it is the text again."""
    placed = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    cuts = sorted({0, len(text), *(at for mark in placed for at in (mark.start, mark.end))})
    return [
        Piece(
            text[start:end],
            covering=tuple(mark for mark in placed if mark.start <= start and end <= mark.end),
            beginning=tuple(mark for mark in placed if mark.start == start),
        )
        for start, end in pairwise(cuts)
    ]
