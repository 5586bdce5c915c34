"""Whether words judge, and where."""

from __future__ import annotations

from app.guides.linting.lexicon import evaluation as lexicon
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Question

_NOUNS = lexicon.LOADED_NOUNS | lexicon.PROBLEM_NOUNS | lexicon.GAIN_NOUNS
_ADJECTIVES = (
    lexicon.LOADED_BAD | lexicon.LOADED_GOOD | lexicon.MILD_BAD | lexicon.MILD_GOOD
) - words("lost late delayed missing right old")
_VERBS = (lexicon.LOADED_VERBS | lexicon.IMPROVING_VERBS | lexicon.HARMING_VERBS) - words(
    "cost cut break stop lose fail block delay"
)
_ADVERBS = words(
    """too well badly poorly slowly quickly easily smoothly seamlessly painfully excessively
    unfortunately sadly luckily fortunately better worse"""
)


def judging_word(question: Question, first: int, after: int) -> int | None:
    """Return the first word that judges between two places, None where none does."""
    low, tags = question.low, question.tags
    for at in range(first, after):
        word, tag = low[at], tags[at]
        if tag in "QK" or (
            word == "fair"
            and question.tags[at + 1 : at + 2] not in tuple("NJ")
            and low[at - 1] in ("the", "a", "trade")
        ):
            continue
        if word in _ADJECTIVES or word in _ADVERBS or (word in _NOUNS and tag in "NG"):
            return at
        if tag in "VG" and FORMS.get(word, (word,))[0] in _VERBS:
            return at
    return None


def is_judging(question: Question, first: int, after: int) -> bool:
    return judging_word(question, first, after) is not None
