"""Tokens of an interview in the plain words of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from app.deals.models import BuyingRole, Outcome
from app.guides.reading import Clarifies
from app.interviews.models import Channel, Relation, Scope, State, Taken

STATES: Mapping[State, str] = {
    State.PLANNED: "Planned",
    State.SCHEDULED: "Scheduled",
    State.IN_PROGRESS: "In progress",
    State.HELD: "Held",
    State.TAGGED: "Tagged",
    State.CLOSED: "Closed",
    State.CANCELLED: "Cancelled",
    State.NO_SHOW: "Did not come",
    State.DECLINED: "Declined",
}
STATE_TONES: Mapping[State, str] = {
    State.SCHEDULED: "accent",
    State.IN_PROGRESS: "warn",
    State.HELD: "for",
    State.TAGGED: "for",
    State.CLOSED: "outline",
    State.CANCELLED: "outline",
    State.NO_SHOW: "outline",
    State.DECLINED: "outline",
}
CHANNELS: Mapping[Channel, str] = {
    Channel.VIDEO: "Video",
    Channel.PHONE: "Phone",
    Channel.IN_PERSON: "In person",
    Channel.WRITTEN: "In writing",
}
RELATIONS: Mapping[Relation, str] = {
    Relation.OWNER: "the person who sold the deal",
    Relation.OTHER_SELLER: "another seller",
    Relation.OUTSIDE_SALES: "a colleague outside sales",
    Relation.OUTSIDE_PARTY: "an outside party",
}
SCOPES: Mapping[Scope, str] = {
    Scope.NAME: "Yes, with my name",
    Scope.ROLE: "Yes, by my role only",
    Scope.COUNT: "No, only count my answers",
}
SCOPES_SHORT: Mapping[Scope, str] = {
    Scope.NAME: "Quoted with the name",
    Scope.ROLE: "Quoted by role",
    Scope.COUNT: "Only counted",
}
TAKEN: Mapping[Taken, str] = {
    Taken.TYPED: "Typed as said",
    Taken.NOTES: "From my notes",
    Taken.TRANSCRIPT: "From a transcript",
    Taken.WRITTEN: "Written by the buyer",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.WON: "They chose us",
    Outcome.LOST: "They chose somebody else",
    Outcome.NO_DECISION: "They decided nothing",
    Outcome.RENEWED: "They stayed with us",
    Outcome.CHURNED: "They left us",
}
BUYING_ROLES: Mapping[BuyingRole, str] = {
    BuyingRole.EVALUATOR: "Evaluator",
    BuyingRole.DECISION_MAKER: "Decision maker",
    BuyingRole.ECONOMIC_BUYER: "Economic buyer",
    BuyingRole.USER: "User",
    BuyingRole.CHAMPION: "Champion",
    BuyingRole.BLOCKER: "Blocker",
}
CLARIFIES: Mapping[Clarifies, str] = {
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
