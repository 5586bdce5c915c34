"""What suggests: the keywords alone, or a learnt model that beat them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.vectors import Vectors
from app.tagging.suggesting.words import marked_words, pieces

Floats = NDArray[np.float64]

#: How many are offered, in no order of likelihood, where the model is not sure of any.
OFFERED = 3
#: How many words explain a suggestion.
EXPLAINED = 3
_BATCH = 2000


@dataclass(frozen=True)
class Suggested:
    """One reason for one sentence. `score` is the calibrated probability that a person confirms
    it; None where too little was confirmed to say one, and for those offered when unsure."""

    tag: str
    is_sure: bool
    score: float | None


@dataclass(frozen=True)
class Learnt:
    """A fitted model: one column a tag. A tag with too few examples has none and stays with its
    keywords."""

    tags: tuple[str, ...]
    vectors: Vectors
    weights: NDArray[np.float32]
    shifts: Floats
    #: Per tag, the score above which it is predicted.
    thresholds: Floats
    #: Slope and shift from a score to a probability; None before enough is confirmed.
    slope: float
    shift: float
    says_percent: bool
    #: The score from which on a prediction is called sure.
    sure_from: float
    #: In what it learnt from, every sentence has exactly one tag: so the likeliest is predicted.
    picks_one: bool

    def scores(self, texts: Sequence[str]) -> Floats:
        """Logits, one row a sentence."""
        table = self.vectors.matrix(texts)
        return np.asarray(table @ self.weights + self.shifts, dtype=np.float64)

    def predicted(self, scores: Floats) -> NDArray[np.bool_]:
        return predicted(scores, self.thresholds, picks_one=self.picks_one)

    def probability(self, score: float) -> float:
        return float(1 / (1 + np.exp(-(self.slope * score + self.shift))))


def predicted(scores: Floats, thresholds: Floats, *, picks_one: bool) -> NDArray[np.bool_]:
    """What is said of each sentence."""
    if picks_one:
        return np.asarray(scores == scores.max(axis=1, keepdims=True))
    return np.asarray(scores > thresholds)


@dataclass(frozen=True)
class Measured:
    """What confirmed tags say of a tag's suggestions, out of fold."""

    precision: float
    recall: float
    examples: int


@dataclass(frozen=True)
class Model:
    """What suggests. `learnt` is None while the keywords stand."""

    keywords: Keywords
    learnt: Learnt | None = None
    #: Out-of-fold macro-F1 of both; None where there was too little to compare on.
    keywords_f1: float | None = None
    learnt_f1: float | None = None
    confirmed: int = 0
    measured: Mapping[str, Measured] = field(default_factory=dict)

    def suggest(self, texts: Sequence[str]) -> list[list[Suggested]]:
        """For each sentence the reasons it may be about: the sure ones; where the model is sure
        of none, three that are not sure, in the order of the list."""
        if self.learnt is None:
            return [self._by_keywords(text) for text in texts]
        found = []
        for start in range(0, len(texts), _BATCH):
            some = texts[start : start + _BATCH]
            scores = self.learnt.scores(some)
            said = self.learnt.predicted(scores)
            found += [
                self._by_model(self.learnt, *row) for row in zip(some, scores, said, strict=True)
            ]
        return found

    def _by_keywords(self, text: str, leaving: frozenset[str] = frozenset()) -> list[Suggested]:
        places = sorted({hit.place for hit in self.keywords.hits(text)})
        tags = [self.keywords.tags[place] for place in places]
        return [Suggested(tag, True, None) for tag in tags if tag not in leaving]

    def _by_model(
        self, learnt: Learnt, text: str, scores: Floats, said: NDArray[np.bool_]
    ) -> list[Suggested]:
        sure = [
            Suggested(tag, True, self._percent(learnt, score))
            for tag, score, yes in zip(learnt.tags, scores.tolist(), said, strict=True)
            if yes and score >= learnt.sure_from
        ]
        if len(learnt.tags) < len(self.keywords.tags):
            sure += self._by_keywords(text, frozenset(learnt.tags))
        if sure:
            return sure
        best = sorted(np.argsort(-scores)[:OFFERED].tolist())
        return [Suggested(learnt.tags[at], False, None) for at in best]

    def _percent(self, learnt: Learnt, score: float) -> float | None:
        return round(learnt.probability(score), 3) if learnt.says_percent else None

    def explain(self, text: str, tag: str) -> list[str]:
        """The words of the sentence that spoke for the tag, the strongest first; a seed word goes
        before what was learnt."""
        seeds = [hit.words for hit in self.keywords.hits(text) if self._is(hit.place, tag)]
        spoke = self._spoke(self.learnt, text, tag) if self.learnt else []
        said = {word for seed in seeds for word in seed.lower().split()}
        return [*dict.fromkeys(seeds), *(word for word in spoke if word not in said)][:EXPLAINED]

    def _is(self, place: int, tag: str) -> bool:
        return self.keywords.tags[place] == tag

    def _spoke(self, learnt: Learnt, text: str, tag: str) -> list[str]:
        """Each word's share in the score: its own, half of its pairs', and that of its pieces."""
        if tag not in learnt.tags:
            return []
        column = learnt.weights[:, learnt.tags.index(tag)]
        row = learnt.vectors.matrix([text])
        part = dict(
            zip(row.indices.tolist(), (row.data * column[row.indices]).tolist(), strict=True)
        )
        shares: dict[str, float] = {}
        known, offset = learnt.vectors.words.place, len(learnt.vectors.words.vocabulary)
        marked = marked_words(text)
        for word in set(marked):
            shares[_plain(word)] = part.get(known.get(word, -1), 0.0)
        for first, second in set(pairwise(marked)):
            half = part.get(known.get(f"{first} {second}", -1), 0.0) / 2
            shares[_plain(first)] += half
            shares[_plain(second)] += half
        for word in set(text.lower().split()):
            inside = [name for name in shares if name in word]
            if not inside:
                continue
            name = max(inside, key=len)
            places = {learnt.vectors.pieces.place.get(piece) for piece in pieces(word)}
            shares[name] += sum(part.get(offset + at, 0.0) for at in places if at is not None)
        ranked = sorted(shares.items(), key=lambda item: -item[1])
        return [word for word, share in ranked if share > 0 and len(word) > 1]


def _plain(word: str) -> str:
    return word.removesuffix("_NOT")
