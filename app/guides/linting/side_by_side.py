"""Two things asked about at once with only a comma between them, or an 'also'."""

from __future__ import annotations

import re
from itertools import pairwise

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.leads import ASKING
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

_ADDED = phrase(
    r"together with (?=the|your|our|their)|(?:on|for) the one hand|the (?:who|how|what|why|when|"
    r"where) "
    r"and the (?:who|how|what|why|when|where)|, (?:the )?\w+ included|not forgetting|to say "
    r"nothing of|let alone|not to (?:speak|mention)|for that matter|alongside|"
    r"quite apart from",
    r"(?:,|and) (?:also|likewise|then) (?:of|about|by|for|in|on|with|to|at|how|what|who|when|"
    r"which|the|your|our|their)",
    r"(?:before|after|until) (?:whom|who|what) (?:did|was|were|do|does|is)",
)
_BESIDES = phrase(r"besides (?:the|your|our|their)")
_OTHERS = words("else other others who whom anything anyone")
_SAYING = words("say think reckon guess know remember recall suppose believe mean")
_NOT_ASKING_AGAIN = words(
    "pretend assume take sit go come feel think imagine suppose look let picture start"
)
_ASKING_MORE = ASKING - {"help", "share", "start", "take", "point", "lead", "walk", "run", "show"}
_APART = words("one ones same whole other day time first last way week year month moment")
_DESCRIBING = words(
    """compared based given taken put set said told asked measured counted seen left made written
    all according"""
)


def set_side_by_side(question: Question) -> Hit | None:
    """Return where the second thing begins."""
    again = _another_sentence(question)
    if again or question.form in (Form.POLAR, Form.STATEMENT):
        return again
    return _added(question) or _two_requests(question) or _after_a_comma(question)


_GOES_ON = words("and then also plus or next")


def _another_sentence(question: Question) -> Hit | None:
    """'Tell me about the voyage out. Then about the way home.'"""
    tags, low = question.tags, question.low
    for (first, after), (following, _) in pairwise(question.sentences):
        asks = tags[first] == "W" or low[first] in ASKING
        added = low[following] in ("also", "plus") and tags[following + 1] in "AO"
        more = added or (
            low[following] in _GOES_ON and tags[following + 1 : following + 2] in tuple("WRD")
        )
        if asks and more and after - first > 2 and following + 2 < len(tags):
            return Hit("double_barrelled", following, len(tags) - 1)
    return None


def _added(question: Question) -> Hit | None:
    """'..., also of the people', 'the fee besides the service'."""
    for hit in look_up(question, _ADDED, "double_barrelled", first=question.head):
        return hit
    if _OTHERS.isdisjoint(question.low) and question.form is Form.OPEN:
        return next(look_up(question, _BESIDES, "double_barrelled", first=question.head), None)
    return None


def _two_requests(question: Question) -> Hit | None:
    """'Name the bidders and say what each one asked.'"""
    low, tags = question.low, question.tags
    first = question.frame[0]
    if question.form is not Form.REQUEST:
        return None
    for at in range(first + 2, question.end - 2):
        joins = low[at] == "and" or (tags[at] == "," and low[at + 1] in ("then", "next"))
        if not joins:
            continue
        if not _NOT_ASKING_AGAIN.isdisjoint(low[first:at]):
            return None
        following = at + 2 if tags[at + 1] == "X" else at + 1
        if low[following] in _ASKING_MORE and tags[following + 1 : following + 2] in tuple(
            "PAOWNt"
        ):
            return Hit("double_barrelled", at, question.end - 1)
    return None


def _after_a_comma(question: Question) -> Hit | None:
    comma = question.tags.rfind(",", question.head + 1, question.end - 1)
    if comma < 0 or question.hedged:
        return None
    looks = _LOOKS_OF_FRAGMENTS if question.form is Form.FRAGMENT else _LOOKS
    if any(look(question, comma) for look in looks):
        return Hit("double_barrelled", comma, question.end - 1)
    return None


_PAST = ("past", "part")


def _does_two_things(question: Question, comma: int) -> bool:
    """'Who ordered the samples, tested them?'"""
    low, tags, at = question.low, question.tags, comma + 1
    both = 0 <= question.verb < comma and question.subject[0] == question.wh
    return (
        both
        and tags[at] == "V"
        and low[at] not in _DESCRIBING
        and FORMS.get(low[at], ("", ""))[1] in _PAST
        and FORMS.get(low[question.verb], ("", ""))[1] in _PAST
        and tags[at + 1 : at + 2] in tuple("PAONRt")
    )


_THING = re.compile(r"[AO][JNGXU]*[NKG](?:R[AO]?[JN]*[NK])?$")


def _names_two_things(question: Question, comma: int) -> bool:
    """'How do you rate the recruiters, the portal?'"""
    before = question.tags[question.head : comma]
    after = question.tags[comma + 1 : question.end]
    return (
        _THING.search(before) is not None
        and _THING.match(after) is not None
        and _APART.isdisjoint(question.low[comma + 1 : question.end])
    )


def _repeats_preposition(question: Question, comma: int) -> bool:
    """'In the first meeting, in the last?'"""
    low, tags = question.low, question.tags
    after = tags[comma + 1 : question.end]
    return (
        tags[comma + 1] == "R"
        and low[comma + 1] in low[question.head + 1 : comma]
        and tags[comma + 2 : comma + 3] == "A"
        and not set(after) & set("DBHMVPU")
    )


def _asks_again(question: Question, comma: int) -> bool:
    """'..., did you charge?', '... when you ordered, when you unpacked it?'"""
    low, tags, at = question.low, question.tags, comma + 1
    if tags[at] == "W":
        return low[at] in low[question.wh + 1 : comma] and tags[at + 1 : at + 2] in tuple("PAONK")
    verb = question.low[question.end - 1]
    return (
        tags[at] in "DBH"
        and low[at] not in ("had", "were")
        and not set(tags[question.wh : comma]).isdisjoint("VDB")
        and tags[at + 1 : at + 2] == "P"
        and question.end - at >= 3
        and FORMS.get(verb, (verb,))[0] not in _SAYING
        and "V" in tags[at:]
    )


_NOUNS = re.compile(r"[JNG]*N(?:[RA][AO]?[JNG]*N)*$")


def _two_fragments(question: Question, comma: int) -> bool:
    """'Budget holder, date of approval?'"""
    before = question.tags[question.head : comma]
    after = question.tags[comma + 1 : question.end]
    enough = len(before) > 1 and len(after) > 1
    return enough and bool(_NOUNS.match(before)) and bool(_NOUNS.match(after))


_LOOKS = (_does_two_things, _names_two_things, _repeats_preposition, _asks_again)
_LOOKS_OF_FRAGMENTS = (_two_fragments,)
