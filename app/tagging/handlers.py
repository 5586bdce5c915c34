"""What tagging does when an earlier room tells something."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.identity.events import WorkspaceMade
from app.interviews.events import AnswerRevised, WordsDeleted
from app.market.events import CompetitorMerged, DifferentiatorMerged
from app.tagging import evidence, queries
from app.tagging.carrying import carry_over
from app.tagging.codebook.loading import load_reason_list
from app.tagging.codebook_files import shipped_codebook
from app.tagging.models import FinishReason, Tag, TagChange, Verbatim
from app.tagging.suggestions.models import Suggestion


@events.on(WorkspaceMade)
def begin_with_the_starter_list(session: Session, _made: WorkspaceMade) -> None:
    load_reason_list(session, SYSTEM, shipped_codebook("starter"))


_PLACED_QUOTES = select(Verbatim).where(
    Verbatim.answer_id == bindparam("answer_id"), Verbatim.has_lost_place.is_(False)
)


@events.on(AnswerRevised, if_any=_PLACED_QUOTES)
def carry_quotes_over(session: Session, event: AnswerRevised) -> None:
    carry_over(
        session, event, session.scalars(_PLACED_QUOTES, {"answer_id": event.answer_id}).all()
    )


@events.on(WordsDeleted)
def forget_its_reasons(session: Session, deleted: WordsDeleted) -> None:
    """Quotes and tags went with the answers; what was tapped at the finish goes too, and what could
    be done again."""
    steps = TagChange.interview_id == deleted.interview_id
    session.execute(delete(Tag).where(Tag.id.in_(select(TagChange.tag_id).where(steps))))
    session.execute(delete(FinishReason).where(FinishReason.interview_id == deleted.interview_id))
    evidence.refresh_interviews(session, [deleted.interview_id])


@events.on(CompetitorMerged)
def move_tags_to_the_other_competitor(session: Session, merged: CompetitorMerged) -> None:
    interviews = queries.interviews_tagged(session, Tag.competitor_id == merged.merged_id)
    session.execute(
        update(Tag)
        .where(Tag.competitor_id == merged.merged_id)
        .values(competitor_id=merged.into_id)
    )
    session.execute(
        update(Suggestion)
        .where(Suggestion.competitor_id == merged.merged_id)
        .values(competitor_id=merged.into_id)
    )
    evidence.refresh_interviews(session, interviews)


@events.on(DifferentiatorMerged)
def move_tags_to_the_other_differentiator(session: Session, merged: DifferentiatorMerged) -> None:
    interviews = queries.interviews_tagged(session, Tag.differentiator_id == merged.merged_id)
    session.execute(
        update(Tag)
        .where(Tag.differentiator_id == merged.merged_id)
        .values(differentiator_id=merged.into_id)
    )
    evidence.refresh_interviews(session, interviews)
