"""A deal record as a staged row holds it (JSON), and as it is applied."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.deals.reading.records import DealContact, DealRecord, Fact, Flag

LONGEST_FACT = 1_000
LARGEST_AMOUNT = 2**63 - 1
_LONGEST_TOLD = 300

Note = list[str]
"""Field, value and what is to be said of it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A contact beside a deal, as far as the file says who."""

    external_id: str | None
    name: str
    email: str
    title: str
    role: str | None


@dataclass(slots=True)
class IncomingDeal:
    """A staged deal, ready to be applied."""

    row_id: int
    external_id: str
    values: dict[str, Any]
    account: list[str | None] | None
    seller: list[str | None] | None
    competitors: list[str]
    won_by: str | None
    facts: list[list[Any]]
    people: list[Person]
    digest: str
    notes: list[Note] = field(default_factory=list)


def deal_content(record: DealRecord, role_of: dict[str, str]) -> tuple[dict[str, Any], list[Note]]:
    """The record as JSON, and what is to be told of it."""
    amount = record.amount
    notes = [note(flag) for flag in record.flags]
    opened, closed = record.opened_on, record.closed_on
    values: dict[str, Any] = {
        "name": record.name[:300],
        "outcome": record.outcome,
        "stage": record.stage,
        "product": record.product or "",
        "amount_minor": None if amount is None else amount.minor,
        "currency": "" if amount is None else amount.currency,
        "opened_on": None if opened is None else opened.isoformat(),
        "closed_on": None if closed is None else closed.isoformat(),
        "lead_source": record.lead_source or "",
        "replaced": record.replaced or "",
        "stated_reason": record.stated_reason or "",
    }
    content: dict[str, Any] = {"id": record.external_id, "deal": values}
    if record.account or record.account_external_id:
        content["account"] = [
            record.account_external_id,
            record.account,
            record.segment,
            record.region,
        ]
    if record.seller or record.seller_external_id or record.seller_email:
        content["seller"] = [record.seller_external_id, record.seller_email, record.seller]
    if record.competitors:
        content["competitors"] = list(record.competitors)
    if record.won_by:
        content["won_by"] = record.won_by
    if record.contacts:
        content["people"] = people_content(record.contacts, role_of)
        notes += role_notes(record.contacts)
    if record.facts:
        content["facts"] = [_fact(fact, notes) for fact in record.facts]
    return content, notes


def people_content(
    contacts: Iterable[DealContact], role_of: dict[str, str]
) -> list[list[str | None]]:
    """People as JSON; `role_of` knows a person's usual part by their external id."""
    return [
        [
            contact.external_id
            if contact.external_id and len(contact.external_id) <= 200
            else None,
            (contact.name or "")[:300],
            (contact.email or "").lower(),
            (contact.title or "")[:200],
            contact.buying_role or role_of.get(contact.external_id or ""),
        ]
        for contact in contacts
    ]


def role_notes(contacts: Iterable[DealContact]) -> list[Note]:
    """A part in the decision that is none of ours is said, and left open."""
    return [
        ["buying_role", contact.role_as_written, "is none of the buying roles; left open"]
        for contact in contacts
        if contact.role_as_written and not contact.buying_role
    ]


def note(flag: Flag) -> Note:
    return [flag.field, flag.value[:_LONGEST_TOLD], flag.why]


def incoming(row_id: int, content: dict[str, Any], notes: list[Note]) -> IncomingDeal:
    """A staged row's content, ready to be applied."""
    people = [Person(*person) for person in content.pop("people", ())]
    plain = json.dumps(content)
    values = content["deal"]
    opened, closed = _day(values["opened_on"]), _day(values["closed_on"])
    values["opened_on"], values["closed_on"] = opened, closed
    values["closed_before_opened"] = bool(opened and closed and closed < opened)
    return IncomingDeal(
        row_id=row_id,
        external_id=content["id"],
        values=values,
        account=content.get("account"),
        seller=content.get("seller"),
        competitors=content.get("competitors", []),
        won_by=content.get("won_by"),
        facts=content.get("facts", []),
        people=people,
        digest=hashlib.blake2b(plain.encode(), digest_size=16).hexdigest(),
        notes=notes,
    )


def _fact(fact: Fact, notes: list[Note]) -> list[Any]:
    if fact.number is not None:
        number = float(fact.number)
        if math.isfinite(number):
            return [fact.name, "number", number]
    if fact.date is not None:
        return [fact.name, "date", fact.date.isoformat()]
    if len(fact.text) > LONGEST_FACT:
        why = f"has {len(fact.text):,} characters; the first {LONGEST_FACT:,} are kept"
        notes.append([fact.name, fact.text[:_LONGEST_TOLD], why])
    return [fact.name, "text", fact.text[:LONGEST_FACT]]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
