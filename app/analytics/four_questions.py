"""At which of four questions a decision stopped, by the reasons that its buyers gave. Pure."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


class Question(enum.StrEnum):
    """What a buyer has to answer, in this order, before there is a yes."""

    ANYTHING = "anything"
    THIS = "this"
    NOW = "now"
    US = "us"


QUESTION_WORDS = {
    Question.ANYTHING: "Why anything?",
    Question.THIS: "Why this?",
    Question.NOW: "Why now?",
    Question.US: "Why us?",
}
QUESTION_MEANS = {
    Question.ANYTHING: "Nothing made it worth changing what they have.",
    Question.THIS: "They would change something, but not in this way.",
    Question.NOW: "They want it, but not this year.",
    Question.US: "They want it now, but were not sure of us.",
}
WHAT_TO_DO = {
    Question.ANYTHING: "Before the first demonstration, work out with the buyer what the old way "
    "costs; where that is nothing, let the deal go.",
    Question.THIS: "Show the change itself: what switching takes, by whom, in which weeks.",
    Question.NOW: "Ask for the date and the person who need it; without either, put the deal off.",
    Question.US: "These were winnable: read why we lose, and answer that before the next offer.",
}

#: By the keys of the starter list, categories among them: a reason below one without a line of its
#: own is of its category's question.
_QUESTION_OF: Mapping[str, Question] = {
    "staying_put": Question.ANYTHING,
    "good_enough": Question.ANYTHING,
    "return_shown": Question.ANYTHING,
    "sponsor": Question.ANYTHING,
    "switching_effort": Question.THIS,
    "current_supplier": Question.THIS,
    "build_it": Question.THIS,
    "product": Question.THIS,
    "integration": Question.THIS,
    "data_migration": Question.THIS,
    "where_it_runs": Question.THIS,
    "it_effort": Question.THIS,
    "rollout_risk": Question.THIS,
    "personal_risk": Question.THIS,
    "decision_and_organisation": Question.NOW,
    "technology_and_security": Question.US,
    "price_and_terms": Question.US,
    "people_and_buying": Question.US,
    "start_and_support": Question.US,
    "risk_and_standing": Question.US,
}
#: What a deal that was worth taking on has: its lack could have been seen at the beginning.
_LACKING = {
    "sponsor": "nobody senior behind it",
    "budget": "no money set aside",
    "good_enough": "no problem that had to be solved",
    "decided_higher_up": "nobody at the table who could decide",
}

FOUR_RULE = (
    "Of each deal heard that ended in no decision: the reasons that decided against it, or, where "
    "none is said to have decided, those that contributed. Each reason belongs to one of the four "
    "questions; the deal stopped at the first of them that has a reason, for who sees no reason to "
    "change anything does not come to the later ones. Reasons of your own count where their "
    "category does."
)
QUALIFIED_RULE = (
    "A deal lacked what qualifies one where a buyer said, as a reason that decided or contributed, "
    "that nobody senior was behind it, that no money was set aside, that what they have is good "
    "enough, or that nobody at the table could decide. Deals won although the same was said stand "
    "beside it."
)


@dataclass(frozen=True, slots=True)
class Against:
    """A reason that spoke against a deal: its key and those above it, from the nearest up."""

    deal_id: int
    keys: tuple[str, ...]
    is_decisive: bool


@dataclass(frozen=True, slots=True)
class Stopped:
    """Deals by the question at which they stopped, and those whose reasons belong to none."""

    at: Mapping[Question, int]
    unplaced: int
    heard: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What a deal worth taking on has, and how many of the deals heard lacked it."""

    words: str
    undecided: int
    won: int


def question_of(keys: Iterable[str]) -> Question | None:
    """The question that a reason belongs to, by itself or by what stands above it."""
    return next((_QUESTION_OF[key] for key in keys if key in _QUESTION_OF), None)


def stopped_at(reasons: Iterable[Against], heard: Collection[int]) -> Stopped:
    """Return at which question each deal heard stopped. Formula: FOUR_RULE. Units: deals."""
    decisive: dict[int, set[Question]] = {}
    every: dict[int, set[Question]] = {}
    for reason in reasons:
        question = question_of(reason.keys)
        if question is not None and reason.deal_id in heard:
            every.setdefault(reason.deal_id, set()).add(question)
            if reason.is_decisive:
                decisive.setdefault(reason.deal_id, set()).add(question)
    counts = dict.fromkeys(Question, 0)
    for questions in (every | decisive).values():
        counts[next(one for one in Question if one in questions)] += 1
    return Stopped(counts, len(heard) - sum(counts.values()), len(heard))


def lacking(
    reasons: Iterable[Against], undecided: Collection[int], won: Collection[int]
) -> tuple[list[Lack], int, int]:
    """Return each lack with its deals, the most usual first, and how many undecided and won deals
    lacked any. Formula: QUALIFIED_RULE. Units: deals heard."""
    by_lack: dict[str, set[int]] = {key: set() for key in _LACKING}
    for reason in reasons:
        if reason.keys and reason.keys[0] in by_lack:
            by_lack[reason.keys[0]].add(reason.deal_id)
    lacks = [
        Lack(_LACKING[key], len(deals & set(undecided)), len(deals & set(won)))
        for key, deals in by_lack.items()
    ]
    some = set().union(*by_lack.values())
    lacks.sort(key=lambda one: -one.undecided)
    return lacks, len(some & set(undecided)), len(some & set(won))
