"""Answers as they are typed: every revision is kept, and nobody's words are overwritten."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.core.forms import with_line_feeds
from app.interviews import queries
from app.interviews.events import AnswerRevised
from app.interviews.models import Answer, AnswerRevision, Interview, Kind, State, Taken

#: States in which words may still be written down: during the interview, and in afterthought.
OPEN_STATES = (State.IN_PROGRESS, State.HELD, State.TAGGED)
OWN_QUESTION = "own-"


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


@dataclass(frozen=True)
class Saved:
    """What became of the words that were sent. `number` is what the next change is based on. In a
    conflict `theirs` stands, and the words sent are kept beside it until a person decides."""

    answer: Answer
    number: int
    theirs: AnswerRevision | None = None


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
) -> Saved:
    """Keep the words as a revision of the answer.

    `revision_id` is made by the browser, so the same words sent twice are one revision. `base` is
    the number of the revision that was changed, 0 for none: where another has been saved since,
    both are kept, nothing is overwritten, and the answer says so.
    """
    answer = _open_answer(session, interview, asked)
    repeated = queries.revision_by_public_id(session, revision_id)
    if repeated is not None:
        return _told_again(session, answer, repeated)
    if taken is not None:
        answer.taken = taken
    words = with_line_feeds(text) or ""
    if words == answer.text:
        return Saved(answer, answer.revision)
    revision = AnswerRevision(
        public_id=revision_id,
        answer=answer,
        number=queries.last_revision_number(session, answer) + 1,
        text=words,
        author_id=actor.id,
        author_name=actor.name,
    )
    session.add(revision)
    session.flush()
    if base != answer.revision:
        return _conflict(session, answer)
    answer.revision = revision.number
    answer.text = words
    answer.is_skipped = False
    publish(session, AnswerRevised(answer.id, revision.number))
    return Saved(answer, revision.number)


def skip_question(session: Session, actor: Actor, interview: Interview, asked: Asked) -> Answer:
    """Pass over a question; words that were written stay, and the question is not skipped."""
    answer = _open_answer(session, interview, asked)
    answer.is_skipped = not answer.text
    session.flush()
    return answer


def add_question(
    session: Session, actor: Actor, interview: Interview, *, say: str, after: int
) -> Answer:
    """A question of one's own, asked after the one at position `after`."""
    _check_open(interview)
    asked = Asked(
        question_id=f"{OWN_QUESTION}{uuid.uuid4().hex[:12]}",
        say=say.strip(),
        kind=None,
        position=after + 1,
    )
    answer = _open_answer(session, interview, asked)
    audit.record(session, actor, "interview.question_added", interview, question=answer.question_id)
    return answer


def _open_answer(session: Session, interview: Interview, asked: Asked) -> Answer:
    _check_open(interview)
    # Two people who begin the same answer at once must not both add its row.
    queries.lock_interview(session, interview)
    answer = queries.answer_to(session, interview, asked.question_id)
    if answer is None:
        answer = Answer(
            interview_id=interview.id,
            question_id=asked.question_id,
            question=asked.say,
            kind=asked.kind,
            position=asked.position,
            taken=interview.taken,
        )
        session.add(answer)
        session.flush()
    return answer


def _check_open(interview: Interview) -> None:
    if interview.state not in OPEN_STATES:
        raise AnswersClosed(
            "Nothing can be written here: this interview has not begun, or it is closed."
        )


def _told_again(session: Session, answer: Answer, repeated: AnswerRevision) -> Saved:
    """Words set aside by a conflict stay so when they are sent again; others are simply saved."""
    if repeated.answer_id != answer.id:
        raise ForeignRevision("This revision belongs to another answer.")
    if repeated.number <= answer.revision:
        return Saved(answer, repeated.number)
    return _conflict(session, answer)


def _conflict(session: Session, answer: Answer) -> Saved:
    theirs = queries.revision_numbered(session, answer, answer.revision)
    return Saved(answer, answer.revision, theirs)
