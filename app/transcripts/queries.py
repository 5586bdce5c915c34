"""Reading transcripts, each loaded with the right to its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.access import NotFound, Viewer
from app.interviews import queries as interviews
from app.interviews.models import Answer, Interview
from app.transcripts.models import (
    AnswerPlace,
    Draft,
    DraftState,
    Part,
    RememberedSpeaker,
    Segment,
    Speaker,
    Transcript,
)

#: So few words may be said by anybody.
_TELLING_WORDS = 4
_WORD = re.compile(r"[^\W_]+")


class Place(NamedTuple):
    """Where words were said. The time is that of the segment, or of the nearest one before it
    that has one."""

    segment: Segment
    start_ms: int | None


def interview_to_transcribe(session: Session, viewer: Viewer, public_id: str) -> Interview:
    """The interview, for whoever may write the buyer's words down. Raises NotFound."""
    interview = interviews.get_interview_to_hold(session, viewer, public_id)
    if not interviews.may_write(viewer, interview):
        raise NotFound
    return interview


def interview_named(session: Session, name: str) -> Interview | None:
    """By its id in addresses, or that of where it was imported from; for the command line."""
    return session.scalar(
        select(Interview).where(or_(Interview.public_id == name, Interview.external_id == name))
    )


def transcript_of(session: Session, interview: Interview) -> Transcript | None:
    return session.scalar(select(Transcript).where(Transcript.interview_id == interview.id))


def speakers_of(session: Session, transcript: Transcript) -> Sequence[Speaker]:
    """In the order of first speaking."""
    return session.scalars(
        select(Speaker)
        .where(Speaker.transcript_id == transcript.id)
        .options(joinedload(Speaker.contact), joinedload(Speaker.user))
        .order_by(Speaker.position)
    ).all()


def segments_of(session: Session, transcript: Transcript) -> Sequence[Segment]:
    """All, in order. Their speakers are loaded by `speakers_of`."""
    return session.scalars(
        select(Segment).where(Segment.transcript_id == transcript.id).order_by(Segment.position)
    ).all()


def count_segments(session: Session, transcript: Transcript) -> dict[int, int]:
    """How many segments each speaker has, by the speaker's id."""
    rows = session.execute(
        select(Segment.speaker_id, func.count())
        .where(Segment.transcript_id == transcript.id)
        .group_by(Segment.speaker_id)
    )
    return dict(rows.all())


def place_of(session: Session, answer: Answer, revision: int, start: int, end: int) -> Place | None:
    """Where in the transcript these words of the answer were said, if they come from one."""
    found = session.scalar(
        select(AnswerPlace)
        .join(AnswerPlace.segment)
        .where(
            AnswerPlace.answer_id == answer.id,
            AnswerPlace.revision == revision,
            AnswerPlace.start < end,
            AnswerPlace.end > start,
        )
        .options(contains_eager(AnswerPlace.segment))
        .order_by(AnswerPlace.start)
        .limit(1)
    )
    if found is None:
        return None
    return Place(found.segment, start_of(session, found.segment))


def start_of(session: Session, segment: Segment) -> int | None:
    """When it was said: its own time, or that of the nearest segment before it that has one."""
    if segment.start_ms is not None:
        return segment.start_ms
    return session.scalar(
        select(Segment.start_ms)
        .where(
            Segment.transcript_id == segment.transcript_id,
            Segment.position < segment.position,
            Segment.start_ms.is_not(None),
        )
        .order_by(Segment.position.desc())
        .limit(1)
    )


def first_words(session: Session, transcript: Transcript) -> dict[int, str]:
    """What each speaker said first, by the speaker's id, so that a person knows them again."""
    first = (
        select(Segment.speaker_id, func.min(Segment.position).label("position"))
        .where(Segment.transcript_id == transcript.id)
        .group_by(Segment.speaker_id)
        .subquery()
    )
    rows = session.execute(
        select(Segment.speaker_id, Segment.text)
        .join(first, Segment.position == first.c.position)
        .where(Segment.transcript_id == transcript.id)
    )
    return dict(rows.all())


def count_answers_from(session: Session, transcript: Transcript) -> int:
    """How many answers have words from it."""
    return session.scalars(
        select(func.count(AnswerPlace.answer_id.distinct()))
        .join(AnswerPlace.segment)
        .where(Segment.transcript_id == transcript.id)
    ).one()


def segments_between(
    session: Session, transcript: Transcript, first: int, last: int
) -> Sequence[Segment]:
    return session.scalars(
        select(Segment)
        .where(
            Segment.transcript_id == transcript.id,
            Segment.position >= first,
            Segment.position <= last,
        )
        .order_by(Segment.position)
    ).all()


def drafts_of(session: Session, transcript: Transcript) -> Sequence[Draft]:
    """In the order of the transcript."""
    return session.scalars(
        select(Draft)
        .where(Draft.transcript_id == transcript.id)
        .options(joinedload(Draft.answer))
        .order_by(Draft.position, Draft.id)
    ).all()


def count_open_drafts(session: Session, transcript: Transcript) -> int:
    return session.scalars(
        select(func.count()).where(
            Draft.transcript_id == transcript.id, Draft.state == DraftState.OPEN
        )
    ).one()


