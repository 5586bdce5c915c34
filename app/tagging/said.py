"""Words of a transcript that become an answer with their first tag. Where that tag is undone they
wait in the transcript again, and nothing of the answer is left; where it is done again, the answer
is made again with all tags that this tagger had given to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, union, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.interviews.answering import AnswersClosed, check_open
from app.interviews.conversation import Conversation, Turn
from app.interviews.loading import load_conversation
from app.interviews.models import Answer, Interview, Scope
from app.interviews.queries import has_more_than_words
from app.tagging import giving, tag_queries
from app.tagging.double_coding.models import CodedPassage, SecondTag
from app.tagging.giving import Decided, TagValues
from app.tagging.models import Tag, TagChange, Verbatim
from app.tagging.operations import CannotTag, quote_words
from app.tagging.steps import Step
from app.transcripts import drafting
from app.transcripts.drafting import CannotDraft
from app.transcripts.models import AnswerPlace, Draft, DraftState
from app.transcripts.queries import places_within
from app.transcripts.unanswered import Unanswered, make_answer, unanswered


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
    made = _before(said, turn)
    answer, begins = make_answer(session, actor, interview, said, turn, conversation)
    quote = quote_words(session, actor, answer, begins + span[0], begins + span[1])
    step = giving.give_tag(session, actor, quote, values, decided)
    _remember(session, step.id, made)
    return step, answer


def put_back(session: Session, actor: Actor, interview: Interview, step: Step) -> bool:
    """After the step was undone: put the words that it made an answer back. False where it made
    none, or where they are needed: somebody else tagged them meanwhile. Raises CannotTag."""
    changes = select(TagChange).where(TagChange.step == step.id, TagChange.is_undone)
    change = session.scalars(changes.limit(1)).first()
    made = change.made if change is not None else {}
    draft = session.scalar(select(Draft).where(Draft.public_id == made.get("draft", "")))
    if draft is None or draft.answer is None:
        return False
    answer = draft.answer
    places = places_within(session, answer, draft)
    quotes = _quotes_within(session, answer, places)
    if _are_needed(session, answer, quotes):
        return False
    try:
        check_open(interview)
    except AnswersClosed as refusal:
        raise CannotTag(str(refusal)) from None
    begins = min((row.start for row in places), default=0)
    again = {
        "place": _place(draft),
        "turn": draft.question_id,
        "answer": answer.public_id,
        "quotes": _taken_off(session, actor, interview, quotes, begins),
    }
    _remember(session, step.id, made | {"again": again})
    audit.record(session, actor, "transcript.answer_taken_back", answer)
    session.execute(delete(Verbatim).where(Verbatim.id.in_([quote.id for quote in quotes])))
    if made["answer_is_new"] and not has_more_than_words(session, answer):
        session.execute(delete(Answer).where(Answer.id == answer.id))
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


def make_again(session: Session, actor: Actor, interview: Interview) -> Answer | None:
    """Before the step that was undone is done again: make the words that it put back an answer
    again, and lay their tags on them. None where it put none back. Raises CannotTag."""
    changes = tag_queries.first_undone_step(session, interview.id, actor)
    again = next((row.made["again"] for row in changes if "again" in row.made), None)
    if again is None:
        return None
    waiting = unanswered(session, interview)
    said = next((each for each in waiting if _place(each.draft) == again["place"]), None)
    if said is None:
        raise CannotTag("These words became an answer otherwise meanwhile. Tag them by hand.")
    conversation = load_conversation(session, interview)
    turn = conversation.turn(again["turn"])
    made = _before(said, turn)
    try:
        answer, begins = make_answer(session, actor, interview, said, turn, conversation)
    except (CannotDraft, AnswersClosed) as refusal:
        raise CannotTag(str(refusal)) from None
    if made["answer_is_new"]:
        answer.public_id, answer.question_id = again["answer"], again["turn"]
        said.draft.question_id = again["turn"]
    for kept in again["quotes"]:
        _lay_on(session, actor, answer, begins, kept)
    _remember(session, changes[0].step, made)
    session.expire_all()
    return answer


def _before(said: Unanswered, turn: Turn | None) -> dict[str, Any]:
    """What is there before the words become an answer."""
    draft = said.draft
    return {
        "draft": draft.public_id,
        "was_kept": draft.id is not None,
        "question_id": draft.question_id,
        "asked": draft.asked,
        "answer_is_new": turn is None or turn.answer is None,
    }


def _remember(session: Session, step: str, made: Mapping[str, Any]) -> None:
    session.execute(update(TagChange).where(TagChange.step == step).values(made=made))


def _place(draft: Draft) -> list[int | None]:
    return [draft.first, draft.first_offset, draft.last, draft.last_offset]


def _taken_off(
    session: Session, actor: Actor, interview: Interview, quotes: Sequence[Verbatim], begins: int
) -> list[dict[str, Any]]:
    """Keep the tags that this actor's steps speak of apart from their quotes; what it takes to make
    those quotes again."""
    steps = TagChange.interview_id == interview.id
    own = select(TagChange.tag_id).where(steps, TagChange.author_id == actor.id)
    kept = []
    for quote in quotes:
        on_it = select(Tag.id).where(Tag.verbatim_id == quote.id, Tag.id.in_(own))
        tags = list(session.scalars(on_it))
        others = TagChange.tag_id.in_(tags), TagChange.author_id != actor.id
        session.execute(delete(TagChange).where(*others))
        session.execute(update(Tag).where(Tag.id.in_(tags)).values(verbatim_id=None))
        kept.append(
            {
                "id": quote.public_id,
                "start": quote.start - begins,
                "end": quote.end - begins,
                "text": quote.text,
                "scope": quote.scope.value if quote.scope else None,
                "tags": tags,
            }
        )
    return kept


def _lay_on(
    session: Session, actor: Actor, answer: Answer, begins: int, kept: Mapping[str, Any]
) -> None:
    start, end = begins + kept["start"], begins + kept["end"]
    if answer.text[max(start, 0) : end] != kept["text"]:
        raise CannotTag("The answer was changed meanwhile. Tag these words by hand.")
    scope = Scope(kept["scope"]) if kept["scope"] else None
    quote = quote_words(session, actor, answer, start, end, scope)
    quote.public_id = kept["id"]
    session.execute(update(Tag).where(Tag.id.in_(kept["tags"])).values(verbatim_id=quote.id))


def _quotes_within(
    session: Session, answer: Answer, places: Sequence[AnswerPlace]
) -> Sequence[Verbatim]:
    """The quotes of the draft's words."""
    if not places:
        return []
    start, end = min(row.start for row in places), max(row.end for row in places)
    return session.scalars(
        select(Verbatim).where(
            Verbatim.answer_id == answer.id, Verbatim.start < end, Verbatim.end > start
        )
    ).all()


def _are_needed(session: Session, answer: Answer, quotes: Sequence[Verbatim]) -> bool:
    """Whether a tag stands on one of them, somebody picked one as the strongest, or the answer is
    tagged by a second person."""
    standing = select(Verbatim.id).outerjoin(
        Tag, (Tag.verbatim_id == Verbatim.id) & Tag.removed_at.is_(None)
    )
    needed = or_(Tag.id.is_not(None), Verbatim.is_strong)
    ids = [quote.id for quote in quotes]
    twice = union(
        select(SecondTag.id).where(SecondTag.answer_id == answer.id),
        select(CodedPassage.id).where(CodedPassage.answer_id == answer.id),
    )
    asked = (standing.where(Verbatim.id.in_(ids), needed), twice)
    return any(session.scalars(one.limit(1)).first() is not None for one in asked)
