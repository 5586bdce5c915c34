"""The rules of the reason list's own seed words: what was said names its reason. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.tagging.suggesting.words import plain_words, stem

#: By reason and language; of what has several words, they must stand one after the other.
Seeds = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Hit:
    """A seed word that was said: its reason's place in the list, and what it was."""

    place: int
    words: str


class Keywords:
    """Seed words of every reason, matched by stem, each language by its own stemmer."""

    def __init__(self, seeds: Seeds) -> None:
        self.seeds = {
            tag: {language: list(words) for language, words in by_language.items()}
            for tag, by_language in seeds.items()
        }
        self.tags = list(self.seeds)

    @cached_property
    def _by_language(self) -> dict[str, dict[str, list[tuple[tuple[str, ...], Hit]]]]:
        """By language and first stem: all stems in their order, and what they stand for."""
        index: dict[str, dict[str, list[tuple[tuple[str, ...], Hit]]]] = {}
        for place, by_language in enumerate(self.seeds.values()):
            for language, phrases in by_language.items():
                known = index.setdefault(language, {})
                for phrase in phrases:
                    stems = tuple(stem(word, language) for word in plain_words(phrase))
                    if stems:
                        known.setdefault(stems[0], []).append((stems, Hit(place, phrase)))
        return index

    def hits(self, text: str) -> list[Hit]:
        """Every seed word that was said, as often as it was said; each place counts once for a
        reason, whichever language knows it."""
        words = plain_words(text)
        found: dict[tuple[int, int], Hit] = {}
        for language, known in self._by_language.items():
            stems = [stem(word, language) for word in words]
            for at, first in enumerate(stems):
                for phrase, hit in known.get(first, ()):
                    if len(phrase) == 1 or tuple(stems[at : at + len(phrase)]) == phrase:
                        found.setdefault((at, hit.place), hit)
        return [found[key] for key in sorted(found)]
