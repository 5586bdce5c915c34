"""What the tagging page shows: each answer with its marked quotes and their tags."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.interviews.confidence import is_exact
from app.interviews.models import Answer
from app.tagging.marks import Marked, Piece, pieces
from app.tagging.models import Direction
from app.tagging.queries import Quote
from app.tagging.sentences import sentences
from app.tagging.suggestions.models import Suggestion


@dataclass(frozen=True)
class Numbered:
    """A quote with its number in the answer."""

    number: int
    quote: Quote


@dataclass(frozen=True)
class AnswerToTag:
    """An answer as the page shows it."""

    answer: Answer
    is_exact: bool
    pieces: list[Piece]
    quotes: list[Numbered]
    suggested: list[Suggestion]

    @property
    def margin(self) -> list[Numbered | Suggestion]:
        """Quotes and suggestions in reading order."""
        return sorted([*self.quotes, *self.suggested], key=_place)

    @property
    def places_of_sentences(self) -> str:
        return places_of_sentences(self.answer.text)


def places_of_sentences(text: str) -> str:
    """For the keyboard: [[start, end], ...] in code points."""
    return json.dumps([[each.start, each.end] for each in sentences(text)])


def answers_to_tag(
    answers: Sequence[Answer], quotes: Sequence[Quote], suggested: Sequence[Suggestion] = ()
) -> list[AnswerToTag]:
    """The answers in their order, without those that say nothing."""
    return [_answer(answer, quotes, suggested) for answer in answers if answer.text.strip()]


def lost_quotes(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes that wait for a decision, for their words were changed."""
    return [quote for quote in quotes if quote.verbatim.has_lost_place]


def _answer(
    answer: Answer, quotes: Sequence[Quote], suggested: Sequence[Suggestion]
) -> AnswerToTag:
    shown = [quote for quote in quotes if _is_shown(quote, answer)]
    numbered = [Numbered(number, quote) for number, quote in enumerate(shown, 1)]
    marks = [
        Marked(each.quote.verbatim.start, each.quote.verbatim.end, each.number, _direction(each))
        for each in numbered
    ]
    here = [each for each in suggested if each.answer_id == answer.id]
    return AnswerToTag(answer, is_exact(answer), pieces(answer.text, marks), numbered, here)


def _place(each: Numbered | Suggestion) -> tuple[int, int]:
    where = each.quote.verbatim if isinstance(each, Numbered) else each
    return where.start, where.end


def _is_shown(quote: Quote, answer: Answer) -> bool:
    """A quote whose last tag was taken away is not shown, unless the interviewer picked it."""
    verbatim = quote.verbatim
    in_place = verbatim.answer_id == answer.id and not verbatim.has_lost_place
    return in_place and bool(quote.tags or verbatim.is_strong)


def _direction(each: Numbered) -> str:
    """Which way the quote speaks: neither, where its tags differ."""
    directions = {tag.direction for tag in each.quote.tags}
    if not directions:
        return ""
    return (directions.pop() if len(directions) == 1 else Direction.NEUTRAL).value
