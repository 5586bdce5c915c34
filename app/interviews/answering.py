"""Answers as they are typed: every revision is kept, and nobody's words are overwritten."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.db import table
from app.core.events import publish
from app.core.forms import with_line_feeds
from app.interviews import change_queries, writing_queries
from app.interviews.events import AnswerRevised
from app.interviews.models import Answer, AnswerRevision, Interview, Kind, State, Taken
from app.interviews.writing_queries import Found

#: States in which words may still be written down: during the interview, and in afterthought.
OPEN_STATES = (State.IN_PROGRESS, State.HELD, State.TAGGED)
OWN_QUESTION = "own-"
# Not by the unit of work, which costs as much again: a revision is kept with every save.
_KEEP = insert(table(AnswerRevision))
_OWN_QUESTION_ID = re.compile(rf"{OWN_QUESTION}[0-9a-f]{{12}}")


class AnswersClosed(ValueError):
    """Nothing can be written into an interview that has not begun, or is closed."""


class ForeignRevision(ValueError):
    """The id of this revision belongs to another answer."""


@dataclass(frozen=True)
class Asked:
    """A question as it was asked: of the guide, or one's own."""

    question_id: str
    say: str
    kind: Kind | None
    position: int
    #: The first answer's question, where this one asks what was behind it.
    follows: Asked | None = None
    #: Its answer, where it was loaded since this transaction locked the interview.
    found: Found | None = None


@dataclass(frozen=True)
class Saved:
    """What became of the words that were sent. `number` is what the next change is based on. In a
    conflict `theirs` stands, and the words sent are kept beside it, as the revision numbered
    `aside`, until a person decides."""

    answer: Answer
    number: int
    theirs: AnswerRevision | None = None
    aside: int = 0

    @property
    def is_aside(self) -> bool:
        return self.theirs is not None


def record_answer(
    session: Session,
    actor: Actor,
    interview: Interview,
    asked: Asked,
    *,
    text: str,
    revision_id: str,
    base: int,
    taken: Taken | None = None,
    over: Sequence[str] = (),
) -> Saved:
    """Keep the words as a revision of the answer.

    `revision_id` is made by the browser, so the same words sent twice are one revision. `base` is
    the number of the revision that was changed, 0 for none: where another has been saved since,
    both are kept, nothing is overwritten, and the answer says so. `over` are revisions set aside
    that these words were made from: they need no decision any more.
    """
    answer = open_answer(session, interview, asked)
    found = _found(session, interview, asked, revision_id)
    if found.repeated_id is not None:
        return _told_again(session, answer, session.get_one(AnswerRevision, found.repeated_id))
    if taken is not None:
        answer.taken = taken
    if over:
        _take_up(session, answer, over)
    words = with_line_feeds(text) or ""
    if words == answer.text:
        return Saved(answer, answer.revision)
    is_aside = base != answer.revision
    number = found.last + 1
    revision = {
        "public_id": revision_id,
        "answer_id": answer.id,
        "number": number,
        "text": words,
        "author_id": actor.id,
        "author_name": actor.name,
        "based_on": base,
        "is_aside": is_aside,
    }
    session.execute(_KEEP, revision)
    if not answer.revision:
        audit.record(session, actor, "answer.begun", interview, question=asked.question_id)
    if is_aside:
        if not over:
            audit.record(session, actor, "answer.set_aside", interview, question=asked.question_id)
        session.flush()
        return _conflict(session, answer, number)
    answer.revision = number
    answer.text = words
    answer.is_skipped = False
    publish(session, AnswerRevised(answer.id, number))
    return Saved(answer, number)


def is_outdated(
    session: Session,
    answer: Answer | None,
    text: str,
    numbers: Collection[int],
    over: Collection[str],
) -> bool:
    """Whether words were made without knowing what stands, by its number, or what waits beside it:
    then whoever made them must first put them together with that."""
    if answer is not None and text == answer.text:
        return False
    if (answer.revision if answer is not None else 0) not in numbers:
        return True
    if not over or answer is None:
        return False
    waiting = change_queries.revisions_aside(session, [answer.id])
    return not set(over) <= {revision.public_id for revision, _ in waiting}


