"""What a buyer's link opens: one interview to write in, and all that this person said to us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.buyer.models import BuyerLink, MailReply
from app.core.access import NotFound
from app.deals.models import Deal
from app.interviews.models import HEARD, Answer, Interview, State
from app.tagging.models import Tag, Verbatim


@dataclass(frozen=True)
class Said:
    """One interview with its answers, and the quotes that were picked from them."""

    interview: Interview
    answers: Sequence[Answer]
    quotes: Sequence[Verbatim]


def open_link(session: Session, public_id: str) -> BuyerLink | None:
    """None where it ended, or never was."""
    link = session.scalar(
        select(BuyerLink)
        .where(BuyerLink.public_id == public_id)
        .options(
            joinedload(BuyerLink.interview).options(
                joinedload(Interview.deal).options(
                    joinedload(Deal.account), joinedload(Deal.seller)
                ),
                joinedload(Interview.contact),
                joinedload(Interview.interviewer),
                joinedload(Interview.guide_version),
            )
        )
    )
    if link is None or not link.is_open or link.interview.state is State.CANCELLED:
        return None
    return link


def link_of(session: Session, interview: Interview) -> BuyerLink | None:
    """The newest link of the interview, open or not."""
    return session.scalar(
        select(BuyerLink)
        .where(BuyerLink.interview_id == interview.id)
        .order_by(BuyerLink.id.desc())
        .limit(1)
    )


def said_by(session: Session, link: BuyerLink) -> list[Said]:
    """Everything that the person behind the link said to us, the latest interview first."""
    own = Interview.id == link.interview_id
    if link.interview.contact_id is not None:
        own = Interview.contact_id == link.interview.contact_id
    interviews = session.scalars(
        select(Interview)
        .where(own, Interview.state.in_((*HEARD, State.IN_PROGRESS)))
        .options(
            joinedload(Interview.deal).options(joinedload(Deal.account), joinedload(Deal.seller))
        )
        .order_by(Interview.held_on.desc(), Interview.id.desc())
    ).all()
    ids = [interview.id for interview in interviews]
    answers = session.scalars(
        select(Answer)
        .where(Answer.interview_id.in_(ids), Answer.text != "")
        .order_by(Answer.position, Answer.id)
    ).all()
    quotes = session.scalars(
        select(Verbatim)
        .where(
            Verbatim.interview_id.in_(ids),
            Verbatim.has_lost_place.is_(False),
            Verbatim.is_strong
            | Verbatim.id.in_(select(Tag.verbatim_id).where(Tag.removed_at.is_(None))),
        )
        .order_by(Verbatim.answer_id, Verbatim.start)
    ).all()
    return [
        Said(
            interview,
            [answer for answer in answers if answer.interview_id == interview.id],
            [quote for quote in quotes if quote.interview_id == interview.id],
        )
        for interview in interviews
    ]


def own_answer(session: Session, link: BuyerLink, public_id: str) -> Answer:
    """Raises NotFound for one that somebody else gave."""
    for said in said_by(session, link):
        for answer in said.answers:
            if answer.public_id == public_id:
                return answer
    raise NotFound


def own_quote(session: Session, link: BuyerLink, public_id: str) -> Verbatim:
    """Raises NotFound for one that somebody else gave."""
    for said in said_by(session, link):
        for quote in said.quotes:
            if quote.public_id == public_id:
                return quote
    raise NotFound


def own_interview(session: Session, link: BuyerLink, public_id: str) -> Interview:
    """Raises NotFound for one that somebody else gave."""
    for said in said_by(session, link):
        if said.interview.public_id == public_id:
            return said.interview
    raise NotFound


def link_by_id(session: Session, link_id: int) -> BuyerLink | None:
    return session.get(BuyerLink, link_id, options=[joinedload(BuyerLink.interview)])


def link_by_public_id(session: Session, public_id: str) -> BuyerLink | None:
    """Also one that ended: a letter is answered whenever it suits."""
    return session.scalar(
        select(BuyerLink)
        .where(BuyerLink.public_id == public_id)
        .options(
            joinedload(BuyerLink.interview).options(
                joinedload(Interview.deal), joinedload(Interview.contact)
            )
        )
    )


def reply_known_as(session: Session, fingerprint: str) -> MailReply | None:
    return session.scalar(select(MailReply).where(MailReply.fingerprint == fingerprint))


def replies_to_place(session: Session, interview: Interview) -> Sequence[MailReply]:
    """Replies by mail that nobody has looked at, the earliest first."""
    return session.scalars(
        select(MailReply)
        .join(MailReply.answer)
        .where(MailReply.interview_id == interview.id, MailReply.placed_at.is_(None))
        .where(Answer.text != "")
        .options(contains_eager(MailReply.answer))
        .order_by(MailReply.sent_at, MailReply.id)
    ).all()


def get_reply(session: Session, interview: Interview, public_id: str) -> tuple[MailReply, Answer]:
    """Raises NotFound, also where its words were deleted."""
    reply = session.scalar(
        select(MailReply)
        .where(MailReply.public_id == public_id, MailReply.interview_id == interview.id)
        .options(joinedload(MailReply.answer))
    )
    if reply is None or reply.answer is None:
        raise NotFound
    return reply, reply.answer
