"""From segments to stretches: what the interviewer said before a buyer spoke, and what the buyers
answered. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: So many words at most are a nod, or a probe: they belong to the answer that is being given.
NOD = 7
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Said:
    """A segment, as far as laying needs it."""

    position: int
    text: str
    is_interviewer: bool


@dataclass(frozen=True)
class Asking:
    """A stretch of the interviewer's, from one position to another."""

    first: int
    last: int
    asked: str

    @property
    def is_nod(self) -> bool:
        return len(_WORD.findall(self.asked)) <= NOD

    @property
    def asks(self) -> bool:
        return "?" in self.asked


def stretches_of(said: Sequence[Said]) -> list[Asking]:
    """Every stretch of the interviewer's, in order."""
    found: list[Asking] = []
    at = 0
    while at < len(said):
        if not said[at].is_interviewer:
            at += 1
            continue
        end = at
        while end < len(said) and said[end].is_interviewer:
            end += 1
        found.append(
            Asking(
                first=said[at].position,
                last=said[end - 1].position,
                asked=" ".join(each.text for each in said[at:end]),
            )
        )
        at = end
    return found
