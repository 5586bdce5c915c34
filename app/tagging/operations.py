"""Tapping reasons, quoting words, tagging quotes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.interviews.models import Answer, Interview, Kind, Scope
from app.market.models import Competitor, Differentiator
from app.tagging import evidence, queries
from app.tagging.models import (
    Direction,
    FinishReason,
    Layer,
    Reason,
    Tag,
    Verbatim,
    Weight,
)

MOST_FINISH_REASONS = 3


class CannotTag(ValueError):
    """The tag is refused; the message is for the person who gave it."""


@dataclass(frozen=True)
class Tap:
    """A reason tapped at the finish."""

    reason: Reason
    direction: Direction
    is_decisive: bool


def tap_reasons(session: Session, actor: Actor, interview: Interview, taps: Sequence[Tap]) -> None:
    """The interviewer's reasons, at most three; they replace those tapped before."""
    if len({tap.reason.id for tap in taps}) != len(taps):
        raise CannotTag("Each reason once.")
    if len(taps) > MOST_FINISH_REASONS:
        raise CannotTag(f"At most {MOST_FINISH_REASONS} reasons: the ones that mattered most.")
    for earlier in session.scalars(
        select(FinishReason).where(FinishReason.interview_id == interview.id)
    ):
        session.delete(earlier)
    session.flush()
    session.add_all(
        FinishReason(
            interview_id=interview.id,
            reason=tap.reason,
            direction=tap.direction,
            is_decisive=tap.is_decisive,
            position=position,
        )
        for position, tap in enumerate(taps)
    )
    audit.record(
        session, actor, "interview.reasons_tapped", interview, reasons=[t.reason.key for t in taps]
    )
    evidence.refresh_interviews(session, [interview.id])


def mark_strongest(
    session: Session, actor: Actor, answer: Answer, start: int, end: int
) -> Verbatim:
    """The strongest sentence of the interview; there is one."""
    clear_strongest(session, answer.interview)
    verbatim = quote_words(session, actor, answer, start, end)
    verbatim.is_strong = True
    return verbatim


def clear_strongest(session: Session, interview: Interview) -> None:
    """No sentence stands out."""
    for earlier in session.scalars(
        select(Verbatim).where(Verbatim.interview_id == interview.id, Verbatim.is_strong.is_(True))
    ):
        earlier.is_strong = False


def quote_words(
    session: Session,
    actor: Actor,
    answer: Answer,
    start: int,
    end: int,
    scope: Scope | None = None,
) -> Verbatim:
    """The verbatim of this span of the answer as it stands: one span, one verbatim."""
    check_span(answer, start, end)
    known = queries.quote_at(session, answer, start, end)
    if known is not None:
        return known
    verbatim = Verbatim(
        interview_id=answer.interview_id,
        answer=answer,
        revision=answer.revision,
        start=start,
        end=end,
        text=answer.text[start:end],
        scope=scope,
        created_by_name=actor.name,
    )
    session.add(verbatim)
    session.flush()
    return verbatim


def check_span(answer: Answer, start: int, end: int) -> None:
    """Raises CannotTag where the span is not in the answer, or holds no words."""
    if not 0 <= start < end <= len(answer.text):
        raise CannotTag("These words are no longer where they were. Select them again.")
    if not answer.text[start:end].strip():
        raise CannotTag("Select some words first.")


@dataclass(frozen=True)
class TagValues:
    """What a tag says of a quote."""

    reason: Reason | None
    direction: Direction
    weight: Weight = Weight.MENTIONED
    layer: Layer = Layer.SURFACE
    evidence: Kind | None = None
    differentiator: Differentiator | None = None
    competitor: Competitor | None = None


def add_tag(session: Session, actor: Actor, verbatim: Verbatim, values: TagValues) -> Tag:
    """Tag the quote. The same reason twice on one quote changes the tag that is there."""
    known = session.scalar(
        select(Tag).where(
            Tag.verbatim_id == verbatim.id,
            Tag.reason_id == (values.reason.id if values.reason else None),
            Tag.removed_at.is_(None),
        )
    )
    if known is not None and values.reason is not None:
        return change_tag(session, actor, known, values)
    tag = Tag(
        public_id=str(uuid.uuid4()), verbatim=verbatim, created_by_name=actor.name, **vars(values)
    )
    session.add(tag)
    audit.record(session, actor, "tag.given", tag, **_said(values))
    evidence.refresh_interviews(session, [verbatim.interview_id])
    return tag


def change_tag(session: Session, actor: Actor, tag: Tag, values: TagValues) -> Tag:
    for field, value in vars(values).items():
        setattr(tag, field, value)
    audit.record(session, actor, "tag.changed", tag, **_said(values))
    evidence.refresh_interviews(session, [tag.verbatim.interview_id])
    return tag


def remove_tag(session: Session, actor: Actor, tag: Tag) -> None:
    """Take the tag away; it can be put back."""
    tag.removed_at = clock.now()
    audit.record(session, actor, "tag.removed", tag)
    evidence.refresh_interviews(session, [tag.verbatim.interview_id])


def put_tag_back(session: Session, actor: Actor, tag: Tag) -> None:
    tag.removed_at = None
    audit.record(session, actor, "tag.put_back", tag)
    evidence.refresh_interviews(session, [tag.verbatim.interview_id])


def _said(values: TagValues) -> dict[str, str]:
    return {
        "reason": values.reason.key if values.reason else "",
        "direction": values.direction.value,
        "weight": values.weight.value,
    }
