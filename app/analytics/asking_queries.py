"""The questions that a theme put into guides, and how many buyers answered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.analytics.models import ThemeQuestion
from app.guides.models import GuideVersion
from app.guides.queries import drafts, newest_versions
from app.interviews.models import HEARD, Answer, Interview
from app.tagging.models import Direction, Reason


@dataclass(frozen=True)
class Asked:
    """A question, in which guides it stands, in which it waits to be published, and how many
    interviews answered it."""

    question: ThemeQuestion
    stands_in: tuple[str, ...]
    waits_in: tuple[str, ...]
    answered: int


def asked_about(session: Session, reason: Reason, direction: Direction) -> list[Asked]:
    """The questions put into guides about this theme, the latest first."""
    questions = session.scalars(
        select(ThemeQuestion)
        .where(ThemeQuestion.reason_id == reason.id, ThemeQuestion.direction == direction)
        .order_by(ThemeQuestion.id.desc())
    ).all()
    if not questions:
        return []
    published = {row.slug: row for row in newest_versions(session)}
    waiting = {row.slug: row.content for row in drafts(session)}
    return [
        Asked(
            question,
            tuple(
                published[slug].title
                for slug, node in question.guides
                if slug in published and _holds(published[slug].content, node)
            ),
            tuple(
                waiting[slug]["title"]
                for slug, node in question.guides
                if slug in waiting
                and _holds(waiting[slug], node)
                and not (slug in published and _holds(published[slug].content, node))
            ),
            _answered(session, question.guides),
        )
        for question in questions
    ]


def _holds(content: dict[str, object], question_id: str) -> bool:
    sections = content["sections"]
    assert isinstance(sections, list)
    return any(
        question["id"] == question_id for section in sections for question in section["questions"]
    )


def _answered(session: Session, guides: Sequence[Sequence[str]]) -> int:
    if not guides:
        return 0
    asked = or_(
        *(and_(GuideVersion.slug == slug, Answer.question_id == node) for slug, node in guides)
    )
    return (
        session.scalar(
            select(func.count(Interview.id.distinct()))
            .join(Answer, Answer.interview_id == Interview.id)
            .join(GuideVersion, GuideVersion.id == Interview.guide_version_id)
            .where(Interview.state.in_(HEARD), Answer.text != "", asked)
        )
        or 0
    )
