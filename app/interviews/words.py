"""Tokens of an interview in the plain words of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from app.deals.models import BuyingRole, Outcome
from app.guides.reading import Clarifies
from app.guides.words import CLARIFIES_WORDS
from app.interviews.models import (
    Channel,
    Counterfactual,
    Kind,
    MarkKind,
    Reference,
    Relation,
    Scope,
    SkipReason,
    State,
    Taken,
)

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
    Taken.DICTATED: "Dictated",
    Taken.PASTED: "Pasted",
}
KINDS: Mapping[Kind, str] = {
    Kind.FACT: "Fact",
    Kind.THINK: "Think",
    Kind.FEEL: "Feel",
    Kind.WOULD_DO: "Would do",
}
MARKS: Mapping[MarkKind, str] = {
    MarkKind.STRONG: "Strong quote",
    MarkKind.COME_BACK: "Come back to this",
    MarkKind.COMPETITOR: "Competitor",
    MarkKind.DIFFERENTIATOR: "Differentiator",
}
SKIP_REASONS: Mapping[SkipReason, str] = {
    SkipReason.NO_TIME: "No time",
    SkipReason.NOT_FOR_THEM: "Not for this person",
    SkipReason.ALREADY_SAID: "Already said",
    SkipReason.WOULD_NOT_SAY: "They would not say",
    SkipReason.OTHER: "Another reason",
}
#: What they would have decided, had one thing been otherwise.
COUNTERFACTUAL: Mapping[Counterfactual, str] = {
    Counterfactual.US: "Us",
    Counterfactual.THEM: "Somebody else",
    Counterfactual.NOTHING: "Nothing",
    Counterfactual.UNKNOWN: "They do not know",
}
REFERENCES: Mapping[Reference, str] = {
    Reference.YES: "Yes",
    Reference.MAYBE_LATER: "Maybe later",
    Reference.NO: "No",
    Reference.NOT_ASKED: "Not asked",
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
CLARIFIES: Mapping[Clarifies, str] = CLARIFIES_WORDS
