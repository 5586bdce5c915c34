"""What buyers said, with its quotes and tags, as a project for other programs. The words of a buyer
who allowed counting only stay in the house."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.deals.access import describe
from app.deals.models import Deal
from app.identity.queries import workspace
from app.interviews.confidence import narrower
from app.interviews.models import HEARD, Answer, Interview, Scope
from app.tagging.codebook import project_transcripts
from app.tagging.codebook.entries import Entry
from app.tagging.codebook.exchanging import entries_of
from app.tagging.codebook.project_facts import facts_of, says_of_answer, says_of_tag
from app.tagging.codebook.refi.project import (
    NO_REASON,
    QUESTIONS,
    Coding,
    Document,
    Person,
    Project,
    Selection,
    stable_guid,
)
from app.tagging.models import Tag
from app.tagging.queries import Quote, quotes_of_interviews


def project_of(session: Session, may_read: Callable[[Interview], bool]) -> Project:
    """Every interview whose words may leave and whom `may_read` allows."""
    documents = []
    people: list[Person] = []
    asked: dict[str, None] = {}
    for interview in _interviews(session):
        if narrower(interview.scope, None) is Scope.COUNT or not may_read(interview):
            continue
        quotes = quotes_of_interviews(session, [interview])
        kept_back = {one.verbatim.answer_id for one in quotes if _is_counted_only(one)}
        answers = _answers(session, interview, kept_back)
        asked |= dict.fromkeys(_question(answer) for answer in answers)
        standing = [quote for quote in quotes if _stands_in(quote, answers)]
        documents.append(_document(interview, answers, standing))
        call = None if kept_back else _transcript(session, interview, answers, standing)
        if call is not None:
            documents.append(call[0])
            people += call[1]
    codes = [*entries_of(session, with_drafts=True), NO_REASON_YET]
    codes += [*project_transcripts.codes(len(codes))]
    return Project(
        name=workspace(session).company,
        codes=(*codes, *_questions(list(asked), len(codes))),
        documents=tuple(documents),
        people=project_transcripts.gathered(people),
    )


NO_REASON_YET = Entry(NO_REASON, "", "No reason yet", False)


def _interviews(session: Session) -> Sequence[Interview]:
    return session.scalars(
        select(Interview)
        .where(Interview.state.in_(HEARD))
        .options(
            joinedload(Interview.contact),
            joinedload(Interview.deal).options(joinedload(Deal.account), joinedload(Deal.seller)),
        )
        .order_by(Interview.id)
    ).all()


def _is_counted_only(quote: Quote) -> bool:
    return quote.verbatim.scope is Scope.COUNT


def _stands_in(quote: Quote, answers: Sequence[Answer]) -> bool:
    verbatim = quote.verbatim
    return (
        verbatim.answer in answers
        and not verbatim.has_lost_place
        and verbatim.revision == verbatim.answer.revision
    )


def _answers(
    session: Session, interview: Interview, kept_back: Collection[int]
) -> Sequence[Answer]:
    """Without those of which the buyer wants a part to be counted only."""
    return session.scalars(
        select(Answer)
        .where(
            Answer.interview_id == interview.id,
            Answer.text != "",
            Answer.id.not_in(kept_back),
        )
        .order_by(Answer.position, Answer.id)
    ).all()


def _question(answer: Answer) -> str:
    return " ".join(answer.question.split()) or "Something said"


def _questions(asked: Sequence[str], place: int) -> Iterator[Entry]:
    yield QUESTIONS
    for question in asked:
        yield Entry(stable_guid("question", question), "", question, False, place)


def _document(interview: Interview, answers: Sequence[Answer], quotes: Sequence[Quote]) -> Document:
    text = ""
    starts: dict[int, int] = {}
    selections = []
    for answer in answers:
        text += f"{_question(answer)}\n"
        starts[answer.id] = len(text)
        selections.append(_asked(answer, len(text)))
        text += f"{answer.text}\n\n"
    selections += [_quoted(each, starts[each.verbatim.answer_id]) for each in quotes]
    return Document(
        guid=interview.public_id,
        name=_name(interview),
        text=text,
        selections=tuple(selections),
        facts=facts_of(interview),
    )


def _transcript(
    session: Session, interview: Interview, answers: Sequence[Answer], quotes: Sequence[Quote]
) -> tuple[Document, list[Person]] | None:
    """Its call, where it has one, and who speaks in it."""
    questions = {answer.id: stable_guid("question", _question(answer)) for answer in answers}
    return project_transcripts.transcript_document(
        session, interview, _name(interview), answers, quotes, questions
    )


def _name(interview: Interview) -> str:
    deal = interview.deal
    is_named = interview.scope is Scope.NAME
    return deal.name if is_named else f"{describe(deal)}, {interview.public_id[:8]}"


def _asked(answer: Answer, start: int) -> Selection:
    coding = Coding(
        guid=stable_guid("asked", answer.public_id),
        code=stable_guid("question", _question(answer)),
        says=says_of_answer(answer),
    )
    return Selection(answer.public_id, start, start + len(answer.text), (coding,))


def _quoted(quote: Quote, start: int) -> Selection:
    verbatim = quote.verbatim
    return Selection(
        guid=verbatim.public_id,
        start=start + verbatim.start,
        end=start + verbatim.end,
        codings=tuple(_coding(tag) for tag in quote.tags),
    )


def _coding(tag: Tag) -> Coding:
    return Coding(
        guid=tag.public_id,
        code=tag.reason.public_id if tag.reason else NO_REASON,
        by=tag.created_by_name,
        at=tag.created_at,
        says=says_of_tag(tag),
    )
