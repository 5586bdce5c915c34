"""Words of a transcript that become an answer with their first tag. Where that tag is undone they
wait in the transcript again, and nothing of the answer is left."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.interviews.answering import AnswersClosed, check_open
from app.interviews.conversation import Conversation, Turn
from app.interviews.models import Answer, Interview
from app.interviews.queries import has_more_than_words
from app.tagging import giving
from app.tagging.giving import Decided, TagValues
from app.tagging.models import Tag, TagChange, Verbatim
from app.tagging.operations import CannotTag, quote_words
from app.tagging.steps import Step
from app.transcripts import drafting
from app.transcripts.models import Draft, DraftState
from app.transcripts.queries import places_within
from app.transcripts.unanswered import Unanswered, make_answer


def tag_said(
    session: Session,
    actor: Actor,
    interview: Interview,
    said: Unanswered,
    span: tuple[int, int],
    turn: Turn | None,
    conversation: Conversation,
    values: TagValues,
    decided: Decided | None,
) -> tuple[Step, Answer]:
    """Make the words an answer, and tag some of them. Raises CannotDraft, AnswersClosed and
    CannotTag."""
    draft = said.draft
    made = {
        "draft": draft.public_id,
        "was_kept": draft.id is not None,
        "question_id": draft.question_id,
        "asked": draft.asked,
        "answer_is_new": turn is None or turn.answer is None,
    }
    answer, begins = make_answer(session, actor, interview, said, turn, conversation)
    quote = quote_words(session, actor, answer, begins + span[0], begins + span[1])
    step = giving.give_tag(session, actor, quote, values, decided)
    session.execute(update(TagChange).where(TagChange.step == step.id).values(made=made))
    return step, answer


def put_back(session: Session, actor: Actor, interview: Interview, step: Step) -> bool:
    """After the step was undone: put the words that it made an answer back. False where it made
    none, or where they were tagged otherwise meanwhile. Raises CannotTag."""
    changes = select(TagChange).where(TagChange.step == step.id, TagChange.is_undone)
    change = session.scalars(changes.limit(1)).first()
    made = change.made if change is not None else {}
    draft = session.scalar(select(Draft).where(Draft.public_id == made.get("draft", "")))
    if draft is None or draft.answer is None:
        return False
    quotes = _quotes_within(session, draft, draft.answer)
    if _are_needed(session, quotes):
        return False
    try:
        check_open(interview)
    except AnswersClosed as refusal:
        raise CannotTag(str(refusal)) from None
    answer_id, is_new = draft.answer.id, made["answer_is_new"]
    audit.record(session, actor, "transcript.answer_taken_back", draft.answer)
    session.execute(delete(Verbatim).where(Verbatim.id.in_(quotes)))
    if is_new and not has_more_than_words(session, draft.answer):
        session.execute(delete(Answer).where(Answer.id == answer_id))
    else:
        drafting.take_back(session, actor, interview, draft)
    session.expire_all()
    if made["was_kept"]:
        draft.state, draft.answer = DraftState.OPEN, None
        draft.question_id, draft.asked = made["question_id"], made["asked"]
    else:
        session.delete(draft)
    session.flush()
    return True


def _quotes_within(session: Session, draft: Draft, answer: Answer) -> list[int]:
    """Ids of the quotes of the draft's words."""
    places = places_within(session, answer, draft)
    if not places:
        return []
    start, end = min(row.start for row in places), max(row.end for row in places)
    return list(
        session.scalars(
            select(Verbatim.id).where(
                Verbatim.answer_id == answer.id, Verbatim.start < end, Verbatim.end > start
            )
        )
    )


def _are_needed(session: Session, quotes: list[int]) -> bool:
    """Whether a tag stands on one of them, or somebody picked one as the strongest."""
    standing = select(Verbatim.id).outerjoin(
        Tag, (Tag.verbatim_id == Verbatim.id) & Tag.removed_at.is_(None)
    )
    needed = or_(Tag.id.is_not(None), Verbatim.is_strong)
    return session.scalar(standing.where(Verbatim.id.in_(quotes), needed).limit(1)) is not None
