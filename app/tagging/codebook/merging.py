"""Merging two reasons: the quotes of one go to the other, and what was before can be told again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, insert, literal, select, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.market.models import Life, name_key
from app.tagging import evidence, queries
from app.tagging.codebook import tree
from app.tagging.codebook.models import ListChange, ListVersion, TagMove, TapMove
from app.tagging.codebook.split_queries import open_split_of
from app.tagging.codebook.versions import keep_version
from app.tagging.models import FinishReason, Reason, Tag
from app.tagging.reasons import WrongPlace


def merge_reason(session: Session, actor: Actor, reason: Reason, into: Reason, *, why: str) -> None:
    """Give a reason's quotes, its taps, its names and what stands under it to `into`. It is
    offered no more; versions before this one still tell the two apart. Raises WrongPlace."""
    rows = queries.all_reasons(session)
    if into is reason or into.id in tree.ids_below(rows, lambda row: row.id, reason.id):
        raise WrongPlace("A reason cannot be merged into itself, or into one that stands under it.")
    if open_split_of(session, reason) is not None:
        raise WrongPlace("It is being split. Decide the quotes that wait first.")
    below = [row for row in rows if row.parent_id == reason.id]
    last = max((row.position for row in rows if row.parent_id == into.id), default=0)
    for number, row in enumerate(below, 1):
        audit.changes(row, parent_id=into.id, position=last + number)
    into.aliases = _names_of_both(reason, into)
    audit.changes(reason, life=Life.RETIRED, merged_into_id=into.id)
    version = keep_version(session, actor, ListChange.MERGED, why, [reason, into, *below])
    tagged = queries.interviews_tagged(session, Tag.reason_id == reason.id)
    tapped = _move_taps(session, version, reason, into)
    _move_tags(session, version, reason, into)
    evidence.refresh_interviews(session, sorted({*tagged, *tapped}))
    audit.record(session, actor, "reason.merged", into, merged=reason.name)


def _names_of_both(reason: Reason, into: Reason) -> list[str]:
    names = {name_key(name): name for name in (*into.aliases, reason.name, *reason.aliases)}
    names.pop(name_key(into.name), None)
    return list(names.values())


def _move_tags(session: Session, version: ListVersion, reason: Reason, into: Reason) -> None:
    """A quote that has both reasons keeps the tag that was there."""
    has_both = select(Tag.verbatim_id).where(Tag.reason_id == into.id, Tag.removed_at.is_(None))
    moving = (Tag.reason_id == reason.id, Tag.removed_at.is_(None))
    doubled = [*moving, Tag.verbatim_id.in_(has_both)]
    _note(session, version, reason.id, into.id, [*moving, Tag.verbatim_id.not_in(has_both)])
    _note(session, version, reason.id, None, doubled)
    session.execute(
        update(Tag)
        .where(*doubled)
        .values(removed_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    session.execute(update(Tag).where(Tag.reason_id == reason.id).values(reason_id=into.id))


def _note(
    session: Session,
    version: ListVersion,
    before: int,
    after: int | None,
    condition: Sequence[ColumnElement[bool]],
) -> None:
    moves = select(literal(version.id), Tag.id, literal(before), literal(after))
    columns = ["version_id", "tag_id", "before_id", "after_id"]
    session.execute(insert(TagMove).from_select(columns, moves.where(*condition)))


def _move_taps(session: Session, version: ListVersion, reason: Reason, into: Reason) -> list[int]:
    """Where both were tapped, one tap stays, which decided if either did. Returns interviews."""
    taps = session.scalars(select(FinishReason).where(FinishReason.reason_id == reason.id)).all()
    interviews = [tap.interview_id for tap in taps]
    others = {
        other.interview_id: other
        for other in session.scalars(
            select(FinishReason).where(
                FinishReason.interview_id.in_(interviews), FinishReason.reason_id == into.id
            )
        )
    }
    for tap in taps:
        other = others.get(tap.interview_id)
        session.add(_tap_move(version, tap, into, other))
        if other is None:
            tap.reason = into
        else:
            other.is_decisive = other.is_decisive or tap.is_decisive
            session.delete(tap)
    session.flush()
    return interviews


def _tap_move(
    version: ListVersion, tap: FinishReason, into: Reason, other: FinishReason | None
) -> TapMove:
    return TapMove(
        version=version,
        interview_id=tap.interview_id,
        before_id=tap.reason_id,
        after_id=into.id,
        direction=tap.direction,
        is_decisive=tap.is_decisive,
        counterfactual=tap.counterfactual,
        position=tap.position,
        joined_decisive=other.is_decisive if other else None,
    )
