"""A three-hour call: 10,000 segments in and shown, and laid along a guide.

`python -m benchmarks.transcripts [SEGMENTS]` prints the figures of docs/performance.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from app import create_app
from app.core import migrations
from app.core.access import SYSTEM
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import choose_guide
from app.identity.models import Role
from app.interviews.loading import load_conversation
from app.transcripts import queries
from app.transcripts.drafting import lay_out
from app.transcripts.models import Part
from app.transcripts.operations import import_transcript, read_file
from app.transcripts.speakers import Identity, identify
from config import load_settings
from tests.factories import Factory, sign_in_as

ASKED = (
    "What changed with you before you began to look for a solution?",
    "And which others did you look at, doing nothing among them?",
    "Who took part in the decision on your side, and who had a veto?",
    "How did our price compare with theirs, in your eyes?",
)
SAID = (
    "Our old provider was bought in spring, and the support moved to another time zone.",
    "Two clearances were late in March, and each of them cost us a day at the border.",
    "Fenwick had someone here within a week; with you we were still waiting.",
    "My director asked for one supplier less, and the warehouse had a veto.",
)


def call(segments: int) -> bytes:
    """As Zoom writes it: a question, then nine captions of an answer."""
    lines = ["WEBVTT", ""]
    for number in range(segments):
        start, end = number * 1080, number * 1080 + 1000
        asks = number % 10 == 0
        words = ASKED[number // 10 % 4] if asks else f"{SAID[number % 4]} That was {number}."
        lines += [
            str(number + 1),
            f"{_clock(start)} --> {_clock(end)}",
            f"{'Ada Brandt' if asks else 'Jonas Weber'}: {words}",
            "",
        ]
    return "\n".join(lines).encode()


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what:<44}{time.perf_counter() - began:7.2f} s")


def main(segments: int) -> None:
    instance = Path(tempfile.mkdtemp())
    settings = load_settings({"BECAUSE_INSTANCE": str(instance)} | _database())
    app = create_app(settings)
    db = app.extensions["because_database"]
    migrations.upgrade(db)
    content = call(segments)
    with app.app_context(), db.writing() as session:
        session.expire_on_commit = False
        make = Factory(session)
        make.workspace()
        load_shipped(session, SHIPPED)
        ada = make.user(Role.INTERVIEWER, name="Ada Brandt")
        deal = make.deal()
        jonas = make.contact(account=deal.account, name="Jonas Weber")
        version = choose_guide(session, "lost", 30)
        interview = make.interview(deal=deal, contact=jonas, interviewer=ada, guide_version=version)
    with app.app_context():
        with timed(f"{segments:,} segments read"):
            file = read_file(content, "call.vtt")
        with timed("kept in the database"), db.writing() as session:
            interview = session.get_one(type(interview), interview.id)
            transcript = import_transcript(session, SYSTEM, interview, file).transcript
        with db.writing() as session:
            transcript = session.scalars(select(type(transcript))).one()
            interview = transcript.interview
            identities = {
                speaker.id: Identity(Part.INTERVIEWER, user=session.get(type(ada), ada.id))
                if speaker.label.startswith("Ada")
                else Identity(Part.BUYER, contact=interview.contact)
                for speaker in queries.speakers_of(session, transcript)
            }
            identify(session, SYSTEM, interview, transcript, identities)
        with timed("laid along the guide (first: loads the stems)"), db.writing() as session:
            transcript = session.scalars(select(type(transcript))).one()
            conversation = load_conversation(session, transcript.interview)
            lay_out(session, transcript, conversation, "en")
    client = sign_in_as(app, db, ada)
    address = f"/interviews/{interview.public_id}/transcript"
    client.get(address)
    with timed("the page, shown"):
        answer = client.get(address)
    print(f"{'':<44}{len(answer.data) / 1e6:7.2f} MB")


def _database() -> dict[str, str]:
    url = os.environ.get("DATABASE_URL", "")
    return {"DATABASE_URL": url} if url else {}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
