"""What transcripts do when something is told: places follow their words, and all of it goes
where a buyer has their words deleted."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.interviews.events import AnswerRevised, WordsDeleted
from app.interviews.models import AnswerRevision
from app.interviews.spans import moved_span
from app.transcripts.models import AnswerPlace, Transcript
from app.transcripts.operations import delete_transcript

_EARLIER_PLACES = select(AnswerPlace).where(
    AnswerPlace.answer_id == bindparam("answer_id"), AnswerPlace.revision < bindparam("number")
)


@events.on(AnswerRevised, if_any=_EARLIER_PLACES)
def carry_places_over(session: Session, event: AnswerRevised) -> None:
    """Move each place to the new revision where its words stand unchanged; words that were
    changed no longer are those of the transcript."""
    places = session.scalars(_EARLIER_PLACES, asdict(event)).all()
    rows = session.execute(
        select(AnswerRevision.number, AnswerRevision.text).where(
            AnswerRevision.answer_id == event.answer_id,
            AnswerRevision.number.in_({event.number, *(place.revision for place in places)}),
        )
    )
    texts = dict(rows.all())
    for place in places:
        moved = moved_span(texts[place.revision], texts[event.number], place.start, place.end)
        if moved is None:
            session.delete(place)
        else:
            place.start, place.end = moved
            place.revision = event.number


@events.on(WordsDeleted)
def delete_the_transcript_too(session: Session, deleted: WordsDeleted) -> None:
    transcript = session.scalar(
        select(Transcript).where(Transcript.interview_id == deleted.interview_id)
    )
    if transcript is not None:
        delete_transcript(session, SYSTEM, transcript)
