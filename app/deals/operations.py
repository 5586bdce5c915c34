"""Deals, accounts and people: added by hand, edited, tied together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.deals import queries
from app.deals.events import AccountChanged, DealsChanged, NamesChanged
from app.deals.models import (
    Account,
    BuyingRole,
    Contact,
    Deal,
    DealCompetitor,
    DealContact,
    ExchangeRate,
    Outcome,
    Seller,
)
from app.identity.models import User
from app.market.models import Competitor, name_key

_COUNTED_BY = frozenset({"outcome", "closed_on"})
_FOUND_BY = frozenset({"name", "account", "product", "stated_reason"})


@dataclass(frozen=True)
class Person:
    """A contact and their part in one decision, as a form gives them."""

    name: str
    email: str = ""
    job_title: str = ""
    buying_role: BuyingRole | None = None
    stakes: str = ""
    fears: str = ""
    language: str = ""
    time_zone: str = ""
    do_not_contact: bool = False


def account_named(session: Session, actor: Actor, name: str) -> Account:
    """The account of this name, which is made where there is none."""
    name = " ".join(name.split())
    account = queries.find_account(session, name)
    if account is None:
        account = Account(name=name, name_key=name_key(name))
        session.add(account)
        audit.record(session, actor, "account.added", account, name=name)
    return account


def edit_account(session: Session, actor: Actor, account: Account, **values: Any) -> None:
    """Set name, segment, industry, region or size band."""
    if "name" in values:
        values["name_key"] = name_key(values["name"])
    if "name" in _record_changes(session, actor, "account.changed", account, values):
        publish(session, AccountChanged(account.id))


def add_deal(
    session: Session,
    actor: Actor,
    *,
    account: str,
    name: str = "",
    outcome: Outcome,
    competitors: Iterable[Competitor] = (),
    **values: Any,
) -> Deal:
    """A deal by hand, without an external id: an import may join it later."""
    deal = Deal(account=account_named(session, actor, account), outcome=outcome, **values)
    deal.name = " ".join(name.split()) or _name_for(deal)
    deal.name_key = name_key(deal.name)
    deal.closed_before_opened = _closed_before_opened(deal)
    session.add(deal)
    session.flush()
    set_competitors(session, deal, competitors)
    audit.record(session, actor, "deal.added", deal, name=deal.name, outcome=outcome.value)
    publish(session, DealsChanged([deal.id]))
    return deal


def edit_deal(
    session: Session,
    actor: Actor,
    deal: Deal,
    *,
    account: str,
    competitors: Iterable[Competitor],
    **values: Any,
) -> None:
    """Set everything a person may set; tells later rooms where what is counted by changed."""
    values["account"] = account_named(session, actor, account)
    values["name"] = " ".join(values["name"].split())
    values["name_key"] = name_key(values["name"])
    before = {row.name for row in queries.competitors_met(session, deal)}
    competitors = list(competitors)
    set_competitors(session, deal, competitors)
    after = {row.name for row in competitors}
    met = {"competitors": [sorted(before), sorted(after)]} if before != after else {}
    changed = _record_changes(session, actor, "deal.changed", deal, values, **met)
    deal.closed_before_opened = _closed_before_opened(deal)
    if changed & _COUNTED_BY:
        publish(session, DealsChanged([deal.id]))
    if changed & _FOUND_BY:
        publish(session, NamesChanged([deal.id]))


def set_competitors(session: Session, deal: Deal, competitors: Iterable[Competitor]) -> None:
    """These were met in the deal, whoever won it among them."""
    wanted = {row.id for row in competitors} | ({deal.won_by_id} - {None})
    present = {row.id for row in queries.competitors_met(session, deal)}
    session.execute(
        delete(DealCompetitor).where(
            DealCompetitor.deal_id == deal.id,
            DealCompetitor.competitor_id.in_(present - wanted),
        )
    )
    for competitor_id in wanted - present:
        session.add(DealCompetitor(deal_id=deal.id, competitor_id=competitor_id))
    session.flush()


def add_deal_with_person(
    session: Session,
    actor: Actor,
    *,
    company: str,
    person: str,
    outcome: Outcome,
    email: str = "",
    job_title: str = "",
    buying_role: BuyingRole | None = None,
    closed_on: date | None = None,
    seller: Seller | None = None,
) -> tuple[Deal, Contact]:
    """All that an interview needs, where no import brought it yet."""
    deal = add_deal(
        session, actor, account=company, outcome=outcome, closed_on=closed_on, seller=seller
    )
    row = add_person(
        session,
        actor,
        deal,
        Person(name=person, email=email, job_title=job_title, buying_role=buying_role),
    )
    return deal, row.contact


def add_person(session: Session, actor: Actor, deal: Deal, person: Person) -> DealContact:
    """Add somebody to the decision. A contact of the same e-mail, or of the same name at the
    account, is the same person, and keeps what the form left empty."""
    contact = queries.find_contact(session, deal.account, email=person.email, name=person.name)
    if contact is None:
        contact = Contact(account=deal.account, **_contact_values(person))
        session.add(contact)
        audit.record(session, actor, "contact.added", contact, name=contact.name)
    else:
        given = {key: value for key, value in _contact_values(person).items() if value}
        _record_changes(session, actor, "contact.changed", contact, given)
    session.flush()
    row = session.get(DealContact, (deal.id, contact.id))
    if row is None:
        row = DealContact(deal=deal, contact=contact)
        session.add(row)
        audit.record(session, actor, "deal.person_added", deal, contact=contact.name)
    row.buying_role = person.buying_role or row.buying_role
    row.stakes = person.stakes or row.stakes or ""
    row.fears = person.fears or row.fears or ""
    publish(session, NamesChanged([deal.id]))
    return row


def edit_person(session: Session, actor: Actor, row: DealContact, person: Person) -> None:
    if _record_changes(session, actor, "contact.changed", row.contact, _contact_values(person)):
        publish(session, NamesChanged([row.deal_id]))
    changed = audit.changes(
        row, buying_role=person.buying_role, stakes=person.stakes, fears=person.fears
    )
    if changed:
        audit.record(
            session,
            actor,
            "deal.person_changed",
            row.deal,
            contact=row.contact.name,
            changes=changed,
        )


def remove_person(session: Session, actor: Actor, row: DealContact) -> None:
    """They had no part in this decision; the contact stays with the account."""
    audit.record(session, actor, "deal.person_removed", row.deal, contact=row.contact.name)
    session.delete(row)
    session.flush()


def seller_for(session: Session, user: User) -> Seller:
    """The seller that this user is; made where there is none, so that they see their own deals."""
    seller = queries.seller_of_user(session, user.id)
    if seller is None:
        seller = Seller(name=user.name, name_key=name_key(user.name), email=user.email, user=user)
        session.add(seller)
        audit.record(session, user.actor, "seller.added", seller, name=seller.name)
        session.flush()
    return seller


def tie_seller(session: Session, actor: Actor, seller: Seller, user: User | None) -> None:
    """This seller is that user, who so sees the seller's deals; None unties them."""
    before, after = seller.user, user
    if before is not after:
        seller.user = user
        names = [row.name if row else None for row in (before, after)]
        audit.record(session, actor, "seller.tied", seller, user=names)


