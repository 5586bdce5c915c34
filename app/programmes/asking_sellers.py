"""Asking those who sold whom one can write to, where nobody knows: one mail for all their deals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core import clock
from app.core.formats import day, plural, zone
from app.deals.models import Deal, Seller
from app.identity.models import User
from app.identity.queries import workspace
from app.mail.operations import Letter, domain_of, write
from app.programmes.models import Programme, Selection, SelectionState
from config import Settings

#: On their clock; at other times it waits.
_HOURS = range(8, 18)
_WEEKEND = (5, 6)
_MOST = 500


def ask_sellers(session: Session, settings: Settings) -> int:
    """Write to whoever has not been asked yet and is at work now; returns to how many."""
    company_zone = workspace(session).time_zone
    by_seller: dict[int, list[Selection]] = defaultdict(list)
    for selection in _without_contact(session):
        assert selection.deal.seller is not None
        by_seller[selection.deal.seller.id].append(selection)
    told = 0
    for selections in by_seller.values():
        user = _user_of(selections[0])
        if _is_at_work(clock.now(), user.time_zone or company_zone):
            letter = letter_to(user, selections, settings.public_url)
            write(session, letter, domain=domain_of(settings.mail_from))
            for selection in selections:
                selection.seller_asked_at = clock.now()
            told += 1
    return told


def letter_to(user: User, selections: Sequence[Selection], public_url: str) -> Letter:
    """Each deal with the one page on which its contact is named."""
    parts = [
        f"Dear {user.name},",
        "these buyers are to be asked how they came to their decision, and perhaps only you know"
        " whom to write to. It is one field each:",
        *(_line(selection, public_url) for selection in selections),
        "If somebody should not be asked, say so on the deal's page: whoever runs the programme"
        " reads it before anything is sent.",
    ]
    return Letter(
        to_address=user.email,
        to_name=user.name,
        subject=_subject(selections),
        text="\n\n".join(parts) + "\n",
        about="contact wanted",
    )


def _subject(selections: Sequence[Selection]) -> str:
    if len(selections) > 1:
        return f"Whom can we ask? {plural(len(selections), 'deal')} without a contact"
    deal = selections[0].deal
    whose = deal.account.name if deal.account is not None else deal.name
    return " ".join(f"Whom can we ask at {whose}?".split())


def _line(selection: Selection, public_url: str) -> str:
    contact = selection.contact
    missing = f"the e-mail of {contact.name}" if contact is not None else "somebody to ask"
    closed = f", closed {day(selection.deal.closed_on)}" if selection.deal.closed_on else ""
    return (
        f"{selection.deal.name}{closed}: {missing}\n"
        f"{public_url}/selections/{selection.public_id}/contact"
    )


def _without_contact(session: Session) -> Sequence[Selection]:
    """Those of active programmes whose deal was sold by somebody who can sign in."""
    return session.scalars(
        select(Selection)
        .join(Selection.programme)
        .join(Selection.deal)
        .join(Deal.seller)
        .join(User, User.id == Seller.user_id)
        .where(
            Selection.state == SelectionState.NEEDS_CONTACT,
            Selection.seller_asked_at.is_(None),
            Programme.is_active,
            User.is_active,
            User.email != "",
        )
        .options(
            joinedload(Selection.deal).options(
                joinedload(Deal.account), joinedload(Deal.seller).joinedload(Seller.user)
            ),
            joinedload(Selection.contact),
        )
        .order_by(Selection.id)
        .limit(_MOST)
    ).all()


def _user_of(selection: Selection) -> User:
    seller = selection.deal.seller
    assert seller is not None
    assert seller.user is not None
    return seller.user


def _is_at_work(now: datetime, time_zone: str) -> bool:
    there = now.astimezone(zone(time_zone))
    return there.weekday() not in _WEEKEND and there.hour in _HOURS
