"""Reading deals, accounts, contacts, sellers and rates. Lists of deals are in listing.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.core.access import NotFound, Viewer
from app.deals.access import is_told_descriptions, may_see
from app.deals.expectation import ClosedDeals
from app.deals.models import (
    DECIDED,
    Account,
    Contact,
    Deal,
    DealCompetitor,
    DealContact,
    DealFact,
    ExchangeRate,
    Outcome,
    Seller,
)
from app.market.models import Competitor, name_key

_MOST_CHOICES = 200
_SAME_CLOSING = timedelta(days=31)


@dataclass(frozen=True)
class Choices:
    """What the filters of the list offer."""

    products: Sequence[str]
    segments: Sequence[str]
    regions: Sequence[str]
    first_closed_on: date | None
    last_closed_on: date | None


def filter_choices(session: Session) -> Choices:
    """Each value is found by one step in an index, so that the cost is that of the values."""
    first = session.scalar(select(func.min(Deal.closed_on)))
    last = session.scalar(select(func.max(Deal.closed_on)))
    return Choices(
        products=distinct_values(session, Deal.product),
        segments=distinct_values(session, Account.segment),
        regions=distinct_values(session, Account.region),
        first_closed_on=first,
        last_closed_on=last,
    )


def distinct_values(session: Session, column: InstrumentedAttribute[str]) -> Sequence[str]:
    """The column's values but the empty one, in order; the column has an index."""

    def least_above(value: Any) -> Any:
        return select(func.min(column)).where(column > value).scalar_subquery()

    steps = select(least_above(literal("")).label("value")).cte("steps", recursive=True)
    steps = steps.union_all(select(least_above(steps.c.value)).where(steps.c.value.is_not(None)))
    found: Iterable[str | None] = session.scalars(select(steps.c.value).limit(_MOST_CHOICES))
    return [value for value in found if value is not None]


def sellers(session: Session) -> Sequence[Seller]:
    return session.scalars(
        select(Seller).order_by(Seller.name_key, Seller.id).options(joinedload(Seller.user))
    ).all()


def get_seller(session: Session, public_id: str) -> Seller:
    seller = session.scalar(select(Seller).where(Seller.public_id == public_id))
    if seller is None:
        raise NotFound
    return seller


def seller_of_user(session: Session, user_id: int) -> Seller | None:
    return session.scalar(
        select(Seller).where(Seller.user_id == user_id).order_by(Seller.id).limit(1)
    )


def sellers_without_user(session: Session, email: str = "") -> Sequence[Seller]:
    """Sellers with an e-mail who are tied to nobody; of one address where one is given."""
    statement = select(Seller).where(Seller.user_id.is_(None), Seller.email != "")
    if email:
        statement = statement.where(func.lower(Seller.email) == email.strip().lower())
    return session.scalars(statement).all()


def deals_by_seller(session: Session) -> dict[int, int]:
    """How many deals each seller has, by the seller's id."""
    counts = select(Seller.id, func.count()).join(Deal, Deal.seller_id == Seller.id)
    return {row[0]: row[1] for row in session.execute(counts.group_by(Seller.id))}


def get_account(session: Session, viewer: Viewer, public_id: str) -> Account:
    """The account, for whoever sees one of its deals. One that has a deal which is only described
    to this viewer is not shown: its name would say whose deal that is."""
    account = session.scalar(select(Account).where(Account.public_id == public_id))
    if account is None:
        raise NotFound
    theirs = select(Deal.id).where(Deal.account_id == account.id)
    sees_one = session.scalar(select(exists(theirs.where(may_see(viewer)))))
    hidden = is_told_descriptions(viewer) and session.scalar(
        select(exists(theirs.where(Deal.is_anonymous)))
    )
    if hidden or not (sees_one or viewer.may("deals.see_all")):
        raise NotFound
    return account


def find_account(session: Session, name: str) -> Account | None:
    """The account of this name; of several, the oldest."""
    return session.scalar(
        select(Account).where(Account.name_key == name_key(name)).order_by(Account.id).limit(1)
    )


def accounts_beginning(session: Session, typed: str, most: int = 12) -> Sequence[str]:
    """Names of accounts that begin as typed."""
    key = name_key(typed)
    return session.scalars(
        select(Account.name)
        .where(Account.name_key.startswith(key, autoescape=True))
        .order_by(Account.name_key)
        .limit(most)
    ).all()


def deals_of_account(session: Session, viewer: Viewer, account: Account) -> Sequence[Deal]:
    return session.scalars(
        select(Deal)
        .where(Deal.account_id == account.id, may_see(viewer))
        .order_by(Deal.closed_on.desc(), Deal.id.desc())
        .options(joinedload(Deal.seller), joinedload(Deal.won_by))
        .limit(_MOST_CHOICES)
    ).all()


def contacts_of_account(session: Session, account: Account) -> Sequence[Contact]:
    return session.scalars(
        select(Contact)
        .where(Contact.account_id == account.id)
        .order_by(Contact.name, Contact.id)
        .limit(_MOST_CHOICES)
    ).all()


