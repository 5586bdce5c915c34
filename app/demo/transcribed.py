"""The demo's call with a transcript: what the buyer answered stands in it, some of it tagged, and
the buyer said more than the answers hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.identity.models import User
from app.interviews.models import Answer, Interview, State, Taken
from app.interviews.queries import answers_of
from app.tagging import giving
from app.tagging import queries as tagging
from app.tagging.finishing import usual_direction
from app.tagging.giving import TagValues
from app.tagging.operations import quote_words
from app.tagging.sentences import sentences
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggestions.making import seeds_of
from app.transcripts import queries, reading
from app.transcripts.models import AnswerPlace, Part, Segment, Transcript
from app.transcripts.operations import File, import_transcript
from app.transcripts.speakers import Identity, identify

_TAGGED = 2
#: Asked and said at the end, and in no answer.
_BESIDES = (
    "Was there a moment when we nearly dropped out earlier?",
    "The first quote, to be honest. It was far above what we had put aside, and nobody told us"
    " what it covered.",
    "And who else had a say?",
    "Our IT manager. He asked how it talks to our warehouse software, and it took two weeks until"
    " somebody could tell him.",
)
#: A second for so many letters.
_LETTERS = 14


def add_transcript(session: Session) -> None:
    """With the second of those that wait for a tagger."""
    interview = session.scalar(
        select(Interview)
        .where(Interview.state == State.HELD)
        .order_by(Interview.held_on, Interview.id)
        .offset(1)
        .limit(1)
    )
    if interview is None or interview.contact is None:
        return
    tagger = session.scalars(select(User).where(User.name == "Miriam Holt")).one()
    actor = Actor(tagger.id, tagger.name)
    answers = [answer for answer in answers_of(session, interview) if answer.text]
    transcript = _keep(session, actor, interview, answers)
    _place(session, transcript, answers)
    session.flush()
    keywords = Keywords(seeds_of(tagging.usable_reasons(session)))
    tagged = 0
    for answer in answers:
        if tagged < _TAGGED:
            tagged += _tag(session, actor, interview, answer, keywords)


def _keep(
    session: Session, actor: Actor, interview: Interview, answers: Sequence[Answer]
) -> Transcript:
    assert interview.contact is not None
    interviewer = session.get_one(User, interview.interviewer_id)
    said = [line for answer in answers for line in (answer.question, answer.text)]
    said += _BESIDES
    segments = []
    at = 0
    for number, text in enumerate(said):
        until = at + 1000 * (2 + len(text) // _LETTERS)
        speaker = interview.contact.name if number % 2 else interviewer.name
        segments.append(reading.Segment(at, until, speaker, text))
        at = until + 500
    content = reading.Transcript(reading.Format.VTT, tuple(segments), language="en")
    checksum = hashlib.sha256("\n".join(said).encode()).hexdigest()
    kept = import_transcript(session, actor, interview, File("call.vtt", checksum, content))
    by_label = {
        interviewer.name: Identity(Part.INTERVIEWER, user=interviewer),
        interview.contact.name: Identity(Part.BUYER, contact=interview.contact),
    }
    speakers = queries.speakers_of(session, kept.transcript)
    identities = {speaker.id: by_label[speaker.label] for speaker in speakers}
    identify(session, actor, interview, kept.transcript, identities)
    return kept.transcript


def _place(session: Session, transcript: Transcript, answers: Sequence[Answer]) -> None:
    """Each answer is what the buyer said after its question."""
    segments: Sequence[Segment] = queries.segments_of(session, transcript)
    for number, answer in enumerate(answers):
        answer.taken = Taken.TRANSCRIPT
        session.add(
            AnswerPlace(
                answer_id=answer.id,
                revision=answer.revision,
                start=0,
                end=len(answer.text),
                segment=segments[2 * number + 1],
                offset=0,
            )
        )


def _tag(
    session: Session, actor: Actor, interview: Interview, answer: Answer, keywords: Keywords
) -> bool:
    """The first sentence that names a reason."""
    for sentence in sentences(answer.text):
        key = _reason_of(keywords, sentence.text)
        reason = tagging.reason_by_key(session, key) if key else None
        if reason is not None:
            quote = quote_words(session, actor, answer, sentence.start, sentence.end)
            way = usual_direction(interview.deal.outcome)
            values = TagValues(reason, way, evidence=answer.kind)
            giving.give_tag(session, actor, quote, values)
            return True
    return False


def _reason_of(keywords: Keywords, words: str) -> str | None:
    """What the words of the reason list find in it."""
    hits = keywords.hits(words)
    return keywords.tags[hits[0].place] if hits else None
