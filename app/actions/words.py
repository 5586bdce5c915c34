"""The tokens of decisions in plain words."""

from __future__ import annotations

from app.actions.goals import GoalState
from app.actions.models import DecisionState

STATES = {
    DecisionState.DECIDED: "Decided",
    DecisionState.UNDER_WAY: "Under way",
    DecisionState.SHIPPED: "Shipped",
    DecisionState.DROPPED: "Dropped",
}
TONES = {
    DecisionState.DECIDED: "outline",
    DecisionState.UNDER_WAY: "accent",
    DecisionState.SHIPPED: "for",
    DecisionState.DROPPED: None,
}
GOAL_STATES = {
    GoalState.AHEAD: "Not yet due",
    GoalState.REACHED: "Reached",
    GoalState.MISSED: "Missed",
    GoalState.TOO_FEW: "Too few heard to tell",
}
GOAL_TONES = {
    GoalState.AHEAD: "outline",
    GoalState.REACHED: "for",
    GoalState.MISSED: "against",
    GoalState.TOO_FEW: "warn",
}
