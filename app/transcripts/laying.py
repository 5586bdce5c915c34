"""Laying a transcript along a guide: which of the guide's questions does each stretch of the
interviewer's talk ask? Pure.

What is said is rarely what was planned. So both are compared by stems and by small groups of words
that mean much the same, rare ones counting more than common ones; of a long stretch the likest two
sentences count, and most those that ask. A question is then held against all stretches: it is
asked where it is likest. Last, one way through the guide is chosen as a whole: the next question is
likely, staying at one is free, leaping and going back cost.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.transcripts.like_words import COMMON, MEANINGS, asks_for

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

#: Set on the half of the labelled stretches that was for tuning; see docs/transcripts.md.
_LEAST = 0.05
_SURE = 0.25
_SURE_LEAD = 0.08
_NEXT = 0.05
_LEAP = 0.02
_BACK = 0.25
_PROBE = 0.8
_MEANING = 0.7
_ASKS_FOR = 0.8
_COMMON = 0.3
_TALK_AROUND = 0.3
_WINDOW = 3
#: How far the length of what was said counts against it, and the likest question for it.
_LENGTH_SAID = 0.6
_BEST_FOR_IT = 0.6

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*")
_LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}


@dataclass(frozen=True)
class Planned:
    """A question of the guide: its words, and those of its probes."""

    id: str
    say: str
    probes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Laid:
    """The question that a stretch asks, if it is one of the guide."""

    question: str | None
    is_sure: bool = False


#: Terms of a text, each with what it counts for.
_Terms = Mapping[str, float]


def lay(stretches: Sequence[str], questions: Sequence[Planned], language: str = "en") -> list[Laid]:
    """For each stretch of the interviewer's talk, the question it asks, or none."""
    if not stretches or not questions:
        return [Laid(None) for _ in stretches]
    words = _Words(language)
    said = [words.of_stretch(stretch) for stretch in stretches]
    planned = [words.of_question(question) for question in questions]
    rare = _rareness([*(_most(windows) for windows in said), *planned])
    asked = [[_Weighed.of(window, rare) for window in windows] for windows in said]
    wanted = [_Weighed.of(question, rare) for question in planned]
    scores = _held_against_each_other(
        [
            [max((_likeness(window, one) for window in windows), default=0.0) for one in wanted]
            for windows in asked
        ]
    )
    return [
        Laid(questions[at].id, _is_sure(row, at)) if at is not None else Laid(None)
        for row, at in zip(scores, _best_way(scores), strict=True)
    ]


class _Words:
    """Stems and meanings of words in one language."""

    def __init__(self, language: str) -> None:
        self._language = _LANGUAGES.get(language[:2], "")
        self._meanings = _meanings() if self._language == "english" else {}
        self._common = _common() if self._language == "english" else frozenset()

    def of_question(self, question: Planned) -> _Terms:
        probes = (self._weighed(probe, _PROBE) for probe in question.probes)
        return _most([self._weighed(question.say, 1.0), *probes])

    def of_stretch(self, stretch: str) -> list[_Terms]:
        """Every few sentences in a row, as terms."""
        sentences = [
            self._weighed(sentence, 1.0 if sentence.endswith("?") else _TALK_AROUND)
            for sentence in _SENTENCE.findall(stretch)
        ]
        return [_most(sentences[max(0, at - _WINDOW + 1) : at + 1]) for at in range(len(sentences))]

    def _weighed(self, text: str, weight: float) -> _Terms:
        return _most({term: value * weight} for term, value in self._terms(text))

    def _terms(self, text: str) -> Iterator[tuple[str, float]]:
        for word in _WORD.findall(text.casefold()):
            stem = _stem(self._language, word)
            yield stem, _COMMON if stem in self._common else 1.0
            yield from ((meaning, _MEANING) for meaning in self._meanings.get(stem, ()))
        if self._language == "english":
            yield from ((term, _ASKS_FOR) for term in asks_for(text))


def _most(parts: Iterable[_Terms]) -> _Terms:
    """All terms, each as in the part where it counts most."""
    found: dict[str, float] = {}
    for part in parts:
        for term, value in part.items():
            found[term] = max(found.get(term, 0.0), value)
    return found


