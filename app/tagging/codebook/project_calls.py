"""Transcripts of a project brought in: one that is not here is made again, with the places of its
answers; what another program tagged in it goes to the answer that has the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.deals import operations as deals
from app.deals.models import Contact, Deal
from app.deals.queries import find_contact
from app.identity.models import User
from app.interviews.models import Answer, Interview
from app.tagging.codebook.project_transcripts import (
    COLLEAGUE,
    CONTACT,
    COPY_OF,
    PARTS,
    TRANSCRIPTS,
    UNKNOWN,
)
from app.tagging.codebook.refi.project import Coding, Document, Person, Selection
from app.transcripts import queries, reading
from app.transcripts.models import AnswerPlace, Part, Speaker, Transcript
from app.transcripts.operations import CannotImport, File, import_transcript


@dataclass(frozen=True)
class Turn:
    """What one speaker said in one go, in a project's text."""

    selection: Selection
    says: Mapping[str, str]
    part: str


@dataclass(frozen=True)
class Tagged:
    """Words of a transcript that another program gave a code: their place in an answer, or
    None where they stand in none."""

    selection: Selection
    codings: tuple[Coding, ...]
    answer: Answer | None = None
    start: int = 0
    end: int = 0


def is_call(document: Document) -> bool:
    return _whole(document) is not None


def bring_call_in(
    session: Session, actor: Actor, document: Document, people: Mapping[str, Person]
) -> list[Tagged]:
    """Keep the transcript with its interview, unless there is one; returns what was tagged in it
    elsewhere. `people` are those who speak, by the selections of what they said."""
    whole = _whole(document)
    interview = session.scalar(
        select(Interview).where(Interview.public_id == (whole or {}).get("interview", ""))
    )
    if whole is None or interview is None:
        return []
    transcript = queries.transcript_of(session, interview)
    if transcript is None:
        transcript = _keep(session, actor, interview, document, whole, people)
    if transcript is None or transcript.public_id != document.guid:
        return [Tagged(each, codings) for each, codings in _tagged_elsewhere(document)]
    return list(_tagged(session, document, transcript))


def _keep(
    session: Session,
    actor: Actor,
    interview: Interview,
    document: Document,
    whole: Mapping[str, str],
    people: Mapping[str, Person],
) -> Transcript | None:
    turns = _turns(document)
    if not turns:
        return None
    segments = tuple(
        reading.Segment(
            _number(turn.says.get("from_ms")),
            _number(turn.says.get("to_ms")),
            turn.says.get("speaker", ""),
            document.text[turn.selection.start : turn.selection.end],
        )
        for turn in turns
    )
    kind = whole.get("format", "")
    known = kind in set(reading.Format)
    content = reading.Transcript(
        reading.Format(kind) if known else reading.Format.LABELLED,
        segments,
        language=whole.get("language", ""),
    )
    name = whole.get("file", "") or "A project's transcript"
    try:
        kept = import_transcript(
            session, actor, interview, File(name, whole.get("checksum", ""), content)
        ).transcript
    except CannotImport:
        return None
    kept.public_id = document.guid
    _keep_speakers(session, actor, interview, kept, turns, people)
    _keep_places(session, interview, document, kept, turns)
    session.flush()
    return kept


def _keep_speakers(
    session: Session,
    actor: Actor,
    interview: Interview,
    kept: Transcript,
    turns: list[Turn],
    people: Mapping[str, Person],
) -> None:
    """Their part in the call, and who they are."""
    said = {turn.says.get("speaker", ""): turn for turn in turns}
    for speaker in queries.speakers_of(session, kept):
        turn = said.get(speaker.label)
        if turn is None:
            continue
        if turn.part != UNKNOWN:
            speaker.part, speaker.confirmed_by_name = Part(turn.part), actor.name
        person = people.get(turn.selection.guid)
        if person is not None:
            _name(session, actor, interview.deal, speaker, person)


def _name(session: Session, actor: Actor, deal: Deal, speaker: Speaker, person: Person) -> None:
    known_as = person.facts.get("person")
    if known_as == COLLEAGUE:
        speaker.user = _colleague(session, person.name)
    elif known_as == CONTACT and person.name:
        speaker.contact = _contact(session, actor, deal, person)
    elif session.scalar(select(Speaker).where(Speaker.public_id == person.guid)) is None:
        speaker.public_id = person.guid


