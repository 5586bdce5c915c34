"""Questions that one word answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

_WELCOME = phrase(
    r"anything else",
    r"(?:is|was) there (?:any|some)(?:thing|one|body)(?! about| wrong| bad)",
    r"is there (?:a|any|one) (?:document|paper|person|question|topic|part|side|point|view|reason|"
    r"moment|"
    r"story|name|word|way|day|time|case|example)",
    r"(?:is|would) it (?:be )?(?:all right|alright|fine|ok|okay|possible|too early)"
    r"(?: for you)? (?:to|if|for)",
    r"are you (?:able|free|allowed|willing|at liberty|happy) to (?:say|tell|share|show|name)",
    r"(?:do|would) you mind",
    r"(?:do|would) you (?:want|like) to (?:add|start|begin|go|say|talk|pause|stop)",
    r"did i (?:hear|understand|get)|could it be you still|do you still have|is (?:now|this) a "
    r"good (?:time|moment|point)|would it help",
    r"would you (?:please )?tell me",
    r"anyone else",
    r"anybody else",
    r"may (?:we|i)",
    r"can (?:we|i)",
    r"could (?:we|i)",
    r"shall (?:we|i)",
    r"should (?:we|i) (?:go|move|start|begin|continue|come|talk|stop|leave|skip|pause|turn)",
    r"(?:can|could|would) you (?:tell|say|think of|show|give|describe|help|walk|talk|take|share|"
    r"explain|put|name|list|point|add|spell|sketch|elaborate|expand|remember|recall|find|see)",
    r"(?:do|did|can|could) you (?:happen to |still )?(?:remember|recall|know|see|hear|find out|"
    r"learn|say|notice) (?:\w+ ){0,2}(?:what|who|how|when|where|which|why|whom|whose)",
    r"do you (?:remember|recall) (?:a|an|the|any|one)",
    r"(?:have|do) you (?:got |have )?(?:a|an|any|any other|one) (?:example|instance|figure|"
    r"number|anecdote|case|thoughts?|rough \w+|idea|guess|note|copy|list)",
    r"what else",
    r"who else",
    r"any (?:other|final|further|example|examples|more|thoughts|questions?|last)",
    r"anything (?:you|that|we)",
)
_RATING = phrase(
    r"on a scale",
    r"(?:from|of) (?:1|one|0|zero|a 1) (?:to|-|–) (?:5|five|10|ten|7|seven|100|a hundred)",
    r"out of (?:10|ten|5|five|100)",
    r"how many (?:stars|marks|points) (?:out|would|do you|from|between)",
    r"(?:(?<![\w ] )|please )(?:rate|score) (?:your|our|the|us|them|each|how|it|from|these)",
    r"yes or no|which of the following best|pick one|tick one",
    r"true or false",
    r"net promoter",
    r"what (?:score|rating|grade|mark) (?:would|do) you",
    r"tell (?:me|us) (?:if|whether)",
    r"say (?:if|whether)",
    r"let (?:me|us) know (?:if|whether)",
)


def closed(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the word by which a question closes."""
    for hit in look_up(
        question,
        _RATING,
        "closed",
        "A number or a yes ends the talk; ask what lies behind it.",
        first=question.main[0],
    ):
        yield hit
        return
    if _closes_without_a_verb_in_front(question):
        yield Hit("closed", question.head, question.head)
        return
    if question.form is not Form.POLAR:
        return
    if welcomes(question):
        return
    yield Hit("closed", question.head, max(question.subject[1] - 1, question.head))


def welcomes(question: Question) -> bool:
    """Say whether a question in the form of a yes-or-no one invites more than a yes."""
    rest = question.words.said(question.head, question.end)
    return _WELCOME.opens(rest) or (
        re.search(r"\b(?:anything|anyone|anybody|something) else\b", rest) is not None
    )


_WHETHER = phrase(r"(?:know|wonder|wondering|curious|ask|ask you|hear|interested) (?:if|whether)")
_OPENS_A_NOD = words("any ever anyone anybody still happy sure satisfied ready everything")
_ONE_OR_OTHER = re.compile(r"(?:(?:a|an|the|one|in|by|on) )?[\w-]+ or (?:[\w-]+ )?[\w-]+$")
"""'One supplier or several?'"""


def _closes_without_a_verb_in_front(question: Question) -> bool:
    """'Any hard feelings?', 'ever returned anything?', 'seen our new portal yet?'"""
    if question.form in (Form.REQUEST, Form.STATEMENT) and _WHETHER.stands_in(question):
        return True
    if question.form not in (Form.FRAGMENT, Form.STATEMENT) or question.head >= question.end:
        return False
    opening = question.low[question.head]
    participle = FORMS.get(opening, ("", ""))[1] == "part" and opening not in ("compared", "said")
    rest = question.words.said(question.head, question.end)
    asks_for_a_nod = (
        opening in _OPENS_A_NOD
        or participle
        or _you_without_verb(question)
        or _ONE_OR_OTHER.match(rest)
    )
    return bool(asks_for_a_nod) and not _WELCOME.opens(rest)


def _you_without_verb(question: Question) -> bool:
    """'You happy with it?'"""
    return question.form is Form.FRAGMENT and question.low[question.head] == "you"
