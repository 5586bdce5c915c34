"""A sentence as numbers: tf-idf of words and of their pieces, keyword hits, leanings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log, log1p
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.tagging.suggesting.judgement import FEATURES, leanings
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.words import marked_words, pieces

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Units = Callable[[str], list[str]]
Terms = Callable[[str], tuple[str, ...]]

#: Hits and leanings stand beside hundreds of small numbers; unscaled they drown them.
_SCALE = 0.1
#: From so many sentences on, words that stand in one alone only cost memory.
_MANY = 5000


def words_and_pairs(text: str) -> list[str]:
    """The words, and each two that follow one another; denied ones are marked."""
    words = marked_words(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def words_as_written(text: str) -> list[str]:
    return text.lower().split()


def itself(term: str) -> tuple[str, ...]:
    return (term,)


class Block:
    """One vocabulary: counts are damped (1 + log), weighed by how rare the term is, and each
    sentence scaled to length 1. A sentence is split into units, and each unit has its terms,
    which are looked up once: words come again and again."""

    def __init__(self, units: Units, terms: Terms, vocabulary: Sequence[str]) -> None:
        self._units, self._terms = units, terms
        self._known: dict[str, tuple[int, ...]] = {}
        self.vocabulary = list(vocabulary)
        self.place = {term: at for at, term in enumerate(self.vocabulary)}
        self.rarity: NDArray[np.float64] = np.ones(len(self.vocabulary))

    @classmethod
    def learnt(cls, units: Units, terms: Terms, texts: Sequence[str], least: int) -> Block:
        """The terms that stand in at least so many of these sentences."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update({term for unit in units(text) for term in terms(unit)})
        block = cls(units, terms, sorted(term for term, count in seen.items() if count >= least))
        block.rarity = np.array(
            [log((1 + len(texts)) / (1 + seen[term])) + 1 for term in block.vocabulary]
        )
        return block

    def matrix(self, texts: Iterable[str]) -> csr_matrix[Any]:
        from scipy.sparse import csr_matrix

        places: list[int] = []
        ends = [0]
        for text in texts:
            for unit in self._units(text):
                places.extend(self._places(unit))
            ends.append(len(places))
        shape = (len(ends) - 1, len(self.vocabulary))
        table = csr_matrix((np.ones(len(places)), places, ends), shape=shape)
        table.sum_duplicates()
        table.data = (1 + np.log(table.data)) * self.rarity[table.indices]
        rows = np.repeat(np.arange(shape[0]), np.diff(table.indptr))
        squares = np.bincount(rows, table.data**2, minlength=shape[0])
        table.data /= np.sqrt(squares[rows])
        return table

    def _places(self, unit: str) -> tuple[int, ...]:
        known = self._known.get(unit)
        if known is None:
            place = self.place
            known = tuple(place[term] for term in self._terms(unit) if term in place)
            self._known[unit] = known
        return known


class Vectors:
    """What is looked at in a sentence: two vocabularies, the keywords, and which way it leans."""

    def __init__(self, words: Block, pieces: Block, keywords: Keywords) -> None:
        self.words, self.pieces, self.keywords = words, pieces, keywords

    @classmethod
    def learnt(cls, texts: Sequence[str], keywords: Keywords) -> Vectors:
        words = Block.learnt(words_and_pairs, itself, texts, 2 if len(texts) >= _MANY else 1)
        return cls(words, Block.learnt(words_as_written, pieces, texts, 2), keywords)

    @classmethod
    def known(cls, words: Sequence[str], parts: Sequence[str], keywords: Keywords) -> Vectors:
        """With these vocabularies, whose rarities are still to be set."""
        return cls(
            Block(words_and_pairs, itself, words), Block(words_as_written, pieces, parts), keywords
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix[Any]:
        """One row a sentence: words, pieces, two numbers a reason, the leanings."""
        from scipy.sparse import csr_matrix, hstack

        rest = csr_matrix(np.hstack([self._hits(texts), self._leanings(texts)]) * _SCALE)
        parts = [self.words.matrix(texts), self.pieces.matrix(texts), rest]
        return csr_matrix(hstack(parts, format="csr"))

    def _hits(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Per reason whether a seed word was said, and how often (damped)."""
        table = np.zeros((len(texts), 2 * len(self.keywords.tags)))
        for row, text in enumerate(texts):
            for place, count in Counter(hit.place for hit in self.keywords.hits(text)).items():
                table[row, 2 * place : 2 * place + 2] = 1, log1p(count)
        return table

    def _leanings(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([leanings(text) for text in texts]).reshape(len(texts), FEATURES)
