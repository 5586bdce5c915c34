"""Names that are probably one thing spelt two ways; offered to a person, never merged."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LIKELY = 0.9
_MOST_COMPARED = 400


@dataclass(frozen=True, slots=True)
class LikelyMatch:
    """A name in the file, on how many deals, and the name it is probably meant to be."""

    name: str
    count: int
    likely: str


def likely_matches(counts: Mapping[str, int], known: Iterable[str] = ()) -> list[LikelyMatch]:
    """Pair the file's names with known ones, then with each other, the rarer with the commoner."""
    established = list(dict.fromkeys(known))
    matches: list[LikelyMatch] = []
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if name in established:
            continue
        likely = _most_alike(name, established[:_MOST_COMPARED])
        if likely is not None:
            matches.append(LikelyMatch(name, counts[name], likely))
        else:
            established.append(name)
    return matches


def _most_alike(name: str, others: list[str]) -> str | None:
    key = _key(name)
    for other in others:
        if _key(other) == key:
            return other
    digits = _digits(name)
    candidates = {_key(other): other for other in others if _digits(other) == digits}
    close = difflib.get_close_matches(key, candidates, n=1, cutoff=LIKELY)
    return candidates[close[0]] if close else None


def _key(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _digits(name: str) -> str:
    return "".join(character for character in name if character.isdigit())
