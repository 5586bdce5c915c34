"""Suggesting for an interview: which sentences, by which model; and keeping what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.interviews.models import Answer, Interview
from app.tagging import queries as tagging
from app.tagging.models import Reason
from app.tagging.queries import Quote
from app.tagging.sentences import sentences
from app.tagging.suggestions import queries
from app.tagging.suggestions.models import (
    Decision,
    SuggestedInterview,
    Suggestion,
)
from app.transcripts.queries import said_by_interviewer

if TYPE_CHECKING:
    from app.tagging.suggesting.model import Model


@dataclass(frozen=True)
class Text:
    """An answer as it stood when it was read."""

    answer_id: int
    revision: int
    text: str


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


def texts_of(session: Session, interview_id: int) -> list[Text]:
    answers = queries.answers_of(session, interview_id)
    return [Text(answer.id, answer.revision, answer.text) for answer in answers]


def find(model: Model, texts: Sequence[Text]) -> list[Found]:
    """What the model suggests; takes no session, for it takes its time."""
    places = [(text, sentence) for text in texts for sentence in sentences(text.text)]
    found = model.suggest([sentence.text for _, sentence in places])
    return [
        Found(
            text.answer_id,
            text.revision,
            sentence.start,
            sentence.end,
            one.tag,
            one.is_sure,
            one.score,
            model.explain(sentence.text, one.tag) if one.is_sure else [],
        )
        for (text, sentence), some in zip(places, found, strict=True)
        for one in some
    ]


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
    kept = 0
    for each in found:
        answer, reason = answers.get(each.answer_id), reasons.get(each.reason)
        if answer is None or reason is None or answer.revision != each.revision:
            continue
        if (answer.id, each.start, each.end, reason.id) in decided:
            continue
        if _is_tagged(quotes, each, reason) or _is_not_theirs(session, answer, each):
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
