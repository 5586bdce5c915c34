"""What buyers said in a transcript that stands in no answer yet, and how it becomes one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.core.access import Actor
from app.interviews.conversation import Conversation, Turn
from app.interviews.models import Answer, Interview, Taken
from app.transcripts import queries
from app.transcripts.composing import Piece, compose
from app.transcripts.drafting import accept, pieces_of
from app.transcripts.models import Draft, DraftState, Part, Segment, Speaker, Transcript

#: The question of words that nobody asked for.
_UNASKED = "Said without being asked"
_LONGEST_QUESTION = 500


@dataclass(frozen=True)
class Passage:
    """Words of the text, and what others said before them within it."""

    before: str
    words: str


@dataclass(frozen=True)
class Unanswered:
    """Buyers' words that one answer can be made of: those of a draft, or a turn that no draft was
    laid over, whose draft is kept only once it becomes an answer."""

    draft: Draft
    passages: Sequence[Passage]

    @cached_property
    def text(self) -> str:
        """As the answer will have it; places in it are code points."""
        return "".join(passage.words for passage in self.passages)

    @property
    def place(self) -> tuple[int, int]:
        return self.draft.first, self.draft.first_offset


def unanswered(session: Session, interview: Interview) -> list[Unanswered]:
    """In the order of the transcript; nothing before a person has said who speaks."""
    transcript = queries.transcript_of(session, interview)
    if transcript is None:
        return []
    speakers = {row.id: row for row in queries.speakers_of(session, transcript)}
    segments = queries.segments_of(session, transcript)
    buyers = [row for row in segments if speakers[row.speaker_id].part is Part.BUYER]
    drafts = queries.drafts_of(session, transcript)
    taken = _Taken(drafts)
    for place in queries.standing_places(session, transcript):
        taken.add(place.segment.position, place.offset, place.offset + place.end - place.start)
    free = [
        draft
        for draft in drafts
        if draft.state is not DraftState.ACCEPTED and not taken.any_within(draft)
    ]
    for draft in free:
        taken.add_draft(draft)
    loose = _drafts_of_turns(transcript, buyers, segments, speakers, taken)
    found = [_shown(transcript, draft, segments, speakers) for draft in [*free, *loose]]
    return sorted((each for each in found if each.text.strip()), key=lambda each: each.place)


def may_hold_it(turn: Turn) -> bool:
    """Whether words can be put into the turn's answer without a choice: none was typed there."""
    answer = turn.answer
    return answer is None or not answer.text.strip() or answer.taken is Taken.TRANSCRIPT


def make_answer(
    session: Session,
    actor: Actor,
    interview: Interview,
    said: Unanswered,
    turn: Turn | None,
    conversation: Conversation,
) -> tuple[Answer, int]:
    """Make the words the answer to a question, or to one of their own; returns where in it they
    begin. Raises CannotDraft and AnswersClosed."""
    draft = said.draft
    draft.question_id = turn.question_id if turn is not None else ""
    draft.asked = draft.asked.strip() or _UNASKED
    session.add(draft)
    session.flush()
    answer = accept(session, actor, interview, draft, conversation)
    return answer, len(answer.text) - len(said.text)


class _Taken:
    """Which code points of which segment stand in an answer, or belong to a draft."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._spans: dict[int, list[tuple[int, int | None]]] = {}
        for draft in drafts:
            if draft.state is DraftState.ACCEPTED:
                self.add_draft(draft)

    def add(self, position: int, start: int, end: int | None) -> None:
        self._spans.setdefault(position, []).append((start, end))

    def add_draft(self, draft: Draft) -> None:
        for position in range(draft.first, draft.last + 1):
            start = draft.first_offset if position == draft.first else 0
            self.add(position, start, draft.last_offset if position == draft.last else None)

    def any_within(self, draft: Draft) -> bool:
        return any(position in self._spans for position in range(draft.first, draft.last + 1))

    def gaps(self, segment: Segment) -> Iterator[tuple[int, int]]:
        """What is left of the segment, where there are words."""
        length, at = len(segment.text), 0
        for start, end in sorted(self._spans.get(segment.position, ()), key=lambda span: span[0]):
            if segment.text[at:start].strip():
                yield at, start
            at = max(at, length if end is None else end)
        if segment.text[at:].strip():
            yield at, length


def _drafts_of_turns(
    transcript: Transcript,
    buyers: Sequence[Segment],
    segments: Sequence[Segment],
    speakers: dict[int, Speaker],
    taken: _Taken,
) -> list[Draft]:
    """A draft for each turn, or part of one, that is not taken; none is kept."""
    asked = _asked_before(segments, speakers)
    drafts: list[Draft] = []
    goes_on: tuple[int, int] | None = None
    for segment in buyers:
        for start, end in taken.gaps(segment):
            if start == 0 and goes_on == (segment.position, segment.speaker_id):
                drafts[-1].last, drafts[-1].last_offset = segment.position, end
            else:
                drafts.append(_draft(transcript, segment, start, end, asked[segment.position]))
            is_whole = end == len(segment.text)
            goes_on = (segment.position + 1, segment.speaker_id) if is_whole else None
    return drafts


def _draft(transcript: Transcript, segment: Segment, start: int, end: int, asked: str) -> Draft:
    return Draft(
        public_id=str(uuid.uuid4()),
        transcript_id=transcript.id,
        position=segment.position,
        question_id="",
        asked=asked[-_LONGEST_QUESTION:],
        first=segment.position,
        first_offset=start,
        last=segment.position,
        last_offset=end,
        is_sure=True,
        state=DraftState.OPEN,
    )


def _asked_before(segments: Sequence[Segment], speakers: dict[int, Speaker]) -> dict[int, str]:
    """What the interviewer said last before each segment."""
    asked: dict[int, str] = {}
    last, is_going_on = "", False
    for segment in segments:
        is_asking = speakers[segment.speaker_id].part is Part.INTERVIEWER
        if is_asking:
            last = f"{last} {segment.text}" if is_going_on else segment.text
        is_going_on = is_asking
        asked[segment.position] = last
    return asked


def _shown(
    transcript: Transcript, draft: Draft, segments: Sequence[Segment], speakers: dict[int, Speaker]
) -> Unanswered:
    within = segments[draft.first : draft.last + 1]
    pieces = pieces_of(draft, within, speakers, transcript.format)
    text, placed = compose(pieces)
    positions = {segment.id: segment.position for segment in within}
    ends = [place.end for place in placed]
    starts = [0, *ends[:-1]]
    return Unanswered(
        draft,
        [
            Passage(_said_between(within, speakers, before, piece, positions), text[start:end])
            for before, piece, start, end in zip(
                [None, *pieces], pieces, starts, ends, strict=False
            )
        ],
    )


def _said_between(
    segments: Sequence[Segment],
    speakers: dict[int, Speaker],
    before: Piece | None,
    piece: Piece,
    positions: dict[int, int],
) -> str:
    """What others said between two pieces."""
    if before is None:
        return ""
    first, last = positions[before.segment_id], positions[piece.segment_id]
    return " ".join(
        segment.text
        for segment in segments
        if first < segment.position < last and speakers[segment.speaker_id].part is not Part.BUYER
    )