def people_of(session: Session, deal: Deal) -> Sequence[DealContact]:
    """Who took part in the decision, as far as we know."""
    return session.scalars(
        select(DealContact)
        .join(DealContact.contact)
        .where(DealContact.deal_id == deal.id)
        .order_by(Contact.name, Contact.id)
        .options(joinedload(DealContact.contact))
    ).all()


def get_person(session: Session, deal: Deal, contact_public_id: str) -> DealContact:
    """A contact's part in this deal; the right to see the deal was checked with it."""
    person = session.scalar(
        select(DealContact)
        .join(DealContact.contact)
        .where(DealContact.deal_id == deal.id, Contact.public_id == contact_public_id)
        .options(joinedload(DealContact.contact))
    )
    if person is None:
        raise NotFound
    return person


def find_contact(
    session: Session, account: Account | None, *, email: str, name: str
) -> Contact | None:
    """The contact of this e-mail; without one, the account's contact of this name."""
    if email:
        return session.scalar(
            select(Contact)
            .where(Contact.email == email.strip().lower())
            .order_by(Contact.id)
            .limit(1)
        )
    if account is None or account.id is None:
        return None
    return next(
        (
            contact
            for contact in contacts_of_account(session, account)
            if name_key(contact.name) == name_key(name)
        ),
        None,
    )


def competitors_met(session: Session, deal: Deal) -> Sequence[Competitor]:
    return session.scalars(
        select(Competitor)
        .join(DealCompetitor, DealCompetitor.competitor_id == Competitor.id)
        .where(DealCompetitor.deal_id == deal.id)
        .order_by(Competitor.name_key)
    ).all()


def deals_that_met(competitor_id: int) -> Select[int]:
    """The ids of the deals in which this competitor was met, as a part of other queries."""
    return select(DealCompetitor.deal_id).where(DealCompetitor.competitor_id == competitor_id)


def facts_of(session: Session, deal: Deal) -> Sequence[DealFact]:
    return session.scalars(
        select(DealFact).where(DealFact.deal_id == deal.id).order_by(DealFact.name)
    ).all()


def exchange_rates(session: Session) -> Sequence[ExchangeRate]:
    return session.scalars(
        select(ExchangeRate).order_by(ExchangeRate.currency, ExchangeRate.valid_from.desc())
    ).all()


def get_exchange_rate(session: Session, rate_id: int) -> ExchangeRate:
    rate = session.get(ExchangeRate, rate_id)
    if rate is None:
        raise NotFound
    return rate


def find_exchange_rate(session: Session, currency: str, valid_from: date) -> ExchangeRate | None:
    return session.scalar(
        select(ExchangeRate).where(
            ExchangeRate.currency == currency, ExchangeRate.valid_from == valid_from
        )
    )


def currencies_of_deals(session: Session) -> Sequence[str]:
    return distinct_values(session, Deal.currency)


def closed_deals(session: Session) -> list[ClosedDeals]:
    """Closed deals by outcome, and how many of them have a contact who may be written to."""
    reachable = (
        select(DealContact.deal_id)
        .join(Contact, Contact.id == DealContact.contact_id)
        .where(Contact.email != "", Contact.do_not_contact.is_(False))
    )
    reached = func.sum(case((Deal.id.in_(reachable), 1), else_=0))
    rows = session.execute(
        select(Deal.outcome, func.count(), reached)
        .where(Deal.outcome.in_(DECIDED))
        .group_by(Deal.outcome)
    )
    return [ClosedDeals(row[0], row[1], row[2]) for row in rows]


def handmade_deals(session: Session) -> dict[str, list[Deal]]:
    """Deals that came by hand and from no CRM yet, by the key of their account's name."""
    found: dict[str, list[Deal]] = {}
    for deal in session.scalars(_handmade()):
        assert deal.account is not None
        found.setdefault(deal.account.name_key, []).append(deal)
    return found


def find_handmade_deal(
    session: Session, account_name: str, outcome: Outcome, closed_on: date | None
) -> Deal | None:
    """The deal added by hand that this row of a CRM means, if exactly one fits."""
    key = name_key(account_name)
    return match_handmade(
        session.scalars(_handmade().where(Account.name_key == key)), outcome, closed_on
    )


def match_handmade(
    candidates: Iterable[Deal], outcome: Outcome, closed_on: date | None
) -> Deal | None:
    """Of one account's deals added by hand, the one with this outcome and, where both are known,
    about this closing day. None where several fit: a person must say."""
    fitting = [
        deal
        for deal in candidates
        if deal.outcome is outcome
        and (
            deal.closed_on is None
            or closed_on is None
            or abs(deal.closed_on - closed_on) <= _SAME_CLOSING
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _handmade() -> Select[Deal]:
    return (
        select(Deal)
        .join(Deal.account)
        .where(Deal.external_id.is_(None))
        .options(joinedload(Deal.account))
        .order_by(Deal.id)
    )
