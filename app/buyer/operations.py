"""What a buyer does by their link, and what we do with the link."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.buyer import queries
from app.buyer.models import BuyerLink
from app.core import clock
from app.core.access import Actor
from app.core.events import publish
from app.core.jobs import enqueue
from app.guides.queries import choose_written_guide
from app.interviews import answering, deleting
from app.interviews import operations as interviews
from app.interviews.answering import OPEN_STATES, Asked, Saved
from app.interviews.events import BuyerChangedWords
from app.interviews.models import Answer, Channel, Interview, Scope, State, Taken
from app.interviews.moves import CALLED_OFF
from app.tagging.models import Verbatim

CLOSE = "buyer.close"
#: A buyer who writes nothing for so long has said what they wanted to say.
LEFT_AFTER = timedelta(days=14)
NOT_YET = (State.PLANNED, State.SCHEDULED)


class CannotAsk(ValueError):
    """There is nobody to ask in writing; the message is for the person who tried."""


def buyer_of(link: BuyerLink) -> Actor:
    """Who it was, for the audit and beside the words."""
    contact = link.interview.contact
    return Actor(None, f"{contact.name} (buyer)" if contact is not None else "The buyer")


def make_link(
    session: Session, actor: Actor, interview: Interview, *, days: int, in_writing: bool = True
) -> BuyerLink:
    """A new link; the one before it ends. An interview not held yet is asked in writing, unless
    the link is for taking a time.

    Raises CannotAsk.
    """
    earlier = queries.link_of(session, interview)
    link = _new_link(session, actor, interview, days)
    if earlier is not None and earlier.is_open:
        earlier.ended_at = clock.now()
    if in_writing:
        ask_in_writing(session, interview)
    return link


def link_for(session: Session, actor: Actor, interview: Interview, *, days: int) -> BuyerLink:
    """The interview's open link, or a new one; how the buyer is asked stays as it is.

    Raises CannotAsk.
    """
    known = queries.link_of(session, interview)
    if known is not None and known.is_open:
        return known
    return _new_link(session, actor, interview, days)


def ask_in_writing(session: Session, interview: Interview) -> None:
    """Not by a talk, unless it was held already: the link then leads to the questions."""
    if interview.state in NOT_YET:
        interview.channel = Channel.WRITTEN
        interview.taken = Taken.WRITTEN
        interview.guide_version = choose_written_guide(session, interview.deal.outcome.value)


def _new_link(session: Session, actor: Actor, interview: Interview, days: int) -> BuyerLink:
    if interview.state in CALLED_OFF:
        raise CannotAsk("This interview was called off. Plan it again first.")
    link = BuyerLink(
        interview=interview,
        language=interview.contact.language if interview.contact is not None else "",
        created_by_name=actor.name,
        expires_at=clock.now() + timedelta(days=days),
    )
    session.add(link)
    audit.record(session, actor, "buyer_link.made", interview)
    return link


def end_link(session: Session, actor: Actor, link: BuyerLink) -> None:
    """It leads nowhere from now on."""
    link.ended_at = clock.now()
    audit.record(session, actor, "buyer_link.ended", link.interview)


def speak(link: BuyerLink, language: str) -> None:
    """The language that the buyer chose; their interview is held in it."""
    link.language = language
    if link.interview.channel is Channel.WRITTEN:
        link.interview.language = language


def consent(session: Session, link: BuyerLink, *, scope: Scope, seller_may_read: bool) -> None:
    """What the buyer allows; with the first time the interview begins, also after a no."""
    buyer, interview = buyer_of(link), link.interview
    if interview.state in (State.DECLINED, State.NO_SHOW):
        interviews.move(session, buyer, interview, State.PLANNED)
    if interview.state in NOT_YET:
        interviews.begin(session, buyer, interview)
        close_later(session, link, clock.now() + LEFT_AFTER)
    interviews.set_consent(session, buyer, interview, scope=scope, seller_may_read=seller_may_read)


def answer(
    session: Session,
    link: BuyerLink,
    asked: Asked,
    *,
    text: str,
    revision_id: str,
    base: int,
    over: Sequence[str] = (),
) -> Saved:
    """Keep what the buyer writes, as they write; `over` are revisions set aside that these words
    take up. Raises AnswersClosed."""
    return answering.record_answer(
        session,
        buyer_of(link),
        link.interview,
        asked,
        text=text,
        revision_id=revision_id,
        base=base,
        taken=Taken.WRITTEN,
        over=over,
    )


def skip(session: Session, link: BuyerLink, asked: Asked) -> None:
    answering.skip_question(session, buyer_of(link), link.interview, asked)


def finish(session: Session, link: BuyerLink) -> None:
    """The buyer has said what they wanted to say: they were heard. Nothing written is nothing
    heard, and the link stays open for another day."""
    answers = queries.said_by(session, link)
    wrote = any(said.interview is link.interview and said.answers for said in answers)
    if not wrote:
        return
    link.done_at = link.done_at or clock.now()
    if link.interview.state is State.IN_PROGRESS:
        interviews.hold(session, buyer_of(link), link.interview)


def close_if_left(session: Session, link: BuyerLink, last_written: datetime | None) -> None:
    """Count what a buyer wrote who never said that they were done; look again if they wrote
    lately."""
    if link.interview.state is not State.IN_PROGRESS or link.done_at is not None:
        return
    due_at = (last_written or link.created_at) + LEFT_AFTER
    if clock.now() < due_at:
        close_later(session, link, due_at)
    else:
        finish(session, link)


def correct(session: Session, link: BuyerLink, said: Answer, text: str) -> None:
    """Put the buyer's own words in place of those that were recorded; quotes keep their place
    where their words still stand. The words are the buyer's exact ones from now on."""
    if text == said.text:
        confirm(session, link, said)
        return
    take_up_again(session, link, said.interview)
    answering.record_answer(
        session,
        buyer_of(link),
        said.interview,
        Asked(said.question_id, said.question, said.kind, said.position),
        text=text,
        revision_id=str(uuid.uuid4()),
        base=said.revision,
    )
    said.confirmed_revision = said.revision
    audit.record(session, buyer_of(link), "answer.corrected", said)
    publish(session, BuyerChangedWords(said.interview_id))


