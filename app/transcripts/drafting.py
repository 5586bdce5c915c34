"""From a transcript to answers: drafts laid along the guide, which a person accepts, moves,
splits or leaves aside."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.interviews.answering import Asked, add_question, record_answer
from app.interviews.conversation import Conversation, Turn
from app.interviews.models import Answer, Interview, Taken
from app.interviews.writing_queries import answer_to, lock_interview
from app.transcripts import queries
from app.transcripts.composing import TURN_GAP, Piece, compose, without
from app.transcripts.laying import Planned, lay
from app.transcripts.models import (
    AnswerPlace,
    Draft,
    DraftState,
    Part,
    Segment,
    Speaker,
    Transcript,
)
from app.transcripts.reading import Format
from app.transcripts.stretches import Asking, Said, stretches_of

_CAPTIONS = (Format.VTT, Format.SRT, Format.SBV)
_LONGEST_QUESTION = 500


class CannotDraft(ValueError):
    """It is refused; the message is for the person who wanted it."""


class HasWords(CannotDraft):
    """The question has an answer already that was typed: a person chooses."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("This question has an answer already. Choose what becomes of both.")
        self.answer = answer


class How(enum.StrEnum):
    """What becomes of an answer that was typed before."""

    JOIN = "join"
    INSTEAD = "instead"


def lay_out(
    session: Session, transcript: Transcript, conversation: Conversation, language: str
) -> int:
    """Draft answers from the whole transcript. What a person accepted or left aside stays, and so
    do its words. Returns how many drafts are open."""
    speakers = {row.id: row for row in queries.speakers_of(session, transcript)}
    segments = queries.segments_of(session, transcript)
    kept = []
    for draft in queries.drafts_of(session, transcript):
        if draft.state is DraftState.OPEN:
            session.delete(draft)
        else:
            kept.append(draft)
    asked = stretches_of(
        [
            Said(row.position, row.text, speakers[row.speaker_id].part is Part.INTERVIEWER)
            for row in segments
        ]
    )
    planned = [Planned(turn.question_id, turn.say, turn.probes) for turn in conversation.turns]
    laid = lay([each.asked for each in asked], planned, language)
    answered = {place.segment.position for place in queries.places_in(session, transcript)}
    buyers = {row.position for row in segments if speakers[row.speaker_id].part is Part.BUYER}
    drafts = [
        draft
        for draft in _drafts(asked, [(each.question, each.is_sure) for each in laid], segments)
        if any(position in buyers for position in range(draft.first, draft.last + 1))
        and not any(draft.first <= one.last and one.first <= draft.last for one in kept)
        and answered.isdisjoint(range(draft.first, draft.last + 1))
    ]
    for draft in drafts:
        draft.transcript_id = transcript.id
    session.add_all(drafts)
    session.flush()
    return len(drafts)


def _drafts(
    asked: Sequence[Asking], laid: Sequence[tuple[str | None, bool]], segments: Sequence[Segment]
) -> list[Draft]:
    """A draft begins where a question is asked, of the guide or besides; nods, and probes into the
    same question, go on with it."""
    drafts: list[Draft] = []
    end = segments[-1].position if segments else 0
    for stretch, (question, is_sure) in zip(asked, laid, strict=True):
        begins = question is not None or (stretch.asks and not stretch.is_nod)
        if drafts and (not begins or (question and question == drafts[-1].question_id)):
            continue
        if not begins:
            continue
        if drafts:
            drafts[-1].last = stretch.first - 1
        drafts.append(
            Draft(
                public_id=str(uuid.uuid4()),
                position=stretch.first,
                question_id=question or "",
                asked=stretch.asked[-_LONGEST_QUESTION:],
                first=stretch.last + 1,
                last=end,
                is_sure=is_sure,
                state=DraftState.OPEN,
            )
        )
    return drafts


def pieces_of(
    draft: Draft, segments: Sequence[Segment], speakers: dict[int, Speaker], kind: Format
) -> list[Piece]:
    """The buyers' words of the draft; whatever others said between them is left out."""
    pieces: list[Piece] = []
    before: int | None = None
    for segment in segments:
        if not draft.first <= segment.position <= draft.last:
            continue
        if speakers[segment.speaker_id].part is not Part.BUYER:
            before = None
            continue
        begin = draft.first_offset if segment.position == draft.first else 0
        end = draft.last_offset if segment.position == draft.last else None
        words = segment.text[begin:end]
        if words.strip():
            new = before != segment.speaker_id or kind not in _CAPTIONS
            pieces.append(Piece(segment.id, begin, words, begins_turn=new))
        before = segment.speaker_id
    return pieces


def accept(
    session: Session,
    actor: Actor,
    interview: Interview,
    draft: Draft,
    conversation: Conversation,
    how: How | None = None,
) -> Answer:
    """Make the draft's words the answer, or a further part of it, each with its place.

    Raises HasWords where the question has an answer that was typed and `how` does not say what
    becomes of it.
    """
    lock_interview(session, interview)
    if draft.state is DraftState.ACCEPTED and draft.answer is not None:
        return draft.answer
    pieces = _pieces(session, draft)
    if not pieces:
        raise CannotDraft("No words of a buyer stand here.")
    asked = _asked(session, actor, interview, draft, conversation)
    before = _words_before(session, interview, asked, how)
    at = len(before) + len(TURN_GAP) if before else 0
    text, placed = compose(pieces, at)
    answer = answer_to(session, interview, asked.question_id)
    typed = before and answer is not None and answer.taken is not Taken.TRANSCRIPT
    saved = record_answer(
        session,
        actor,
        interview,
        asked,
        text=f"{before}{TURN_GAP}{text}" if before else text,
        revision_id=str(uuid.uuid4()),
        base=answer.revision if answer is not None else 0,
        taken=None if typed else Taken.TRANSCRIPT,
    )
    session.add_all(
        AnswerPlace(answer_id=saved.answer.id, revision=saved.number, **vars(place))
        for place in placed
    )
    draft.question_id = asked.question_id
    draft.state = DraftState.ACCEPTED
    draft.answer = saved.answer
    audit.record(
        session, actor, "transcript.answer_accepted", saved.answer, interview_id=interview.id
    )
    session.flush()
    return saved.answer


