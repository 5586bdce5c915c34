"""What the pages of programmes list: the queue, what was decided, counts, draws, opt-outs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import NotFound, Viewer
from app.programmes.models import (
    WAITING,
    Draw,
    OptOut,
    Programme,
    Selection,
    SelectionState,
)
from app.programmes.queries import visible_selections

_MOST = 300
_LATELY = timedelta(days=14)
_MOST_DECIDED = 20
_MOST_DRAWS = 10


def queue(session: Session, viewer: Viewer) -> Sequence[Selection]:
    """What waits: first what wants a person, then by the time at which it leaves."""
    wants_somebody = Selection.state == SelectionState.QUEUED
    return session.scalars(
        visible_selections(viewer)
        .where(Selection.state.in_(WAITING))
        .order_by(Programme.id, wants_somebody, Selection.leaves_at, Selection.id)
        .limit(_MOST)
    ).all()


def decided_lately(session: Session, viewer: Viewer) -> Sequence[Selection]:
    """What left the queue in the last two weeks, the latest first."""
    return session.scalars(
        visible_selections(viewer)
        .where(Selection.state.not_in(WAITING), Selection.decided_at > clock.now() - _LATELY)
        .order_by(Selection.decided_at.desc(), Selection.id.desc())
        .limit(_MOST_DECIDED)
    ).all()


def count_waiting(session: Session) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(Selection).where(Selection.state.in_(WAITING))
        )
        or 0
    )


def counts_by_programme(session: Session) -> dict[int, dict[SelectionState, int]]:
    found: dict[int, dict[SelectionState, int]] = {}
    rows = session.execute(
        select(Selection.programme_id, Selection.state, func.count()).group_by(
            Selection.programme_id, Selection.state
        )
    )
    for programme_id, state, number in rows:
        found.setdefault(programme_id, {})[state] = number
    return found


def draws_of(session: Session, programme: Programme) -> Sequence[Draw]:
    """The latest runs that chose somebody."""
    return session.scalars(
        select(Draw)
        .where(Draw.programme_id == programme.id)
        .order_by(Draw.drawn_at.desc(), Draw.id.desc())
        .limit(_MOST_DRAWS)
    ).all()


def opt_outs(session: Session) -> Sequence[OptOut]:
    """Addresses that asked to be left alone, the latest first."""
    return session.scalars(
        select(OptOut).order_by(OptOut.opted_out_at.desc(), OptOut.id.desc()).limit(_MOST)
    ).all()


def get_opt_out(session: Session, row_id: int) -> OptOut:
    row = session.get(OptOut, row_id)
    if row is None:
        raise NotFound
    return row
