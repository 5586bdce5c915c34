"""Bringing a transcript in: once, again, and another in its place."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.access import SYSTEM
from app.interviews.models import State
from app.transcripts import queries
from app.transcripts.models import Segment, Speaker, Transcript
from app.transcripts.operations import (
    CannotImport,
    OtherTranscript,
    Outcome,
    delete_transcript,
    import_transcript,
    read_file,
)
from tests.factories import Factory

CALL = "Ada: What happened?\nJonas: It was slow.\nAda: And then?\nJonas: We left.\n"
OTHER = CALL + "Ada: Thank you.\n"


def file(text: str = CALL, name: str = "call.txt"):
    return read_file(text.encode(), name)


def count(session: Session, model: type) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def test_segments_keep_their_order_speaker_and_words(session: Session, make: Factory):
    imported = import_transcript(session, SYSTEM, make.interview(), file())
    segments = queries.segments_of(session, imported.transcript)
    assert imported.outcome is Outcome.IMPORTED
    assert [(each.speaker.label, each.text) for each in segments] == [
        ("Ada", "What happened?"),
        ("Jonas", "It was slow."),
        ("Ada", "And then?"),
        ("Jonas", "We left."),
    ]
    assert queries.is_settled(queries.speakers_of(session, imported.transcript)) is False


def test_the_same_file_again_changes_nothing(session: Session, make: Factory):
    interview = make.interview()
    first = import_transcript(session, SYSTEM, interview, file())
    again = import_transcript(session, SYSTEM, interview, file(name="copy of call.txt"))
    assert again.outcome is Outcome.UNCHANGED
    assert again.transcript is first.transcript
    assert count(session, AuditEvent) == 1


def test_another_file_takes_its_place_on_request_only(session: Session, make: Factory):
    interview = make.interview()
    import_transcript(session, SYSTEM, interview, file())
    with pytest.raises(OtherTranscript, match=r"call\.txt"):
        import_transcript(session, SYSTEM, interview, file(OTHER))
    replaced = import_transcript(session, SYSTEM, interview, file(OTHER), replace=True)
    assert replaced.outcome is Outcome.REPLACED
    assert (count(session, Transcript), count(session, Segment)) == (1, 5)


def test_a_planned_interview_has_begun_elsewhere(session: Session, make: Factory):
    interview = make.interview(state=State.PLANNED)
    import_transcript(session, SYSTEM, interview, file())
    assert interview.state is State.IN_PROGRESS


@pytest.mark.parametrize("state", [State.CLOSED, State.CANCELLED, State.NO_SHOW])
def test_no_transcript_for_an_interview_that_is_closed_or_called_off(
    session: Session, make: Factory, state: State
):
    with pytest.raises(CannotImport):
        import_transcript(session, SYSTEM, make.interview(state=state), file())


def test_deleting_takes_segments_and_speakers_along(session: Session, make: Factory):
    imported = import_transcript(session, SYSTEM, make.interview(), file())
    delete_transcript(session, SYSTEM, imported.transcript)
    assert [count(session, each) for each in (Transcript, Segment, Speaker)] == [0, 0, 0]
