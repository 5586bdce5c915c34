"""Another file in the place of a transcript: who is who, and where answers stand, are carried over
as far as the words are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.transcripts import queries
from app.transcripts.models import AnswerPlace, Draft, Part, Segment, Speaker, Transcript

_GONE_WITH_IT = (AnswerPlace, Draft, Segment, Speaker)


@dataclass(frozen=True)
class Known:
    """Who a label was said to be."""

    part: Part | None
    contact_id: int | None
    user_id: int | None
    confirmed_by_name: str


@dataclass(frozen=True)
class Stood:
    """Where words of an answer stood in the transcript."""

    answer_id: int
    revision: int
    start: int
    end: int
    words: str
    position: int


@dataclass(frozen=True)
class Kept:
    """What is carried over from the transcript that goes."""

    known: Mapping[str, Known]
    stood: Sequence[Stood]


def take_away(session: Session, transcript: Transcript) -> Kept:
    """Delete the transcript; returns what is to be carried over to the next."""
    known = {
        row.label: Known(row.part, row.contact_id, row.user_id, row.confirmed_by_name)
        for row in queries.speakers_of(session, transcript)
    }
    stood = [
        Stood(
            place.answer_id,
            place.revision,
            place.start,
            place.end,
            place.segment.text[place.offset : place.offset + place.end - place.start],
            place.segment.position,
        )
        for place in queries.places_in(session, transcript)
    ]
    session.flush()
    # The database deletes these with the transcript, and may give their ids again.
    for row in [row for row in session if isinstance(row, _GONE_WITH_IT)]:
        session.expunge(row)
    session.delete(transcript)
    session.flush()
    return Kept(known, stood)


def carry_over(session: Session, kept: Kept, transcript: Transcript) -> None:
    """A speaker of the same label is who a person said; an answer's words stand where the new
    file has the same words."""
    for speaker in queries.speakers_of(session, transcript):
        if (before := kept.known.get(speaker.label)) is not None:
            speaker.part = before.part
            speaker.contact_id = before.contact_id
            speaker.user_id = before.user_id
            speaker.confirmed_by_name = before.confirmed_by_name
    segments = queries.segments_of(session, transcript)
    for place in kept.stood:
        found = _nearest(segments, place.words, place.position)
        if found is not None:
            session.add(
                AnswerPlace(
                    answer_id=place.answer_id,
                    revision=place.revision,
                    start=place.start,
                    end=place.end,
                    segment_id=found.id,
                    offset=found.text.index(place.words),
                )
            )
    session.flush()


def _nearest(segments: Sequence[Segment], words: str, position: int) -> Segment | None:
    """The segment with these words that is nearest to where they stood."""
    found = [segment for segment in segments if words in segment.text]
    return min(found, key=lambda segment: abs(segment.position - position), default=None)
