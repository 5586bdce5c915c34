"""The demo's decisions: one that shipped, one under way, one whose goal was missed; and goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import operations
from app.actions.evidence import Theme
from app.actions.models import DecisionState, MayBeTold, Measure
from app.actions.operations import Plan
from app.analytics.queries import Subject
from app.analytics.window import Window
from app.core import clock
from app.core.periods import Quarter
from app.demo.ahead import at_hour
from app.identity.models import User
from app.interviews.models import HEARD, Interview, Scope
from app.tagging.models import Direction, Reason

_GOALS = {Measure.RESPONSE: 40, Measure.DAYS_TO_INTERVIEW: 21, Measure.SHARE_HEARD: 30}
_ASKED_EVERY = 3


@dataclass(frozen=True)
class _Story:
    """A decision, how many days ago it was taken, and what became of it."""

    reason: str
    words: str
    owner: str
    days_ago: int
    due_after: int
    goal_percent: int | None = None
    goal_after: int | None = None
    shipped_after: int | None = None
    is_under_way: bool = False


_STORIES = (
    _Story(
        "security",
        "Keep the security answers ready, and send them on the day they are asked for.",
        "Priya Raman",
        days_ago=270,
        due_after=60,
        goal_percent=20,
        goal_after=365,
        shipped_after=56,
    ),
    _Story(
        "return_shown",
        "Work out the return with the buyer's own figures in the second meeting.",
        "Jonas Weber",
        days_ago=30,
        due_after=35,
        goal_percent=25,
        goal_after=300,
        is_under_way=True,
    ),
    _Story(
        "time_to_start",
        "Offer a first site that is live within four weeks.",
        "Priya Raman",
        days_ago=210,
        due_after=90,
        goal_percent=5,
        goal_after=200,
        shipped_after=80,
    ),
)


def add_decisions(session: Session, until: date) -> None:
    users = {user.name: user for user in session.scalars(select(User))}
    manager = users["Miriam Holt"]
    reasons = {reason.key: reason for reason in session.scalars(select(Reason))}
    for story in _STORIES:
        _tell(session, story, reasons[story.reason], users[story.owner], users, until)
    for measure, target in _GOALS.items():
        operations.set_goal(session, manager.actor, measure, target)
    _ask_buyers(session, manager)


def _tell(
    session: Session,
    story: _Story,
    reason: Reason,
    owner: User,
    users: dict[str, User],
    until: date,
) -> None:
    taken = until - timedelta(days=story.days_ago)
    sofia = users["Sofia Lindqvist"].actor
    with clock.frozen(at_hour(taken, 11)):
        decision = operations.take(
            session,
            sofia,
            Plan(
                story.words,
                owner,
                due_on=taken + timedelta(days=story.due_after),
                goal_percent=story.goal_percent,
                goal_by=taken + timedelta(days=story.goal_after) if story.goal_after else None,
            ),
            theme=Theme(Subject.REASON, reason.id, Direction.AGAINST),
            window=Window.year_to(Quarter.containing(taken).shifted(-1)),
            today=taken,
            report=f"quarter:{Quarter.containing(taken).shifted(-1).token}",
        )
    if story.is_under_way:
        operations.move(session, owner.actor, decision, DecisionState.UNDER_WAY)
    if story.shipped_after is not None:
        shipped_on = taken + timedelta(days=story.shipped_after)
        operations.move(
            session, owner.actor, decision, DecisionState.SHIPPED, shipped_on=shipped_on
        )


def _ask_buyers(session: Session, manager: User) -> None:
    """Some buyers said that they want to hear what becomes of it."""
    heard: Sequence[Interview] = session.scalars(
        select(Interview)
        .where(Interview.state.in_(HEARD), Interview.scope != Scope.COUNT)
        .order_by(Interview.id)
        .limit(200)
    ).all()
    session.add_all(
        MayBeTold(interview_id=interview.id, allowed=True, noted_by_name=manager.name)
        for number, interview in enumerate(heard)
        if number % _ASKED_EVERY == 0
    )