def get_draft(session: Session, transcript: Transcript, public_id: str) -> Draft:
    """Raises NotFound; the right to see the interview was checked with it."""
    draft = session.scalar(
        select(Draft)
        .where(Draft.transcript_id == transcript.id, Draft.public_id == public_id)
        .options(joinedload(Draft.answer))
    )
    if draft is None:
        raise NotFound
    return draft


def places_within(session: Session, answer: Answer, draft: Draft) -> Sequence[AnswerPlace]:
    """Where the draft's words stand in the answer now."""
    return session.scalars(
        select(AnswerPlace)
        .join(AnswerPlace.segment)
        .where(
            AnswerPlace.answer_id == answer.id,
            AnswerPlace.revision == answer.revision,
            Segment.transcript_id == draft.transcript_id,
            Segment.position >= draft.first,
            Segment.position <= draft.last,
        )
    ).all()


def places_in(session: Session, transcript: Transcript) -> Sequence[AnswerPlace]:
    """Every place of an answer's words in this transcript."""
    return session.scalars(
        select(AnswerPlace)
        .join(AnswerPlace.segment)
        .where(Segment.transcript_id == transcript.id)
        .options(contains_eager(AnswerPlace.segment))
        .order_by(AnswerPlace.id)
    ).all()


def standing_places(session: Session, transcript: Transcript) -> Sequence[AnswerPlace]:
    """Where words of answers, as they read now, stand in this transcript."""
    return session.scalars(
        select(AnswerPlace)
        .join(AnswerPlace.segment)
        .join(Answer, Answer.id == AnswerPlace.answer_id)
        .where(Segment.transcript_id == transcript.id, AnswerPlace.revision == Answer.revision)
        .options(contains_eager(AnswerPlace.segment))
    ).all()


def question_answered_by(session: Session, speaker: Speaker) -> str | None:
    """A question in whose answer words of this speaker stand, if there is one."""
    return session.scalar(
        select(Answer.question)
        .join(AnswerPlace, AnswerPlace.answer_id == Answer.id)
        .join(AnswerPlace.segment)
        .where(Segment.speaker_id == speaker.id, AnswerPlace.revision == Answer.revision)
        .limit(1)
    )


#: Of an interview with a transcript, who said what of an answer; None where that has no place.
_PARTS = (
    select(Speaker.part)
    .select_from(Transcript)
    .outerjoin(
        AnswerPlace,
        and_(
            AnswerPlace.answer_id == bindparam("answer_id"),
            AnswerPlace.revision == bindparam("revision"),
            AnswerPlace.start < bindparam("end"),
            AnswerPlace.end > bindparam("start"),
        ),
    )
    .outerjoin(AnswerPlace.segment)
    .outerjoin(Segment.speaker)
    .where(Transcript.interview_id == bindparam("interview_id"))
)


def said_by_interviewer(session: Session, answer: Answer, start: int, end: int) -> bool:
    """Whether these words of the answer are the interviewer's: by their place in the transcript,
    or because the interviewer said the same there and they have no place."""
    span = {"answer_id": answer.id, "revision": answer.revision, "start": start, "end": end}
    parts = session.scalars(_PARTS, {"interview_id": answer.interview_id, **span}).all()
    if not parts:
        return False
    if None not in parts:
        return any(part in (Part.INTERVIEWER, Part.OTHER) for part in parts)
    words = _plain(answer.text[start:end])
    if len(words.split()) < _TELLING_WORDS:
        return False
    return any(words in _plain(text) for text in _interviewers_words(session, answer.interview_id))


def _interviewers_words(session: Session, interview_id: int) -> Sequence[str]:
    return session.scalars(
        select(Segment.text)
        .join(Segment.speaker)
        .join(Transcript, Transcript.id == Segment.transcript_id)
        .where(Transcript.interview_id == interview_id, Speaker.part == Part.INTERVIEWER)
    ).all()


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def remembered(session: Session, key: str, account_id: int | None) -> RememberedSpeaker | None:
    return session.scalar(
        select(RememberedSpeaker).where(
            RememberedSpeaker.label_key == key,
            RememberedSpeaker.account_id.is_(None)
            if account_id is None
            else RememberedSpeaker.account_id == account_id,
        )
    )


def remembered_labels(
    session: Session, keys: Sequence[str], account_id: int | None
) -> dict[str, RememberedSpeaker]:
    """Who these labels were last time: with this account, else among our own."""
    rows = session.scalars(
        select(RememberedSpeaker).where(
            RememberedSpeaker.label_key.in_(keys),
            or_(RememberedSpeaker.account_id.is_(None), RememberedSpeaker.account_id == account_id),
        )
    )
    by_account = sorted(rows, key=lambda row: row.account_id is not None)
    return {row.label_key: row for row in by_account}


def is_settled(speakers: Sequence[Speaker]) -> bool:
    """Whether a person has said of every speaker who it is."""
    return all(speaker.part is not None for speaker in speakers)


def has_both_sides(speakers: Sequence[Speaker]) -> bool:
    return {Part.INTERVIEWER, Part.BUYER} <= {speaker.part for speaker in speakers}