def confirm(session: Session, link: BuyerLink, said: Answer) -> None:
    """The buyer says: these are my words."""
    said.confirmed_revision = said.revision
    audit.record(session, buyer_of(link), "answer.confirmed", said)
    publish(session, BuyerChangedWords(said.interview_id))


def narrow(session: Session, link: BuyerLink, quote: Verbatim, scope: Scope) -> None:
    """How this one passage may be used; only counted takes it back."""
    changed = audit.changes(quote, scope=scope)
    if changed:
        audit.record(session, buyer_of(link), "quote.narrowed", quote, changes=changed)
        publish(session, BuyerChangedWords(quote.interview_id))


def allow(
    session: Session,
    link: BuyerLink,
    interview: Interview,
    *,
    scope: Scope,
    seller_may_read: bool,
) -> None:
    """What the buyer allows of a whole interview, at any time."""
    interviews.set_consent(
        session, buyer_of(link), interview, scope=scope, seller_may_read=seller_may_read
    )


def delete_words(session: Session, link: BuyerLink, interview: Interview) -> None:
    """Everything that was said in it; that it took place stays."""
    deleting.delete_words(session, buyer_of(link), interview)


def take_up_again(session: Session, link: BuyerLink, interview: Interview) -> None:
    """A buyer may correct their words also where we have closed the interview."""
    if interview.state is State.CLOSED:
        interviews.move(session, buyer_of(link), interview, State.TAGGED)
    assert interview.state in OPEN_STATES


def close_later(session: Session, link: BuyerLink, due_at: datetime) -> None:
    enqueue(session, CLOSE, buyer_of(link), due_at=due_at, link_id=link.id)