def tie_sellers_by_email(session: Session, actor: Actor, users: Iterable[User]) -> int:
    """Tie each seller who is tied to nobody to the user of the same e-mail; says how many."""
    by_email = {user.email: user for user in users}
    tied = 0
    for seller in queries.sellers_without_user(session):
        user = by_email.get(seller.email.strip().lower())
        if user is not None:
            tie_seller(session, actor, seller, user)
            tied += 1
    return tied


def set_exchange_rate(
    session: Session, actor: Actor, *, currency: str, valid_from: date, rate: float
) -> ExchangeRate:
    """From this day on; the same day again replaces what was set for it."""
    row = queries.find_exchange_rate(session, currency, valid_from)
    before = row.rate if row else None
    if row is None:
        row = ExchangeRate(currency=currency, valid_from=valid_from)
        session.add(row)
    row.rate = rate
    row.set_by_name = actor.name
    audit.record(
        session,
        actor,
        "exchange_rate.set",
        row,
        currency=currency,
        valid_from=valid_from.isoformat(),
        rate=[before, rate],
    )
    return row


def remove_exchange_rate(session: Session, actor: Actor, row: ExchangeRate) -> None:
    audit.record(
        session,
        actor,
        "exchange_rate.removed",
        row,
        currency=row.currency,
        valid_from=row.valid_from.isoformat(),
        rate=row.rate,
    )
    session.delete(row)


def _contact_values(person: Person) -> dict[str, Any]:
    return {
        "name": " ".join(person.name.split()),
        "email": person.email.strip().lower(),
        "job_title": person.job_title,
        "language": person.language,
        "time_zone": person.time_zone,
        "do_not_contact": person.do_not_contact,
    }


def _record_changes(
    session: Session, actor: Actor, action: str, row: Any, values: dict[str, Any], **more: Any
) -> set[str]:
    """Set the values, and write those that differ into the audit, by what a reader knows them."""
    changed = audit.changes(row, **values) | more
    changed.pop("name_key", None)
    if changed:
        audit.record(session, actor, action, row, changes=changed)
    return set(changed)


def _name_for(deal: Deal) -> str:
    assert deal.account is not None
    return f"{deal.account.name}, {deal.product}" if deal.product else deal.account.name


def _closed_before_opened(deal: Deal) -> bool:
    return (
        deal.closed_on is not None
        and deal.opened_on is not None
        and deal.closed_on < deal.opened_on
    )
