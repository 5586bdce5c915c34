"""Two questions in one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import grammar, words
from app.guides.linting.question import Form, Question
from app.guides.linting.side_by_side import set_side_by_side
from app.guides.linting.two_things import (
    FIXED_PAIRS,
    PAIRING,
    is_aspect,
    one_more_for_each,
    preposition_again,
    two_aspects,
    two_grades,
    two_of_ones,
    two_tellings,
    two_things,
    two_times,
)

_SECOND_WH = re.compile(r"[C,-][,XC-]*(?:R|t)?W")
_SECOND_AUX = re.compile(r"C[,X]*[DBHM][TX]*[PAONKS]")


def double_barrelled(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield where the second question begins."""
    hit = (
        _second_question(question)
        or _second_verb_in_front(question)
        or _with_which(question)
        or _as_well(question)
        or _joined(question)
        or set_side_by_side(question)
    )
    if hit:
        yield hit


def _joined(question: Question) -> Hit | None:
    """Return what 'and', 'or' or a stroke joins, where it asks two things."""
    for at in range(question.main[0], question.end):
        if "/" in question.low[at] and all(map(is_aspect, question.low[at].split("/"))):
            return Hit("double_barrelled", at, at)
    if "C" not in question.tags[question.main[0] : question.end]:
        return None
    return (
        _two_verbs(question)
        or two_aspects(question)
        or two_tellings(question)
        or preposition_again(question)
        or two_things(question)
        or two_of_ones(question)
        or two_grades(question)
        or two_times(question)
        or one_more_for_each(question)
        or _alternatives(question)
    )


def _second_question(question: Question) -> Hit | None:
    """', and how long did it take', ', who paid', 'how and why'."""
    low, tags, end = question.low, question.tags, question.end
    first = question.head
    if question.form is Form.FRAGMENT:
        return None
    for match in _SECOND_WH.finditer(tags, first, end):
        wh = match.end() - 1
        joined = "C" in match.group()
        if wh <= question.wh or low[wh] in ("whatever", "whoever", "whichever"):
            continue
        if question.words.said(match.start() - 1, wh + 1) in ("who or what", "what or who"):
            continue
        if _is_tail(question, match.end() - 1, match.group()) or _COMPLEMENT.search(
            question.line, question.line_starts[wh]
        ):
            continue
        if _THE_OTHER_END.match(question.line, question.line_starts[wh]):
            continue
        if low[match.start()] in ("(",) or (
            joined and PAIRING.stands_in(question) and not _is_inverted(question, wh)
        ):
            continue
        if question.wh < 0 and question.form is Form.REQUEST and not joined:
            continue
        if not joined and not _asks(question, wh, match.start()):
            continue
        if (
            joined
            and low[wh] in ("which", "who", "whose", "whom", "where", "when")
            and _goes_on(question, match.start(), wh)
        ):
            continue
        return Hit("double_barrelled", match.start(), end - 1)
    return None


_COMPLEMENT = re.compile(
    r"(?:what|which|who|where|when)(?: of them)?(?: (?:was|is|did|were|are))? not\b"
)
"""'What was in it, and what was not': the other side of the same."""


_THE_OTHER_END = re.compile(
    r"(?:,? ?(?:and|or) )?(?:how (?:little|much|bad|good|hard|easy|many|few|late|early)(?= ,)|"
    r"\w+ , if (?:any\w*|at all) ,|what (?:against|not|less|speaks against)\b|what (?:was |is |"
    r"went )?(?:worse|better|badly|bad|hard|easy)\b)"
)
"""'How much, or how little', 'and who, if anyone, for it': one scale, one list."""


_AS_WEIGHTY = words("grounds terms conditions account price prices cost costs sum rate fee")


def _is_tail(question: Question, wh: int, joint: str) -> bool:
    """Say whether only 'and on what date' follows: a detail of the same question."""
    rest = question.tags[wh : question.end]
    before, after = question.low[wh - 1], question.low[wh + 1 : wh + 2]
    detail = (question.low[wh] == "whom" and before in ("by", "with")) or (
        question.low[wh] in ("which", "what")
        and before in ("in", "at", "on", "by", "until")
        and _AS_WEIGHTY.isdisjoint(after)
    )
    return "R" in joint and detail and not set(rest) & set("DBHMVP")


def _is_inverted(question: Question, wh: int) -> bool:
    return re.match(r"W[NJAXU]*[DBHM][PAON]", question.tags[wh : question.end]) is not None


def _asks(question: Question, wh: int, comma: int) -> bool:
    """Say whether a wh-word after a bare comma asks, rather than adds to the noun before it."""
    low, tags, end = question.low, question.tags, question.end
    if low[wh] in ("which", "who", "whose", "whom", "where", "when"):
        if low[wh] == question.wh_word and question.form is Form.OPEN:
            return True
        if low[wh] == "who" and re.match(r"W[DBHMV][^,]*$", tags[wh:end]) and question.verb > 0:
            return True
        inverted = re.match(r"W[NJA]*[DBHM][TX]*[PAOK]", tags[wh:end])
        return inverted is not None and tags[comma - 1] not in "K"
    return wh + 1 < end and re.match(r"W[NJAXU]*[DBHMV]", tags[wh:end]) is not None


_WITH_WHICH = re.compile(r"(?:,[,X]*|(?<=[NKXUJVPQ]))[RStG]W[AJXU]*[NKUG]+[.?]*")
_ADDED_TO = words("what which whose whom")