def _colleague(session: Session, name: str) -> User | None:
    """Whoever is called so, if one is."""
    found = session.scalars(select(User).where(User.name == name).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _contact(session: Session, actor: Actor, deal: Deal, person: Person) -> Contact:
    """Known by its id, else by its name at the account, else new."""
    known = session.scalar(select(Contact).where(Contact.public_id == person.guid))
    known = known or find_contact(session, deal.account, email="", name=person.name)
    if known is not None:
        return known
    added = deals.add_person(session, actor, deal, deals.Person(name=person.name)).contact
    added.public_id = person.guid
    return added


def _keep_places(
    session: Session,
    interview: Interview,
    document: Document,
    kept: Transcript,
    turns: list[Turn],
) -> None:
    """Of the answers that still read as they did."""
    answers = {
        answer.public_id: answer
        for answer in session.scalars(select(Answer).where(Answer.interview_id == interview.id))
    }
    segments = queries.segments_of(session, kept)
    for selection, says in _with_note(document, "answer"):
        answer, at = answers.get(says["answer"]), _number(says.get("at")) or 0
        turn = next((n for n, one in enumerate(turns) if _holds(one.selection, selection)), None)
        words = document.text[selection.start : selection.end]
        if answer is None or turn is None or answer.text[at : at + len(words)] != words:
            continue
        session.add(
            AnswerPlace(
                answer_id=answer.id,
                revision=answer.revision,
                start=at,
                end=at + len(words),
                segment=segments[turn],
                offset=selection.start - turns[turn].selection.start,
            )
        )


def _tagged(session: Session, document: Document, transcript: Transcript) -> Iterator[Tagged]:
    turns = _turns(document)
    places = queries.standing_places(session, transcript)
    answers = {
        answer.id: answer
        for answer in session.scalars(
            select(Answer).where(Answer.id.in_({place.answer_id for place in places}))
        )
    }
    for selection, codings in _tagged_elsewhere(document):
        place, at = _place_of(selection, turns, places)
        if place is None:
            yield Tagged(selection, codings)
            continue
        start = place.start + at - place.offset
        end = start + selection.end - selection.start
        yield Tagged(selection, codings, answers[place.answer_id], start, end)


def _place_of(
    selection: Selection, turns: list[Turn], places: Sequence[AnswerPlace]
) -> tuple[AnswerPlace | None, int]:
    """The place that holds these words, and where in their turn they begin."""
    for number, turn in enumerate(turns):
        if not _holds(turn.selection, selection):
            continue
        at = selection.start - turn.selection.start
        end = at + selection.end - selection.start
        for place in places:
            length = place.end - place.start
            if (
                place.segment.position == number
                and place.offset <= at <= end <= place.offset + length
            ):
                return place, at
    return None, 0


def _whole(document: Document) -> Mapping[str, str] | None:
    """What the note of the whole text says, where the text is a transcript."""
    found = (
        coding.says
        for selection in document.selections
        for coding in selection.codings
        if coding.code == TRANSCRIPTS.guid
    )
    return next(found, None)


def _turns(document: Document) -> list[Turn]:
    found = [
        Turn(selection, coding.says, PARTS[coding.code])
        for selection in document.selections
        for coding in selection.codings
        if coding.code in PARTS
    ]
    return sorted(found, key=lambda turn: turn.selection.start)


def _with_note(document: Document, name: str) -> Iterator[tuple[Selection, Mapping[str, str]]]:
    for selection in document.selections:
        for coding in selection.codings:
            if name in coding.says:
                yield selection, coding.says


def _tagged_elsewhere(document: Document) -> Iterator[tuple[Selection, tuple[Coding, ...]]]:
    """What is neither a turn, nor an answer's place, nor a copy of a tag."""
    ours = {TRANSCRIPTS.guid, *PARTS}
    for selection in document.selections:
        codings = tuple(
            coding
            for coding in selection.codings
            if coding.code not in ours and not coding.says.keys() & {COPY_OF, "answer"}
        )
        if codings:
            yield selection, codings


def _holds(outer: Selection, inner: Selection) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
