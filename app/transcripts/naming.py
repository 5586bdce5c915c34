"""Whether a label of a transcript may be somebody whom we know by name. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_ASIDE = re.compile(r"[(\[|/].*|\s-\s.*")
_WORD = re.compile(r"[^\W\d_]+")


def label_key(label: str) -> str:
    """By which a label is remembered."""
    return " ".join(label.casefold().split())


def likely(label: str, names: Mapping[str, str]) -> str | None:
    """The key of whose name it is, or whose first name it is where nobody else has that; else
    nobody: a person decides."""
    words = _words(label)
    if not words:
        return None
    whole = [key for key, name in names.items() if set(_words(name)) == set(words)]
    part = [key for key, name in names.items() if set(words) < set(_words(name))]
    for found in (whole, part):
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _words(name: str) -> list[str]:
    """'Weber, Jonas (Fleetwise)' as weber, jonas: without what stands in brackets or accents."""
    plain = unicodedata.normalize("NFKD", _ASIDE.sub("", name.strip()) or name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold())
