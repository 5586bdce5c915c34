"""Tokens of a guide in the plain words of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from app.deals.models import Outcome as DealOutcome
from app.deals.words import OUTCOME_WORDS
from app.guides.reading import Channel, Clarifies, Kind, Outcome

#: What a kind is called, and what it asks for.
KIND_WORDS = {
    Kind.FACT: ("Fact", "what happened, what they do, what it cost"),
    Kind.THINK: ("Think", "their view of it"),
    Kind.FEEL: ("Feel", "worry, relief, pride"),
    Kind.WOULD_DO: ("Would do", "a choice in another situation"),
}
CHANNEL_WORDS = {
    Channel.SPOKEN: "Spoken in a conversation",
    Channel.WRITTEN: "Read and answered in writing",
}
CLARIFIES_WORDS = {
    Clarifies.RIGHT_PEOPLE: "Right people",
    Clarifies.ROLES: "Their roles",
    Clarifies.DECISION_PROCESS: "How they decided",
    Clarifies.PRIORITIES: "Priorities",
    Clarifies.PROBLEM_AND_COST: "Problem and its cost",
    Clarifies.OTHER_SOLUTIONS: "Other solutions",
    Clarifies.LIKES_DISLIKES: "Likes and dislikes",
    Clarifies.VIEW_OF_COMPETITION: "View of the competition",
    Clarifies.RETURN: "What it returned",
}
#: The outcomes after which a guide can be held.
HELD_AFTER: Mapping[Outcome, str] = {
    outcome: OUTCOME_WORDS[DealOutcome(outcome.value)] for outcome in Outcome
}
