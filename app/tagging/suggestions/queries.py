"""Reading suggestions, what there is to learn from, and what became of what was suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound
from app.interviews.models import Answer, Interview, State
from app.tagging.models import Direction, Reason, Tag, Verbatim
from app.tagging.suggesting.directions import BAD, GOOD
from app.tagging.suggesting.examples import Example
from app.tagging.suggestions.examples import AnswerTagged, Confirmed
from app.tagging.suggestions.models import (
    Decision,
    SuggestedInterview,
    SuggesterVersion,
    Suggestion,
)

TAGGED = (State.TAGGED, State.CLOSED)
# Built once, for every tag that is given asks it.
_OF_TAGS = (
    select(Suggestion)
    .where(
        or_(
            Suggestion.tag_id.in_(bindparam("tags", expanding=True)),
            Suggestion.answer_id.in_(bindparam("answers", expanding=True)),
        )
    )
    .order_by(Suggestion.id)
)


def latest_version(session: Session) -> SuggesterVersion | None:
    return session.scalar(select(SuggesterVersion).order_by(SuggesterVersion.id.desc()).limit(1))


def versions(session: Session, most: int = 20) -> Sequence[SuggesterVersion]:
    """The latest first."""
    return session.scalars(
        select(SuggesterVersion).order_by(SuggesterVersion.id.desc()).limit(most)
    ).all()


def versions_with_file(session: Session) -> Sequence[SuggesterVersion]:
    return session.scalars(select(SuggesterVersion).where(SuggesterVersion.file.is_not(None))).all()


def count_confirmed(session: Session) -> int:
    """Tags with a reason that stand in interviews tagged in full."""
    return session.scalars(
        select(func.count())
        .select_from(Tag)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .where(*_confirmed(), Interview.state.in_(TAGGED))
    ).one()


def answers_tagged(session: Session) -> list[AnswerTagged]:
    """Every answer of the interviews tagged in full, with the reasons given to its words."""
    tags: dict[int, list[Confirmed]] = {}
    for answer_id, start, end, key in session.execute(
        select(Verbatim.answer_id, Verbatim.start, Verbatim.end, Reason.key)
        .join(Tag, Tag.verbatim_id == Verbatim.id)
        .join(Reason, Reason.id == Tag.reason_id)
        .join(Interview, Interview.id == Verbatim.interview_id)
        .where(*_confirmed(), Interview.state.in_(TAGGED), Verbatim.has_lost_place.is_(False))
    ):
        tags.setdefault(answer_id, []).append(Confirmed(start, end, key))
    answers = session.execute(
        select(Answer.id, Answer.interview_id, Answer.text)
        .join(Answer.interview)
        .where(Interview.state.in_(TAGGED), Answer.text != "")
        .order_by(Answer.id)
    )
    return [
        AnswerTagged(interview_id, text, tuple(tags.get(answer_id, ())))
        for answer_id, interview_id, text in answers
    ]


def words_directed(session: Session) -> list[Example]:
    """The words of every tag that speaks for us or against us, in interviews tagged in full: said
    well or badly, whoever they are said of."""
    rows = session.execute(
        select(Verbatim.interview_id, Verbatim.text, Tag.direction, Tag.competitor_id)
        .join(Tag.verbatim)
        .join(Verbatim.interview)
        .where(
            Tag.removed_at.is_(None),
            Tag.direction != Direction.NEUTRAL,
            Interview.state.in_(TAGGED),
        )
        .order_by(Tag.id)
    )
    return [
        Example(
            text,
            frozenset([GOOD if (direction is Direction.FOR) == (competitor is None) else BAD]),
            str(interview_id),
        )
        for interview_id, text, direction, competitor in rows
    ]


def interviews_to_suggest_for(session: Session, version: SuggesterVersion) -> Sequence[int]:
    """Ids of the interviews that wait for a tagger and for this version, the oldest first."""
    seen = exists().where(
        SuggestedInterview.interview_id == Interview.id,
        SuggestedInterview.version_id == version.id,
    )
    return session.scalars(
        select(Interview.id)
        .where(Interview.state == State.HELD, ~seen)
        .order_by(Interview.held_on, Interview.id)
    ).all()


def answers_of(session: Session, interview_id: int) -> Sequence[Answer]:
    """Those that say something."""
    return session.scalars(
        select(Answer).where(Answer.interview_id == interview_id, Answer.text != "")
    ).all()


def suggestions_of(session: Session, interview: Interview) -> Sequence[Suggestion]:
    """All that was suggested for the answers as they stand, whatever became of it."""
    return session.scalars(
        select(Suggestion)
        .join(Suggestion.answer)
        .where(Suggestion.interview_id == interview.id, Suggestion.revision == Answer.revision)
        .options(
            contains_eager(Suggestion.answer),
            joinedload(Suggestion.reason),
            joinedload(Suggestion.competitor),
        )
        .order_by(Answer.position, Suggestion.start, Suggestion.id)
    ).all()


def suggestion_of_interview(session: Session, interview: Interview, public_id: str) -> Suggestion:
    """Raises NotFound."""
    found = session.scalar(
        select(Suggestion)
        .where(Suggestion.public_id == public_id, Suggestion.interview_id == interview.id)
        .options(
            joinedload(Suggestion.answer),
            joinedload(Suggestion.reason),
            joinedload(Suggestion.competitor),
        )
    )
    if found is None:
        raise NotFound
    return found


def suggestions_concerned(session: Session, tags: Sequence[Tag]) -> Sequence[Suggestion]:
    """Those that became one of these tags, and open ones of the same reason at the same words."""
    ids = {tag.id for tag in tags}
    answers = {tag.verbatim.answer_id for tag in tags}
    found = session.scalars(_OF_TAGS, {"tags": list(ids), "answers": list(answers)})
    return [one for one in found if one.tag_id in ids or any(_is_same(one, tag) for tag in tags)]


def _is_same(one: Suggestion, tag: Tag) -> bool:
    quote = tag.verbatim
    return (
        one.decision is Decision.OPEN
        and (one.answer_id, one.revision) == (quote.answer_id, quote.revision)
        and one.reason_id == tag.reason_id
        and one.start < quote.end
        and one.end > quote.start
    )


@dataclass(frozen=True)
class Decided:
    """What people made of the suggestions of one reason that were sure, and how many of the tags
    that they gave in the same interviews had been suggested."""

    reason: Reason
    accepted: int
    refused: int
    suggested: int
    given: int


def decided_by_reason(session: Session) -> list[Decided]:
    """Of each reason with a decision or with a tag where something was suggested, by name."""
    decisions = {
        reason_id: (accepted, refused)
        for reason_id, accepted, refused in session.execute(
            select(
                Suggestion.reason_id,
                _count(Suggestion.decision == Decision.ACCEPTED),
                _count(Suggestion.decision == Decision.REFUSED),
            )
            .where(Suggestion.is_sure, Suggestion.decision != Decision.OPEN)
            .group_by(Suggestion.reason_id)
        )
    }
    was_suggested = exists().where(
        Suggestion.tag_id == Tag.id, Suggestion.is_sure, Suggestion.reason_id == Tag.reason_id
    )
    had_suggestions = exists().where(SuggestedInterview.interview_id == Verbatim.interview_id)
    given = {
        reason_id: (suggested, count)
        for reason_id, suggested, count in session.execute(
            select(Tag.reason_id, _count(was_suggested), func.count())
            .join(Tag.verbatim)
            .join(Verbatim.interview)
            .where(*_confirmed(), Interview.state.in_(TAGGED), had_suggestions)
            .group_by(Tag.reason_id)
        )
    }
    reasons = session.scalars(
        select(Reason).where(Reason.id.in_(decisions.keys() | given.keys())).order_by(Reason.name)
    )
    return [
        Decided(reason, *decisions.get(reason.id, (0, 0)), *given.get(reason.id, (0, 0)))
        for reason in reasons
    ]


def words_decided(session: Session) -> Sequence[tuple[int, list[str], Decision]]:
    """Of each decided suggestion its reason and the words that spoke for it, the latest 5,000."""
    rows = session.execute(
        select(Suggestion.reason_id, Suggestion.words, Suggestion.decision)
        .where(Suggestion.is_sure, Suggestion.decision != Decision.OPEN)
        .order_by(Suggestion.id.desc())
        .limit(5000)
    )
    return [(reason_id, words, decision) for reason_id, words, decision in rows]


def count_open(session: Session) -> int:
    return session.scalars(
        select(func.count()).where(Suggestion.is_sure, Suggestion.decision == Decision.OPEN)
    ).one()


def _confirmed() -> tuple[ColumnElement[bool], ...]:
    return Tag.removed_at.is_(None), Tag.reason_id.is_not(None)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
