"""A reply by mail in pieces, and to which questions a person says they belong. Pure.

Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.tagging.sentences import Sentence, sentences

#: With it begins the id of the question that a reply by mail answers as a whole.
REPLY = "mail-"
HERE = "here"
OUT = "out"
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![ \t]*\n))+")


@dataclass(frozen=True)
class Placed:
    """What stays in the reply, and what goes to which question."""

    kept: str
    by_question: Mapping[str, str]


def is_reply(question_id: str) -> bool:
    return question_id.startswith(REPLY)


def pieces(text: str, *, by_sentence: bool = False) -> list[Sentence]:
    """The paragraphs of a reply, or its sentences."""
    if by_sentence:
        return sentences(text)
    found = []
    for match in _PARAGRAPH.finditer(text):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            found.append(Sentence(start, start + len(words), words))
    return found


def place(text: str, parts: Sequence[Sentence], where: Sequence[str]) -> Placed:
    """Sort the pieces; those that follow each other stay together as they were written."""
    sorted_: dict[str, list[tuple[int, int]]] = {}
    before = ""
    for part, goal in zip(parts, where, strict=True):
        runs = sorted_.setdefault(goal, [])
        if goal == before:
            runs[-1] = (runs[-1][0], part.end)
        else:
            runs.append((part.start, part.end))
        before = goal
    joined = {
        goal: "\n\n".join(text[start:end] for start, end in runs)
        for goal, runs in sorted_.items()
        if goal != OUT
    }
    return Placed(joined.pop(HERE, ""), joined)
