"""Suggesting for an interview: which sentences, by which model; and keeping what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.interviews.models import Answer, Interview
from app.market.mentions import mentions
from app.market.queries import active_competitors
from app.tagging import queries as tagging
from app.tagging.models import Direction, Reason
from app.tagging.queries import Quote
from app.tagging.sentences import sentences
from app.tagging.suggesting.directions import GOOD, said_of
from app.tagging.suggestions import queries
from app.tagging.suggestions.models import (
    Decision,
    SuggestedInterview,
    Suggestion,
)
from app.transcripts.queries import said_by_interviewer, transcript_of

if TYPE_CHECKING:
    from app.tagging.suggesting.keeping import Suggester
    from app.tagging.suggesting.model import Model, Suggested

#: The spellings of each competitor in use, by its id.
Rivals = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Place:
    """Words of an answer for which something may be suggested: a sentence, or what a person marked
    and gave no reason yet, with the way that they said it speaks."""

    start: int
    end: int
    direction: Direction | None = None


@dataclass(frozen=True)
class Text:
    """An answer as it stood when it was read."""

    answer_id: int
    revision: int
    text: str
    marked: tuple[Place, ...] = ()

    @property
    def places(self) -> list[Place]:
        """What is marked, and the sentences of which nothing is."""
        free = [Place(each.start, each.end) for each in sentences(self.text)]
        free = [each for each in free if not any(_overlap(each, one) for one in self.marked)]
        return sorted([*self.marked, *free], key=lambda place: (place.start, place.end))


@dataclass(frozen=True)
class Found:
    """A reason that a model suggests for a place of an answer."""

    answer_id: int
    revision: int
    start: int
    end: int
    reason: str
    is_sure: bool
    score: float | None
    words: list[str]
    direction: Direction | None = None
    competitor_id: int | None = None


def texts_of(session: Session, interview_id: int) -> list[Text]:
    answers = queries.answers_of(session, interview_id)
    quotes = tagging.quotes_of_interview(session, session.get_one(Interview, interview_id))
    return [
        Text(answer.id, answer.revision, answer.text, _marked(answer, quotes)) for answer in answers
    ]


def rivals_of(session: Session) -> Rivals:
    return {str(row.id): [row.name, *row.aliases] for row in active_competitors(session)}


def find(suggester: Suggester, texts: Sequence[Text], rivals: Rivals) -> list[Found]:
    """What is suggested; takes no session, for it takes its time."""
    places = [(text, place) for text in texts for place in text.places]
    words = [text.text[place.start : place.end] for text, place in places]
    found = suggester.reasons.suggest(words)
    judged = suggester.directions.judge(words)
    return [
        replace(_found(suggester.reasons, text, place, one), direction=way, competitor_id=whom)
        for (text, place), said, some, judgement in zip(places, words, found, judged, strict=True)
        if some
        for whom, is_theirs in [_spoken_of(said, rivals)]
        for way in [place.direction or _way(judgement, is_theirs=is_theirs)]
        for one in some
    ]


def _found(model: Model, text: Text, place: Place, one: Suggested) -> Found:
    words = model.explain(text.text[place.start : place.end], one.tag) if one.is_sure else []
    return Found(
        text.answer_id,
        text.revision,
        place.start,
        place.end,
        one.tag,
        one.is_sure,
        one.score,
        words,
    )


def _spoken_of(words: str, rivals: Rivals) -> tuple[int | None, bool]:
    """The one competitor that the words speak of, and whether they speak of any."""
    named = [one for one in mentions(words, rivals) if said_of(words, [(one.start, one.end)])]
    keys = {one.key for one in named}
    return (int(keys.pop()) if len(keys) == 1 else None), bool(named)


def _way(judgement: str | None, *, is_theirs: bool) -> Direction | None:
    """Good said of us is for us; good said of a competitor is against us."""
    if judgement is None:
        return None
    return Direction.FOR if (judgement == GOOD) != is_theirs else Direction.AGAINST


def _marked(answer: Answer, quotes: Iterable[Quote]) -> tuple[Place, ...]:
    """Words that a person marked and gave no reason yet."""
    return tuple(
        Place(quote.verbatim.start, quote.verbatim.end, quote.tags[0].direction)
        for quote in quotes
        if quote.verbatim.answer_id == answer.id
        and not quote.verbatim.has_lost_place
        and quote.tags
        and all(tag.reason_id is None for tag in quote.tags)
    )


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def keep(session: Session, interview_id: int, version_id: int, found: Iterable[Found]) -> int:
    """Put these suggestions in place of those still open; what people decided stays, and what they
    tagged by themselves is not suggested again. Returns how many are new."""
    session.execute(
        delete(Suggestion).where(
            Suggestion.interview_id == interview_id, Suggestion.decision == Decision.OPEN
        )
    )
    answers = {answer.id: answer for answer in queries.answers_of(session, interview_id)}
    interview = session.get_one(Interview, interview_id)
    reasons = {reason.key: reason for reason in tagging.usable_reasons(session)}
    quotes = tagging.quotes_of_interview(session, interview)
    decided = {
        (one.answer_id, one.start, one.end, one.reason_id)
        for one in queries.suggestions_of(session, interview)
    }
    is_transcribed = transcript_of(session, interview) is not None
    kept = 0
    for each in found:
        answer, reason = answers.get(each.answer_id), reasons.get(each.reason)
        if answer is None or reason is None or answer.revision != each.revision:
            continue
        if (answer.id, each.start, each.end, reason.id) in decided:
            continue
        if _is_tagged(quotes, each, reason):
            continue
        if is_transcribed and _is_not_theirs(session, answer, each):
            continue
        session.add(_suggestion(interview_id, version_id, reason, each))
        kept += 1
    session.merge(SuggestedInterview(interview_id=interview_id, version_id=version_id))
    return kept


def _suggestion(interview_id: int, version_id: int, reason: Reason, found: Found) -> Suggestion:
    return Suggestion(
        interview_id=interview_id,
        answer_id=found.answer_id,
        revision=found.revision,
        start=found.start,
        end=found.end,
        reason_id=reason.id,
        version_id=version_id,
        is_sure=found.is_sure,
        score=found.score,
        words=found.words,
        direction=found.direction,
        competitor_id=found.competitor_id,
    )


def _is_tagged(quotes: Sequence[Quote], found: Found, reason: Reason) -> bool:
    """Whether a person gave these words this reason already."""
    return any(
        quote.verbatim.answer_id == found.answer_id
        and not quote.verbatim.has_lost_place
        and quote.verbatim.start < found.end
        and found.start < quote.verbatim.end
        and any(tag.reason_id == reason.id for tag in quote.tags)
        for quote in quotes
    )


def _is_not_theirs(session: Session, answer: Answer, found: Found) -> bool:
    """Whether the words are the interviewer's: those are never tagged."""
    return found.is_sure and said_by_interviewer(session, answer, found.start, found.end)


def seeds_of(reasons: Iterable[Reason]) -> dict[str, Mapping[str, Sequence[str]]]:
    """The words of the reason list; a name is a seed word of the first language too."""
    return {reason.key: _with_name(reason) for reason in reasons}


def _with_name(reason: Reason) -> dict[str, list[str]]:
    language = next(iter(reason.seeds), "en")
    words = [reason.name, *reason.aliases, *reason.seeds.get(language, [])]
    return {**reason.seeds, language: list(dict.fromkeys(words))}
