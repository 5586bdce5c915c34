"""Programmes themselves: made, changed, paused and taken up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.programmes.models import Programme, ProgrammeInterviewer
from app.programmes.rules import Group


def add(
    session: Session, actor: Actor, *, rule: Group, interviewers: Iterable[int], **values: Any
) -> Programme:
    """A new programme, which runs from now on."""
    programme = Programme(rule=rule.plain(), created_by_name=actor.name, **values)
    session.add(programme)
    audit.record(session, actor, "programme.added", programme, name=programme.name)
    _set_interviewers(session, programme, interviewers)
    return programme


def edit(
    session: Session,
    actor: Actor,
    programme: Programme,
    *,
    rule: Group,
    interviewers: Iterable[int],
    **values: Any,
) -> None:
    """What is in the queue already stays there; the next choice follows the new rule."""
    changed = audit.changes(programme, rule=rule.plain(), **values)
    _set_interviewers(session, programme, interviewers)
    audit.record(session, actor, "programme.changed", programme, changes=changed)


def pause(session: Session, actor: Actor, programme: Programme) -> None:
    """Nothing more is chosen, and nothing leaves by itself."""
    programme.is_active = False
    audit.record(session, actor, "programme.paused", programme)


def resume(session: Session, actor: Actor, programme: Programme) -> None:
    programme.is_active = True
    audit.record(session, actor, "programme.resumed", programme)


def _set_interviewers(session: Session, programme: Programme, user_ids: Iterable[int]) -> None:
    session.execute(
        delete(ProgrammeInterviewer).where(ProgrammeInterviewer.programme_id == programme.id)
    )
    session.add_all(
        ProgrammeInterviewer(programme_id=programme.id, user_id=user_id)
        for user_id in sorted(set(user_ids))
    )
    session.flush()
