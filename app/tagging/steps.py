"""Each thing a tagger does is a step, of one tag or of many: it can be undone, and done again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.interviews.models import Counterfactual, Kind
from app.tagging import evidence, tag_queries
from app.tagging.models import Direction, Layer, Tag, TagChange, Weight
from app.tagging.operations import CannotTag, asks_what_if
from app.tagging.suggestions.confirming import follow_tags

REMOVED = "is_removed"
_TOKENS = {
    "direction": Direction,
    "weight": Weight,
    "layer": Layer,
    "evidence": Kind,
    "counterfactual": Counterfactual,
}
_COLUMNS = (
    "reason_id",
    "differentiator_id",
    "competitor_id",
    "first_id",
    "note",
    "comes_back",
    *_TOKENS,
)
_RELATED = ("reason", "differentiator", "competitor", "first")
#: Steps of one tagger in one interview that can be undone.
_MOST_STEPS = 200

State = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """What was done: its id, the tags as they are now, and whether one of them is, or was, left
    open: without a reason, to come back to, or without what they would have decided."""

    id: str
    tags: Sequence[Tag]
    concerns_open_points: bool


def take_step(
    session: Session,
    actor: Actor,
    interview_id: int,
    did: str,
    changes: Sequence[tuple[Tag, State]],
) -> Step:
    """Give each tag these values; a tag that is new here is given. `did` is for the audit. What
    was undone before cannot be done again after it."""
    step = str(uuid.uuid4())
    tags = [tag for tag, _ in changes]
    _forget_undone(session, actor, interview_id)
    states = [_before(tag) for tag in tags]
    _set(session, changes)
    was_open = any(_is_open(state) for state in states if state)
    for tag, before in zip(tags, states, strict=True):
        after = _state(tag)
        audit.record(session, actor, did, tag, **_told(tag, after))
        if actor.id is not None:
            session.add(
                TagChange(
                    interview_id=interview_id,
                    tag=tag,
                    author_id=actor.id,
                    step=step,
                    before=before or {**after, REMOVED: True},
                    after=after,
                )
            )
    follow_tags(session, actor, tags)
    evidence.refresh_interviews(session, [interview_id])
    return Step(step, tags, was_open or any(_is_open(_state(tag)) for tag in tags))


def undo(session: Session, actor: Actor, interview_id: int, step: str = "") -> Step:
    """Take back this actor's last step; with `step`, only where it is that one. Raises
    CannotTag."""
    changes = tag_queries.last_step(session, interview_id, actor)
    if not changes:
        raise CannotTag("There is nothing to undo.")
    if step and changes[0].step != step:
        raise CannotTag("Something else was done since. Undo that first.")
    return _turn(session, actor, changes, is_undone=True)


def redo(session: Session, actor: Actor, interview_id: int) -> Step:
    """Do again what was undone last. Raises CannotTag."""
    changes = tag_queries.first_undone_step(session, interview_id, actor)
    if not changes:
        raise CannotTag("There is nothing to do again.")
    return _turn(session, actor, changes, is_undone=False)


def _turn(session: Session, actor: Actor, changes: Sequence[TagChange], *, is_undone: bool) -> Step:
    for change in changes:
        was, becomes = change.after, change.before
        if not is_undone:
            was, becomes = becomes, was
        if _state(change.tag) != was:
            raise CannotTag("This tag was changed since by somebody else. Change it by hand.")
        _set(session, [(change.tag, becomes)])
        change.is_undone = is_undone
        audit.record(session, actor, "tag.undone" if is_undone else "tag.done_again", change.tag)
    tags = [change.tag for change in changes]
    follow_tags(session, actor, tags)
    evidence.refresh_interviews(session, [changes[0].interview_id])
    open_ones = (_is_open(state) for change in changes for state in (change.before, change.after))
    return Step(changes[0].step, tags, any(open_ones))


def _set(session: Session, changes: Sequence[tuple[Tag, State]]) -> None:
    for tag, values in changes:
        for name, value in values.items():
            if name == REMOVED:
                tag.removed_at = (tag.removed_at or clock.now()) if value else None
            elif name in _TOKENS and value is not None:
                setattr(tag, name, _TOKENS[name](value))
            else:
                setattr(tag, name, value)
        session.add(tag)
    session.flush()
    for tag, _ in changes:
        session.expire(tag, _RELATED)


def _is_open(state: State) -> bool:
    is_decisive = state["weight"] == Weight.DECISIVE
    asked = asks_what_if(Direction(state["direction"]), is_decisive=is_decisive)
    unsaid = asked and not state["counterfactual"]
    return unsaid or state["comes_back"] or state["reason_id"] is None


def _state(tag: Tag) -> dict[str, Any]:
    values = {name: getattr(tag, name) for name in _COLUMNS}
    for name in _TOKENS:
        values[name] = values[name].value if values[name] is not None else None
    return values | {REMOVED: tag.removed_at is not None}


def _before(tag: Tag) -> dict[str, Any]:
    """Its state; nothing of a tag that is new."""
    is_new = tag.id is None
    return {} if is_new else _state(tag)


def _told(tag: Tag, state: State) -> dict[str, str]:
    """For the audit, without any words of a person."""
    return {
        "reason": tag.reason.key if tag.reason else "",
        "direction": state["direction"],
        "weight": state["weight"],
    } | ({"would_decide": state["counterfactual"]} if state["counterfactual"] else {})


def _forget_undone(session: Session, actor: Actor, interview_id: int) -> None:
    own = (TagChange.interview_id == interview_id, TagChange.author_id == actor.id)
    has_undone, oldest = tag_queries.changes_to_forget(session, interview_id, actor, _MOST_STEPS)
    if has_undone:
        undone = select(TagChange.tag_id).where(*own, TagChange.is_undone.is_(True))
        session.execute(delete(Tag).where(Tag.id.in_(undone), Tag.verbatim_id.is_(None)))
        session.execute(delete(TagChange).where(*own, TagChange.is_undone.is_(True)))
    if oldest is not None:
        session.execute(delete(TagChange).where(*own, TagChange.id < oldest))
