"""Which shipped font files a printed document needs, and which of its characters none can draw.

A PDF loads only the files that its own text asks for: of several hundred, usually three or four.
Each file is a font family of its own there: WeasyPrint takes two files of one family for one font,
and prints the wrong letters.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
VOICES = ("Inter", "Source Serif 4")
FALLBACK = "Noto"
_ASIAN = ("-sc-", "-jp-", "-kr-", "-tc-")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_TINTS = dict.fromkeys(range(0x1F3FB, 0x1F400))


class CannotPrint(ValueError):
    """The document asks for something that it may not have, or that is not there."""


class MissingGlyph(CannotPrint):
    """The text holds characters that no shipped font draws."""

    def __init__(self, characters: set[str]) -> None:
        self.characters = sorted(characters)
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in self.characters[:10])
        super().__init__(f"No font that we ship can print {named}.")


@dataclass(frozen=True)
class Face:
    """One font file, and the characters it draws."""

    family: str
    style: str
    path: Path
    draws: frozenset[int]

    @property
    def name(self) -> str:
        """The family that it is in a PDF; a roman and its italic share it."""
        return self.path.stem.rsplit("-", 2)[0]


@dataclass(frozen=True)
class Fonts:
    """What a document is set in: a style sheet that names the files and sets --sans (our words) and
    --serif (the buyers'), and the two stacks themselves, for charts."""

    css: str
    sans: str
    serif: str


@cache
def faces() -> tuple[Face, ...]:
    """Every shipped file, in the order in which they are asked for a character."""
    listed = json.loads((VENDOR / "fonts.json").read_text())
    return tuple(
        Face(
            family=entry["family"],
            style=entry["style"],
            path=VENDOR / "fonts" / entry["file"],
            draws=frozenset(_points(entry["coverage"])),
        )
        for entry in listed
    )


def printable(text: str) -> str:
    """The text as paper can show it: an accent joined with its letter, so that one font draws both,
    and emoji without the tint of their skin."""
    return unicodedata.normalize("NFC", text).translate(_TINTS)


def fonts_for(text: str) -> Fonts:
    """The fonts for a document with this text, the Latin of both voices always among them.

    Raises MissingGlyph where a character cannot be printed.
    """
    wanted = {ord(character) for character in printable(text)} | set(range(0x20, 0x7F))
    sans, serif = (
        [face for face in faces() if face.family == family and face.draws & wanted]
        for family in VOICES
    )
    undrawn = wanted - (_drawn_upright(sans) & _drawn_upright(serif))
    fallbacks = []
    for face in _fallbacks(text):
        if found := face.draws & undrawn:
            fallbacks.append(face)
            undrawn -= found
    if missing := {chr(point) for point in undrawn if not _needs_no_glyph(chr(point))}:
        raise MissingGlyph(missing)
    return _fonts([*sans, *fallbacks], [*serif, *fallbacks])


def _fonts(sans: list[Face], serif: list[Face]) -> Fonts:
    rules = dict.fromkeys(_rule(face) for face in [*sans, *serif])
    stacks = f":root {{ --sans: {_stack(sans)}; --serif: {_stack(serif)}; }}"
    return Fonts("\n".join([*rules, stacks]), _stack(sans), _stack(serif))


def _fallbacks(text: str) -> list[Face]:
    """Chinese, Japanese and Korean share characters but not their shapes: the text's own
    script goes first."""
    own = "-kr-" if _has(text, 0xAC00, 0xD7A3) else "-jp-" if _has(text, 0x3040, 0x30FF) else "-sc-"
    others = [face for face in faces() if face.family == FALLBACK]
    return sorted(others, key=lambda face: _turn(face.path.name, own))


def _turn(file: str, own: str) -> int:
    """When a fallback is asked: alphabets, the text's own Asian script, the others and emoji."""
    if own in file:
        return 1
    return 2 if "emoji" in file or any(asian in file for asian in _ASIAN) else 0


def _has(text: str, first: int, last: int) -> bool:
    return any(first <= ord(character) <= last for character in text)


def _drawn_upright(some: Iterable[Face]) -> set[int]:
    return {point for face in some if face.style == "normal" for point in face.draws}


def _needs_no_glyph(character: str) -> bool:
    """Spaces, controls and variation selectors."""
    return unicodedata.category(character) in _UNSEEN or 0xFE00 <= ord(character) <= 0xFE0F


def _rule(face: Face) -> str:
    return (
        f"@font-face {{ font-family: {face.name}; font-style: {face.style}; "
        f"src: url({face.path.as_uri()}); }}"
    )


def _stack(some: Iterable[Face]) -> str:
    return ", ".join(dict.fromkeys(face.name for face in some))


def _points(coverage: str) -> Iterable[int]:
    for span in coverage.split(","):
        first, _, last = span.partition("-")
        if first:
            yield from range(int(first, 16), int(last or first, 16) + 1)