@cache
def _stemmer(language: str) -> SnowballStemmer:
    from nltk.stem.snowball import SnowballStemmer  # takes a second, and only laying needs it

    return SnowballStemmer(language)


@cache
def _stem(language: str, word: str) -> str:
    word = word.replace("’", "'").partition("'")[0]
    return str(_stemmer(language).stem(word)) if language else word


@cache
def _meanings() -> Mapping[str, tuple[str, ...]]:
    """From a stem to the names of the groups it stands in."""
    found: dict[str, tuple[str, ...]] = {}
    for number, words in enumerate(MEANINGS):
        for word in words.split():
            stem = _stem("english", word)
            found[stem] = (*found.get(stem, ()), f"={number}")
    return found


@cache
def _common() -> frozenset[str]:
    return frozenset(_stem("english", word) for word in COMMON.split())


def _rareness(documents: Sequence[_Terms]) -> dict[str, float]:
    """The rarer a term among stretches and questions, the more it tells."""
    seen = Counter(term for document in documents for term in document)
    return {term: math.log((len(documents) + 1) / (count + 0.5)) for term, count in seen.items()}


@dataclass(frozen=True)
class _Weighed:
    """Terms, each by its rareness too; how much that is together; which are not too common to
    tell anything."""

    terms: _Terms
    length: float
    telling: frozenset[str]

    @classmethod
    def of(cls, terms: _Terms, rare: Mapping[str, float]) -> _Weighed:
        weighed = {term: value * rare[term] for term, value in terms.items()}
        length = math.sqrt(sum(value * value for value in weighed.values()))
        return cls(weighed, length, frozenset(t for t, value in terms.items() if value > _COMMON))


def _likeness(said: _Weighed, planned: _Weighed) -> float:
    """What the two share for their lengths: much like a cosine, but who asks at length is not
    held to it."""
    if planned.telling.isdisjoint(said.terms):
        return 0.0
    together = sum(
        value * said.terms[term] for term, value in planned.terms.items() if term in said.terms
    )
    length: float = said.length**_LENGTH_SAID * planned.length ** (2 - _LENGTH_SAID)
    return together / length


def _held_against_each_other(scores: list[list[float]]) -> list[list[float]]:
    """Each by how near it comes to the likest stretch for its question, and to the likest question
    for its stretch."""
    best = [max(column) or 1.0 for column in zip(*scores, strict=True)]
    return [
        [
            score * score / most * (score / (max(row) or 1.0)) ** _BEST_FOR_IT
            for score, most in zip(row, best, strict=True)
        ]
        for row in scores
    ]


def _best_way(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """The way through the guide that is likest as a whole (Viterbi). A state is the question that
    was asked last; at each stretch it stays (nothing of the guide is asked), or one is asked."""
    count = len(scores[0])
    begin = -1
    best: dict[int, float] = {begin: 0.0}
    back: list[dict[int, tuple[int, int | None]]] = []
    for row in scores:
        reached: dict[int, float] = {}
        how: dict[int, tuple[int, int | None]] = {}
        for last, value in best.items():
            if value > reached.get(last, -math.inf):
                reached[last], how[last] = value, (last, None)
        for at in range(count):
            if row[at] <= 0:
                continue
            for last, value in best.items():
                total = value + row[at] - _LEAST + _step(last, at)
                if total > reached.get(at, -math.inf):
                    reached[at], how[at] = total, (last, at)
        best = reached
        back.append(how)
    state = max(best, key=best.__getitem__)
    way: list[int | None] = []
    for steps in reversed(back):
        state, asked = steps[state]
        way.append(asked)
    return way[::-1]


def _step(last: int, to: int) -> float:
    if to == last:
        return 0.0
    if to > last:
        return _NEXT - _LEAP * math.log2(to - last)
    return -_BACK


def _is_sure(row: Sequence[float], at: int) -> bool:
    others = max((score for other, score in enumerate(row) if other != at), default=0.0)
    return row[at] >= _SURE and row[at] - others >= _SURE_LEAD
