"""What tags and taps said when an earlier version of the list stood: every merger and split since
is undone in thought, the latest first. What a person changed since stays as they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.interviews.models import Counterfactual
from app.tagging.codebook.models import ListVersion, TagMove, TapMove
from app.tagging.models import Direction, FinishReason, Tag


@dataclass(frozen=True)
class Tapped:
    """A reason tapped at the finish."""

    reason_id: int
    direction: Direction
    is_decisive: bool
    counterfactual: Counterfactual | None
    position: int


@dataclass(frozen=True)
class AsItStood:
    """The tags and the interviews' taps that spoke of another reason then."""

    version: ListVersion
    #: The reason of each tag that was moved since; None where it did not stand.
    tags: Mapping[int, int | None]
    #: All taps of each interview of which one was moved since.
    taps: Mapping[int, list[Tapped]]


def as_it_stood(session: Session, version: ListVersion) -> AsItStood:
    return AsItStood(version, _tags(session, version), _taps(session, version))


def moved_since(version: ListVersion) -> Select[int]:
    """The ids of the tags that were moved after a version."""
    return select(TagMove.tag_id).where(TagMove.version_id > version.id)


def _tags(session: Session, version: ListVersion) -> dict[int, int | None]:
    moves = session.execute(
        select(TagMove.before_id, TagMove.after_id, Tag.id, Tag.reason_id, Tag.removed_at)
        .join(Tag, Tag.id == TagMove.tag_id)
        .where(TagMove.version_id > version.id)
        .order_by(TagMove.id.desc())
    )
    said: dict[int, int | None] = {}
    changed_since: set[int] = set()
    for move in moves:
        now = said.get(move.id, None if move.removed_at else move.reason_id)
        if move.id in changed_since or now != move.after_id:
            changed_since.add(move.id)
        else:
            said[move.id] = move.before_id
    return said


def _taps(session: Session, version: ListVersion) -> dict[int, list[Tapped]]:
    moves = session.scalars(
        select(TapMove).where(TapMove.version_id > version.id).order_by(TapMove.id.desc())
    ).all()
    taps: dict[int, dict[int, Tapped]] = {move.interview_id: {} for move in moves}
    now = select(FinishReason).where(FinishReason.interview_id.in_(list(taps)))
    for tap in session.scalars(now):
        taps[tap.interview_id][tap.reason_id] = _tapped(tap, tap.reason_id, tap.is_decisive)
    for move in moves:
        said = taps[move.interview_id]
        other = said.pop(move.after_id, None)
        if other is None:
            continue
        said[move.before_id] = _tapped(move, move.before_id, move.is_decisive)
        if move.joined_decisive is not None:
            said[move.after_id] = _tapped(other, move.after_id, move.joined_decisive)
    return {
        interview_id: sorted(said.values(), key=lambda tap: tap.position)
        for interview_id, said in taps.items()
    }


def _tapped(tap: FinishReason | TapMove | Tapped, reason_id: int, is_decisive: bool) -> Tapped:
    return Tapped(reason_id, tap.direction, is_decisive, tap.counterfactual, tap.position)
