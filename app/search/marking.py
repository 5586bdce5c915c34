"""A text with the words that were looked for marked in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.search.asking import Term, is_marked
from app.search.stems import Word, words

BEFORE, AFTER = 90, 230


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked where it was looked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """The pieces in order, and whether the text goes on before and after them."""

    pieces: tuple[Piece, ...]
    begins_within: bool = False
    ends_within: bool = False


def marked(text: str, terms: Sequence[Term]) -> Excerpt:
    """The whole text."""
    return Excerpt(tuple(_pieces(text, _found(text, terms), 0, len(text))))


def excerpt(text: str, terms: Sequence[Term]) -> Excerpt:
    """The text about the first word that was looked for, cut between words."""
    all_words = words(text)
    found = [word for word in all_words if is_marked(word.text, terms)]
    first = found[0].start if found else 0
    start = min((w.start for w in all_words if w.start >= first - BEFORE), default=0)
    end = max((w.end for w in all_words if w.end <= first + AFTER), default=len(text))
    if not any(word.start < start for word in all_words):
        start = 0
    if not any(word.end > end for word in all_words):
        end = len(text)
    inside = [word for word in found if start <= word.start and word.end <= end]
    return Excerpt(tuple(_pieces(text, inside, start, end)), start > 0, end < len(text))


def _found(text: str, terms: Sequence[Term]) -> list[Word]:
    return [word for word in words(text) if is_marked(word.text, terms)] if terms else []


def _pieces(text: str, found: Sequence[Word], start: int, end: int) -> list[Piece]:
    """Neighbouring words that are marked become one piece with what stands between them."""
    spans: list[tuple[int, int]] = []
    for word in found:
        if spans and text[spans[-1][1] : word.start].isspace():
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    cuts = [start, *(at for span in spans for at in span), end]
    stretches = [
        Piece(text[a:b], is_marked=number % 2 == 1) for number, (a, b) in enumerate(pairwise(cuts))
    ]
    return [piece for piece in stretches if piece.text]
