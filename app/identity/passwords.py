"""What makes a password bad: being short, or being known. There are no rules of composition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 10
LONGEST = 200

_KNOWN_BAD = Path(__file__).with_name("bad_passwords.txt")
_LONGEST_PATTERN = 4
_NOT_LETTERS_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def problem_with(password: str, about: Iterable[str] = ()) -> str | None:
    """Why it will not do, for a person to read; None where it will.

    `about` is what anybody knows of its owner: the e-mail address, the company's name.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four plain words will do."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    cores = _cores(password)
    if len(_unit(password.casefold())) <= _LONGEST_PATTERN or cores & _known_bad():
        return "This is one of the first passwords that is tried. Think of another."
    if cores & _words_about(about):
        return "This is your e-mail address or the company's name. Think of another."
    return None


def _cores(password: str) -> set[str]:
    """The password in lower case: whole, without digits and signs around it, and what of these is
    repeated; 'Summer2024!' is 'summer' to whoever guesses."""
    whole = password.casefold()
    stem = _NOT_LETTERS_AROUND.sub("", whole)
    spellings = {whole, stem, re.sub(r"[\W_]+", "", whole), re.sub(r"[\W_]+", "", stem)} - {""}
    return spellings | {_unit(spelling) for spelling in spellings}


def _unit(text: str) -> str:
    """What the text repeats: 'abc' for 'abcabcabc', itself where nothing is repeated."""
    return text[: (text + text).find(text, 1)]


def _words_about(about: Iterable[str]) -> set[str]:
    words = set()
    for text in about:
        plain = text.strip().casefold()
        words |= {plain, plain.partition("@")[0], re.sub(r"[\W_]+", "", plain)}
    return words - {""}


@cache
def _known_bad() -> frozenset[str]:
    return frozenset(_KNOWN_BAD.read_text(encoding="utf-8").split())