def skip_question(session: Session, actor: Actor, interview: Interview, asked: Asked) -> Answer:
    """Pass over a question; words that were written stay, and the question is not skipped."""
    answer = open_answer(session, interview, asked)
    answer.is_skipped = not answer.text
    session.flush()
    return answer


def change_taken(session: Session, interview: Interview, asked: Asked, taken: Taken) -> Answer:
    """How this one answer was taken, whatever holds for the interview."""
    answer = open_answer(session, interview, asked)
    answer.taken = taken
    session.flush()
    return answer


def settle_taken(session: Session, actor: Actor, answer: Answer, taken: Taken) -> None:
    """Whose words these are, said afterwards."""
    audit.record(
        session, actor, "answer.taken_settled", answer, was=answer.taken.value, now=taken.value
    )
    answer.taken = taken
    session.flush()


def add_question(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    say: str,
    after: int,
    kind: Kind | None = None,
    question_id: str = "",
) -> Answer:
    """A question of one's own, asked after the one at position `after`. A page that asks it
    without waiting for the server has made its id."""
    check_open(interview)
    asked = Asked(
        question_id=question_id or f"{OWN_QUESTION}{uuid.uuid4().hex[:12]}",
        say=say.strip(),
        kind=kind,
        position=after + 1,
    )
    answer = open_answer(session, interview, asked)
    audit.record(session, actor, "interview.question_added", interview, question=answer.question_id)
    return answer


def is_own_question(question_id: str) -> bool:
    return _OWN_QUESTION_ID.fullmatch(question_id) is not None


def open_answer(session: Session, interview: Interview, asked: Asked) -> Answer:
    """The answer to the question, begun where nobody has. Raises AnswersClosed."""
    check_open(interview)
    # Two people who begin the same answer at once must not both add its row.
    writing_queries.lock_interview(session, interview)
    if asked.found is not None:
        return asked.found.answer
    answer = writing_queries.answer_to(session, interview, asked.question_id)
    if answer is None:
        answer = Answer(
            interview_id=interview.id,
            question_id=asked.question_id,
            question=asked.say,
            kind=asked.kind,
            position=asked.position,
            taken=interview.taken,
            follows=open_answer(session, interview, asked.follows) if asked.follows else None,
        )
        session.add(answer)
        session.flush()
    return answer


def check_open(interview: Interview) -> None:
    if interview.state not in OPEN_STATES:
        raise AnswersClosed(
            "Nothing can be written here: this interview has not begun, or it is closed."
        )


def _found(session: Session, interview: Interview, asked: Asked, revision_id: str) -> Found:
    """What is known of the answer, which is there by now."""
    if asked.found is not None and asked.found.revision_id == revision_id:
        return asked.found
    found = writing_queries.answer_to_revise(session, interview, asked.question_id, revision_id)
    assert found is not None
    return found


def _told_again(session: Session, answer: Answer, repeated: AnswerRevision) -> Saved:
    """Words set aside by a conflict stay so when they are sent again; others are simply saved."""
    if repeated.answer_id != answer.id:
        raise ForeignRevision("This revision belongs to another answer.")
    if not repeated.is_aside:
        return Saved(answer, repeated.number)
    return _conflict(session, answer, repeated.number)


def _take_up(session: Session, answer: Answer, over: Sequence[str]) -> None:
    for revision, _ in change_queries.revisions_aside(session, [answer.id]):
        if revision.public_id in over:
            revision.is_aside = False


def _conflict(session: Session, answer: Answer, aside: int) -> Saved:
    theirs = writing_queries.revision_numbered(session, answer, answer.revision)
    return Saved(answer, answer.revision, theirs, aside)
