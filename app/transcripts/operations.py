"""Bringing a transcript in, and taking it away."""

from __future__ import annotations

import enum
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.interviews import operations as interviews
from app.interviews.answering import OPEN_STATES
from app.interviews.models import Interview, State
from app.interviews.writing_queries import lock_interview
from app.transcripts import queries, reading, replacing
from app.transcripts.events import TranscriptKept
from app.transcripts.models import Segment, Speaker, Transcript

_TO_BEGIN = (State.PLANNED, State.SCHEDULED)
_LONGEST_LABEL = 200
_LONGEST_NAME = 300


class CannotImport(ValueError):
    """The transcript is refused; the message is for the person who gave it."""


class OtherTranscript(CannotImport):
    """The interview has another transcript, which gives way on request only."""


class Outcome(enum.StrEnum):
    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Imported:
    transcript: Transcript
    outcome: Outcome


@dataclass(frozen=True)
class File:
    """A file once it was read."""

    name: str
    checksum: str
    content: reading.Transcript


def read_file(content: bytes, name: str, as_format: reading.Format | None = None) -> File:
    """Raises reading.NotATranscript."""
    read = reading.read_transcript(content, name, as_format)
    checksum = hashlib.sha256(f"{as_format or ''}\n".encode() + content).hexdigest()
    return File(name[-_LONGEST_NAME:], checksum, read)


def import_transcript(
    session: Session, actor: Actor, interview: Interview, file: File, *, replace: bool = False
) -> Imported:
    """Keep the transcript with its interview. The same file again changes nothing; another one
    takes the place of the first on request only, and answers already made from it stay.

    An interview that was only planned has begun: it was held elsewhere.
    """
    lock_interview(session, interview)
    there = queries.transcript_of(session, interview)
    if there is not None and there.checksum == file.checksum:
        return Imported(there, Outcome.UNCHANGED)
    if there is not None and not replace:
        raise OtherTranscript(
            f"This interview has a transcript already, '{there.file_name}'."
            " Replace it if this one is better: answers already made from it stay."
        )
    _open(session, actor, interview)
    kept = replacing.take_away(session, there) if there is not None else None
    transcript = _keep(session, actor, interview, file)
    if kept is not None:
        replacing.carry_over(session, kept, transcript)
    outcome = Outcome.REPLACED if there is not None else Outcome.IMPORTED
    audit.record(
        session,
        actor,
        f"transcript.{outcome.value}",
        transcript,
        interview_id=interview.id,
        segments=len(file.content.segments),
    )
    publish(session, TranscriptKept(interview.id))
    return Imported(transcript, outcome)


def delete_transcript(session: Session, actor: Actor, transcript: Transcript) -> None:
    """Take it away with its drafts. Answers made from it stay, without their place in it."""
    audit.record(
        session, actor, "transcript.deleted", transcript, interview_id=transcript.interview_id
    )
    session.delete(transcript)
    session.flush()


def _open(session: Session, actor: Actor, interview: Interview) -> None:
    if interview.state in _TO_BEGIN:
        interviews.begin(session, actor, interview)
    if interview.state not in OPEN_STATES:
        raise CannotImport("This interview is closed or was called off: take it up again first.")


def _keep(session: Session, actor: Actor, interview: Interview, file: File) -> Transcript:
    transcript = Transcript(
        interview=interview,
        file_name=file.name,
        format=file.content.format,
        language=file.content.language[:12],
        checksum=file.checksum,
        problems=[[each.line, each.message, each.is_left_out] for each in file.content.problems],
        imported_by_name=actor.name,
    )
    session.add(transcript)
    session.flush()
    _keep_segments(session, transcript, file.content.segments)
    return transcript


def _keep_segments(
    session: Session, transcript: Transcript, segments: Sequence[reading.Segment]
) -> None:
    labels = list(dict.fromkeys(segment.speaker[:_LONGEST_LABEL] for segment in segments))
    speakers = [
        Speaker(
            public_id=str(uuid.uuid4()),
            transcript_id=transcript.id,
            label=label,
            position=position,
        )
        for position, label in enumerate(labels)
    ]
    session.add_all(speakers)
    session.flush()
    ids = {speaker.label: speaker.id for speaker in speakers}
    session.execute(
        insert(Segment),
        [
            {
                "transcript_id": transcript.id,
                "position": position,
                "speaker_id": ids[segment.speaker[:_LONGEST_LABEL]],
                "start_ms": segment.start_ms,
                "end_ms": segment.end_ms,
                "text": segment.text,
            }
            for position, segment in enumerate(segments)
        ],
    )
