"""Yes-or-no questions that lay the answer on the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.closed import welcomes
from app.guides.linting.hits import Hit
from app.guides.linting.judging import judging_word
from app.guides.linting.lexicon import words
from app.guides.linting.question import Form, Question


def nods(question: Question) -> Iterator[Hit]:
    """Yield the answer that is offered for a nod."""
    yield from _offered_reason(question)
    yield from _claim_under_opinion(question)
    yield from _judged(question)


_REASON = re.compile(
    r"^(?:was|is|were|did|do|does|has|have|are)\b.*\b(?:because|due to|thanks to|only|"
    r"just|merely|simply|mainly|mostly|really|even|the reason|the main reason|a (?:big|"
    r"major|key|large|deciding|significant|main|decisive) (?:factor|reason|part|problem|"
    r"issue|concern))\b"
)
_CLEFT = re.compile(r"^(?:was|is|were) it (?:\S+ ){1,8}(?:that|who|which) ")


def _offered_reason(question: Question) -> Iterator[Hit]:
    """'Was it the price that ...', 'did you leave because ...': the answer lies on the table."""
    if question.form is not Form.POLAR:
        return
    rest = question.words.said(question.head, question.end) + " "
    if (_CLEFT.match(rest) and "anything" not in rest) or _REASON.match(rest):
        yield Hit(
            "leading", question.head, question.end - 1, "It offers the answer; ask what it was."
        )


_OPINION = re.compile(
    r"^(?:do|did|would|do n't|can|could) (?:you|your \w+|they) (?:also |not |really |"
    r"still |now |personally |honestly )*(?:think|feel|believe|find|say|agree|accept|"
    r"admit|see|consider|realise|realize|understand|appreciate|recognise|recognize)\b"
)


def _claim_under_opinion(question: Question) -> Iterator[Hit]:
    """'Do you think our price was too high?': a judging claim, for a yes."""
    if question.form is not Form.POLAR:
        return
    rest = question.words.said(question.head, question.end)
    match = _OPINION.match(rest)
    if match:
        at = judging_word(question, question.verb + 1, question.end)
        if at is not None:
            yield Hit("leading", question.head, at, "It gives the judgement, and asks for a yes.")


_ROOM = words("any anything anyone anybody something or if whether")
_NO_JUDGEMENT = words(
    "old late early new high low free right able problem return value fix solve help"
)


def _judged(question: Question) -> Iterator[Hit]:
    """'Was the handover smooth?', 'did the verdict scare you?'"""
    asks = question.form is Form.POLAR and question.aux >= 0
    if not asks or question.tags[question.aux] == "M" or question.hedged or welcomes(question):
        return
    if not _ROOM.isdisjoint(question.low[question.head : question.end]):
        return
    first = max(question.subject[1], question.head + 1)
    at = judging_word(question, first, question.end)
    if at is not None and question.low[at] not in _NO_JUDGEMENT and not _also(question, at):
        yield Hit("leading", question.head, at, "It gives the judgement, and asks for a yes.")


def _also(question: Question, at: int) -> bool:
    """'Have the neighbours got one too?'"""
    return question.low[at] == "too" and at + 1 >= question.end
