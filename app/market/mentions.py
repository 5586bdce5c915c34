"""Which names were said. Pure: words in, keys out.

The capture page does the same while one types: static/js/mentions.js.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

#: Up to this length a name in capitals is taken as written: 'IT' is not 'it'.
_SHORT = 4


def mentioned(words: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys whose names or aliases were said, in the order of their first mention.

    Whole words alone, whatever the case; where one name holds another, the longer one was said.
    """
    by_name = {name: key for key, spellings in names.items() for name in spellings if name}
    found: dict[str, None] = {}
    at = 0
    while by_name and (said := _first(words, by_name, at)):
        name, at = said
        found.setdefault(by_name[name])
    return list(found)


def _first(words: str, names: Mapping[str, str], start: int) -> tuple[str, int] | None:
    """The name that is said first from there on, and where it ends."""
    matches = [
        (match.start(), -len(name), name, match.end())
        for name in names
        if (match := _pattern(name).search(words, start))
    ]
    if not matches:
        return None
    _start, _length, name, end = min(matches)
    return name, end


def _pattern(name: str) -> re.Pattern[str]:
    as_written = len(name) <= _SHORT and name.isupper()
    return re.compile(
        rf"(?<!\w){re.escape(name)}(?!\w)", re.NOFLAG if as_written else re.IGNORECASE
    )