def _with_which(question: Question) -> Hit | None:
    """'Who approved it, on what grounds', 'who climbed the roof with whose permission'."""
    if question.form is not Form.OPEN or question.wh < 0 or question.verb < 0:
        return None
    match = _WITH_WHICH.search(question.tags, max(question.verb, question.wh) + 1, question.end + 1)
    if match is None or match.end() < question.end:
        return None
    wh = question.tags.index("W", match.start())
    is_how_long = question.words.said(wh, wh + 2) == "how long"
    if (question.low[wh] not in _ADDED_TO and not is_how_long) or question.low[wh] == (
        question.wh_word
    ):
        return None
    if _is_tail(question, wh, match.group()) and "," in match.group():
        return None
    return Hit("double_barrelled", match.start(), question.end - 1)


def _goes_on(question: Question, comma: int, wh: int) -> bool:
    """Say whether 'and which' carries on a relative clause that came before it."""
    earlier = question.low[question.wh + 1 : comma]
    return question.low[wh] in earlier


_OR_NONE = re.compile(
    r"(?:and|or) (?:may|could|can|might) (?:i|we)\b|or (?:did|was|were|is|are|do|does|has|have) "
    r"(?:none|nothing|nobody|neither|it not)"
)


def _second_verb_in_front(question: Question) -> Hit | None:
    """', or was it', 'and did you'."""
    match = _SECOND_AUX.search(question.tags, question.head + 1, question.end)
    if match and _OR_NONE.match(question.line, question.line_starts[match.start()]):
        return None
    if match and question.aux in range(match.start(), match.end()):
        return None
    if match and question.tags[match.start() - 1] != "C":
        if question.low[match.start()] == "or" and question.low[
            match.start() + 1 : match.start() + 2
        ] == ["not"]:
            return None
        return Hit("double_barrelled", match.start(), question.end - 1)
    return None


_AS_WELL = phrase(
    r"as well as",
    r"along with",
    r"and also",
    r"plus",
    r"and/or",
    r"in addition to",
    r"not to mention",
    r"and, separately",
    r"and then also",
    r"and separately",
)


def _as_well(question: Question) -> Hit | None:
    if PAIRING.stands_in(question) or question.wh_word == "who":
        return None
    hit = next(look_up(question, _AS_WELL, "double_barrelled", first=question.head), None)
    goes_along = hit and question.low[hit.first] == "along" and question.tags[hit.first - 1] == "V"
    return None if goes_along else hit


_VERB_PAIR = re.compile(r"[VG][PRNKAOJX]*C[X]*(?:t)?([VG])")
_LINKED_VERBS = words(
    """go come try wait sit went came tried sat stop stopped stay get took take pick mix copy cut
    drag turn"""
)
_BASES_IN_PAIR = words(
    """dislike love hate like compare choose like price use train plan rate rank value review test
    support measure track report review launch sign set cost"""
)


def _two_verbs(question: Question) -> Hit | None:
    """'How did you set up the trial and train the users', 'what did you like and dislike'."""
    if question.verb < 0 or question.form in (Form.FRAGMENT, Form.STATEMENT):
        return None
    low, tags = question.low, question.tags
    stop = _clause_end(question)
    for at in range(question.verb + 1, stop - 1):
        if tags[at] != "C" or low[at] not in ("and", "or", "&"):
            continue
        following = at + 1
        while following < stop and tags[following] in "Xt":
            following += 1
        if following >= stop:
            break
        is_verb = tags[following] == "V" or (
            low[following] in _BASES_IN_PAIR and tags[at - 1] in "VN" and at - 1 == question.verb
        )
        if is_verb and low[question.verb] not in _LINKED_VERBS and not PAIRING.stands_in(question):
            if low[at - 1] == "like" and low[following] == "dislike":
                continue
            pair = f"{low[at - 1]} {low[at]} {low[following]}"
            if pair in FIXED_PAIRS or (low[at] == "or" and following + 1 >= stop):
                continue
            return Hit("double_barrelled", at, stop - 1)
    return None


def _clause_end(question: Question) -> int:
    """Return where the main clause ends: at the first clause under it, or at the end."""
    for at in range(question.verb + 1, question.end):
        relative = (
            question.tags[at] == "P" and question.tags[at - 1] == "N" and at > question.verb + 1
        )
        if relative and question.low[at] in grammar.SUBJECT_PRONOUNS:
            return at
        if question.tags[at] in "WS" or question.low[at] in (
            "before",
            "after",
            "until",
            "since",
            "while",
            "that",
            "to",
        ):
            return at
    return question.end


def _alternatives(question: Question) -> Hit | None:
    """'Was it the price or the service', 'did you choose them for price or for support'."""
    if question.form is not Form.POLAR or question.aux < 0:
        return None
    low, tags = question.low, question.tags
    for at in range(question.head + 1, question.end - 1):
        if low[at] == "or" and tags[at] == "C":
            if low[at + 1] in (
                "left",
                "not",
                "so",
                "anything",
                "anyone",
                "something",
                "someone",
                "more",
                "less",
                "two",
                "other",
                "any",
                "another",
                "anybody",
                "perhaps",
                "later",
            ):
                continue
            if tags[at - 1] == "U" or tags[at + 1] == "U":
                continue
            return Hit(
                "double_barrelled",
                max(at - 1, 0),
                min(at + 2, question.end - 1),
                "It offers a choice that may not be theirs.",
            )
    return None
