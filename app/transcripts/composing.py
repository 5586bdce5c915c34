"""An answer's words from segments of a transcript, and which words stand where. Pure.

Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Between what was said in one go, and between turns.
GAP = " "
TURN_GAP = "\n\n"


@dataclass(frozen=True)
class Piece:
    """Words of one segment, from `offset` on; whether a new turn, or paragraph, begins with it."""

    segment_id: int
    offset: int
    text: str
    begins_turn: bool


@dataclass(frozen=True)
class Placed:
    """Words [start, end) of the answer are the segment's from `offset` on."""

    start: int
    end: int
    segment_id: int
    offset: int


def compose(pieces: Sequence[Piece], at: int = 0) -> tuple[str, list[Placed]]:
    """The words as one text that begins at `at` of the answer, with the place of each piece."""
    text = ""
    placed = []
    for piece in pieces:
        if text:
            text += TURN_GAP if piece.begins_turn else GAP
        start = at + len(text)
        text += piece.text
        placed.append(Placed(start, at + len(text), piece.segment_id, piece.offset))
    return text, placed


def without(text: str, start: int, end: int) -> str:
    """The text without [start, end) and the gap that joined it."""
    before, after = text[:start], text[end:]
    if before.endswith(TURN_GAP):
        before = before.removesuffix(TURN_GAP)
    else:
        after = after.removeprefix(TURN_GAP)
    return before + after