def accept_sure(
    session: Session,
    actor: Actor,
    interview: Interview,
    transcript: Transcript,
    conversation: Conversation,
) -> tuple[int, int]:
    """Accept every open draft that is sure; returns how many, and how many wait for a choice."""
    accepted = waiting = 0
    for draft in queries.drafts_of(session, transcript):
        if draft.state is DraftState.OPEN and draft.is_sure and draft.question_id:
            try:
                accept(session, actor, interview, draft, conversation)
                accepted += 1
            except HasWords:
                waiting += 1
    return accepted, waiting


def take_back(session: Session, actor: Actor, interview: Interview, draft: Draft) -> None:
    """Take the draft's words out of the answer again; revisions keep them."""
    lock_interview(session, interview)
    answer = draft.answer
    if draft.state is DraftState.ACCEPTED and answer is not None:
        places = queries.places_within(session, answer, draft)
        if places:
            start, end = min(row.start for row in places), max(row.end for row in places)
            text = without(answer.text, start, end)
            record_answer(
                session,
                actor,
                interview,
                Asked(answer.question_id, answer.question, answer.kind, answer.position),
                text=text,
                revision_id=str(uuid.uuid4()),
                base=answer.revision,
                taken=None if text.strip() else interview.taken,
            )
        audit.record(
            session, actor, "transcript.answer_taken_back", answer, interview_id=interview.id
        )
    draft.state = DraftState.OPEN
    draft.answer = None
    session.flush()


def set_aside(session: Session, actor: Actor, interview: Interview, draft: Draft) -> None:
    take_back(session, actor, interview, draft)
    draft.state = DraftState.ASIDE


def move(
    session: Session, actor: Actor, interview: Interview, draft: Draft, turn: Turn | None
) -> None:
    """To another question, or to be one of its own. A person says so, so it is sure."""
    take_back(session, actor, interview, draft)
    draft.question_id = turn.question_id if turn is not None else ""
    draft.is_sure = turn is not None


def split(session: Session, draft: Draft, position: int) -> Draft:
    """Two drafts of one; the second begins at this segment, and belongs to no question yet."""
    if draft.state is not DraftState.OPEN or not draft.first < position <= draft.last:
        raise CannotDraft("It cannot be split here.")
    second = Draft(
        public_id=str(uuid.uuid4()),
        transcript_id=draft.transcript_id,
        position=position,
        question_id="",
        asked="",
        first=position,
        last=draft.last,
        last_offset=draft.last_offset,
        state=DraftState.OPEN,
    )
    draft.last, draft.last_offset = position - 1, None
    session.add(second)
    session.flush()
    return second


def draft_words(
    session: Session,
    transcript: Transcript,
    question_id: str,
    start: tuple[int, int],
    end: tuple[int, int | None],
) -> Draft:
    """A draft of words that a person chose, each end as a segment's position and an offset."""
    draft = Draft(
        public_id=str(uuid.uuid4()),
        transcript_id=transcript.id,
        position=start[0],
        question_id=question_id,
        first=start[0],
        first_offset=start[1],
        last=end[0],
        last_offset=end[1],
        is_sure=True,
        state=DraftState.OPEN,
    )
    session.add(draft)
    session.flush()
    if not _pieces(session, draft):
        session.delete(draft)
        raise CannotDraft("No words of a buyer are among these: the interviewer's are no answer.")
    return draft


def _pieces(session: Session, draft: Draft) -> list[Piece]:
    transcript = session.get_one(Transcript, draft.transcript_id)
    speakers = {row.id: row for row in queries.speakers_of(session, transcript)}
    segments = queries.segments_between(session, transcript, draft.first, draft.last)
    return pieces_of(draft, segments, speakers, transcript.format)


def _asked(
    session: Session, actor: Actor, interview: Interview, draft: Draft, conversation: Conversation
) -> Asked:
    turn = conversation.turn(draft.question_id) if draft.question_id else None
    if turn is not None:
        return turn.asked
    if not draft.asked.strip():
        raise CannotDraft("Choose the question that these words answer.")
    turns = conversation.turns
    added = add_question(
        session,
        actor,
        interview,
        say=draft.asked.strip(),
        after=turns[-1].position if turns else 0,
    )
    return Asked(added.question_id, added.question, added.kind, added.position)


def _words_before(session: Session, interview: Interview, asked: Asked, how: How | None) -> str:
    """The words that the draft's are joined to: those from the transcript always, typed ones if
    a person says so."""
    answer = answer_to(session, interview, asked.question_id)
    if answer is None or not answer.text.strip():
        return ""
    if answer.taken is Taken.TRANSCRIPT:
        return answer.text
    if how is None:
        raise HasWords(answer)
    return answer.text if how is How.JOIN else ""
