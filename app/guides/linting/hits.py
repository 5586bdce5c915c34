"""What a rule returns: its name and the words it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.guides.linting.question import Question


class Hit(NamedTuple):
    """A rule that a question trips, from one word to another, both included."""

    rule: str
    first: int
    last: int
    why: str = ""
    """A line of its own, where the rule's line would not say enough."""


RuleFunction = Callable[[Question, str | None], Iterator[Hit]]


class Phrase:
    """Alternatives that begin and end with a word, looked for where words begin.

    Words of a line stand behind a blank each: a pattern that begins with that blank is tried a
    dozen times a question instead of seventy.
    """

    def __init__(self, alternatives: tuple[str, ...]) -> None:
        self._pattern = re.compile(" (?:" + "|".join(alternatives) + r")(?![\w'-])")

    def stands_in(self, question: Question) -> bool:
        return self._pattern.search(question.spaced) is not None

    def stands_in_text(self, text: str) -> bool:
        return self._pattern.search(" " + text) is not None

    def opens(self, text: str) -> bool:
        """Say whether a text begins with one of the alternatives."""
        return self._pattern.match(" " + text) is not None

    def begins_at(self, question: Question, first: int) -> int | None:
        """Return the last word of what begins at a word, None where nothing does."""
        match = self._pattern.match(question.spaced, question.line_starts[first])
        return question.word_at(match.end() - 2) if match else None

    def place(self, question: Question, first: int) -> tuple[int, int] | None:
        """Return the first and last word of the first place, from a word on."""
        if first >= len(question.line_starts):
            return None
        match = self._pattern.search(question.spaced, question.line_starts[first])
        if match is None:
            return None
        return question.word_at(match.start()), question.word_at(match.end() - 2)


def phrase(*alternatives: str) -> Phrase:
    return Phrase(alternatives)


def look_up(
    question: Question, sought: Phrase, rule: str, why: str = "", first: int = 0
) -> Iterator[Hit]:
    """Yield a hit for the first place where a phrase stands in a question."""
    place = sought.place(question, first)
    if place:
        yield Hit(rule, place[0], place[1], why)
