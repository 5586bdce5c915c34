"""What two coders are compared on: the passages that either of them tagged. Pure.

Two people seldom select exactly the same words, so passages are matched by overlap: spans of one
answer that overlap, of whichever coder, become one unit. A unit holds, for each coder, the set of
reasons they gave it; a passage that only one of them tagged is a unit with an empty set for the
other. Passages that neither tagged are not counted: how many there are would depend on how they
are cut, and would flatter the agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Coded:
    """One reason that one coder (0 or 1) gave a span of a text; code points, end exclusive."""

    coder: int
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Unit:
    """One passage, and what each of the two made of it."""

    text: str
    start: int
    end: int
    first: frozenset[str]
    second: frozenset[str]

    @property
    def agrees(self) -> bool:
        return self.first == self.second


def units(coded: Iterable[Coded]) -> list[Unit]:
    """The passages of one interview in reading order. Raises ValueError for a third coder."""
    ordered = sorted(coded, key=lambda each: (each.text, each.start, each.end))
    return [
        _unit(together)
        for _, of_text in groupby(ordered, key=lambda each: each.text)
        for together in _overlapping(list(of_text))
    ]


def _overlapping(ordered: Sequence[Coded]) -> list[list[Coded]]:
    """Runs of spans that hang together; spans that only touch are two."""
    runs: list[list[Coded]] = []
    reach = 0
    for each in ordered:
        if runs and each.start < reach:
            runs[-1].append(each)
            reach = max(reach, each.end)
        else:
            runs.append([each])
            reach = each.end
    return runs


def _unit(together: Sequence[Coded]) -> Unit:
    if any(each.coder not in (0, 1) for each in together):
        raise ValueError("two coders are compared, 0 and 1")
    return Unit(
        together[0].text,
        min(each.start for each in together),
        max(each.end for each in together),
        frozenset(each.reason for each in together if each.coder == 0),
        frozenset(each.reason for each in together if each.coder == 1),
    )
