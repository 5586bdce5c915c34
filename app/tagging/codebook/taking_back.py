"""Undoing a version of the list: what it changed is as it was before, and that is a version too."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.market.models import Life
from app.tagging import evidence
from app.tagging.codebook.models import (
    ListChange,
    ListVersion,
    ReasonRevision,
    Split,
    SplitItem,
    TagMove,
    TapMove,
)
from app.tagging.codebook.queries import Changed, changed_in
from app.tagging.codebook.versions import KEPT, keep_version
from app.tagging.models import FinishReason, Reason, Tag

#: What makes reasons: taken back, those that it made are retired.
_MAKES = (ListChange.ADDED, ListChange.LOADED, ListChange.SPLIT)


class CannotTakeBack(ValueError):
    """The version stays; the message is for the person who wanted it undone."""


def hindrance(session: Session, version: ListVersion) -> str:
    """Why the version cannot be taken back; empty where it can."""
    if version.change is ListChange.BEGUN:
        return "The list began with this version."
    if version.takes_back is not None and version.takes_back.change is ListChange.SPLIT:
        return "It took a split back. Split the reason again instead."
    later = _standing_after(session, version)
    if later:
        number = later[-1].number
        return f"Version {number} changed the same reasons later. Take that one back first."
    return ""


def _standing_after(session: Session, version: ListVersion) -> list[ListVersion]:
    """Later versions of the same reasons, the latest last; without those that were taken back, and
    without what took them back."""
    changed = select(ReasonRevision.reason_id).where(ReasonRevision.version_id == version.id)
    later = session.scalars(
        select(ListVersion)
        .join(ReasonRevision, ReasonRevision.version_id == ListVersion.id)
        .where(ReasonRevision.version_id > version.id, ReasonRevision.reason_id.in_(changed))
        .distinct()
        .order_by(ListVersion.id.desc())
    ).all()
    undone: set[int] = set()
    standing = []
    for each in later:
        if each.id in undone:
            continue
        if each.takes_back_id is not None and each.takes_back_id > version.id:
            undone.add(each.takes_back_id)
        else:
            standing.append(each)
    return standing[::-1]


def take_back(session: Session, actor: Actor, version: ListVersion, *, why: str) -> ListVersion:
    """Raises CannotTakeBack. What the version added is retired, for quotes may have it by now; the
    queue of a split is gone."""
    if problem := hindrance(session, version):
        raise CannotTakeBack(problem)
    makes = version.change in _MAKES
    rows = [_restore(each, is_new=makes) for each in changed_in(session, version)]
    undoing = keep_version(session, actor, ListChange.TAKEN_BACK, why, rows, takes_back=version)
    interviews = _tags_back(session, version, undoing) | _taps_back(session, version, undoing)
    if version.change is ListChange.SPLIT:
        _empty_queue(session, version)
    evidence.refresh_interviews(session, sorted(interviews))
    audit.record(session, actor, "reason_list.taken_back", undoing, version=version.number)
    return undoing


def _restore(changed: Changed, *, is_new: bool) -> Reason:
    """As the version before had it: what that one did not hold is retired, or a draft again."""
    reason = changed.after.reason
    if changed.before is not None:
        for field in KEPT:
            setattr(reason, field, getattr(changed.before, field))
    elif not is_new:
        reason.life, reason.parent_id, reason.merged_into_id = Life.DRAFT, None, None
    elif reason.parent_id is not None:
        reason.life = Life.RETIRED
    return reason


def _tags_back(session: Session, version: ListVersion, undoing: ListVersion) -> set[int]:
    """Each tag that nobody has changed since speaks of its reason again. Returns interviews."""
    interviews = set()
    moves = session.scalars(select(TagMove).where(TagMove.version_id == version.id)).all()
    for move in moves:
        tag = session.get_one(Tag, move.tag_id)
        now = None if tag.removed_at else tag.reason_id
        if now != move.after_id:
            continue
        tag.reason_id = move.before_id
        tag.removed_at = None if move.before_id else clock.now()
        session.add(
            TagMove(
                version_id=undoing.id,
                tag_id=tag.id,
                before_id=move.after_id,
                after_id=move.before_id,
            )
        )
        interviews.add(tag.verbatim.interview_id)
    return interviews


def _empty_queue(session: Session, version: ListVersion) -> None:
    split = session.scalar(select(Split).where(Split.version_id == version.id))
    if split is not None:
        session.execute(delete(SplitItem).where(SplitItem.split_id == split.id))
        session.delete(split)


def _taps_back(session: Session, version: ListVersion, undoing: ListVersion) -> set[int]:
    interviews = set()
    moves = session.scalars(select(TapMove).where(TapMove.version_id == version.id)).all()
    for move in moves:
        tap = session.scalar(
            select(FinishReason).where(
                FinishReason.interview_id == move.interview_id,
                FinishReason.reason_id == move.after_id,
            )
        )
        if tap is None:
            continue
        if move.joined_decisive is None:
            tap.reason_id = move.before_id
        else:
            tap.is_decisive = move.joined_decisive
            session.add(_tap_again(move))
        interviews.add(move.interview_id)
    return interviews


def _tap_again(move: TapMove) -> FinishReason:
    return FinishReason(
        interview_id=move.interview_id,
        reason_id=move.before_id,
        direction=move.direction,
        is_decisive=move.is_decisive,
        counterfactual=move.counterfactual,
        position=move.position,
    )
