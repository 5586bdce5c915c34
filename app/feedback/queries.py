"""The transcripts that an interviewer may look at themselves in: their own, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import NotFound, Viewer
from app.feedback.talk import Side, Turn
from app.interviews import queries as interviews
from app.interviews.models import Interview
from app.transcripts.models import Part, Segment, Speaker, Transcript

#: How many earlier interviews the course goes back.
COURSE = 8
_SIDES = {Part.INTERVIEWER: Side.INTERVIEWER, Part.BUYER: Side.BUYER, Part.OTHER: Side.OTHER}


@dataclass(frozen=True)
class Transcribed:
    """An interview's transcript as turns of its two sides."""

    interview: Interview
    language: str
    turns: Sequence[Turn]


def own_interview(session: Session, viewer: Viewer, public_id: str) -> Interview:
    """Raises NotFound for everybody but its interviewer, whatever else they may see."""
    interview = interviews.get_interview(session, viewer, public_id)
    if interview.interviewer_id != viewer.user_id:
        raise NotFound
    return interview


def has_feedback(session: Session, interview: Interview) -> bool:
    """Whether there is a transcript in which a person said who the interviewer is."""
    return (
        session.scalar(
            select(Speaker.id)
            .join(Transcript, Transcript.id == Speaker.transcript_id)
            .where(Transcript.interview_id == interview.id, Speaker.part == Part.INTERVIEWER)
            .limit(1)
        )
        is not None
    )


def course(session: Session, interview: Interview) -> list[Transcribed]:
    """This interview and those that its interviewer held before it, the oldest first; only those
    with a transcript whose speakers are known."""
    known = (
        select(Transcript, Interview)
        .join(Interview, Interview.id == Transcript.interview_id)
        .where(
            Interview.interviewer_id == interview.interviewer_id,
            Interview.id <= interview.id,
            Transcript.id.in_(
                select(Speaker.transcript_id).where(Speaker.part == Part.INTERVIEWER)
            ),
        )
        .order_by(Interview.id.desc())
        .limit(COURSE)
    )
    rows = session.execute(known).all()
    turns = _turns(session, [transcript.id for transcript, _ in rows])
    return [
        Transcribed(held, transcript.language or "en", turns[transcript.id])
        for transcript, held in reversed(rows)
    ]


def _turns(session: Session, transcript_ids: Sequence[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = {key: [] for key in transcript_ids}
    rows = session.execute(
        select(Segment.transcript_id, Speaker.part, Segment.text, Segment.start_ms, Segment.end_ms)
        .join(Segment.speaker)
        .where(Segment.transcript_id.in_(transcript_ids))
        .order_by(Segment.transcript_id, Segment.position)
    )
    for transcript_id, part, text, start_ms, end_ms in rows:
        side = _SIDES[part] if part is not None else Side.OTHER
        found[transcript_id].append(Turn(side, text, start_ms, end_ms))
    return found
