"""What the pages of double coding show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.access import Viewer
from app.interviews.confidence import is_exact, sight_of
from app.interviews.models import Answer
from app.tagging import queries as tagging
from app.tagging.agreement.standing import ENOUGH_INTERVIEWS, Standing
from app.tagging.double_coding import queries, settling
from app.tagging.double_coding.models import (
    AgreementFigure,
    CodedPassage,
    SecondCoding,
    SecondTag,
)
from app.tagging.marks import Marked, Piece, pieces
from app.tagging.models import Direction, Reason
from app.tagging.tagging_page import places_of_sentences

STANDINGS: Mapping[Standing, str] = {
    Standing.NOT_KNOWN: "Not yet known",
    Standing.NOT_ESTIMABLE: "Cannot be told: everybody said the same",
    Standing.RELIABLE: "Reliable",
    Standing.TENTATIVE: "Take with care",
    Standing.STRUCK: "Left out of reports",
}


@dataclass(frozen=True)
class SecondQuote:
    """Words that the second person tagged, numbered in their answer."""

    number: int
    tags: Sequence[SecondTag]

    @property
    def start(self) -> int:
        return self.tags[0].start

    @property
    def end(self) -> int:
        return self.tags[0].end

    @property
    def text(self) -> str:
        return self.tags[0].text

    @property
    def direction(self) -> str:
        ways = {tag.direction for tag in self.tags}
        return (ways.pop() if len(ways) == 1 else Direction.NEUTRAL).value


@dataclass(frozen=True)
class SecondAnswer:
    """An answer as the second person sees it: with their own tags alone."""

    answer: Answer
    is_exact: bool
    pieces: list[Piece]
    quotes: list[SecondQuote]

    @property
    def places_of_sentences(self) -> str:
        return places_of_sentences(self.answer.text)


def answers_for_second(answers: Iterable[Answer], tags: Sequence[SecondTag]) -> list[SecondAnswer]:
    """The answers in their order, without those that say nothing."""
    return [_answer(answer, tags) for answer in answers if answer.text.strip()]


def _answer(answer: Answer, tags: Sequence[SecondTag]) -> SecondAnswer:
    by_place: dict[tuple[int, int], list[SecondTag]] = {}
    for tag in tags:
        if tag.answer_id == answer.id and not tag.has_lost_place:
            by_place.setdefault((tag.start, tag.end), []).append(tag)
    quotes = [SecondQuote(number, some) for number, some in enumerate(by_place.values(), 1)]
    marks = [Marked(each.start, each.end, each.number, each.direction) for each in quotes]
    return SecondAnswer(answer, is_exact(answer), pieces(answer.text, marks), quotes)


@dataclass(frozen=True)
class GivenReason:
    """A reason as one of the two gave it, by the name it has now."""

    key: str
    name: str
    direction: Direction

    @property
    def token(self) -> str:
        return f"{self.key}|{self.direction.value}"


@dataclass(frozen=True)
class ShownPassage:
    """Words that either of the two tagged, and what each gave."""

    passage: CodedPassage
    before: str
    after: str
    is_exact: bool
    first: list[GivenReason]
    second: list[GivenReason]
    settled: list[GivenReason]

    @property
    def differs(self) -> bool:
        return settling.differs(self.passage)

    @property
    def is_open(self) -> bool:
        return self.differs and self.passage.settled_at is None


@dataclass(frozen=True)
class ComparedInterview:
    """Two codings that were laid side by side, in a line of the list."""

    coding: SecondCoding
    passages: int
    differing: int
    open: int


#: Code points of an answer shown before and after a passage, to read it in its place.
_AROUND = 120


def shown_passages(session: Session, coding: SecondCoding) -> list[ShownPassage]:
    """In reading order."""
    names = {reason.key: reason.name for reason in tagging.all_reasons(session)}
    return [_shown(passage, names) for passage in queries.passages_of(session, [coding])]


def _shown(passage: CodedPassage, names: Mapping[str, str]) -> ShownPassage:
    answer = passage.answer
    stands = answer.revision == passage.revision
    return ShownPassage(
        passage,
        answer.text[max(passage.start - _AROUND, 0) : passage.start] if stands else "",
        answer.text[passage.end : passage.end + _AROUND] if stands else "",
        is_exact(answer),
        _named(passage.first, names),
        _named(passage.second, names),
        _named(passage.settled, names),
    )


def _named(side: Iterable[Sequence[str]], names: Mapping[str, str]) -> list[GivenReason]:
    return [
        GivenReason(key, names.get(key, key), direction) for key, direction in settling.given(side)
    ]


def compared_interviews(session: Session, viewer: Viewer) -> list[ComparedInterview]:
    """Those whose words the viewer may read; what is still to be settled comes first."""
    codings = [
        coding
        for coding in queries.compared(session, viewer)
        if sight_of(viewer, coding.interview).words
    ]
    by_coding: dict[int, list[CodedPassage]] = {coding.id: [] for coding in codings}
    for passage in queries.passages_of(session, codings):
        by_coding[passage.coding_id].append(passage)
    rows = [_line(coding, by_coding[coding.id]) for coding in codings]
    return sorted(rows, key=lambda row: row.open == 0)


def _line(coding: SecondCoding, passages: Sequence[CodedPassage]) -> ComparedInterview:
    differing = [passage for passage in passages if settling.differs(passage)]
    waiting = sum(passage.settled_at is None for passage in differing)
    return ComparedInterview(coding, len(passages), len(differing), waiting)


@dataclass(frozen=True)
class Agreement:
    """The figures of the page, and how many interviews they rest on."""

    interviews: int
    overall: AgreementFigure | None
    reasons: Sequence[AgreementFigure]

    @property
    def is_known(self) -> bool:
        return self.interviews >= ENOUGH_INTERVIEWS

    @property
    def struck(self) -> list[Reason]:
        return [
            figure.reason
            for figure in self.reasons
            if figure.standing is Standing.STRUCK and figure.reason is not None
        ]


def agreement(session: Session) -> Agreement:
    figures = queries.figures(session)
    return Agreement(
        queries.count_compared(session),
        next((figure for figure in figures if figure.reason_id is None), None),
        [figure for figure in figures if figure.reason_id is not None],
    )
