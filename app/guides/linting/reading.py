"""From a text to the build of its question."""

from __future__ import annotations

import re

from app.guides.linting.clauses import find_clause
from app.guides.linting.leads import find_head
from app.guides.linting.question import Question
from app.guides.linting.tokens import Words, read_words

_HEDGE = re.compile(
    r"\bif (?:any(?:thing|one|body|where|(?: at all)?)?|at all|you (?:like|want to|can|"
    r"remember|may"
    r"|do not mind|do n't mind|recall|will|wish|did|had any|have any|have one)\b|so\b|not\b"
    r"|applicable|possible|ever)|\bor (?:not|nothing|neither|none)\b|\bif there (?:was|"
    r"were|is|are) any|\bif (?:it|they|you|one|there|he|she|that|so) (?:did|was|were|does|"
    r"do|is|has|had)"
    r"(?= [,.?]|$)|\bwhat(?:ever)?, if|\bif there (?:was|were|is|are) (?:one|some)|\bif "
    r"(?:something|someone|somebody|some) (?:has|have|did|was|were)\b|"
    r"\b(?:good or bad|for better or worse|rightly or wrongly)\b|\bor (?:did|was|were|is|"
    r"are) (?:none|nothing|nobody)",
    re.IGNORECASE,
)


def read_question(text: str) -> Question:
    """Read the build of a question. Whatever the text, something comes out."""
    found = read_words(text)
    sentences = _sentences(found)
    main = _main(found, sentences)
    question = Question(found, sentences, main)
    _write_line(question)
    question.hedged = _HEDGE.search(question.line) is not None
    find_head(question)
    find_clause(question)
    return question


def _write_line(question: Question) -> None:
    place = 0
    plain = []
    for word, tag in zip(question.low, question.tags, strict=True):
        question.line_starts.append(place)
        shown = "_" if tag == "Q" else word
        plain.append(shown)
        place += len(shown) + 1
    question.line = " ".join(plain)
    question.spaced = " " + question.line


def _sentences(found: Words) -> list[tuple[int, int]]:
    """Return the sentences, each without its final mark."""
    sentences, first = [], 0
    for at, tag in enumerate(found.tags):
        if tag in ".?":
            if at > first:
                sentences.append((first, at))
            first = at + 1
    if first < len(found.tags):
        sentences.append((first, len(found.tags)))
    return sentences


def _main(found: Words, sentences: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the sentence that asks: the first with a question mark, or else the last."""
    for first, after in sentences:
        if after < len(found.tags) and found.tags[after] == "?":
            return first, after
    return sentences[-1] if sentences else (0, 0)
