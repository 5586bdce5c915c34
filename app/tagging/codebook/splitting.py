"""Splitting a reason into several, and deciding its quotes again, one by one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.market.models import Life
from app.tagging import evidence, queries
from app.tagging.codebook.models import ListChange, Split, SplitItem, TagMove
from app.tagging.codebook.split_queries import last_decided, open_split_of, parts_of, progress
from app.tagging.codebook.versions import keep_version
from app.tagging.models import Reason, Tag
from app.tagging.reasons import free_key, last_position, retire_reason

_COPIED = (
    "verbatim_id",
    "direction",
    "weight",
    "layer",
    "evidence",
    "counterfactual",
    "differentiator_id",
    "competitor_id",
)


class CannotSplit(ValueError):
    """The message is for the person who wanted it."""


def split_reason(
    session: Session,
    actor: Actor,
    reason: Reason,
    names: Sequence[str],
    *,
    why: str,
    retires: bool,
) -> Split:
    """Make each name a reason beside the old one, or take the one that has it, and put the old
    one's quotes in a queue. They count as before until somebody decides. Raises CannotSplit."""
    if open_split_of(session, reason) is not None:
        raise CannotSplit("It is being split already. Decide the quotes that wait first.")
    parts = [_part(session, reason, name) for name in names]
    if len({part.id for part in parts} - {reason.id}) < len(parts):
        raise CannotSplit("Name each new reason once, and not the old one.")
    version = keep_version(session, actor, ListChange.SPLIT, why, [reason, *parts])
    split = Split(version=version, reason=reason, retires=retires)
    session.add(split)
    session.flush()
    waiting = select(literal(split.id), Tag.id, literal(""), literal([], SplitItem.added.type))
    session.execute(
        insert(SplitItem).from_select(
            ["split_id", "tag_id", "decided_by_name", "added"],
            waiting.where(Tag.reason_id == reason.id, Tag.removed_at.is_(None)).order_by(
                Tag.verbatim_id
            ),
        )
    )
    audit.record(session, actor, "reason.split", reason, into=[part.name for part in parts])
    _close_if_done(session, actor, split)
    return split


def _part(session: Session, reason: Reason, name: str) -> Reason:
    known = queries.reason_by_name(session, name)
    if reason.parent is None or (known is not None and known.is_draft):
        raise CannotSplit("A draft is accepted first.")
    if known is not None:
        if known.life is Life.RETIRED:
            known.life, known.parent = Life.ACTIVE, reason.parent
        return known
    part = Reason(
        key=free_key(session, name),
        name=name,
        parent=reason.parent,
        position=last_position(session, reason.parent) + 1,
        seeds={},
        aliases=[],
        examples=[],
    )
    session.add(part)
    session.flush()
    return part


def decide(session: Session, actor: Actor, item: SplitItem, chosen: Sequence[Reason]) -> None:
    """Say which reasons a quote speaks of: the tag stays where the old one is among them, else it
    goes to the first; for each other a tag like it is added."""
    if item.decided_at is not None:
        undo_decision(session, actor, item)
    tag = item.tag
    wanted = list(chosen)
    if item.split.reason_id in [reason.id for reason in wanted]:
        wanted = [reason for reason in wanted if reason.id != item.split.reason_id]
    else:
        first = wanted.pop(0)
        if _has(session, tag, first):
            tag.removed_at = clock.now()
            _note(session, item, tag, None)
        else:
            _note(session, item, tag, first.id)
            tag.reason = first
    added = [_add_like(session, actor, item, tag, reason) for reason in wanted]
    item.added = [each.id for each in added if each is not None]
    item.decided_at = clock.now()
    item.decided_by_name = actor.name
    said = [reason.name for reason in chosen]
    audit.record(session, actor, "reason_split.decided", tag, reasons=said)
    evidence.refresh_interviews(session, [tag.verbatim.interview_id])
    _close_if_done(session, actor, item.split)


def undo_decision(session: Session, actor: Actor, item: SplitItem) -> None:
    """The quote waits again."""
    tag = item.tag
    session.execute(delete(Tag).where(Tag.id.in_(item.added)))
    session.execute(
        delete(TagMove).where(TagMove.tag_id == tag.id, TagMove.version_id == item.split.version_id)
    )
    tag.reason_id, tag.removed_at = item.split.reason_id, None
    item.decided_at, item.decided_by_name, item.added = None, "", []
    item.split.closed_at = None
    audit.record(session, actor, "reason_split.undone", tag)
    evidence.refresh_interviews(session, [tag.verbatim.interview_id])


def undo_last(session: Session, actor: Actor, split: Split) -> SplitItem | None:
    """Take the last decision back. A split that is closed stays so."""
    item = last_decided(session, split) if split.closed_at is None else None
    if item is not None:
        undo_decision(session, actor, item)
    return item


def choices(session: Session, split: Split) -> list[Reason]:
    """What a quote can be: one of the new reasons, or still the old one."""
    return [*parts_of(session, split), split.reason]


def _has(session: Session, tag: Tag, reason: Reason) -> bool:
    """Whether another tag of the quote speaks of the reason already."""
    other = select(Tag.id).where(
        Tag.verbatim_id == tag.verbatim_id,
        Tag.reason_id == reason.id,
        Tag.removed_at.is_(None),
        Tag.id != tag.id,
    )
    return session.scalar(other.limit(1)) is not None


def _add_like(
    session: Session, actor: Actor, item: SplitItem, tag: Tag, reason: Reason
) -> Tag | None:
    if _has(session, tag, reason):
        return None
    values = {name: getattr(tag, name) for name in _COPIED}
    added = Tag(public_id=str(uuid.uuid4()), reason=reason, created_by_name=actor.name, **values)
    session.add(added)
    session.flush()
    move = TagMove(
        version_id=item.split.version_id, tag_id=added.id, before_id=None, after_id=reason.id
    )
    session.add(move)
    return added


def _note(session: Session, item: SplitItem, tag: Tag, after: int | None) -> None:
    session.add(
        TagMove(
            version_id=item.split.version_id,
            tag_id=tag.id,
            before_id=item.split.reason_id,
            after_id=after,
        )
    )


def _close_if_done(session: Session, actor: Actor, split: Split) -> None:
    session.flush()
    if progress(session, split).waiting:
        return
    split.closed_at = clock.now()
    if split.retires:
        why = f"Split: every quote is decided. {split.version.why}".strip()
        retire_reason(session, actor, split.reason, why=why)
