"""Words that buyers say, as a person writes them: one line a language. Pure.

en: too expensive, cheaper
de: zu teuer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.marked_yaml import LANGUAGE

USUAL_LANGUAGE = "en"


class UnknownLanguage(ValueError):
    """A line begins with something that is no language; the message is for a person."""


def written(seeds: Mapping[str, Sequence[str]]) -> str:
    """The words as lines to edit."""
    return "\n".join(f"{language}: {', '.join(words)}" for language, words in seeds.items())


def read(text: str) -> dict[str, list[str]]:
    """The words by language; a line that names none is English. Each word stands once."""
    seeds: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        language, colon, words = line.partition(":")
        if not colon:
            language, words = USUAL_LANGUAGE, line
        language = language.strip()
        if not LANGUAGE.fullmatch(language):
            raise UnknownLanguage(
                f"'{language}' is no language. Begin a line with en: or de:, or with nothing."
            )
        kept = seeds.setdefault(language, [])
        for word in (" ".join(each.split()) for each in words.split(",")):
            if word and word.casefold() not in map(str.casefold, kept):
                kept.append(word)
    return {language: words for language, words in seeds.items() if words}
