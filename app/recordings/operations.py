"""Attaching a recording, part by part, and taking it away."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.jobs import enqueue
from app.interviews.models import Interview
from app.recordings import queries
from app.recordings.media import ENDINGS, keeps_its_promise, media_type_of
from app.recordings.models import Recording, RecordingPart, RecordingState

AREA = "recordings"
FORGET = "recordings.forget"
PART_SIZE = 8 << 20
LARGEST = 2 << 30


class RecordingRefused(ValueError):
    """It cannot be taken; the message is for a person."""


def begin(
    session: Session, actor: Actor, interview: Interview, *, file_name: str, size: int
) -> Recording:
    """A recording to come; the same file begun before goes on where it was broken off.

    Raises RecordingRefused.
    """
    media_type = media_type_of(file_name)
    if media_type is None:
        endings = ", ".join(ENDINGS)
        raise RecordingRefused(f"A recording is a file that ends in one of {endings}.")
    if size <= 0:
        raise RecordingRefused("This file is empty.")
    if size > LARGEST:
        raise RecordingRefused(
            "A recording may have 2 GB. Save the sound alone, or a shorter part."
        )
    known = queries.arriving(session, interview, file_name, size)
    if known is not None:
        return known
    recording = Recording(
        interview_id=interview.id,
        file_name=file_name,
        media_type=media_type,
        size=size,
        part_size=PART_SIZE,
        added_by_name=actor.name,
    )
    session.add(recording)
    session.flush()
    return recording


def check_part(recording: Recording, number: int, content: bytes) -> None:
    """Raises RecordingRefused for a part that cannot belong to the recording."""
    try:
        expected = recording.size_of_part(number)
    except ValueError as fault:
        raise RecordingRefused("The file is shorter than this.") from fault
    if len(content) != expected:
        raise RecordingRefused("This part did not arrive whole. Send it again.")
    if number == 0 and not keeps_its_promise(recording.media_type, content):
        ending = recording.file_name.rpartition(".")[2].lower()
        raise RecordingRefused(f"This is no {ending} file, whatever its name says.")


def keep_part(session: Session, actor: Actor, recording: Recording, number: int, key: str) -> None:
    """Keep a part that was checked and lies under `key`; with the last part the recording is
    complete. The same part a second time is not needed, and thrown away."""
    if any(part.number == number for part in recording.parts):
        _forget(session, actor, [key])
        return
    recording.parts.append(RecordingPart(number=number, key=key))
    session.flush()
    if len(recording.parts) == recording.number_of_parts:
        recording.state = RecordingState.COMPLETE
        audit.record(session, actor, "recording.added", recording, size=recording.size)


def set_beginning_of_transcript(
    session: Session, actor: Actor, recording: Recording, at_ms: int
) -> None:
    """Where in the recording the transcript begins, so that both run together."""
    changed = audit.changes(recording, transcript_at_ms=at_ms)
    if changed:
        audit.record(session, actor, "recording.shifted", recording, **changed)


def take_away(session: Session, actor: Actor, recording: Recording) -> None:
    """Take it away; its bytes follow after the commit."""
    audit.record(session, actor, "recording.deleted", recording, file=recording.file_name)
    _forget(session, actor, [part.key for part in recording.parts])
    session.delete(recording)
    session.flush()


def _forget(session: Session, actor: Actor, keys: Sequence[str]) -> None:
    if keys:
        enqueue(session, FORGET, actor, keys=list(keys))
