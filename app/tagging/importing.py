"""Interviews already held, with their quotes and tags, from a file: once or again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.db import Database
from app.core.events import publish
from app.identity.queries import workspace
from app.interviews.events import InterviewHeld, InterviewMoved
from app.interviews.held_lines import AnswerLine, InterviewLine, TagLine
from app.interviews.importing import Change, Put, put_interview
from app.interviews.json_records import Problem
from app.interviews.models import Answer, Interview, Kind, State
from app.interviews.operations import move
from app.interviews.reading import LineRefused, Numbered
from app.market import operations as market
from app.market.models import Competitor, Differentiator, name_key
from app.market.queries import by_name, competitors, differentiators
from app.tagging import evidence
from app.tagging.events import QuotesMade
from app.tagging.models import Direction, Layer, Reason, Tag, Verbatim, Weight
from app.tagging.queries import reasons_by_name
from app.tagging.reasons import draft_reason

BATCH = 100


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken: where, which field, what it holds, and why."""

    line: int
    field: str
    value: str
    why: str


@dataclass
class Result:
    """What an import did, or would do."""

    interviews: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    verbatims: int = 0
    tags: int = 0
    draft_reasons: list[str] = field(default_factory=list)
    draft_differentiators: list[str] = field(default_factory=list)
    draft_competitors: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored_fields: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def import_interviews(
    db: Database, actor: Actor, lines: Iterable[Numbered], *, dry_run: bool = False
) -> Result:
    """Take the lines in batches, each wholly or not at all; a dry run takes none of them."""
    result = Result()
    accepted = _accepted(lines, result)
    while batch := list(islice(accepted, BATCH)):
        with db.writing() as session:
            import_batch(session, actor, batch, result)
            if dry_run:
                session.rollback()
    return result


def import_into(session: Session, actor: Actor, lines: Iterable[Numbered]) -> Result:
    """Take the lines in the session's transaction, all of them or none."""
    result = Result()
    import_batch(session, actor, list(_accepted(lines, result)), result)
    return result


def import_batch(
    session: Session, actor: Actor, lines: Sequence[InterviewLine], result: Result
) -> None:
    """Take these lines in the session's transaction."""
    names = Names(session, actor, result)
    currency = workspace(session).currency
    for line in lines:
        put = put_interview(session, actor, line, currency=currency, find=names.competitor)
        if put.change is not Change.UNCHANGED:
            _put_quotes(session, actor, put, line, names)
        _count(result, put.change, line)


def _accepted(lines: Iterable[Numbered], result: Result) -> Iterator[InterviewLine]:
    """The lines that can be used; of an interview that stands twice, the first."""
    seen: dict[str, int] = {}
    for numbered in lines:
        content = numbered.content
        if isinstance(content, InterviewLine):
            first = seen.setdefault(content.external_id, numbered.line)
            if first == numbered.line:
                yield content
                continue
            why = f"the same id stands on line {first}; one interview takes one line"
            content = LineRefused([Problem("external_id", content.external_id, why)])
        result.rejected += 1
        result.refused += [
            Refusal(numbered.line, problem.field, problem.value, problem.why)
            for problem in content.problems
        ]


def _count(result: Result, change: Change, line: InterviewLine) -> None:
    result.interviews += 1
    result.created += change is Change.CREATED
    result.updated += change is Change.UPDATED
    result.unchanged += change is Change.UNCHANGED
    result.verbatims += line.spans
    result.tags += line.tags
    result.ignored_fields = list(dict.fromkeys([*result.ignored_fields, *line.ignored]))


def _put_quotes(
    session: Session, actor: Actor, put: Put, line: InterviewLine, names: Names
) -> None:
    interview = put.interview
    quotes = _known_quotes(session, interview)
    tags = _known_tags(session, interview)
    for answer, said in zip(put.answers, line.answers, strict=True):
        _tag_answer(session, actor, answer, said, names, quotes, tags)
    session.flush()
    if put.change is Change.CREATED:
        interview.state = State.TAGGED if line.tags else State.HELD
        publish(session, InterviewMoved(interview.id))
        publish(session, InterviewHeld(interview.id))
    elif interview.state is State.HELD and line.tags:
        move(session, actor, interview, State.TAGGED)
    else:
        evidence.refresh_interviews(session, [interview.id])


