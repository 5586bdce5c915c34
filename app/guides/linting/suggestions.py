"""A better wording, where one can be made from the words at hand; otherwise none.

Each way of mending is small: it leaves a word out, puts one in, or turns the beginning of the
question. `lint` offers a wording only if it passes the rules itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.guides.linting.hits import Hit
from app.guides.linting.lexicon import words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

_STATES = words(
    """have know think feel want like need see get be find believe expect hope understand mean
    remember seem realise realize notice love hate prefer trust regret agree mind consider
    receive lose miss experience enjoy stop hear happen struggle suffer"""
)
_WITHOUT_DO = words("be have")
_MOVES = {
    "worried": "worried",
    "annoyed": "annoyed",
    "frustrated": "frustrated",
    "surprised": "surprised",
    "disappointed": "disappointed",
    "impressed": "impressed",
    "concerned": "worried",
    "irritated": "annoyed",
    "upset": "upset",
}
_SCALES = words(
    """good bad great terrible awful excellent easy hard difficult helpful useful smooth slow fast
    quick"""
)
_VAGUE = words("any ever anyone anybody anything even not because just")
_PASTS = {base: form for form, (base, shape) in FORMS.items() if shape == "past"} | {
    base: form for form, (base, shape) in FORMS.items() if shape == "part" and form.endswith("ed")
}


def attempt(question: Question, hit: Hit, kind: str | None) -> str:
    """Return a better wording for what a rule found, or '' where none can be made safely."""
    mend = _MENDS.get(hit.rule)
    return _tidy(mend(question, hit, kind)) if mend else ""


def _text(question: Question, first: int, after: int | None = None) -> str:
    """Return the text from one word up to another, as written."""
    found = question.words
    last = (len(found.low) if after is None else after) - 1
    return found.text[found.start[first] : found.end[last]] if first <= last else ""


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.?!])", r"\1", text).strip()
    text = re.sub(r"[,;]+([.?!])", r"\1", text)
    return text[:1].upper() + text[1:]


def _without(question: Question, first: int, last: int) -> str:
    found = question.words
    before, after = found.text[: found.start[first]], found.text[found.end[last] :]
    return before.rstrip() + " " + after.lstrip()


def _rest(question: Question, first: int) -> str:
    """Return what is asked from a word on, with its question mark."""
    return _text(question, first, question.end) + "?"


def _first_question(question: Question, hit: Hit, kind: str | None) -> str:
    """Keep the first of two questions."""
    if hit.rule == "two_question_marks":
        return _text(question, 0, hit.first + 1)
    if question.tags[hit.first] in "C,-":
        return _before_the_second(question, hit.first)
    return _without_the_second(question, hit)


def _before_the_second(question: Question, joint: int) -> str:
    tags = question.tags
    if joint == question.wh + 1:
        second = tags.find("W", joint)
        return _without(question, joint, second)
    if "W" in tags[question.wh + 1 : joint] and question.form is Form.OPEN:
        return ""
    first = _text(question, 0, joint).rstrip(" ,;–—-")
    return first + ("." if question.form is Form.REQUEST else "?")


def _without_the_second(question: Question, hit: Hit) -> str:
    joint = question.tags.find("C", hit.first, hit.last)
    plural = question.aux >= 0 and question.low[question.aux] in ("are", "were")
    if joint < 0 or question.form is Form.POLAR or "both" in question.low:
        return ""
    if plural and question.subject[0] <= joint <= question.subject[1]:
        return ""
    return _without(question, joint, hit.last)


def _without_loaded(question: Question, hit: Hit, kind: str | None) -> str:
    """Leave the loaded adjective out: 'the painful migration' is the migration."""
    at, tags = hit.first, question.tags
    adjective = hit.first == hit.last and tags[at] == "J" and tags[at + 1 : at + 2] in ("N", "K")
    if not adjective or question.low[at - 1] in ("a", "an", "such", "more", "most"):
        return ""
    return _without(question, at, at)


def _if_any(question: Question, hit: Hit, kind: str | None) -> str:
    """Leave room for nothing."""
    if question.form is not Form.OPEN or question.wh_word not in ("what", "which"):
        return ""
    verbs = question.aux if question.aux >= 0 else question.verb
    if verbs <= question.wh:
        return ""
    room = "if anything" if verbs == question.wh + 1 else "if any"
    begin, rest = _text(question, question.wh, verbs), _text(question, verbs, question.end)
    if question.tags[verbs] == "B" and room == "if anything":
        return ""
    return f"{_text(question, 0, question.wh)} {begin}, {room}, {rest}?"


def _of_the_past(question: Question, hit: Hit, kind: str | None) -> str:
    """'What would you pay' becomes 'what did you pay'."""
    base = question.base(question.verb)
    plain = (
        question.form is Form.OPEN
        and question.wh_word not in ("who", "why")
        and question.modal in ("would", "will")
        and question.subject_words == ["you"]
        and question.verb == question.subject[1]
        and question.low[question.verb] == base
        and base not in _STATES | _WITHOUT_DO
        and not question.leads
        and "if" not in question.low
    )
    if not plain or kind == "would_do" or re.search(r"\bnext\b|\bfuture\b", question.line):
        return ""
    begin = _text(question, 0, question.aux)
    return f"{begin} did {_rest(question, question.subject[0])}"


def _think_of(question: Question, hit: Hit, kind: str | None) -> str:
    """'What is Fenwick's strategy' becomes 'what do you think of Fenwick's strategy'."""
    aux = question.low[question.aux] if question.aux >= 0 else ""
    if question.negated:
        return ""
    if (
        question.wh_word == "what"
        and question.aux == question.wh + 1
        and aux in ("is", "are", "'s")
    ):
        return f"What do you think of {_rest(question, question.aux + 1)}"
    if question.wh_word == "what" and question.aux == question.wh + 1 and aux in ("was", "were"):
        return f"What did you think of {_rest(question, question.aux + 1)}"
    base = question.base(question.verb)
    if question.verb != question.subject[1] or question.low[question.verb] != base:
        return ""
    who = _text(question, *question.subject)
    after = _text(question, question.verb + 1, question.end)
    if question.wh_word == "why" and aux in ("did", "do", "does"):
        return f"What do you think led {who} to {base} {after}?"
    if question.wh_word == "what" and aux == "did" and base in _PASTS:
        return f"What do you think {who} {_PASTS[base]} {after}?"
    return ""


def _opened(question: Question, hit: Hit, kind: str | None) -> str:
    """'Did you compare prices' becomes 'how did you compare prices'."""
    if question.form is not Form.POLAR or question.negated or "or" in question.low:
        return ""
    low, aux = question.low, question.low[question.aux]
    base = question.base(question.verb)
    if aux == "did" and question.subject_words == ["you"] and question.verb == question.subject[1]:
        open_ended = base not in _STATES and _VAGUE.isdisjoint(low)
        return f"How did {_rest(question, question.subject[0])}" if open_ended else ""
    if question.tags[question.aux] == "B" and question.subject[0] >= 0:
        at = question.subject[1]
        if low[at : at + 2] in (["happy", "with"], ["satisfied", "with"], ["pleased", "with"]):
            return _how(question, "satisfied", at)
        if low[at : at + 1] == ["important"]:
            return _how(question, "important", at)
    return ""


def _how(question: Question, scale: str, at: int) -> str:
    who = _text(question, *question.subject)
    return f"How {scale} {question.low[question.aux]} {who} {_rest(question, at + 1)}"


def _scaled(question: Question, hit: Hit, kind: str | None) -> str:
    """Mend a question that leans one way: leave out where it leans to."""
    return _degree_out(question) or _claim_turned(question)


def _degree_out(question: Question) -> str:
    low = question.low
    if question.wh_word != "how" or question.aux < 0 or question.tags[question.aux] != "B":
        return ""
    if question.aux != question.wh + 2:
        return ""
    scale, aux = low[question.wh + 1], low[question.aux]
    subject = question.subject_words
    after = question.subject[1]
    if subject == ["you"]:
        if scale in _MOVES and low[after : after + 1] in (["about"], ["by"], ["with"], ["at"]):
            return f"What, if anything, {_MOVES[scale]} you about {_rest(question, after + 1)}"
        if scale in ("happy", "pleased", "delighted") and low[after : after + 1] == ["with"]:
            return f"How satisfied {aux} {_rest(question, question.subject[0])}"
        return ""
    if scale not in _SCALES or low[after : after + 1] in (["about"], ["with"]):
        return ""
    return f"{_text(question, 0, question.wh + 1)} {_rest(question, question.aux)}"


def _claim_turned(question: Question) -> str:
    """'Do you think our price was too high' becomes 'what did you think of our price'."""
    found = re.search(
        r"^(?:do|did) (?:n't )?you (?:not )?(?:think|feel|agree|find|say|believe) (?:that )?"
        r"(?P<what>(?:our|the|their|your|his|her|its) (?:\w+ )?\w+) (?P<be>was|were|is|are) ",
        question.words.said(question.head, question.end),
    )
    if not found or question.form is not Form.POLAR:
        return ""
    do = "did" if found["be"] in ("was", "were") else "do"
    return f"What {do} you think of {_as_written(question, found['what'])}?"


def _as_written(question: Question, said: str) -> str:
    match = re.search(re.escape(said), question.words.text, re.IGNORECASE)
    return match.group() if match else said


def _led_to(question: Question, hit: Hit, kind: str | None) -> str:
    """'Why did you choose them' becomes 'what led you to choose them'."""
    base = question.base(question.verb)
    plain = (
        question.aux >= 0
        and question.low[question.aux] == "did"
        and question.subject_words == ["you"]
        and question.verb == question.subject[1]
        and not question.negated
        and question.low[question.verb] == base
    )
    return f"What led you to {_rest(question, question.verb)}" if plain else ""


_MENDS: dict[str, Callable[[Question, Hit, str | None], str]] = {
    "double_barrelled": _first_question,
    "two_question_marks": _first_question,
    "loaded": _without_loaded,
    "presuming": _if_any,
    "hypothetical": _of_the_past,
    "knowledge": _think_of,
    "closed": _opened,
    "leading": _scaled,
    "opening_why": _led_to,
}
