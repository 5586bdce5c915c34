"""Reminding owners of what they took on, by mail."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.actions import letters, queries
from app.actions.evidence import Theme, remeasured
from app.actions.goals import GoalState, goal_state
from app.actions.models import Decision, DecisionReminder, DecisionState, ReminderKind
from app.core import clock
from app.core.formats import zone
from app.identity.queries import workspace
from app.mail.operations import domain_of, write
from config import Settings

_SOON = timedelta(days=7)
#: Each goal that is looked at is a count of the deals heard.
_MOST_LOOKED_AT = 6


def today_of(session: Session) -> date:
    return clock.now().astimezone(zone(workspace(session).time_zone)).date()


def due(decision: Decision, today: date) -> tuple[ReminderKind, date] | None:
    """The reminder of its day that is due now, whether or not it was written."""
    if not decision.is_unfinished or decision.due_on is None:
        return None
    if today > decision.due_on:
        return ReminderKind.OVERDUE, decision.due_on
    if today >= decision.due_on - _SOON:
        return ReminderKind.SOON, decision.due_on
    return None


def missed(session: Session, decision: Decision, today: date) -> tuple[ReminderKind, date] | None:
    """The goal's day has passed and it was missed: what was learnt?"""
    theme = Theme.of(decision)
    if (
        theme is None
        or decision.goal_percent is None
        or decision.goal_by is None
        or decision.learnt
        or decision.state is DecisionState.DROPPED
        or today <= decision.goal_by
    ):
        return None
    measured = (
        remeasured(session, theme, decision.shipped_on, today) if decision.shipped_on else None
    )
    state = goal_state(
        measured,
        percent=decision.goal_percent,
        direction=decision.direction,
        by=decision.goal_by,
        today=today,
    )
    return (ReminderKind.GOAL_MISSED, decision.goal_by) if state is GoalState.MISSED else None


def goals_missed(session: Session, today: date) -> list[Decision]:
    """Of the goals whose day passed last, those that were missed and of which nobody wrote yet
    what was learnt."""
    past = [
        decision
        for decision in queries.to_watch(session)
        if decision.goal_by is not None and decision.goal_by < today
    ]
    past.sort(key=lambda decision: (decision.goal_by, decision.id), reverse=True)
    return [row for row in past[:_MOST_LOOKED_AT] if missed(session, row, today)]


def remind(session: Session, settings: Settings) -> int:
    """Write the reminders that are due and were not written; returns how many."""
    today = today_of(session)
    watched = queries.to_watch(session)
    written = {
        (one.decision_id, one.kind, one.of_day)
        for one in queries.reminders_of(session, [decision.id for decision in watched])
    }
    count = 0
    for decision in watched:
        for found in (due(decision, today), missed(session, decision, today)):
            if found is None or (decision.id, *found) in written:
                continue
            count += _write(session, settings, decision, *found)
    return count


def _write(
    session: Session, settings: Settings, decision: Decision, kind: ReminderKind, of_day: date
) -> int:
    if decision.owner is None or not decision.owner.is_active:
        return 0
    session.add(DecisionReminder(decision_id=decision.id, kind=kind, of_day=of_day))
    letter = letters.reminder(decision, kind, of_day, settings.public_url)
    write(session, letter, domain=domain_of(settings.mail_from))
    return 1
