"""Words as the suggester reads them: stems, marks of negation, pieces. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

#: Whose endings are taken off, by the names that NLTK's Snowball stemmers have.
LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
_SHORTEST, _LONGEST = 3, 5
_TOKEN = re.compile(r"\w+(?:'t\b)?|[$€£]|[.,;:!?]")
#: 'Customise' is not 'customs', and is 'customize'.
_MAKES_A_VERB = re.compile(r"(?<=\w{3})i[sz](?:e[ds]?|ers?|ing|able|ations?)$")
#: Nobody means what stands in the address of a page.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]]+", re.IGNORECASE)
_ENDS_A_CLAUSE = frozenset(".,;:!?")
_DENIES = frozenset(
    word
    for words in (
        "no not never none nothing nowhere neither nor cannot without lack lacks avoid avoids",
        "missing hardly",
        "nicht kein keine keinen keiner nie niemals nichts ohne fehlt",
        "pas sans jamais aucun aucune rien",
        "sin nunca ningún ninguna nada tampoco",
    )
    for word in words.split()
)


def tokens(text: str) -> list[str]:
    """Words, currency signs and the marks that end a clause, in lower case; of an address none."""
    return _TOKEN.findall(_ADDRESS.sub(" ", text).lower().replace("’", "'"))


def denies(word: str) -> bool:
    """Whether the word turns round what follows it in its clause."""
    return word in _DENIES or word.endswith("n't")


def marked_words(text: str) -> list[str]:
    """The words, each marked where something before it in its clause denies it."""
    words, denied = [], False
    for token in tokens(text):
        if token in _ENDS_A_CLAUSE:
            denied = False
            continue
        words.append(f"{token}_NOT" if denied else token)
        denied = denied or denies(token)
    return words


def plain_words(text: str) -> list[str]:
    return [token for token in tokens(text) if token not in _ENDS_A_CLAUSE]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Without its ending; as it is where the language has no stemmer."""
    language = language.partition("-")[0]
    if language == "en" and (made := _MAKES_A_VERB.search(word)):
        return f"{word[: made.start()]}iz"
    stemmer = _stemmer(language)
    return stemmer.stem(word) if stemmer else word


@lru_cache(maxsize=100_000)
def pieces(word: str) -> tuple[str, ...]:
    """Its runs of three to five letters, the spaces around it included."""
    padded = f" {word} "
    return tuple(
        padded[at : at + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(padded) - length + 1)
    )


@lru_cache
def _stemmer(language: str) -> SnowballStemmer | None:
    if language not in LANGUAGES:
        return None
    from nltk.stem.snowball import SnowballStemmer  # takes a second

    return SnowballStemmer(LANGUAGES[language])