_Span = tuple[int, int, int]
_TagKey = tuple[int, int | None, int | None, int | None]


def _known_quotes(session: Session, interview: Interview) -> dict[_Span, Verbatim]:
    rows = session.scalars(
        select(Verbatim).where(
            Verbatim.interview_id == interview.id, Verbatim.has_lost_place.is_(False)
        )
    )
    return {(row.answer_id, row.start, row.end): row for row in rows}


def _known_tags(session: Session, interview: Interview) -> dict[_TagKey, Tag]:
    """Also those that somebody removed: an import does not bring them back."""
    rows = session.scalars(
        select(Tag).join(Tag.verbatim).where(Verbatim.interview_id == interview.id)
    )
    return {_tag_key(row): row for row in rows}


def _tag_key(tag: Tag) -> _TagKey:
    """What makes two tags of one quote the same: the reason, or without one what it speaks of."""
    if tag.reason_id is not None:
        return tag.verbatim_id, tag.reason_id, None, None
    return tag.verbatim_id, None, tag.differentiator_id, tag.competitor_id


def _tag_answer(
    session: Session,
    actor: Actor,
    answer: Answer,
    said: AnswerLine,
    names: Names,
    quotes: dict[_Span, Verbatim],
    tags: dict[_TagKey, Tag],
) -> None:
    for line in said.tags:
        span = (answer.id, line.start, line.end)
        if span not in quotes:
            quotes[span] = _quote(answer, line, actor)
            session.add(quotes[span])
    session.flush()
    publish(session, QuotesMade(list(quotes.values())))
    for line in said.tags:
        values = _values(line, names)
        quote = quotes[answer.id, line.start, line.end]
        tag = Tag(verbatim=quote, verbatim_id=quote.id, created_by_name=actor.name, **values)
        known = tags.get(_tag_key(tag))
        if known is None:
            tags[_tag_key(tag)] = tag
            session.add(tag)
        elif known.removed_at is None:
            audit.changes(known, **values)


def _quote(answer: Answer, line: TagLine, actor: Actor) -> Verbatim:
    return Verbatim(
        interview_id=answer.interview_id,
        answer=answer,
        revision=answer.revision,
        start=line.start,
        end=line.end,
        text=answer.text[line.start : line.end],
        created_by_name=actor.name,
    )


def _values(line: TagLine, names: Names) -> dict[str, Any]:
    differentiator = names.differentiator(line.differentiator) if line.differentiator else None
    competitor = names.competitor(line.competitor) if line.competitor else None
    return {
        "reason_id": names.reason(line.reason).id if line.reason else None,
        "direction": Direction(line.direction),
        "weight": Weight(line.weight),
        "layer": Layer(line.layer),
        "evidence": Kind(line.evidence) if line.evidence else None,
        "differentiator_id": differentiator.id if differentiator else None,
        "competitor_id": competitor.id if competitor else None,
    }


class Names:
    """Reasons, differentiators and competitors by name; an unknown one becomes a draft."""

    def __init__(self, session: Session, actor: Actor, result: Result) -> None:
        self._session = session
        self._actor = actor
        self._result = result
        self._competitors = by_name(competitors(session))
        self._differentiators = by_name(differentiators(session))
        self._reasons = reasons_by_name(session)

    def competitor(self, name: str) -> Competitor:
        key = name_key(name)
        if key not in self._competitors:
            row = market.add_competitor_draft(self._session, self._actor, name)
            self._competitors[key] = row
            _note(self._result.draft_competitors, row.name)
        return self._competitors[key]

    def differentiator(self, name: str) -> Differentiator:
        key = name_key(name)
        if key not in self._differentiators:
            row = market.add_differentiator_draft(self._session, self._actor, name)
            self._differentiators[key] = row
            _note(self._result.draft_differentiators, row.name)
        return self._differentiators[key]

    def reason(self, name: str) -> Reason:
        key = name_key(name)
        if key not in self._reasons:
            row = draft_reason(self._session, self._actor, name)
            self._reasons[key] = row
            _note(self._result.draft_reasons, row.name)
        return self._reasons[key]


def _note(drafts: list[str], name: str) -> None:
    if name not in drafts:
        drafts.append(name)
