"""A call and who was in it, for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.guides.models import GuideVersion
from app.identity.models import User
from app.interviews.conversation import Conversation
from app.interviews.loading import load_conversation
from app.interviews.models import Interview
from app.transcripts import drafting, queries
from app.transcripts.models import Draft, Part, Transcript
from app.transcripts.operations import import_transcript, read_file
from app.transcripts.speakers import Identity, identify
from tests.factories import Factory

#: Zoom's way, as small as it can be: two planned questions in other words, one asked besides.
CALL = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Ada Brandt: Hello Jonas, thanks for the time.

2
00:00:05.000 --> 00:00:06.000
Jonas Weber: Hello.

3
00:00:10.000 --> 00:00:15.000
Ada Brandt: What was going on when you began to look for another fleet system?

4
00:00:16.000 --> 00:00:21.000
Jonas Weber: Our old contract ended in spring.

5
00:00:21.500 --> 00:00:25.000
Jonas Weber: We lost two days a week on paper lists.

6
00:00:26.000 --> 00:00:27.000
Ada Brandt: Right.

7
00:00:28.000 --> 00:00:31.000
Jonas Weber: And the drivers hated it.

8
00:00:40.000 --> 00:00:45.000
Ada Brandt: Which other vendors did you compare us with?

9
00:00:46.000 --> 00:00:52.000
Jonas Weber: Routewise and one from Spain. Routewise was faster.

10
00:01:00.000 --> 00:01:04.000
Ada Brandt: Did the warehouse in Lyon have a say in all of that?

11
00:01:05.000 --> 00:01:09.000
Jonas Weber: They had a veto, in fact.
"""


def guide() -> dict[str, object]:
    """A guide of three questions."""

    def question(key: str, kind: str, say: str, *probes: str) -> dict[str, object]:
        when = {
            "outcome": [],
            "buying_role": [],
            "competitor_met": [],
            "product": [],
            "first_deal": None,
        }
        return {
            "id": key,
            "kind": kind,
            "must": True,
            "say": say,
            "why": "To know.",
            "probes": list(probes),
            "clarifies": [],
            "when": when,
        }

    return {
        "id": "small",
        "title": "A small guide",
        "about": "For tests.",
        "language": "en",
        "outcomes": [],
        "opening": "Hello.",
        "sections": [
            {
                "id": "story",
                "title": "The story",
                "minutes": 10,
                "questions": [
                    question(
                        "start",
                        "fact",
                        "How did the search for a new system begin?",
                        "What was going on then?",
                    ),
                    question(
                        "others",
                        "fact",
                        "Who else did you look at?",
                        "Which vendors did you compare?",
                    ),
                    question("price", "think", "What did you think of the price?"),
                ],
            }
        ],
    }


class Call:
    """An interview with a transcript, its speakers named and laid along the guide."""

    def __init__(self, session: Session, make: Factory, text: str = CALL, **interview: object):
        self.session = session
        session.expire_on_commit = False  # so that asking for an id opens no transaction
        make.workspace()
        self.ada: User = make.user(name="Ada Brandt")
        deal = make.deal()
        self.jonas = make.contact(account=deal.account, name="Jonas Weber")
        make.deal_contact(deal, self.jonas)
        version = GuideVersion(
            slug="small", number=1, title="A small guide", content=guide(), checksum="x"
        )
        session.add(version)
        self.interview: Interview = make.interview(
            deal=deal, contact=self.jonas, interviewer=self.ada, guide_version=version, **interview
        )
        file = read_file(text.encode(), "call.vtt")
        self.transcript: Transcript = import_transcript(
            session, SYSTEM, self.interview, file
        ).transcript

    def name_speakers(self) -> None:
        identities = {
            speaker.id: Identity(Part.INTERVIEWER, user=self.ada)
            if speaker.label.startswith("Ada")
            else Identity(Part.BUYER, contact=self.jonas)
            for speaker in queries.speakers_of(self.session, self.transcript)
        }
        identify(self.session, SYSTEM, self.interview, self.transcript, identities)

    def lay_out(self) -> None:
        self.name_speakers()
        drafting.lay_out(self.session, self.transcript, self.conversation, "en")

    @property
    def conversation(self) -> Conversation:
        return load_conversation(self.session, self.interview)

    def drafts(self) -> dict[str, Draft]:
        """By their question; what was asked besides by the empty one."""
        rows = queries.drafts_of(self.session, self.transcript)
        return {draft.question_id: draft for draft in rows}

    def draft_id(self, question: str) -> str:
        """Asked so that no transaction is left open."""
        public_id = self.drafts()[question].public_id
        self.session.commit()
        return public_id

    def accept(self, question: str, how: drafting.How | None = None):
        draft = self.drafts()[question]
        return drafting.accept(self.session, SYSTEM, self.interview, draft, self.conversation, how)
