"""What the page of a transcript shows: who said what, and the guide with its drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.interviews.conversation import Conversation, Turn
from app.interviews.models import Answer, Taken
from app.transcripts.composing import Piece, compose
from app.transcripts.drafting import pieces_of
from app.transcripts.models import Draft, DraftState, Part, Segment, Speaker, Transcript
from app.transcripts.words import clock


@dataclass(frozen=True)
class Spoken:
    """What one speaker said until another spoke."""

    who: str
    part: Part | None
    at: str
    segments: Sequence[Segment]


@dataclass(frozen=True)
class DraftView:
    draft: Draft
    turn: Turn | None
    text: str
    #: When it begins, where that is known.
    at_ms: int | None
    #: Segments at which it may be split, with their first words.
    splits: Sequence[tuple[int, str]]
    #: The answer that was typed before, about which a person must choose.
    typed: Answer | None

    @property
    def at(self) -> str:
        return clock(self.at_ms)

    @property
    def is_open(self) -> bool:
        return self.draft.state is DraftState.OPEN

    @property
    def can_be_accepted(self) -> bool:
        return self.is_open and bool(self.turn or self.draft.asked.strip())


@dataclass(frozen=True)
class Laid:
    """A question of the guide with its drafts."""

    turn: Turn
    drafts: Sequence[DraftView]


@dataclass(frozen=True)
class Overview:
    laid: Sequence[Laid]
    besides: Sequence[DraftView]
    aside: Sequence[DraftView]

    @property
    def open(self) -> int:
        views = [view for laid in self.laid for view in laid.drafts]
        return sum(view.is_open for view in [*views, *self.besides])

    @property
    def sure(self) -> int:
        return sum(
            view.is_open and view.draft.is_sure for laid in self.laid for view in laid.drafts
        )


def spoken(segments: Sequence[Segment], speakers: Mapping[int, Speaker]) -> list[Spoken]:
    found: list[Spoken] = []
    gathered: list[Segment] = []
    for segment in [*segments, None]:
        if gathered and (segment is None or segment.speaker_id != gathered[0].speaker_id):
            speaker = speakers[gathered[0].speaker_id]
            at = clock(gathered[0].start_ms)
            found.append(Spoken(name_of(speaker), speaker.part, at, gathered))
            gathered = []
        if segment is not None:
            gathered.append(segment)
    return found


def name_of(speaker: Speaker) -> str:
    if speaker.contact is not None:
        return speaker.contact.name
    if speaker.user is not None:
        return speaker.user.name
    return speaker.label or "Nobody named"


def overview(
    transcript: Transcript,
    drafts: Sequence[Draft],
    segments: Sequence[Segment],
    speakers: dict[int, Speaker],
    conversation: Conversation,
) -> Overview:
    views = [
        draft_view(
            transcript, draft, segments[draft.first : draft.last + 1], speakers, conversation
        )
        for draft in drafts
    ]
    kept = [view for view in views if view.draft.state is not DraftState.ASIDE]
    return Overview(
        laid=[
            Laid(turn, [view for view in kept if view.turn is turn]) for turn in conversation.turns
        ],
        besides=[view for view in kept if view.turn is None],
        aside=[view for view in views if view.draft.state is DraftState.ASIDE],
    )


def draft_view(
    transcript: Transcript,
    draft: Draft,
    segments: Sequence[Segment],
    speakers: dict[int, Speaker],
    conversation: Conversation,
) -> DraftView:
    pieces = pieces_of(draft, segments, speakers, transcript.format)
    turn = conversation.turn(draft.question_id) if draft.question_id else None
    answer = turn.answer if turn is not None else None
    typed = answer is not None and answer.text.strip() and answer.taken is not Taken.TRANSCRIPT
    return DraftView(
        draft=draft,
        turn=turn,
        text=compose(pieces)[0],
        at_ms=next((row.start_ms for row in segments if row.start_ms is not None), None),
        splits=_splits(pieces, segments),
        typed=answer if typed and draft.state is DraftState.OPEN else None,
    )


def _splits(pieces: Sequence[Piece], segments: Sequence[Segment]) -> list[tuple[int, str]]:
    positions = {segment.id: segment.position for segment in segments}
    return [(positions[piece.segment_id], piece.text[:60]) for piece in pieces[1:]]
