"""Reading interviews and answers, each loaded with the right to see it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import Actor, NotFound, Viewer
from app.deals.access import may_see
from app.deals.models import (
    Account,
    Contact,
    Deal,
    Outcome,
)
from app.guides.models import GuideVersion
from app.identity.models import User
from app.interviews.confidence import sight_of
from app.interviews.models import (
    HEARD,
    Answer,
    AnswerRevision,
    Interview,
    Mark,
    Note,
    Promise,
    Scope,
    State,
)
from app.interviews.moves import AHEAD, CALLED_OFF

PAGE = 50
_NO_TIME_YET = datetime(9999, 1, 1, tzinfo=UTC)
_NO_DAY = date(1, 1, 1)


class Standing(enum.StrEnum):
    """The three views of the list."""

    AHEAD = "ahead"
    HEARD = "heard"
    CALLED_OFF = "called_off"


_STATES: dict[Standing, tuple[State, ...]] = {
    Standing.AHEAD: AHEAD,
    Standing.HEARD: HEARD,
    Standing.CALLED_OFF: CALLED_OFF,
}


@dataclass(frozen=True)
class Filters:
    """What a list of interviews is narrowed to."""

    standing: Standing = Standing.AHEAD
    only_mine: bool = False
    outcome: Outcome | None = None
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class Page:
    interviews: Sequence[Interview]
    #: What `after` takes for the page that follows; empty on the last.
    next: str


def get_interview(session: Session, viewer: Viewer, public_id: str) -> Interview:
    """The interview with its deal, people and guide. Raises NotFound where the viewer may not
    see its deal."""
    interview = session.scalar(
        _visible(viewer)
        .where(Interview.public_id == public_id)
        .options(
            joinedload(Interview.guide_version),
            contains_eager(Interview.deal).joinedload(Deal.won_by),
        )
    )
    if interview is None:
        raise NotFound
    return interview


def get_interview_to_hold(session: Session, viewer: Viewer, public_id: str) -> Interview:
    """The same, for whoever may change it: its interviewer, or whoever assigns interviews."""
    interview = get_interview(session, viewer, public_id)
    if not may_hold(viewer, interview):
        raise NotFound
    return interview


def may_hold(viewer: Viewer, interview: Interview) -> bool:
    """Whether the viewer may schedule and change this interview."""
    if not viewer.may("interviews.hold"):
        return False
    return interview.interviewer_id == viewer.user_id or viewer.may("interviews.assign")


def may_write(viewer: Viewer, interview: Interview) -> bool:
    """Whether the viewer may write the buyer's words down: only who may also read them."""
    return may_hold(viewer, interview) and sight_of(viewer, interview).words


