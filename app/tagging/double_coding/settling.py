"""Settling what two people gave differently. Both codings stay as they were; what is settled is
kept beside them, and the tags that count follow it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor, Viewer
from app.interviews.models import Answer, AnswerRevision
from app.interviews.spans import moved_span
from app.tagging import queries as tagging
from app.tagging import steps
from app.tagging.double_coding import queries
from app.tagging.double_coding.models import CodedPassage, SecondCoding
from app.tagging.models import Direction, Layer, Reason, Tag, Verbatim, Weight
from app.tagging.operations import CannotTag, quote_words
from app.tagging.steps import REMOVED, State

#: A reason's key, and which way it speaks.
Given = tuple[str, Direction]
Said = tuple[Reason, Direction]


@dataclass(frozen=True)
class Place:
    """Where a passage stands in the answer as it is now."""

    start: int
    end: int


def given(side: Iterable[Any]) -> list[Given]:
    """One side of a passage, as it is kept."""
    return [(key, Direction(direction)) for key, direction in side]


def differs(passage: CodedPassage) -> bool:
    """Whether the two gave different reasons, or the same reason another way."""
    return sorted(given(passage.first)) != sorted(given(passage.second))


def may_settle(viewer: Viewer, coding: SecondCoding) -> bool:
    """Anybody who tags; where a third is wished, neither of the two."""
    if not coding.wants_third:
        return True
    is_second = coding.coder_id == viewer.user_id
    return not is_second and viewer.name not in coding.first_name.split(", ")


def ask_a_third(session: Session, actor: Actor, coding: SecondCoding, *, wanted: bool) -> None:
    coding.wants_third = wanted
    audit.record(session, actor, "second_tagging.third_asked", coding, wanted=wanted)


def settle(
    session: Session, viewer: Viewer, passage: CodedPassage, decided: Sequence[Given], why: str
) -> bool:
    """Say what holds; empty: none of it. Returns whether the tags could follow: not where the
    answer was changed meanwhile so that the words stand there no more. Raises CannotTag."""
    if not may_settle(viewer, passage.coding):
        raise CannotTag("A third person settles this: neither of the two who tagged it.")
    passage.settled = [[key, direction.value] for key, direction in sorted(set(decided))]
    passage.settled_by_name, passage.settled_at = viewer.name, clock.now()
    passage.why = why
    said = [key for key, _ in passage.settled]
    audit.record(session, viewer.actor, "second_tagging.settled", passage, reasons=said)
    return _follow(session, viewer.actor, passage, decided)


def open_again(session: Session, viewer: Viewer, passage: CodedPassage) -> bool:
    """Not settled after all: the tags are as the first person gave them. Raises CannotTag."""
    if not may_settle(viewer, passage.coding):
        raise CannotTag("A third person settles this: neither of the two who tagged it.")
    passage.settled, passage.settled_by_name, passage.settled_at = [], "", None
    audit.record(session, viewer.actor, "second_tagging.opened_again", passage)
    return _follow(session, viewer.actor, passage, given(passage.first))


def _follow(
    session: Session, actor: Actor, passage: CodedPassage, decided: Sequence[Given]
) -> bool:
    """Make the tags that count at these words say what was decided, as one step that can be
    undone."""
    place = _place_now(session, passage)
    if place is None:
        return False
    missing = _reasons(session, decided)
    here = _tags_at(session, passage.answer, place)
    changes = list(_changes(here, missing))
    for reason, direction in sorted(missing, key=lambda one: (one[0].id, one[1])):
        changes.append(_new_tag(session, actor, passage, place, reason, direction))
    if changes:
        interview_id = passage.answer.interview_id
        steps.take_step(session, actor, interview_id, "tag.settled", changes)
    return True


def _changes(here: Sequence[Tag], missing: set[Said]) -> Iterator[tuple[Tag, State]]:
    """What becomes of the tags that are there, those that stand first; what they say is taken out
    of `missing`."""
    wanted = set(missing)
    there = {(tag.reason, tag.direction) for tag in here if tag.reason is not None}
    for tag in here:
        said = (tag.reason, tag.direction)
        turned = next((one for one in missing - there if one[0] is tag.reason), None)
        if said in missing and tag.removed_at is not None:
            yield tag, {REMOVED: False}
        elif said not in wanted and tag.removed_at is None:
            yield tag, {"direction": turned[1]} if turned else {REMOVED: True}
            missing -= {turned}
        missing -= {said}


def _reasons(session: Session, decided: Iterable[Given]) -> set[Said]:
    """As they are called now: a reason that was merged is the other."""
    found = set()
    for key, direction in decided:
        reason = tagging.reason_by_key(session, key)
        while reason is not None and reason.merged_into is not None:
            reason = reason.merged_into
        if reason is not None:
            found.add((reason, direction))
    return found


def _place_now(session: Session, passage: CodedPassage) -> Place | None:
    answer = passage.answer
    if answer.revision == passage.revision:
        return Place(passage.start, passage.end)
    then = session.scalar(
        select(AnswerRevision.text).where(
            AnswerRevision.answer_id == answer.id, AnswerRevision.number == passage.revision
        )
    )
    moved = moved_span(then, answer.text, passage.start, passage.end) if then else None
    return Place(*moved) if moved else None


def _tags_at(session: Session, answer: Answer, place: Place) -> Sequence[Tag]:
    """The first person's tags that overlap the words, also those taken away."""
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .where(
            Verbatim.answer_id == answer.id,
            Verbatim.has_lost_place.is_(False),
            Verbatim.start < place.end,
            Verbatim.end > place.start,
            Tag.reason_id.is_not(None),
        )
        .options(contains_eager(Tag.verbatim))
        .order_by(Tag.removed_at.is_not(None), Tag.id)
    ).all()


def _new_tag(
    session: Session,
    actor: Actor,
    passage: CodedPassage,
    place: Place,
    reason: Reason,
    direction: Direction,
) -> tuple[Tag, State]:
    """At the words that the second person chose for it, else at the whole passage."""
    answer = passage.answer
    start, end = _second_place(session, passage, reason) or (place.start, place.end)
    quote = quote_words(session, actor, answer, start, end)
    tag = Tag(public_id=str(uuid.uuid4()), verbatim_id=quote.id, created_by_name=actor.name)
    values: State = {
        "reason_id": reason.id,
        "direction": direction,
        "weight": Weight.MENTIONED,
        "layer": Layer.PROBED if answer.follows_id else Layer.SURFACE,
        "evidence": answer.kind,
    }
    return tag, values


def _second_place(
    session: Session, passage: CodedPassage, reason: Reason
) -> tuple[int, int] | None:
    if passage.answer.revision != passage.revision:
        return None
    return next(
        (
            (tag.start, tag.end)
            for tag in queries.second_tags(session, passage.coding)
            if tag.answer_id == passage.answer_id
            and tag.reason_id == reason.id
            and passage.start <= tag.start
            and tag.end <= passage.end
        ),
        None,
    )
