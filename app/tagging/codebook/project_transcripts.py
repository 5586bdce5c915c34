"""Transcripts within a project: a text of their own in the interview's case, each turn with who
spoke and when, each answer at its place, and a copy of what was tagged there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.interviews.models import Answer, Interview, Scope
from app.tagging.codebook.entries import Entry
from app.tagging.codebook.project_facts import says_of_tag
from app.tagging.codebook.refi.project import (
    NO_REASON,
    Coding,
    Document,
    Person,
    Selection,
    stable_guid,
)
from app.tagging.queries import Quote
from app.transcripts import queries
from app.transcripts.models import AnswerPlace, Part, Segment, Speaker, Transcript

TRANSCRIPTS = Entry(
    stable_guid("transcripts"), "", "Transcripts", True, definition="Who spoke in a call."
)
#: A turn of which nobody has said yet whose it is.
UNKNOWN = "unknown"
_NAMES = {
    Part.INTERVIEWER.value: "Interviewer",
    Part.BUYER.value: "Buyer",
    Part.OTHER.value: "Somebody else",
    UNKNOWN: "Nobody has said who",
}
PARTS = {stable_guid("part", part): part for part in _NAMES}
#: What a speaker is known as, where a person has said who it is.
CONTACT, COLLEAGUE = "contact", "colleague"
#: Of the note of a copy: the tag that it copies.
COPY_OF = "copy_of"


def codes(place: int) -> Iterator[Entry]:
    """The codes of a transcript's text; `place` is where the first of them stands."""
    yield TRANSCRIPTS
    for guid, part in PARTS.items():
        yield Entry(guid, "", _NAMES[part], False, place)


def transcript_document(
    session: Session,
    interview: Interview,
    name: str,
    answers: Sequence[Answer],
    quotes: Sequence[Quote],
    questions: Mapping[int, str],
) -> tuple[Document, list[Person]] | None:
    """The interview's transcript, if it has one, and who speaks in it. `questions` are the codes of
    the answers' questions, by the answer's id."""
    transcript = queries.transcript_of(session, interview)
    if transcript is None:
        return None
    speakers = {row.id: row for row in queries.speakers_of(session, transcript)}
    labels = _labels(interview, list(speakers.values()))
    laid = _Laid.of(queries.segments_of(session, transcript), labels)
    places = [
        place
        for place in queries.standing_places(session, transcript)
        if place.answer_id in questions
    ]
    by_id = {answer.id: answer for answer in answers}
    document = Document(
        guid=transcript.public_id,
        name=f"{name}, transcript",
        text=laid.text,
        selections=(
            _whole(interview, transcript, laid),
            *(_turn(transcript, row, speakers[row.speaker_id], labels, laid) for row in laid.rows),
            *(_answered(by_id[one.answer_id], one, questions, laid) for one in places),
            *(copy for quote in quotes for copy in _copies(quote, places, laid)),
        ),
        of=interview.public_id,
    )
    people = [_person(transcript, row, labels, laid) for row in speakers.values()]
    return document, [person for person in people if person.said]


def _person(
    transcript: Transcript, speaker: Speaker, labels: Mapping[int, str], laid: _Laid
) -> Person:
    """The same of a contact or a colleague in every call, where they are named."""
    said = tuple(_turn_guid(transcript, row) for row in laid.rows if row.speaker_id == speaker.id)
    guid, name, person = speaker.public_id, labels[speaker.id], ""
    if speaker.user is not None:
        guid, name, person = (
            stable_guid("colleague", speaker.user.name),
            speaker.user.name,
            COLLEAGUE,
        )
    elif speaker.contact is not None and name == speaker.label:
        guid, name, person = speaker.contact.public_id, speaker.contact.name, CONTACT
    facts = {"part": speaker.part.value if speaker.part else UNKNOWN, "person": person}
    return Person(guid, name, said, {key: value for key, value in facts.items() if value})


