"""What recordings do when a buyer has their words deleted."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.interviews.events import WordsDeleted
from app.recordings.models import Recording
from app.recordings.operations import take_away


@events.on(WordsDeleted)
def delete_the_voice_too(session: Session, deleted: WordsDeleted) -> None:
    recordings = session.scalars(
        select(Recording).where(Recording.interview_id == deleted.interview_id)
    )
    for recording in recordings.all():
        take_away(session, SYSTEM, recording)
