"""Replies among the messages that come in: told by the buyer's link that they quote."""

from __future__ import annotations

from email.message import EmailMessage

from sqlalchemy.orm import Session

from app.buyer import queries, tokens
from app.buyer.models import BuyerLink
from app.buyer.operations import NOT_YET
from app.buyer.reading import Mail, NotAMail, read_mail
from app.buyer.replies import SAYS, Received, receive, refusal
from app.core.access import SYSTEM, Actor
from app.core.edge import settings
from app.identity.queries import user_by_email
from app.interviews.models import Channel, Interview
from app.mail import incoming
from app.mail.operations import Letter, domain_of, write

REPLIES = "replies"
PASSED_ON = "passed_on"
#: Other kinds of message may hold the link too: a bounce of our letter, an answer to a meeting.
_AFTER_THE_OTHERS = 900
_NONE_OF_OURS = (Received.UNKNOWN, Received.AUTOMATIC, Received.OURS, Received.UNREADABLE)


def register_reader() -> None:
    says = {received.value: words for received, words in SAYS.items()}
    says[PASSED_ON] = "about a talk that has not begun; passed on to whoever holds it"
    incoming.register(
        REPLIES, read_reply, order=_AFTER_THE_OTHERS, label="A buyer's reply", says=says
    )


def read_reply(session: Session, _message: EmailMessage, raw: bytes) -> str | None:
    """What became of a reply; None where it is none. Words about a talk that has not begun are no
    answer in it: whoever holds it gets them."""
    try:
        mail = read_mail(raw)
    except NotAMail:
        return None
    link = _link(session, mail)
    if link is not None and _is_ahead(link.interview):
        is_ours = user_by_email(session, mail.sender) is not None
        if refusal(session, mail, link, is_ours) is None:
            return _pass_on(session, mail, link.interview)
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


def _is_ahead(interview: Interview) -> bool:
    return interview.channel is not Channel.WRITTEN and interview.state in NOT_YET


def _pass_on(session: Session, mail: Mail, interview: Interview) -> str | None:
    """None where there is nobody to pass it on to, or no way to: it stays among what nobody knew
    what to do with."""
    holder = interview.interviewer
    if holder is None or not holder.is_active or not settings().smtp_url:
        return None
    who = " ".join((interview.contact.name if interview.contact is not None else "").split())
    address = f"{settings().public_url}/interviews/{interview.public_id}"
    write(
        session,
        Letter(
            to_address=holder.email,
            to_name=" ".join(holder.name.split()),
            reply_to=mail.sender,
            subject=f"{who or 'The buyer'} wrote about your talk",
            text=f"{mail.words.strip()}\n\nYour reply goes to {mail.sender}.\n\n"
            f"The interview:\n{address}\n",
            about="reply about a talk",
        ),
        domain=domain_of(settings().mail_from),
    )
    return PASSED_ON
