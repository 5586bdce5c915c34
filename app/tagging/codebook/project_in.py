"""A project brought in: what is here already is known by its ids, the rest is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.events import publish
from app.identity.queries import workspace
from app.interviews.events import InterviewHeld, InterviewMoved
from app.interviews.importing import put_interview
from app.interviews.models import Answer, Interview, State
from app.interviews.spans import moved_span
from app.tagging import evidence, queries
from app.tagging.codebook.entries import Entry
from app.tagging.codebook.exchanging import bring_new_in
from app.tagging.codebook.project_calls import bring_call_in, is_call
from app.tagging.codebook.project_facts import answer_line, interview_line, tag_values
from app.tagging.codebook.project_transcripts import PARTS, TRANSCRIPTS
from app.tagging.codebook.refi.codes import gathered
from app.tagging.codebook.refi.project import (
    NO_REASON,
    QUESTIONS,
    Coding,
    Document,
    Person,
    Project,
    Selection,
)
from app.tagging.events import QuotesMade
from app.tagging.importing import Names, Result
from app.tagging.models import Reason, Tag, Verbatim


@dataclass
class Brought:
    """What a project brought."""

    interviews: int = 0
    quotes: int = 0
    tags_added: int = 0
    tags_changed: int = 0
    tags_unchanged: int = 0
    #: Quotes whose words no longer stand in the answer.
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """An answer within a text."""

    selection: Selection | None
    start: int
    end: int
    question: str
    says: Mapping[str, str]


def bring_project_in(session: Session, actor: Actor, project: Project, source: str) -> Brought:
    """Raises UnreadableList where its codes cannot be taken."""
    questions = _questions(project.codes)
    reasons = _reasons(session, actor, project, source)
    people = {selection: person for person in project.people for selection in person.said}
    bringing = _Bringing(session, actor, questions, reasons, people)
    for document in project.documents:
        if not is_call(document):
            bringing.put(document)
    for document in filter(is_call, project.documents):
        bringing.put_call(document)
    brought = bringing.brought
    audit.record(
        session,
        actor,
        "project.brought_in",
        file=source,
        interviews=brought.interviews,
        tags_added=brought.tags_added,
        tags_changed=brought.tags_changed,
    )
    return brought


def _questions(codes: Sequence[Entry]) -> dict[str, str]:
    """The questions among the codes, by their ids."""
    place = next((n for n, code in enumerate(codes) if code.guid == QUESTIONS.guid), None)
    return {code.guid: code.name for code in codes if place is not None and code.under == place}


def _reasons(
    session: Session, actor: Actor, project: Project, source: str
) -> dict[str, Reason | None]:
    """The reason of each code that is one."""
    questions = _questions(project.codes)
    apart = {QUESTIONS.guid, NO_REASON, TRANSCRIPTS.guid, *PARTS, *questions}
    places: dict[int, int] = {}
    codes: list[Entry] = []
    for number, code in enumerate(project.codes):
        if code.guid not in apart:
            places[number] = len(codes)
            codes.append(code)
    codes = [_placed(code, places) for code in codes]
    known = {row.public_id for row in queries.all_reasons(session)}
    entries = gathered(codes, known)
    rows = bring_new_in(session, actor, entries, source)
    return {entry.guid: row for entry, row in zip(entries, rows, strict=True)} | {NO_REASON: None}


def _placed(code: Entry, places: Mapping[int, int]) -> Entry:
    return code if code.under is None else replace(code, under=places[code.under])


class _Bringing:
    def __init__(
        self,
        session: Session,
        actor: Actor,
        questions: Mapping[str, str],
        reasons: Mapping[str, Reason | None],
        people: Mapping[str, Person],
    ) -> None:
        self._session = session
        self._actor = actor
        self._questions = questions
        self._reasons = reasons
        #: By the selections of what they said.
        self._people = people
        self._names = Names(session, actor, Result())
        #: Tags that are behind a first answer's, with the ids of those.
        self._behind: list[tuple[Tag, str]] = []
        self.brought = Brought()

    def put(self, document: Document) -> None:
        parts = self._parts(document)
        interview = self._session.scalar(
            select(Interview).where(Interview.public_id == document.guid)
        )
        is_new = interview is None
        if interview is None:
            interview = self._add(document, parts)
        answers = self._session.scalars(
            select(Answer).where(Answer.interview_id == interview.id).order_by(Answer.position)
        ).all()
        by_guid = {answer.public_id: answer for answer in answers}
        for selection in document.selections:
            if not any(coding.code in self._questions for coding in selection.codings):
                self._put_quote(document, parts, selection, by_guid, list(answers))
        self._session.flush()
        self._link()
        if is_new:
            tagged = any(self._reason_codings(each) for each in document.selections)
            interview.state = State.TAGGED if tagged else State.HELD
            publish(self._session, InterviewMoved(interview.id))
            publish(self._session, InterviewHeld(interview.id))
        evidence.refresh_interviews(self._session, [interview.id])
        self.brought.interviews += 1

    def put_call(self, document: Document) -> None:
        """A transcript, and what was tagged in it elsewhere."""
        for tagged in bring_call_in(self._session, self._actor, document, self._people):
            codings = [each for each in tagged.codings if each.code in self._reasons]
            verbatim = None
            if tagged.answer is not None and codings:
                span = (tagged.start, tagged.end)
                verbatim = self._verbatim(tagged.selection.guid, tagged.answer, span)
            if verbatim is None:
                selection = tagged.selection
                self.brought.lost.append(document.text[selection.start : selection.end])
                continue
            self.brought.quotes += 1
            for coding in codings:
                self._put_tag(verbatim, coding)
            evidence.refresh_interviews(self._session, [verbatim.interview_id])

    def _parts(self, document: Document) -> list[_Part]:
        """The answers of a text; another program's text is one answer."""
        parts = []
        for selection in document.selections:
            for coding in selection.codings:
                if coding.code in self._questions:
                    question = self._questions[coding.code]
                    span = (selection.start, selection.end)
                    parts.append(_Part(selection, *span, question, coding.says))
        return parts or [_Part(None, 0, len(document.text), "", {})]

    def _reason_codings(self, selection: Selection) -> list[Coding]:
        return [coding for coding in selection.codings if coding.code in self._reasons]

    def _add(self, document: Document, parts: Sequence[_Part]) -> Interview:
        lines = tuple(
            answer_line(part.question, document.text[part.start : part.end], part.says)
            for part in parts
        )
        line = interview_line(document.guid, document.name, document.facts, lines)
        currency = workspace(self._session).currency
        put = put_interview(
            self._session, self._actor, line, currency=currency, find=self._names.competitor
        )
        put.interview.public_id = document.guid
        for answer, part in zip(put.answers, parts, strict=True):
            if part.selection is not None:
                answer.public_id = part.selection.guid
        self._session.flush()
        return put.interview

    def _put_quote(
        self,
        document: Document,
        parts: Sequence[_Part],
        selection: Selection,
        by_guid: Mapping[str, Answer],
        answers: Sequence[Answer],
    ) -> None:
        words = document.text[selection.start : selection.end]
        part = next(
            (p for p in parts if p.start <= selection.start and selection.end <= p.end), None
        )
        answer = None
        if part is not None:
            answer = (
                by_guid.get(part.selection.guid) if part.selection else next(iter(answers), None)
            )
        if part is None or answer is None:
            self.brought.lost.append(words)
            return
        span = moved_span(
            document.text[part.start : part.end],
            answer.text,
            selection.start - part.start,
            selection.end - part.start,
        )
        verbatim = self._verbatim(selection.guid, answer, span)
        if verbatim is None:
            self.brought.lost.append(words)
            return
        self.brought.quotes += 1
        for coding in self._reason_codings(selection):
            self._put_tag(verbatim, coding)

    def _verbatim(self, guid: str, answer: Answer, span: tuple[int, int] | None) -> Verbatim | None:
        """The quote of this id, else that of this span, else a new one."""
        known = self._session.scalar(select(Verbatim).where(Verbatim.public_id == guid))
        if known is not None or span is None:
            return known
        same = queries.quote_at(self._session, answer, *span)
        if same is not None:
            return same
        made = Verbatim(
            public_id=guid,
            interview_id=answer.interview_id,
            answer=answer,
            revision=answer.revision,
            start=span[0],
            end=span[1],
            text=answer.text[span[0] : span[1]],
            created_by_name=self._actor.name,
        )
        self._session.add(made)
        self._session.flush()
        publish(self._session, QuotesMade([made]))
        return made

    def _link(self) -> None:
        """What was behind a first answer, once the tags of both are there."""
        for tag, guid in self._behind:
            first = self._session.scalar(select(Tag).where(Tag.public_id == guid))
            if first is not None:
                tag.first_id = first.id
        self._behind.clear()
        self._session.flush()

    def _put_tag(self, verbatim: Verbatim, coding: Coding) -> None:
        """One that somebody took away stays away."""
        reason = self._reasons[coding.code]
        tag = self._session.scalar(select(Tag).where(Tag.public_id == coding.guid))
        if tag is None and reason is not None:
            tag = self._session.scalar(
                select(Tag).where(
                    Tag.verbatim_id == verbatim.id,
                    Tag.reason_id == reason.id,
                    Tag.removed_at.is_(None),
                )
            )
        values = self._values(coding, reason)
        if tag is None:
            tag = Tag(
                public_id=coding.guid,
                verbatim_id=verbatim.id,
                created_by_name=coding.by if coding.at else self._actor.name,
                created_at=coding.at or clock.now(),
                **values,
            )
            self._session.add(tag)
            self._session.flush()
            self.brought.tags_added += 1
        elif tag.removed_at is None and audit.changes(tag, **values):
            self.brought.tags_changed += 1
        else:
            self.brought.tags_unchanged += 1
        if behind := coding.says.get("behind"):
            self._behind.append((tag, behind))

    def _values(self, coding: Coding, reason: Reason | None) -> dict[str, object]:
        differentiator = coding.says.get("differentiator", "")
        competitor = coding.says.get("competitor", "")
        names = self._names
        return tag_values(coding.says) | {
            "reason_id": reason.id if reason else None,
            "differentiator_id": names.differentiator(differentiator).id
            if differentiator
            else None,
            "competitor_id": names.competitor(competitor).id if competitor else None,
        }
