"""Changes that a capture page sends: each is applied once, in its order, and told to the others.

A kind of change is a function marked `@change("answer", part="answer")`; what pages show of it is
a function marked `@part("answer")`. docs/capture.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import structlog
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.core.db import table
from app.interviews import change_queries, writing_queries
from app.interviews.answering import OPEN_STATES, AnswersClosed, Asked, ForeignRevision
from app.interviews.change_fields import Fields, Refused
from app.interviews.change_queries import Applied
from app.interviews.conversation import Conversation
from app.interviews.loading import load_conversation
from app.interviews.models import Interview, InterviewChange

log = structlog.get_logger()

_CHANGES = table(InterviewChange)
# Not by the unit of work, which costs as much again: a change is noted with every save.
_NOTE = insert(_CHANGES).returning(
    *(
        _CHANGES.c[name]
        for name in ("id", "public_id", "interview_id", "part", "question_id", "result")
    )
)

#: What stays unanswered of one request; the page sends it again with the next.
MOST_AT_ONCE = 100

Result = dict[str, Any]


class Outdated(Exception):
    """Made from what stands no more; the page is told what does, and makes it anew."""


@dataclass
class Sitting:
    """Somebody at an interview: what a change is applied to."""

    session: Session
    actor: Actor
    interview: Interview
    #: The id of the last change that the page was told of; None where it comes new.
    seen: int | None = None
    #: The changes after that, by whomever, in their order.
    untold: list[Applied] = field(default_factory=list)
    #: Parts of questions, as (part, question), that the page must be told in any case.
    in_doubt: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def conversation(self) -> Conversation:
        """The guide with all answers; loaded by the first who needs it, for it costs."""
        return load_conversation(self.session, self.interview)

    def forget_conversation(self) -> None:
        """A question was added to it."""
        self.__dict__.pop("conversation", None)

    def asked(self, question_id: str, revision_id: str = "") -> Asked:
        """The question as it is asked here, to be answered by this revision. One that was answered
        needs no guide."""
        found = writing_queries.answer_to_revise(
            self.session, self.interview, question_id, revision_id
        )
        if found is not None:
            answer = found.answer
            return Asked(question_id, answer.question, answer.kind, answer.position, found=found)
        turn = self.conversation.turn(question_id)
        if turn is None:
            raise Refused("This question is not asked in this interview any more.")
        return turn.asked


Apply = Callable[[Sitting, Fields], Result]
#: The part as it stands, by question: of these questions, or of all (None).
Show = Callable[[Session, Interview, Collection[str] | None], Mapping[str, Any]]


@dataclass(frozen=True)
class Kind:
    """What a change of this name does, and the part of the page that shows it."""

    apply: Apply
    part: str


_kinds: dict[str, Kind] = {}
_parts: dict[str, Show] = {}


def change(name: str, *, part: str) -> Callable[[Apply], Apply]:
    """Register `(sitting, fields) -> result` as what happens on a change of this name. It refuses
    by raising Refused. The result is kept and told again when the change is sent again: no words.
    """

    def register(apply: Apply) -> Apply:
        _kinds[name] = Kind(apply, part)
        return apply

    return register


def part(name: str) -> Callable[[Show], Show]:
    """Register what pages are told of this part whenever a change touched it."""

    def register(show: Show) -> Show:
        _parts[name] = show
        return show

    return register


def apply_changes(sitting: Sitting, sent: Sequence[Mapping[str, Any]]) -> dict[str, Result]:
    """Apply what was sent; returns the result by the change's id. One that is refused, or fails,
    does not keep the others from being applied."""
    # One writer at a time, so that the rows of an interview are numbered as they are committed.
    writing_queries.lock_interview(sitting.session, sitting.interview)
    named = {str(one.get("id")): one for one in sent[:MOST_AT_ONCE]}
    known, sitting.untold = change_queries.changes_sent_and_untold(
        sitting.session, sitting.interview, list(named), sitting.seen
    )
    return {
        name: _told_again(sitting, known[name])
        if name in known
        else _apply(sitting, one, is_alone=len(named) == 1)
        for name, one in named.items()
    }


News = tuple[list[dict[str, Any]], int]


def news_of(sitting: Sitting, own: Collection[str]) -> News:
    """What others changed, for the page whose changes (`own`) were applied just now."""
    if sitting.seen is None:
        return changed_since(sitting.session, sitting.interview, None)
    touched: dict[str, set[str]] = {}
    for row in sitting.untold:
        if row.public_id not in own:
            touched.setdefault(row.part, set()).add(row.question_id)
    for name, question in sitting.in_doubt:
        touched.setdefault(name, set()).add(question)
    cursor = sitting.untold[-1].id if sitting.untold else sitting.seen
    return _as_they_stand(sitting.session, sitting.interview, touched), cursor


def changed_since(session: Session, interview: Interview, seen: int | None) -> News:
    """What a page that has seen the changes up to `seen` does not show yet, as it stands now, and
    what it has seen then. All of it for a page that comes new (None)."""
    rows = change_queries.changes_after(session, interview, seen)
    cursor = rows[-1].id if rows else seen or 0
    if seen is None:
        return _as_they_stand(session, interview, dict.fromkeys(_parts, None)), cursor
    touched: dict[str, set[str]] = {}
    for row in rows:
        touched.setdefault(row.part, set()).add(row.question_id)
    return _as_they_stand(session, interview, touched), cursor


def _as_they_stand(
    session: Session, interview: Interview, touched: Mapping[str, Collection[str] | None]
) -> list[dict[str, Any]]:
    return [
        {"part": name, "question": question, "is": value}
        for name, questions in touched.items()
        for question, value in _parts[name](session, interview, questions).items()
    ]


def _apply(sitting: Sitting, sent: Mapping[str, Any], *, is_alone: bool) -> Result:
    fields = Fields(sent)
    try:
        _check_open(sitting.interview)
        with _wholly_or_not(sitting.session, is_alone):
            row = _apply_and_note(sitting, fields)
        sitting.untold.append(row)
        return _result_of(row)
    except Outdated:
        sitting.in_doubt.append((_kinds[fields.line("do")].part, fields.line("question")))
        return {"stale": True}
    except (Refused, AnswersClosed, ForeignRevision) as refusal:
        return {"refused": str(refusal)}
    except OperationalError:
        raise
    except Exception:
        # A fault of ours in one change must not hold up the words that wait behind it.
        log.exception("a change failed", do=sent.get("do"), interview=sitting.interview.id)
        return {"failed": True}


@contextmanager
def _wholly_or_not(session: Session, is_alone: bool) -> Iterator[None]:
    """Keep all that is done inside or nothing. A change that comes alone, as most do, needs no
    savepoint for that: what was done for it is all that was done."""
    if not is_alone:
        with session.begin_nested():
            yield
        return
    try:
        yield
        session.flush()
    except BaseException:
        session.rollback()
        raise


def _apply_and_note(sitting: Sitting, fields: Fields) -> Applied:
    public_id, name, question = fields.id("id"), fields.line("do"), fields.line("question")
    kind = _kinds.get(name)
    if kind is None:
        raise Refused("This server does not know this kind of change yet. Reload the page.")
    values = {
        "public_id": public_id,
        "interview_id": sitting.interview.id,
        "do": name,
        "part": kind.part,
        "question_id": question,
        "result": kind.apply(sitting, fields),
        "author_id": sitting.actor.id,
        "author_name": sitting.actor.name,
    }
    return sitting.session.execute(_NOTE, values).one()


def _told_again(sitting: Sitting, row: Applied) -> Result:
    if row.interview_id != sitting.interview.id:
        return {"refused": "This change belongs to another interview."}
    # What came of it since then, for the page may never have been told of it.
    sitting.in_doubt.append((row.part, row.question_id))
    return _result_of(row)


def _result_of(row: Applied) -> Result:
    result: Result = row.result
    return result


def _check_open(interview: Interview) -> None:
    if interview.state not in OPEN_STATES:
        raise AnswersClosed(
            "Nothing can be written here: this interview has not begun, or it is closed."
        )
