"""Taking decisions, carrying them on, and setting goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.evidence import Theme, frozen
from app.actions.models import (
    Decision,
    DecisionState,
    MayBeTold,
    Measure,
    ProgrammeGoal,
)
from app.analytics.window import Window
from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.identity.models import User
from app.interviews.models import Interview


class GoalIsFixed(ValueError):
    """A goal is given before the work begins: afterwards it would be drawn around the arrow."""


class NotYetShipped(ValueError):
    """Shipping needs its day, and a day that has come."""


@dataclass(frozen=True)
class Plan:
    """What is to be done, by whom and until when, and what it is to change."""

    words: str
    owner: User | None = None
    due_on: date | None = None
    tracker_url: str = ""
    goal_percent: int | None = None
    goal_by: date | None = None


def take(
    session: Session,
    actor: Actor,
    plan: Plan,
    *,
    theme: Theme | None,
    window: Window,
    today: date,
    report: str = "",
) -> Decision:
    """Keep the decision with the evidence as it stands."""
    decision = Decision(
        **vars(plan),
        report=report,
        evidence=frozen(session, window, theme, today) if theme else {},
        direction=theme.direction if theme else None,
        taken_by_name=actor.name,
    )
    if theme is not None:
        setattr(decision, f"{theme.subject.value}_id", theme.subject_id)
    session.add(decision)
    session.flush()
    audit.record(session, actor, "decision.taken", decision, words=plan.words[:120])
    return decision


def change(session: Session, actor: Actor, decision: Decision, plan: Plan) -> None:
    """Raises GoalIsFixed where the goal differs and the work has begun."""
    goal = (plan.goal_percent, plan.goal_by)
    if decision.state is not DecisionState.DECIDED and goal != (
        decision.goal_percent,
        decision.goal_by,
    ):
        raise GoalIsFixed("The goal was given before the work began, and stays.")
    changed = audit.changes(decision, **vars(plan))
    if changed:
        audit.record(session, actor, "decision.changed", decision, changes=changed)


def move(
    session: Session,
    actor: Actor,
    decision: Decision,
    state: DecisionState,
    *,
    shipped_on: date | None = None,
) -> None:
    """Carry it on, or back. Raises NotYetShipped."""
    today = clock.now().date()
    if state is DecisionState.SHIPPED and (shipped_on is None or shipped_on > today):
        raise NotYetShipped("Enter the day on which it shipped; it cannot lie ahead.")
    changed = audit.changes(
        decision, state=state, shipped_on=shipped_on if state is DecisionState.SHIPPED else None
    )
    if changed:
        audit.record(session, actor, f"decision.{state.value}", decision, changes=changed)


def learn(session: Session, actor: Actor, decision: Decision, learnt: str) -> None:
    """What was learnt from a goal that was missed."""
    if audit.changes(decision, learnt=learnt):
        audit.record(session, actor, "decision.learnt", decision)


def note_may_be_told(session: Session, actor: Actor, interview: Interview, allowed: bool) -> None:
    """The buyer said whether they want to hear what became of what they said."""
    row = queries.may_be_told(session, interview.id)
    if row is None:
        row = MayBeTold(interview_id=interview.id, allowed=allowed)
        session.add(row)
    row.allowed, row.noted_by_name, row.noted_at = allowed, actor.name, clock.now()
    audit.record(session, actor, "interview.may_be_told", interview, allowed=allowed)


def set_goal(session: Session, actor: Actor, measure: Measure, target: int | None) -> None:
    """A goal for the programme; None takes it away."""
    goal = queries.goals(session).get(measure)
    before = goal.target if goal is not None else None
    if before == target:
        return
    if goal is not None and target is None:
        session.delete(goal)
    elif goal is None:
        session.add(ProgrammeGoal(measure=measure, target=target, set_by_name=actor.name))
    else:
        assert target is not None
        goal.target, goal.set_by_name, goal.set_at = target, actor.name, clock.now()
    audit.record(
        session, actor, "programme.goal_set", None, measure=measure, target=[before, target]
    )