def gathered(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person once, with what they said in all calls."""
    found: dict[str, Person] = {}
    for each in people:
        before = found.get(each.guid)
        found[each.guid] = replace(each, said=before.said + each.said) if before else each
    return tuple(found.values())


@dataclass(frozen=True)
class _Laid:
    """The turns as one text, each after its speaker's label."""

    text: str
    rows: Sequence[Segment]
    starts: Mapping[int, int]

    @classmethod
    def of(cls, rows: Sequence[Segment], labels: Mapping[int, str]) -> _Laid:
        text = ""
        starts: dict[int, int] = {}
        for row in rows:
            text += f"{labels[row.speaker_id]}: " if labels[row.speaker_id] else ""
            starts[row.id] = len(text)
            text += f"{row.text}\n\n"
        return cls(text, rows, starts)


def _labels(interview: Interview, speakers: Sequence[Speaker]) -> dict[int, str]:
    """As the transcript has them; where the buyer did not allow the name, by their part."""
    if interview.scope is Scope.NAME:
        return {row.id: row.label for row in speakers}
    return {
        row.id: row.label
        if row.part is Part.INTERVIEWER
        else f"{_NAMES[Part.BUYER.value] if row.part is Part.BUYER else 'Speaker'} {number}"
        for number, row in enumerate(speakers, 1)
    }


def _whole(interview: Interview, transcript: Transcript, laid: _Laid) -> Selection:
    says = {
        "interview": interview.public_id,
        "format": transcript.format.value,
        "language": transcript.language,
        "checksum": transcript.checksum,
        "file": transcript.file_name if interview.scope is Scope.NAME else "",
    }
    coding = Coding(
        guid=stable_guid("transcript", transcript.public_id),
        code=TRANSCRIPTS.guid,
        says={name: value for name, value in says.items() if value},
    )
    guid = stable_guid("all of", transcript.public_id)
    return Selection(guid, 0, len(laid.text), (coding,))


def _turn(
    transcript: Transcript, row: Segment, speaker: Speaker, labels: Mapping[int, str], laid: _Laid
) -> Selection:
    says = {
        "speaker": labels[row.speaker_id],
        "from_ms": "" if row.start_ms is None else str(row.start_ms),
        "to_ms": "" if row.end_ms is None else str(row.end_ms),
    }
    guid = _turn_guid(transcript, row)
    part = speaker.part.value if speaker.part else UNKNOWN
    coding = Coding(
        guid=stable_guid("spoken", guid),
        code=stable_guid("part", part),
        says={name: value for name, value in says.items() if value},
    )
    start = laid.starts[row.id]
    return Selection(guid, start, start + len(row.text), (coding,))


def _turn_guid(transcript: Transcript, row: Segment) -> str:
    return stable_guid("turn", transcript.public_id, str(row.position))


def _answered(
    answer: Answer, place: AnswerPlace, questions: Mapping[int, str], laid: _Laid
) -> Selection:
    guid = stable_guid("place", answer.public_id, str(place.start))
    coding = Coding(
        guid=stable_guid("placed", guid),
        code=questions[answer.id],
        says={"answer": answer.public_id, "at": str(place.start)},
    )
    start = laid.starts[place.segment_id] + place.offset
    return Selection(guid, start, start + place.end - place.start, (coding,))


def _copies(quote: Quote, places: Sequence[AnswerPlace], laid: _Laid) -> Iterator[Selection]:
    """What of the quote stands in each turn."""
    said = quote.verbatim
    for place in places:
        start, end = max(said.start, place.start), min(said.end, place.end)
        if place.answer_id != said.answer_id or start >= end or not quote.tags:
            continue
        guid = stable_guid("said", said.public_id, str(place.start))
        at = laid.starts[place.segment_id] + place.offset + start - place.start
        yield Selection(
            guid,
            at,
            at + end - start,
            tuple(
                Coding(
                    guid=stable_guid("copy", tag.public_id, guid),
                    code=tag.reason.public_id if tag.reason else NO_REASON,
                    by=tag.created_by_name,
                    at=tag.created_at,
                    says=says_of_tag(tag) | {COPY_OF: tag.public_id},
                )
                for tag in quote.tags
            ),
        )
