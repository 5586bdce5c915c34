"""Which reasons to offer at the finish. Pure: words in, keys out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

OFFERED = 5


def offered_keys(
    words: str, seeds: Mapping[str, Sequence[str]], usual: Iterable[str], most: int = OFFERED
) -> list[str]:
    """Keys of the reasons to offer: first those whose seed words were said, most hits first, then
    the usual ones of such deals, then the list's own order.

    `seeds` maps each key, in the list's order, to its seed words.
    """
    hits = {key: _hits(words, phrases) for key, phrases in seeds.items()}
    said = sorted((key for key in seeds if hits[key]), key=lambda key: -hits[key])
    ranked = dict.fromkeys([*said, *(key for key in usual if key in seeds), *seeds])
    return list(ranked)[:most]


def _hits(words: str, phrases: Sequence[str]) -> int:
    """How many of the phrases were said, each once, on word boundaries, whatever the case."""
    return sum(
        1
        for phrase in phrases
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words, re.IGNORECASE)
    )
