"""An answer as sentences, each with its place. Pure: no data of a language is needed for this.

Offsets are Unicode code points, end exclusive. A cut too many or too few costs a reader nothing:
a quote may be any stretch of words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSING = "\"'”’»›)\\]"
_ENDS = re.compile(rf"(?:[.!?…]+[{_CLOSING}]*(?=\s)|[。！？]+[{_CLOSING}」』]*|\n)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|approx|no|e\.g|i\.e|z\.B|d\.h|ca|bzw|Nr)\.$"
)


@dataclass(frozen=True)
class Sentence:
    """text[start:end], without the white space around it."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; a line's end ends one too."""
    found = []
    start = 0
    for match in _ENDS.finditer(text):
        if _ABBREVIATION.search(text[start : match.end()]):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [sentence for place in found if (sentence := _trimmed(text, *place))]


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    words = text[start:end].strip()
    if not words:
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Sentence(start, start + len(words), words)
