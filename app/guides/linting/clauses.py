"""The main clause: how it asks, by which word, who does what in it."""

from __future__ import annotations

import re

from app.guides.linting.leads import ASKING, CLAUSE, IMPERATIVES, STARTS_SUBJECT, has_clause
from app.guides.linting.lexicon import words
from app.guides.linting.question import Form, Question

_INDIRECT = re.compile(
    r"(?:i|we) (?:'d |would )?(?:be (?:glad|happy|keen|curious|interested|grateful|pleased)|"
    r"like|love|want|'m|am|are|'re|wonder|was|wanted|hope|"
    r"need|have)"
    r"(?: (?:wondering|curious|interested|keen|trying|a question|one question))?"
)
_TAKE_A_PHRASE = words("nobody somebody anybody everybody someone anyone everyone one ones those")
_WORDS_TO_GIVE = words(
    """example examples idea sense picture instance instances overview feel impression figure number
    case detail details account rundown taste background summary context more"""
)
_ELLIPSES = words("anything anyone anybody something any")
_PRETTY = words("please perhaps maybe just briefly quickly possibly kindly also first then again")


def find_clause(question: Question) -> None:
    """Find the frame of a request, then wh-word, auxiliary, subject and verb."""
    at, end, tags, low = question.head, question.end, question.tags, question.low
    if at >= end:
        return
    frame_end = _request_frame(question, at)
    if frame_end is not None:
        question.form = Form.REQUEST
        question.frame = (at, frame_end)
        inner = min(frame_end, end)
        question.head = inner
        if inner < end and tags[inner] in "WSR":
            _read_embedded(question, inner)
        return
    if tags[at] in "RSt" and at + 1 < end and tags[at + 1] == "W":
        at += 1
    if tags[at] == "W":
        question.form = Form.OPEN
        question.wh = at
        _read_open(question, at)
    elif tags[at] in "DBHM":
        question.form = Form.POLAR
        question.aux = at
        _read_inverted(question, at)
    elif has_clause(tags[at:end]) and low[at] not in _ELLIPSES:
        _read_statement(question, at)
    elif "W" in tags[at:end] and low[at] not in ("when", "where", "while"):
        question.form = Form.OPEN
        question.wh = tags.index("W", at)
    else:
        question.form = Form.FRAGMENT


def _request_frame(question: Question, at: int) -> int | None:
    """Return where the frame of a request ends: after 'tell me', 'could you please describe'."""
    low, tags, end = question.low, question.tags, question.end
    place = at
    if low[at] == "do" and low[at + 1 : at + 2] != [] and low[at + 1] in ASKING:
        return _after_asking(question, at + 1)
    if tags[at] == "M" and low[at] in ("can", "could", "would", "will", "may", "might"):
        place += 1
        while place < end and (
            low[place] in ("you", "i", "we") or tags[place] in "TX" or low[place] in _PRETTY
        ):
            place += 1
        if place < end and low[place] in ("mind", "like", "care", "ask", "able", "be"):
            while place < end and low[place] in (
                "as",
                "mind",
                "like",
                "care",
                "be",
                "able",
                "willing",
                "to",
                "if",
                "i",
                "ask",
                "asked",
                "you",
                "happy",
                "kind",
                "enough",
                "so",
            ):
                place += 1
            mind = place < end and (tags[place] in "GW" or low[place] in ASKING)
            if not mind:
                return None
            return _after_asking(question, place) if tags[place] != "W" else place
        again = low[place : place + 2] == ["think", "again"]
        if low[at + 1 : at + 2] == ["you"] and place < end and low[place] in ASKING and not again:
            if low[place] == "give" and not _WORDS_TO_GIVE.intersection(low[place:end]):
                return None
            return _after_asking(question, place)
        return None
    if tags[at] == "P" and low[at] in ("i", "we"):
        match = _INDIRECT.match(question.words.said(at, end))
        if match and "W" in tags[at:end]:
            return tags.index("W", at)
        return None
    if low[at] in IMPERATIVES and at + 1 < end and tags[at + 1] in "PAOWNtRGXS":
        return _after_asking(question, at)
    return None


