"""Reading recordings, each loaded with the right to hear it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from app.core.access import NotFound, Viewer
from app.core.storage import Storage
from app.interviews import queries as interviews
from app.interviews.confidence import sight_of
from app.interviews.models import Interview, Scope
from app.recordings.models import Recording, RecordingState
from app.transcripts.models import AnswerPlace, Segment, Transcript


class Passage(Protocol):
    """Words of one revision of an answer, such as a quote."""

    @property
    def id(self) -> int: ...
    @property
    def answer_id(self) -> int: ...
    @property
    def revision(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def scope(self) -> Scope | None: ...
    @property
    def interview(self) -> Interview: ...


@dataclass(frozen=True)
class Moment:
    """Where in a recording words are heard."""

    recording: Recording
    seconds: int


# Built once, for every page that shows quotes asks it.
_PLACES_HEARD = (
    select(AnswerPlace, Segment.start_ms, Recording)
    .join(AnswerPlace.segment)
    .join(Transcript, Transcript.id == Segment.transcript_id)
    .join(Recording, Recording.interview_id == Transcript.interview_id)
    .where(
        AnswerPlace.answer_id.in_(bindparam("answers", expanding=True)),
        Segment.start_ms.is_not(None),
        Recording.state == RecordingState.COMPLETE,
    )
    .order_by(AnswerPlace.start.desc(), Recording.id.desc())
)


def may_hear(viewer: Viewer, interview: Interview, passage: Scope | None = None) -> bool:
    """A voice is a name, so whoever hears it must be allowed the words with the name."""
    sight = sight_of(viewer, interview, passage)
    return sight.words and sight.name


def get_recording(session: Session, viewer: Viewer, public_id: str) -> Recording:
    """With its parts. Raises NotFound where the viewer may not hear it."""
    recording, interview = _with_interview(session, viewer, public_id)
    if not may_hear(viewer, interview):
        raise NotFound
    return recording


def get_recording_to_change(session: Session, viewer: Viewer, public_id: str) -> Recording:
    """The same, for whoever may write the buyer's words down."""
    recording, interview = _with_interview(session, viewer, public_id)
    if not interviews.may_write(viewer, interview):
        raise NotFound
    return recording


def recordings_of(session: Session, interview: Interview) -> Sequence[Recording]:
    """In the order in which they were added."""
    return session.scalars(
        select(Recording)
        .where(Recording.interview_id == interview.id)
        .options(selectinload(Recording.parts))
        .order_by(Recording.id)
    ).all()


def heard_with(session: Session, interview: Interview) -> Recording | None:
    """What is played beside the transcript: the recording that was added first."""
    return session.scalar(
        select(Recording)
        .where(Recording.interview_id == interview.id, Recording.state == RecordingState.COMPLETE)
        .order_by(Recording.id)
        .limit(1)
    )


def moments_of(session: Session, viewer: Viewer, passages: Iterable[Passage]) -> dict[int, Moment]:
    """Where each is heard, by its id; without those that no recording holds at a known time, or
    that this viewer may not hear."""
    heard = [one for one in passages if may_hear(viewer, one.interview, one.scope)]
    if not heard:
        return {}
    answers = list({one.answer_id for one in heard})
    rows = session.execute(_PLACES_HEARD, {"answers": answers}).all()
    return {
        one.id: _moment(recording, at_ms or 0)
        for one in heard
        for place, at_ms, recording in rows
        if _is_at(one, place)
    }


def moments_of_segments(
    session: Session, viewer: Viewer, segments: Iterable[tuple[Segment, Interview]]
) -> dict[int, Moment]:
    """Where each segment of an interview's transcript is heard, by its id; without those that no
    recording holds, or that this viewer may not hear."""
    heard = [segment.id for segment, interview in segments if may_hear(viewer, interview)]
    if not heard:
        return {}
    rows = session.execute(
        select(Segment.id, Segment.start_ms, Recording)
        .join(Transcript, Transcript.id == Segment.transcript_id)
        .join(Recording, Recording.interview_id == Transcript.interview_id)
        .where(
            Segment.id.in_(heard),
            Segment.start_ms.is_not(None),
            Recording.state == RecordingState.COMPLETE,
        )
        .order_by(Recording.id.desc())
    ).all()
    return {key: _moment(recording, at_ms or 0) for key, at_ms, recording in rows}


def _moment(recording: Recording, at_ms: int) -> Moment:
    """`at_ms` is a time of the transcript."""
    return Moment(recording, max(0, at_ms + recording.transcript_at_ms) // 1000)


def _is_at(passage: Passage, place: AnswerPlace) -> bool:
    is_same = place.answer_id == passage.answer_id and place.revision == passage.revision
    return is_same and place.start < passage.end and place.end > passage.start


def arriving(session: Session, interview: Interview, file_name: str, size: int) -> Recording | None:
    """The same file, begun and broken off before."""
    return session.scalar(
        select(Recording).where(
            Recording.interview_id == interview.id,
            Recording.file_name == file_name,
            Recording.size == size,
            Recording.state == RecordingState.ARRIVING,
        )
    )


def bytes_of(storage: Storage, recording: Recording, start: int, end: int) -> Iterator[bytes]:
    """The bytes [start, end) of a complete recording whose parts are loaded."""
    for part in recording.parts:
        first = part.number * recording.part_size
        last = first + recording.size_of_part(part.number)
        if first < end and start < last:
            begin = max(start, first)
            yield from storage.open_range(part.key, begin - first, min(end, last) - begin)


def _with_interview(
    session: Session, viewer: Viewer, public_id: str
) -> tuple[Recording, Interview]:
    recording = session.scalar(
        select(Recording)
        .where(Recording.public_id == public_id)
        .options(selectinload(Recording.parts), selectinload(Recording.interview))
    )
    if recording is None:
        raise NotFound
    interview = interviews.get_interview(session, viewer, recording.interview.public_id)
    return recording, interview
