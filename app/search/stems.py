"""Words as they are searched for: without case and accents, reduced to their stem. Pure.

Both databases are given the same stems, in letters and digits that neither of them cuts up, so
that they answer alike (SQLite FTS5 and PostgreSQL's 'simple' configuration).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

#: Whose endings are taken off, by the names that NLTK's Snowball stemmers have.
LANGUAGES = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
USUAL = "en"

#: A few words that nearly every sentence of a language has, and the others seldom.
_TELLING = {
    "en": "the and of to was that it we they with for not have is our their",
    "de": "der die das und nicht wir ist war mit sie ein eine fur auf haben den",
    "fr": "le les des et est nous que une pas pour dans ils avec du sur ete",
    "es": "el los que y las una para con por nos pero como fue del muy esta",
    "it": "il che e di non una per con gli sono della abbiamo piu nel ma era",
    "nl": "de het een en niet van dat wij zijn met voor op was ze te maar",
    "pt": "o que os e nao uma para com do da mas foi nos em como muito",
}
_TELLING_SETS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
#: Marks that stand over and under letters: accents of the European scripts, points of Hebrew and
#: Arabic. Those of other scripts are parts of their words.
_ACCENTS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
_SIGNS = "\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e\u3099\u309a"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_ACCENTS}{_SIGNS}])*")
_ACCENT = re.compile(f"[{_ACCENTS}]")
#: Letters that stay whole when accents are taken off, though most people type them apart.
_APART = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})


@dataclass(frozen=True)
class Word:
    """A word of a text: folded, and where it stands, in code points, end exclusive."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words in reading order."""
    return [Word(fold(match[0]), *match.span()) for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """Without case, width and accents: 'Kündigung' as 'kundigung'."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    return unicodedata.normalize("NFC", _ACCENT.sub("", apart))


def language_of(folded: Sequence[str]) -> str:
    """The language whose telling words stand in a text most often; English where none does."""
    counts = Counter(folded)
    hits = {
        language: sum(counts[word] for word in telling)
        for language, telling in _TELLING_SETS.items()
    }
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] else USUAL


@lru_cache(maxsize=100_000)
def stem(folded: str, language: str) -> str:
    """The stem of one folded word, in letters and digits of ASCII."""
    return plain(_stemmer(language).stem(folded) if folded.isalpha() else folded)


def searchable(text: str) -> str:
    """The text as its stems in reading order, parted by spaces."""
    found = [word.text for word in words(text)]
    language = language_of(found)
    return " ".join(stem(word, language) for word in found)


def plain(word: str) -> str:
    """Letters beyond ASCII by their number, of one length, so that beginnings stay beginnings."""
    if word.isascii():
        return word
    return "".join(letter if letter.isascii() else f"u{ord(letter):06x}" for letter in word)


@cache
def _stemmer(language: str) -> Any:
    # Takes a tenth of a second, which a start need not wait for.
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(LANGUAGES[language])
