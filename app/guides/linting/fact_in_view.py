"""A fact asked for, where the question is marked as a view: they may not know it, and it is not
what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, phrase
from app.guides.linting.judging import is_judging
from app.guides.linting.lexicon import people, words
from app.guides.linting.question import Form, Question

_VIEWS = ("think", "feel")
_THEIRS = words("you your yours yourself we us our ours me my i should ought")
_SEEMING = words(
    """matter mattered matters seem seemed seems feel feels felt look looked looks sound sounded
    worth mean means meant count counted counts weigh weighed weighs deserve deserved ideal enough
    rank ranks stand main real heading going next"""
)
_OF_FACTS = words("who whose when where which")
_COUNTS = words("many much often old big large high")
_THINK = phrase(*people.THINK_FRAMES)
_WHY = "This asks for a fact, but is marked as a view; ask what they think of it."


def fact_in_view(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the words that ask for the fact."""
    if kind not in _VIEWS or question.form is not Form.OPEN or question.wh < 0:
        return
    low = question.low[question.main[0] : question.end]
    if not (_THEIRS | _SEEMING).isdisjoint(low) or _THINK.stands_in(question):
        return
    first, end = question.wh, question.end
    if is_judging(question, first, end) or not _asks_for_a_fact(question):
        return
    yield Hit("knowledge", first, max(question.verb, question.aux, first), _WHY)


_NAMED = re.compile(r"[WAOUJR'][JN]*N|K")


def _they_do(question: Question) -> bool:
    """'What margin do they work with': a thing named, and how others work now."""
    return (
        question.tags[question.wh + 1] in "NJ"
        and question.subject[0] > question.wh
        and question.low[question.aux] in ("do", "does")
        and (
            question.subject_words == ["they"]
            or not people.OTHERS.isdisjoint(question.subject_words)
        )
    )


def _asks_for_a_fact(question: Question) -> bool:
    """Say whether a question names a thing, and asks who, when or how many."""
    if (
        not _NAMED.search(question.tags, question.wh, question.end)
        or question.wh > question.head + 1
        or max(question.verb, question.aux) < 0
    ):
        return False
    following = question.low[question.wh + 1 : question.wh + 2]
    if question.wh_word == "how":
        return bool(following) and following[0] in _COUNTS
    if question.wh_word in ("what", "which") and _they_do(question):
        return True
    if question.wh_word == "what":
        is_ = question.aux >= 0 and question.low[question.aux] in ("is", "are", "was", "were", "'s")
        return is_ and "'" in question.tags[question.aux : question.end]
    return question.wh_word in _OF_FACTS
