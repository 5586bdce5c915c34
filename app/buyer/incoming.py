"""Replies among the messages that come in: told by the buyer's link that they quote."""

from __future__ import annotations

from email.message import EmailMessage

from sqlalchemy.orm import Session

from app.buyer import queries, tokens
from app.buyer.models import BuyerLink
from app.buyer.reading import Mail, NotAMail, read_mail
from app.buyer.replies import SAYS, Received, receive
from app.core.access import SYSTEM, Actor
from app.core.edge import settings
from app.identity.queries import user_by_email
from app.mail import incoming

REPLIES = "replies"
#: Other kinds of message may hold the link too: a bounce of our letter, an answer to a meeting.
_AFTER_THE_OTHERS = 900
_NONE_OF_OURS = (Received.UNKNOWN, Received.AUTOMATIC, Received.OURS, Received.UNREADABLE)


def register_reader() -> None:
    says = {received.value: words for received, words in SAYS.items()}
    incoming.register(
        REPLIES, read_reply, order=_AFTER_THE_OTHERS, label="A buyer's reply", says=says
    )


def read_reply(session: Session, _message: EmailMessage, raw: bytes) -> str | None:
    """What became of a reply; None where it is none."""
    try:
        mail = read_mail(raw)
    except NotAMail:
        return None
    received, _ = take_in(session, SYSTEM, mail)
    return None if received in _NONE_OF_OURS else received.value


def take_in(session: Session, actor: Actor, mail: Mail) -> tuple[Received, BuyerLink | None]:
    """Take in what a buyer wrote, by the link it quotes."""
    link = _link(session, mail)
    is_ours = user_by_email(session, mail.sender) is not None
    return receive(session, actor, mail, link, is_ours=is_ours), link


def _link(session: Session, mail: Mail) -> BuyerLink | None:
    for token in mail.tokens:
        public_id = tokens.public_id_in(settings().secret_key, token)
        link = queries.link_by_public_id(session, public_id) if public_id else None
        if link is not None:
            return link
    return None
