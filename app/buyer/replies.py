"""Replies by mail: each comes in as one answer, and a person says where its words belong."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.buyer import operations, queries
from app.buyer.models import BuyerLink, MailReply
from app.buyer.placing import REPLY, Placed, is_reply
from app.buyer.reading import Mail
from app.core import clock
from app.core.access import Actor
from app.interviews import answering
from app.interviews import operations as interviews
from app.interviews.answering import OPEN_STATES, AnswersClosed, Asked
from app.interviews.conversation import Turn
from app.interviews.models import Answer, Channel, Interview, State, Taken
from app.interviews.moves import CALLED_OFF

QUESTION = "Reply by e-mail"
#: After all that was asked.
_LAST = 1_000_000


class Received(enum.StrEnum):
    """What became of a mail."""

    TAKEN = "taken"
    KNOWN = "known"
    AUTOMATIC = "automatic"
    OURS = "ours"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    CALLED_OFF = "called_off"
    UNREADABLE = "unreadable"


#: For whoever brought the mail.
SAYS: Mapping[Received, str] = {
    Received.TAKEN: "taken in, to be placed on the page of its interview",
    Received.KNOWN: "came in before",
    Received.AUTOMATIC: "sent by a machine, not an answer",
    Received.OURS: "sent by one of us",
    Received.EMPTY: "nothing written beside what was quoted",
    Received.UNKNOWN: "answers no letter with a link of ours",
    Received.CALLED_OFF: "its interview was called off",
    Received.UNREADABLE: "could not be read",
}


class ReplyChanged(ValueError):
    """Somebody else has placed words of this reply meanwhile."""


def receive(
    session: Session, actor: Actor, mail: Mail, link: BuyerLink | None, *, is_ours: bool
) -> Received:
    """Take in what a buyer wrote; anything else is told apart and left alone."""
    why_not = refusal(session, mail, link, is_ours)
    if why_not is not None or link is None:
        return why_not or Received.UNKNOWN
    interview = link.interview
    _open(session, link)
    saved = answering.record_answer(
        session,
        operations.buyer_of(link),
        interview,
        Asked(f"{REPLY}{mail.fingerprint[:12]}", QUESTION, None, _LAST),
        text=mail.words,
        revision_id=str(uuid.uuid4()),
        base=0,
        taken=Taken.WRITTEN,
    )
    reply = MailReply(
        interview=interview,
        answer=saved.answer,
        fingerprint=mail.fingerprint,
        sender=mail.sender,
        sent_at=mail.sent_at or clock.now(),
        attachments=mail.attachments,
    )
    session.add(reply)
    audit.record(session, actor, "mail_reply.received", reply, interview_id=interview.id)
    return Received.TAKEN


def questions_for(turns: Sequence[Turn]) -> list[Turn]:
    """Where a passage may go: to an open question, or beside what the buyer wrote themselves. Words
    that the interviewer noted must not pass for the buyer's."""
    return [
        turn
        for turn in turns
        if not is_reply(turn.question_id)
        and (not turn.is_answered or (turn.answer and turn.answer.taken is Taken.WRITTEN))
    ]


def place(
    session: Session,
    actor: Actor,
    link: BuyerLink,
    reply: MailReply,
    placed: Placed,
    turns: Sequence[Turn],
    *,
    base: int,
) -> None:
    """Move passages to their questions, word for word. Raises ReplyChanged and AnswersClosed."""
    answer = reply.answer
    if answer is None or answer.revision != base:
        raise ReplyChanged("Somebody has changed this reply meanwhile. Here it is as it stands.")
    if reply.interview.state not in OPEN_STATES:
        raise AnswersClosed("This interview is closed. Open it again to place the reply.")
    for turn in turns:
        passage = placed.by_question.get(turn.question_id)
        if passage:
            _write(session, link, turn.asked, turn.answer, _beside(turn.answer, passage))
    mailed = Asked(answer.question_id, answer.question, answer.kind, answer.position)
    _write(session, link, mailed, answer, placed.kept)
    reply.placed_at = clock.now()
    audit.record(session, actor, "mail_reply.placed", reply, questions=sorted(placed.by_question))
    if placed.kept or placed.by_question:
        _count(session, actor, link)


def refusal(session: Session, mail: Mail, link: BuyerLink | None, is_ours: bool) -> Received | None:
    """Why it is no answer; None where it may be one."""
    if queries.reply_known_as(session, mail.fingerprint) is not None:
        return Received.KNOWN
    if mail.is_automatic:
        return Received.AUTOMATIC
    if is_ours:
        return Received.OURS
    if link is None:
        return Received.UNKNOWN
    if link.interview.state in CALLED_OFF:
        return Received.CALLED_OFF
    return None if mail.words.strip() else Received.EMPTY


def _open(session: Session, link: BuyerLink) -> None:
    interview = link.interview
    if interview.state in operations.NOT_YET:
        interviews.begin(session, operations.buyer_of(link), interview)
    operations.take_up_again(session, link, interview)


def _write(
    session: Session, link: BuyerLink, asked: Asked, answer: Answer | None, text: str
) -> None:
    """The words are the buyer's; who moved them stands in the audit."""
    answering.record_answer(
        session,
        operations.buyer_of(link),
        link.interview,
        asked,
        text=text,
        revision_id=str(uuid.uuid4()),
        base=answer.revision if answer is not None else 0,
        taken=Taken.WRITTEN,
    )


def _beside(answer: Answer | None, passage: str) -> str:
    written = answer.text if answer is not None else ""
    return f"{written}\n\n{passage}" if written.strip() else passage


def _count(session: Session, actor: Actor, link: BuyerLink) -> None:
    """A reply that a person has looked at is an answer. Whoever also began to write on the page
    may finish there."""
    interview: Interview = link.interview
    if interview.state is not State.IN_PROGRESS or interview.channel is not Channel.WRITTEN:
        return
    if interview.scope is None:
        interviews.hold(session, actor, interview)
    else:
        operations.close_later(session, link, clock.now() + operations.LEFT_AFTER)
