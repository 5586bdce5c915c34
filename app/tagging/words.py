"""Tokens of a tag in the plain words of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from app.interviews.models import Kind
from app.tagging.models import Direction, Layer, Weight

DIRECTIONS: Mapping[Direction, str] = {
    Direction.FOR: "For us",
    Direction.AGAINST: "Against us",
    Direction.NEUTRAL: "Neither",
}
WEIGHTS: Mapping[Weight, str] = {
    Weight.DECISIVE: "Decisive",
    Weight.CONTRIBUTING: "Contributing",
    Weight.MENTIONED: "Mentioned",
    Weight.TABLE_STAKES: "Expected of everybody",
}
LAYERS: Mapping[Layer, str] = {
    Layer.SURFACE: "First answer",
    Layer.PROBED: "What was behind it",
}
EVIDENCE: Mapping[Kind, str] = {
    Kind.FACT: "Fact",
    Kind.THINK: "Think",
    Kind.FEEL: "Feel",
    Kind.WOULD_DO: "Would do",
}
_SHORT = 60


def shortened(words: str) -> str:
    """The beginning of a quote, enough to know it by."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"
