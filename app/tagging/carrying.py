"""Tagged words when their answer is changed: they move along, or have lost their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.interviews.events import AnswerRevised
from app.interviews.models import AnswerRevision
from app.interviews.spans import moved_span


class Placed(Protocol):
    """Code points [start, end) of one revision of an answer."""

    start: int
    end: int
    revision: int
    has_lost_place: bool


def carry_over(session: Session, event: AnswerRevised, rows: Iterable[Placed]) -> None:
    """Move each to the new revision where its words stand unchanged; the others have lost their
    place, and a person decides."""
    new = _words(session, event.answer_id, event.number)
    for row in rows:
        place = moved_span(_words(session, event.answer_id, row.revision), new, row.start, row.end)
        if place is None:
            row.has_lost_place = True
        else:
            row.start, row.end = place
            row.revision = event.number


def _words(session: Session, answer_id: int, revision: int) -> str:
    return session.scalars(
        select(AnswerRevision.text).where(
            AnswerRevision.answer_id == answer_id, AnswerRevision.number == revision
        )
    ).one()
