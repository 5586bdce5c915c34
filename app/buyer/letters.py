"""The letter that carries a link, in the buyer's language, to copy into one's own mail."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import force_locale, gettext

from app.buyer import languages
from app.buyer.models import BuyerLink


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Opens one's own mail program with it."""
        return f"mailto:{quote(self.to)}?subject={quote(self.subject)}&body={quote(self.text)}"


def invitation(link: BuyerLink, *, address: str, company: str, to_write: bool) -> Letter:
    """Short and honest: who asks, how long it takes, what happens with the words, how to say no."""
    interview = link.interview
    contact = interview.contact
    names = {
        "name": contact.name if contact is not None else "",
        "company": company,
        "product": interview.deal.product or company,
        "sender": interview.interviewer.name if interview.interviewer is not None else company,
        "address": address,
    }
    with force_locale(languages.choose(link.language)):
        if to_write:
            subject = gettext("Three questions about your decision")
            text = gettext(
                "Dear %(name)s,\n\nyou decided about %(product)s not long ago, and I would like to"
                " learn how you came to it. There are three questions, about five minutes, in"
                " writing, whenever it suits you:\n\n%(address)s\n\nNothing is sold, whatever you"
                " decided. You choose how your words may be used, and can change that, or delete"
                " them, by the same address. If you would rather not, simply leave this"
                " unanswered.\n\nThank you,\n%(sender)s\n%(company)s",
                **names,
            )
        else:
            subject = gettext("What we wrote down of our talk")
            text = gettext(
                "Dear %(name)s,\n\nthank you for the talk. Here you see what we wrote down, and may"
                " correct it, say how it may be used, or take it back:\n\n%(address)s\n\n"
                "The address is for you alone; please do not pass it on.\n\n"
                "Thank you,\n%(sender)s\n%(company)s",
                **names,
            )
    return Letter(contact.email if contact is not None else "", subject, text)