def _after_asking(question: Question, place: int) -> int:
    """Return the place after the asking verb and whom it is said to."""
    place += 1
    while place < question.end and question.low[place] in (
        "me",
        "us",
        "through",
        "with",
        "about",
        "please",
        "back",
        "to",
        "a",
        "bit",
        "little",
        "more",
        "in",
        "your",
        "own",
        "words",
        "of",
        "on",
        "briefly",
    ):
        place += 1
    return place


def _read_embedded(question: Question, at: int) -> None:
    """Read an indirect question: wh-word, subject and verb in the order of a statement."""
    tags, end = question.tags, question.end
    if tags[at] == "R" and at + 1 < end:
        at += 1
    if tags[at] == "W":
        question.wh = at
    place = at + 1
    while place < end and tags[place] not in "DBHMV":
        place += 1
    question.subject = (at + 1, place) if place > at + 1 else (at, at + 1)
    if place < end and tags[place] in "DBHM":
        question.aux = place
        while place < end and tags[place] in "DBHMTX":
            place += 1
    question.verb = place if place < end and tags[place] == "V" else -1


def _read_open(question: Question, at: int) -> None:
    """Read a question that a wh-word opens."""
    tags, end = question.tags, question.end
    place = _first_verb(question, at + 1)
    if place >= end:
        return
    if tags[place] == "V":
        question.verb = place
        question.subject = (at, place)
        return
    question.aux = place
    following = place + 1
    while following < end and tags[following] in "TX":
        following += 1
    if following < end and (tags[following] in STARTS_SUBJECT or tags[following] in "JG"):
        _read_inverted(question, place)
    else:
        question.subject = (at, place)
        while following < end and tags[following] in "BHTX":
            following += 1
        question.verb = following if following < end and tags[following] in "VG" else place


def _first_verb(question: Question, place: int) -> int:
    """Return where the verbs of the main clause begin, past a clause about its wh-phrase."""
    tags, end = question.tags, question.end
    relative = False
    while place < end:
        if tags[place] == "W" and question.low[place] in ("who", "which"):
            relative = True
        elif tags[place] in "DBHMV":
            if not relative:
                break
            relative = False
            while place + 1 < end and tags[place] in "DBHMTX" and tags[place + 1] in "DBHMTXV":
                place += 1
        place += 1
    return place


def _read_inverted(question: Question, aux: int) -> None:
    """Read subject and verb after an auxiliary."""
    tags, end = question.tags, question.end
    place = aux + 1
    while place < end and tags[place] in "TX":
        place += 1
    first = place
    if place < end and tags[place] == "P" and question.low[place] not in _TAKE_A_PHRASE:
        place += 1
    else:
        while (
            place < end
            and tags[place] in "AONKQJU'GRC(P"
            and not (place > first and tags[place] == "P" and tags[place - 1] not in "RC")
        ):
            if tags[place] == "G" and place > first and tags[aux] == "B":
                break
            if tags[place] == "J" and place > first and tags[place - 1] in "NK":
                break
            if tags[place] == "A" and tags[place - 1] in "NKQ":
                break
            place += 1
    question.subject = (first, place)
    while place < end and tags[place] in "BHXTDt":
        place += 1
    question.verb = place if place < end and tags[place] in "VG" else aux


def _read_statement(question: Question, at: int) -> None:
    """Read a question in the order of a statement; a wh-word in it makes it an open one."""
    tags, end = question.tags, question.end
    match = CLAUSE.search(tags[at:end])
    if match is None:
        return
    first_verb = at + next(
        i for i in range(match.start() + 1, match.end()) if tags[at + i] in "DBHMV"
    )
    question.subject = (at, first_verb)
    place = first_verb
    if tags[place] in "DBHM":
        question.aux = place
        while place < end and tags[place] in "DBHMTX":
            place += 1
    question.verb = place if place < end and tags[place] in "VG" else first_verb
    later = tags.find("W", first_verb, end)
    if later >= 0 and _in_place(question, later):
        question.form, question.wh = Form.OPEN, later
    else:
        question.form = Form.STATEMENT


def _in_place(question: Question, wh: int) -> bool:
    """Say whether a wh-word asks where it stands: 'and that took how long?'"""
    rest = question.tags[wh + 1 : question.end]
    return "D" not in rest and "V" not in rest and "B" not in rest and "H" not in rest
