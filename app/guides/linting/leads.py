"""What stands before the main clause: openers, conditions, times, premises."""

from __future__ import annotations

import re

from app.guides.linting.lexicon import grammar, words
from app.guides.linting.question import Lead, LeadKind, Question
from app.guides.linting.tokens import Words

ASKING = words(
    """state specify indicate note mention tell walk talk take describe explain share give show
    remind help say run list name outline expand recall think summarise summarize elaborate
    sketch bring paint guide recount go step remember point start unpack put recap speak
    characterise characterize comment lead compare"""
)
"""Verbs by which one asks for words."""
IMPERATIVES = ASKING | words("imagine suppose picture rate rank choose assume consider pretend let")
_CONDITION = words("if unless assuming suppose supposing provided providing imagine")
_TIME = words(
    """when while whenever where before after once since until till during as in on at over
    throughout looking thinking going back between from"""
)
_MANY = (["many"], ["much"], ["often"])
_JOINING = words("kindly so and but then now well ok okay please just")
_AFTER_A_LEAD = (["where"], ["when"], ["why"], ["how"], ["whatever"], ["whichever"])
STARTS_SUBJECT = frozenset("PAONKQU")


def find_head(question: Question) -> None:
    """Skip openers and leads, and note what they are."""
    at, end = question.main
    while True:
        at = _after_openers(question, at)
        if at >= end:
            break
        if starts_question(question.words, at, end) and not _inverted_condition(question, at):
            break
        lead = _lead(question, at)
        if lead is None:
            break
        question.leads.append(lead)
        at = lead.after
    question.head = min(at, end)


def _inverted_condition(question: Question, at: int) -> bool:
    """Say whether 'had we ...,' or 'were we to ...,' begins here, with a question after it."""
    if question.low[at] not in ("had", "were", "should"):
        return False
    after = _next_start(question, at)
    if after is None:
        return False
    goes_on = question.low[at] != "were" and question.tags[after - 1] == ","
    asks = goes_on and question.tags[after] == "W"
    return asks or "M" in question.tags[after : question.end]


def _after_openers(question: Question, at: int) -> int:
    end, low, tags = question.end, question.low, question.tags
    while at < end:
        following = tags[at + 1] if at + 1 < end else "."
        opens = low[at] in grammar.NEUTRAL_OPENERS and following in ",-WDMBHCX"
        joins = low[at] in _JOINING and low[at : at + 2] != ["now", "that"]
        if not (tags[at] in ",-" or opens or joins):
            break
        at += 1
    return at


def starts_question(found: Words, at: int, end: int) -> bool:
    """Say whether a main clause that asks begins here."""
    tags, low = found.tags, found.low
    if at >= end:
        return False
    tag = tags[at]
    following = tags[at + 1] if at + 1 < end else "."
    if tag == "W" and low[at] in ("whatever", "whoever", "whichever"):
        return "," not in tags[at:end]
    if low[at] == "where" and following == "R":
        return True
    if tag == "W":
        return not (low[at] in ("when", "where", "whenever") and following not in "DBHM,T.")
    if tag == "R" and _of_what_they_saw(found, at, end):
        return False
    if tag == "D" and following == "T" and tags[at + 2 : at + 3] in ("V", "B", "D"):
        return False
    if tag == "R":
        asks = low[at + 1 : at + 2] not in _AFTER_A_LEAD
        return following == "W" and (asks or low[at + 2 : at + 3] in _MANY)
    if tag == "t" or low[at] == "since":
        return following == "W"
    if tag in "DBHM":
        return following in STARTS_SUBJECT or following in "TXW"
    return low[at] in IMPERATIVES and following in "PAOWNtR"


def _of_what_they_saw(found: Words, at: int, end: int) -> bool:
    """'From what you saw, ...': the clause is whose view it is, not the question."""
    return (
        found.tags[at + 1 : at + 3] == "WP"
        and found.low[at + 1] == "what"
        and "," in found.tags[at + 2 : end]
    )


def _lead(question: Question, at: int) -> Lead | None:
    """Return the clause or phrase that begins here and ends where the main clause begins."""
    after = _next_start(question, at)
    if after is None:
        return None
    return Lead(at, after, _lead_kind(question, at, after))


def _next_start(question: Question, at: int) -> int | None:
    """Return where, after a comma, dash or joining word, a main clause begins."""
    found, end, tags = question.words, question.end, question.tags
    fallback = None
    for place in range(at + 1, end):
        if tags[place] not in ",-":
            continue
        start = place + 1
        while (
            start < end
            and (tags[start] == "C" or question.low[start] in grammar.NEUTRAL_OPENERS - {"say"})
            and not starts_question(found, start, end)
        ):
            start += 1
        if not starts_question(found, start, end):
            continue
        relative = (
            question.low[start] in ("which", "who", "whose", "whom") and tags[place - 1] in "NK"
        )
        if relative and start == place + 1:
            fallback = start if fallback is None else fallback
            continue
        return start
    if fallback is not None:
        return fallback
    if tags[at] in "RStG" or question.low[at] in _TIME:
        for start in range(at + 2, end):
            if (
                tags[start] == "W"
                and starts_question(found, start, end)
                and tags[start - 1] not in "VR"
            ):
                return start
            if tags[start] in "DBHM" and tags[start - 1] in "NKQP" and _inverted(found, start, end):
                return start
    return None


def _inverted(found: Words, at: int, end: int) -> bool:
    return at + 1 < end and found.low[at + 1] in grammar.SUBJECT_PRONOUNS


def _lead_kind(question: Question, at: int, after: int) -> LeadKind:
    low, tags = question.low, question.tags
    word = low[at]
    clause = tags[at:after]
    if word in _CONDITION or (word in ("had", "were", "should") and tags[at + 1] in STARTS_SUBJECT):
        return LeadKind.CONDITION
    if word == "since":
        return LeadKind.TIME if _since_is_time(question, after) else LeadKind.PREMISE
    if (
        word == "as"
        and tags[at + 1] in "PO"
        and low[at + 2] in ("see", "remember", "recall", "saw")
    ):
        return LeadKind.PHRASE
    if word in ("given", "because", "considering", "seeing", "knowing", "although", "though") or (
        word in ("as", "with") and has_clause(clause)
    ):
        return LeadKind.PREMISE
    if word == "now" and low[at + 1] == "that":
        return LeadKind.PREMISE
    if word in _TIME or tags[at] in "SRGtX":
        return LeadKind.TIME if has_clause(clause) else LeadKind.PHRASE
    return LeadKind.STATEMENT if has_clause(clause) else LeadKind.PHRASE


CLAUSE = re.compile(r"[PNKQ)GUJ][XT,]*(?:[DBHM][TX]*V?|V)")


def has_clause(tags: str) -> bool:
    """Say whether tags hold a subject with its verb."""
    return CLAUSE.search(tags) is not None


def _since_is_time(question: Question, after: int) -> bool:
    """'Since you signed, what has changed' is time; 'since it was cheaper, why ...' a premise."""
    rest = question.tags[after : question.end]
    return re.match(r"[A-Z,]*?H[PAONK'TX]*[VB]?", rest) is not None and "H" in rest[:6]
