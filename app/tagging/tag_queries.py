"""Reading what the tagging page works on: the tags of one interview, and the steps of a tagger.
The caller has loaded the interview with the right to read its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only

from app.core.access import Actor, NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import Deal, Seller
from app.interviews.models import Answer, Interview
from app.tagging.double_coding.models import SecondCoding
from app.tagging.models import Layer, Reason, Tag, TagChange, Verbatim, Weight


@dataclass(frozen=True)
class Progress:
    """How many tags stand in an interview; whether this tagger has something to undo, and
    something to do again."""

    tags: int
    can_undo: bool
    can_redo: bool


# Built once, for every tag that is given asks them.
_TO_TAG = (
    select(
        Interview,
        exists()
        .where(
            SecondCoding.interview_id == Interview.id,
            SecondCoding.coder_id == bindparam("viewer_id"),
            SecondCoding.compared_at.is_(None),
        )
        .label("is_blind"),
    )
    .join(Interview.deal)
    .outerjoin(Deal.seller)
    .where(Interview.public_id == bindparam("public_id"))
    .options(
        load_only(
            Interview.public_id,
            Interview.interviewer_id,
            Interview.scope,
            Interview.seller_may_read,
            Interview.state,
        ),
        contains_eager(Interview.deal).options(
            load_only(Deal.outcome), contains_eager(Deal.seller).load_only(Seller.user_id)
        ),
    )
)
_TO_TAG_LOCKED = _TO_TAG.with_for_update(of=Interview)
_OWN = (
    TagChange.interview_id == bindparam("interview_id"),
    TagChange.author_id == bindparam("author_id"),
)
_UNDONE = exists().where(*_OWN, TagChange.is_undone.is_(True))
_PROGRESS: Select[*tuple[Any, ...]] = select(
    select(func.count())
    .select_from(Tag)
    .join(Tag.verbatim)
    .where(Verbatim.interview_id == bindparam("interview_id"), Tag.removed_at.is_(None))
    .scalar_subquery(),
    exists().where(*_OWN, TagChange.is_undone.is_(False)),
    _UNDONE,
)
_TO_FORGET: Select[*tuple[Any, ...]] = select(
    _UNDONE,
    select(TagChange.id)
    .where(*_OWN)
    .order_by(TagChange.id.desc())
    .offset(bindparam("kept"))
    .limit(1)
    .scalar_subquery(),
)
_WHO_TAGS: Select[*tuple[Any, ...]] = select(
    exists().where(SecondCoding.interview_id == bindparam("interview_id")),
    select(TagChange.author_id)
    .where(TagChange.interview_id == bindparam("interview_id"))
    .order_by(TagChange.id)
    .limit(1)
    .scalar_subquery(),
)
_TAG_ON = (
    select(Tag)
    .where(
        Tag.verbatim_id == bindparam("verbatim_id"),
        or_(Tag.reason_id == bindparam("reason_id"), Tag.reason_id.is_(None)),
        Tag.removed_at.is_(None),
    )
    .order_by(Tag.reason_id.is_(None), Tag.id)
    .limit(1)
)


def interview_to_tag(
    session: Session, viewer: Viewer, public_id: str, *, is_locked: bool
) -> Interview:
    """What tagging needs of the interview; not for whoever tags it a second time, until both are
    done. Locked, nobody else gives a tag in it until this is done. Raises NotFound."""
    asked = _TO_TAG_LOCKED if is_locked else _TO_TAG
    seen = may_see(viewer)
    if seen is not true():
        asked = asked.where(seen)
    found = session.execute(asked, {"public_id": public_id, "viewer_id": viewer.user_id}).first()
    if found is None or found.is_blind:
        raise NotFound
    interview: Interview = found[0]
    return interview


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
    """The tag of this reason that stands on the quote, else the first that waits for a reason."""
    return session.scalar(_TAG_ON, {"verbatim_id": verbatim.id, "reason_id": reason.id})


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


def progress(session: Session, interview: Interview, actor: Actor) -> Progress:
    own = {"interview_id": interview.id, "author_id": actor.id}
    row = session.execute(_PROGRESS, own).one()
    return Progress(row[0], row[1], row[2])


def who_tags(session: Session, interview: Interview) -> tuple[bool, int | None]:
    """Whether two people tag it, each by themselves; and the id of who took the first step, None
    before."""
    row = session.execute(_WHO_TAGS, {"interview_id": interview.id}).one()
    return row[0], row[1]


def changes_to_forget(
    session: Session, interview_id: int, actor: Actor, most: int
) -> tuple[bool, int | None]:
    """Whether some of this actor's changes are undone; and the id before which they are more than
    so many."""
    own = {"interview_id": interview_id, "author_id": actor.id, "kept": most - 1}
    row = session.execute(_TO_FORGET, own).one()
    return row[0], row[1]


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
