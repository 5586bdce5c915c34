"""Reading what the tagging page works on: the tags of one interview, and the steps of a tagger.
The caller has loaded the interview with the right to read its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import Actor
from app.interviews.models import Answer, Interview
from app.tagging.models import Layer, Reason, Tag, TagChange, Verbatim, Weight


@dataclass(frozen=True)
class Turns:
    """Whether there is something to undo, and something to do again."""

    can_undo: bool
    can_redo: bool


def tags_of_interview(
    session: Session, interview: Interview, public_ids: Sequence[str]
) -> Sequence[Tag]:
    """Those of these tags that stand in this interview."""
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .where(
            Tag.public_id.in_(public_ids),
            Verbatim.interview_id == interview.id,
            Tag.removed_at.is_(None),
        )
        .options(contains_eager(Tag.verbatim).joinedload(Verbatim.answer), joinedload(Tag.reason))
        .order_by(Tag.id)
    ).all()


def tag_on(session: Session, verbatim: Verbatim, reason: Reason) -> Tag | None:
    """The tag of this reason that stands on the quote."""
    return session.scalar(
        select(Tag).where(
            Tag.verbatim_id == verbatim.id,
            Tag.reason_id == reason.id,
            Tag.removed_at.is_(None),
        )
    )


def tag_without_reason(session: Session, verbatim: Verbatim) -> Tag | None:
    """The first tag on the quote that waits for its reason."""
    return session.scalar(
        select(Tag)
        .where(
            Tag.verbatim_id == verbatim.id,
            Tag.reason_id.is_(None),
            Tag.removed_at.is_(None),
        )
        .order_by(Tag.id)
        .limit(1)
    )


def decisive_tags(session: Session, interview_id: int) -> Sequence[Tag]:
    """Of an interview, those with a reason."""
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .where(
            Verbatim.interview_id == interview_id,
            Tag.weight == Weight.DECISIVE,
            Tag.reason_id.is_not(None),
            Tag.removed_at.is_(None),
        )
        .options(contains_eager(Tag.verbatim), joinedload(Tag.reason))
        .order_by(Tag.id)
    ).all()


def first_answers(session: Session, interview: Interview) -> Sequence[Tag]:
    """The tags of first answers, in reading order."""
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .join(Verbatim.answer)
        .where(
            Verbatim.interview_id == interview.id,
            Tag.layer == Layer.SURFACE,
            Tag.reason_id.is_not(None),
            Tag.removed_at.is_(None),
        )
        .options(contains_eager(Tag.verbatim), joinedload(Tag.reason))
        .order_by(Answer.position, Verbatim.start, Tag.id)
    ).all()


def last_step(session: Session, interview_id: int, actor: Actor) -> Sequence[TagChange]:
    """The changes of this actor's last step that stands, the last first; empty without one."""
    last = session.scalar(
        select(func.max(TagChange.id)).where(
            *_own(interview_id, actor), TagChange.is_undone.is_(False)
        )
    )
    return _step_of(session, last)[::-1]


def first_undone_step(session: Session, interview_id: int, actor: Actor) -> Sequence[TagChange]:
    """The changes of the step that was undone last, the first first."""
    first = session.scalar(
        select(func.min(TagChange.id)).where(
            *_own(interview_id, actor), TagChange.is_undone.is_(True)
        )
    )
    return _step_of(session, first)


def turns(session: Session, interview: Interview, actor: Actor) -> Turns:
    undone = set(
        session.scalars(select(TagChange.is_undone).where(*_own(interview.id, actor)).distinct())
    )
    return Turns(can_undo=False in undone, can_redo=True in undone)


def first_tagger(session: Session, interview: Interview) -> int | None:
    """The id of who took the first step; None before."""
    return session.scalar(
        select(TagChange.author_id)
        .where(TagChange.interview_id == interview.id)
        .order_by(TagChange.id)
        .limit(1)
    )


def oldest_change_kept(session: Session, interview_id: int, actor: Actor, most: int) -> int | None:
    """The id before which this actor's changes are more than so many."""
    return session.scalar(
        select(TagChange.id)
        .where(*_own(interview_id, actor))
        .order_by(TagChange.id.desc())
        .offset(most - 1)
        .limit(1)
    )


def _own(interview_id: int, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return TagChange.interview_id == interview_id, TagChange.author_id == actor.id


def _step_of(session: Session, change_id: int | None) -> Sequence[TagChange]:
    if change_id is None:
        return []
    step = select(TagChange.step).where(TagChange.id == change_id).scalar_subquery()
    return session.scalars(
        select(TagChange)
        .where(TagChange.step == step)
        .options(
            joinedload(TagChange.tag).options(
                joinedload(Tag.reason), joinedload(Tag.verbatim).joinedload(Verbatim.answer)
            )
        )
        .order_by(TagChange.id)
    ).all()