def list_interviews(session: Session, viewer: Viewer, filters: Filters) -> Page:
    """One page of interviews: those ahead by their time, the others latest first."""
    key = _sort_key(filters.standing)
    rising = filters.standing is Standing.AHEAD
    statement = _visible(viewer).where(Interview.state.in_(_STATES[filters.standing]))
    for condition in _conditions(viewer, filters):
        statement = statement.where(condition)
    if filters.after:
        place = _parse_place(filters.after, filters.standing)
        here = tuple_(key, Interview.id)
        statement = statement.where(here > place if rising else here < place)
    order = (key, Interview.id) if rising else (key.desc(), Interview.id.desc())
    rows = session.scalars(statement.order_by(*order).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return Page(shown, _place_of(shown[-1], filters.standing) if len(rows) > PAGE else "")


def interviews_of_deal(session: Session, viewer: Viewer, deal: Deal) -> Sequence[Interview]:
    return session.scalars(
        _visible(viewer).where(Interview.deal_id == deal.id).order_by(Interview.id)
    ).all()


def withholds_name(session: Session, deal_id: int) -> bool:
    """Whether some interview of the deal, unless cancelled, does not allow the buyer's name."""
    statement = select(Interview.id).where(
        Interview.deal_id == deal_id,
        Interview.state != State.CANCELLED,
        or_(Interview.scope.is_(None), Interview.scope != Scope.NAME),
    )
    return session.scalar(statement.limit(1)) is not None


def deals_interviewed_by(user_id: int) -> Select[int]:
    """Deals that a user interviews, who therefore sees them."""
    return select(Interview.deal_id).where(Interview.interviewer_id == user_id)


def possible_interviewers(session: Session) -> Sequence[User]:
    return session.scalars(select(User).where(User.is_active).order_by(User.name, User.id)).all()


def answers_of(session: Session, interview: Interview) -> Sequence[Answer]:
    """In the order of asking."""
    return session.scalars(
        select(Answer)
        .where(Answer.interview_id == interview.id)
        .order_by(Answer.position, Answer.id)
    ).all()


def marks_of(session: Session, interview: Interview) -> Sequence[Mark]:
    """What was marked while it was held, in the order of the answers. The caller has made sure
    that the viewer may read the words."""
    return session.scalars(
        select(Mark)
        .join(Mark.answer)
        .where(Mark.interview_id == interview.id, Mark.removed_at.is_(None))
        .options(
            contains_eager(Mark.answer),
            joinedload(Mark.competitor),
            joinedload(Mark.differentiator),
        )
        .order_by(Answer.position, Mark.start, Mark.id)
    ).all()


def mark_by_public_id(session: Session, public_id: str) -> Mark | None:
    """Also one that was taken back."""
    return session.scalar(select(Mark).where(Mark.public_id == public_id))


def note_of(session: Session, answer: Answer, actor: Actor) -> Note | None:
    """This author's note beside the answer."""
    return session.scalar(
        select(Note).where(Note.answer_id == answer.id, Note.author_id == actor.id)
    )


def notes_of(session: Session, viewer: Viewer, interview: Interview) -> Sequence[Note]:
    """Notes to self beside its answers, for whoever holds the interview; nobody else reads them,
    and nothing that counts or prints does."""
    if not may_hold(viewer, interview):
        return []
    return session.scalars(
        select(Note)
        .join(Note.answer)
        .where(Answer.interview_id == interview.id)
        .options(joinedload(Note.author))
        .order_by(Note.id)
    ).all()


def all_notes_of(session: Session, interview: Interview) -> Sequence[Note]:
    """Notes beside its answers, for the capture page: whoever opens it holds the interview."""
    return session.scalars(
        select(Note)
        .join(Note.answer)
        .where(Answer.interview_id == interview.id)
        .options(contains_eager(Note.answer))
        .order_by(Note.id)
    ).all()


def has_more_than_words(session: Session, answer: Answer) -> bool:
    """Whether somebody wrote in the answer since, marked something in it or noted something."""
    if answer.revision != 1:
        return True
    marked = select(Mark.id).where(Mark.answer_id == answer.id).limit(1)
    noted = select(Note.id).where(Note.answer_id == answer.id).limit(1)
    return session.scalar(marked) is not None or session.scalar(noted) is not None


def promises_of(session: Session, interview: Interview) -> Sequence[Promise]:
    """What was promised in it, with who keeps it."""
    return session.scalars(
        select(Promise)
        .where(Promise.interview_id == interview.id)
        .options(joinedload(Promise.keeper))
        .order_by(Promise.id)
    ).all()


def promises_to_keep(session: Session, viewer: Viewer) -> Sequence[Promise]:
    """What the viewer keeps and has not kept yet, of interviews they may see; the earliest
    first, those without a day last."""
    return session.scalars(
        select(Promise)
        .join(Promise.interview)
        .join(Interview.deal)
        .where(Promise.keeper_id == viewer.user_id, Promise.kept_at.is_(None), may_see(viewer))
        .options(
            contains_eager(Promise.interview)
            .contains_eager(Interview.deal)
            .options(joinedload(Deal.account), joinedload(Deal.seller))
        )
        .order_by(Promise.due_on.asc().nulls_last(), Promise.id)
    ).all()


def get_promise(session: Session, interview: Interview, public_id: str) -> Promise:
    """A promise of this interview. Raises NotFound."""
    promise = session.scalar(
        select(Promise).where(Promise.public_id == public_id, Promise.interview_id == interview.id)
    )
    if promise is None:
        raise NotFound
    return promise


def answers_of_all(session: Session, interviews: Sequence[Interview]) -> Sequence[Answer]:
    """Of each interview in the order of asking."""
    return session.scalars(
        select(Answer)
        .where(Answer.interview_id.in_([interview.id for interview in interviews]))
        .order_by(Answer.interview_id, Answer.position, Answer.id)
    ).all()


def load_guides(session: Session, interviews: Sequence[Interview]) -> None:
    """So that each interview's guide is at hand without a query of its own."""
    ids = {row.guide_version_id for row in interviews if row.guide_version_id is not None}
    session.scalars(select(GuideVersion).where(GuideVersion.id.in_(ids))).all()


def interview_by_external_id(session: Session, external_id: str) -> Interview | None:
    return session.scalar(
        select(Interview)
        .where(Interview.external_id == external_id)
        .options(joinedload(Interview.deal).joinedload(Deal.account), joinedload(Interview.contact))
    )


def deal_by_external_id(session: Session, external_id: str) -> Deal | None:
    return session.scalar(
        select(Deal)
        .where(Deal.external_id == external_id)
        .options(joinedload(Deal.account), joinedload(Deal.won_by))
    )


def last_written_at(session: Session, interview: Interview) -> datetime | None:
    """When somebody last wrote down an answer."""
    return session.scalar(
        select(func.max(AnswerRevision.created_at))
        .join(AnswerRevision.answer)
        .where(Answer.interview_id == interview.id)
    )


def _visible(viewer: Viewer) -> Select[Interview]:
    return (
        select(Interview)
        .join(Interview.deal)
        .outerjoin(Deal.account)
        .outerjoin(Deal.seller)
        .outerjoin(Interview.contact)
        .outerjoin(Interview.interviewer)
        .where(may_see(viewer))
        .options(
            contains_eager(Interview.deal).contains_eager(Deal.account),
            contains_eager(Interview.deal).contains_eager(Deal.seller),
            contains_eager(Interview.contact),
            contains_eager(Interview.interviewer),
        )
    )


def _conditions(viewer: Viewer, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.only_mine:
        conditions.append(Interview.interviewer_id == viewer.user_id)
    if filters.outcome is not None:
        conditions.append(Deal.outcome == filters.outcome)
    conditions.extend(_names_hold(viewer, word) for word in filters.words.casefold().split())
    return conditions


def _names_hold(viewer: Viewer, word: str) -> ColumnElement[bool]:
    """Whether a name that the viewer may see holds the word."""
    like = f"%{_escaped(word)}%"
    deal_named = or_(
        Deal.name_key.like(like, escape="\\"), Account.name_key.like(like, escape="\\")
    )
    if viewer.role in ("product", "leadership"):
        return deal_named & Deal.is_anonymous.is_(False)
    return or_(deal_named, func.lower(Contact.name).like(like, escape="\\"))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _sort_key(standing: Standing) -> ColumnElement[datetime] | ColumnElement[date]:
    if standing is Standing.AHEAD:
        return func.coalesce(
            Interview.scheduled_at, _NO_TIME_YET, type_=Interview.scheduled_at.type
        )
    if standing is Standing.HEARD:
        return func.coalesce(Interview.held_on, _NO_DAY)
    return func.coalesce(Interview.scheduled_at, Interview.created_at)


def _place_of(interview: Interview, standing: Standing) -> str:
    """The place in the list after which the next page begins, as an address holds it."""
    value: date | datetime
    if standing is Standing.AHEAD:
        value = interview.scheduled_at or _NO_TIME_YET
    elif standing is Standing.HEARD:
        value = interview.held_on or _NO_DAY
    else:
        value = interview.scheduled_at or interview.created_at
    return f"{value.isoformat()}~{interview.id}"


def _parse_place(text: str, standing: Standing) -> tuple[date | datetime, int]:
    """Raises NotFound for an address that nobody was given."""
    value, _, number = text.partition("~")
    try:
        if standing is Standing.HEARD:
            return date.fromisoformat(value), int(number)
        return datetime.fromisoformat(value).astimezone(UTC), int(number)
    except ValueError as error:
        raise NotFound from error
