"""Contacts of a batch, and their part in its deals: found by id, else e-mail, else name."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.orm import Session

from app.core.db import table
from app.deals.importing import queries
from app.deals.importing.content import Person
from app.deals.importing.parties import (
    CREATED,
    UNCHANGED,
    UPDATED,
    Accounts,
    AccountValues,
    update_rows,
    write_accounts,
)
from app.deals.models import Contact, DealContact
from app.deals.reading.records import ContactRecord

_LONGEST_LANGUAGE, _LONGEST_ZONE = 12, 64

Part = tuple[int, int | None, Person]
"""A deal, its account, and a person who had a part in it."""


def write_parts(
    session: Session, parts: Sequence[Part]
) -> tuple[set[int], list[tuple[int, Person]]]:
    """Put these people into these deals. Gives the deals that changed by that, and the people
    who cannot be kept: known by an unheard-of id alone, or by a name without an account."""
    if not parts:
        return set(), []
    _write_contacts(session, parts)
    known = _Contacts(session, parts)
    present = queries.parts_in(session, {deal_id for deal_id, _, _ in parts})
    new: dict[tuple[int, int], dict[str, Any]] = {}
    changed: set[int] = set()
    unknown = []
    for deal_id, account_id, person in parts:
        contact = known.find(account_id, person)
        if contact is None:
            unknown.append((deal_id, person))
            continue
        key = (deal_id, contact.id)
        if key not in present and (key not in new or person.role):
            new[key] = {
                "deal_id": deal_id,
                "contact_id": contact.id,
                "buying_role": person.role,
                "stakes": "",
                "fears": "",
            }
            changed.add(deal_id)
        elif person.role and key in present and present[key] is None:
            _set_role(session, key, person.role)
            present[key] = person.role
            changed.add(deal_id)
    if new:
        session.execute(insert(table(DealContact)), list(new.values()))
    return changed, unknown


def write_contacts(session: Session, records: Iterable[ContactRecord]) -> Counter[str]:
    """A batch of a file of contacts: the file's word counts, but a blank in it erases nothing,
    and whoever asked to be left alone stays so."""
    records = list(records)
    accounts = {
        record.line: AccountValues(record.account_external_id, (record.account or "")[:300])
        for record in records
        if record.account_external_id or record.account
    }
    write_accounts(session, accounts.values(), overwrite=False)
    found = Accounts(session, accounts.values())
    people = [(found.id_of(accounts.get(r.line)), _person(r), r) for r in records]
    known = _Contacts(session, [(0, account_id, person) for account_id, person, _ in people])
    verdicts: Counter[str] = Counter()
    new: dict[str, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for account_id, person, record in people:
        row = known.find(account_id, person)
        if row is None:
            verdicts[CREATED] += 1
            new[_key(account_id, person)] = _said(_contact(account_id, person), record)
            continue
        before = {name: getattr(row, name) for name in _CHANGEABLE}
        after = _said(_completed(before, account_id, person, overwrite=True), record)
        verdicts[UPDATED if after != before else UNCHANGED] += 1
        if after != before:
            changed[row.id] = after
    if new:
        session.execute(insert(table(Contact)), list(new.values()))
    update_rows(session, table(Contact), changed)
    return verdicts


_CHANGEABLE = (
    "external_id",
    "account_id",
    "name",
    "email",
    "job_title",
    "language",
    "time_zone",
    "do_not_contact",
)


class _Contacts:
    """The contacts that a batch names, as they are in the database."""

    def __init__(self, session: Session, parts: Sequence[Part]) -> None:
        # Names are compared here: SQLite knows upper and lower case of ASCII letters only.
        by_name = {
            account_id
            for _, account_id, person in parts
            if account_id and person.name and not person.email
        }
        rows = queries.contacts(
            session,
            {person.external_id for _, _, person in parts if person.external_id},
            {person.email for _, _, person in parts if person.email},
            by_name,
        )
        self._by_external_id = {row.external_id: row for row in rows if row.external_id}
        self._by_email = {row.email.lower(): row for row in rows if row.email}
        self._by_name = {(row.account_id, row.name.lower()): row for row in rows}

    def find(self, account_id: int | None, person: Person) -> Row[Any] | None:
        if person.external_id in self._by_external_id:
            return self._by_external_id[person.external_id]
        if person.email:
            found = self._by_email.get(person.email)
        elif person.name and account_id:
            found = self._by_name.get((account_id, person.name.lower()))
        else:
            found = None
        if found is not None and person.external_id and found.external_id:
            return None  # another contact of the CRM who has the same name or address
        return found


def _write_contacts(session: Session, parts: Sequence[Part]) -> None:
    """Make those that are new; where they are known, fill what is empty."""
    known = _Contacts(session, parts)
    new: dict[str, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for _, account_id, person in parts:
        row = known.find(account_id, person)
        if row is not None:
            before = changed.get(row.id) or {name: getattr(row, name) for name in _CHANGEABLE}
            after = _completed(before, account_id, person, overwrite=False)
            if after != before:
                changed[row.id] = after
        elif person.email or (person.name and (person.external_id or account_id)):
            key = _key(account_id, person)
            new[key] = _completed(
                new.get(key) or _contact(account_id, person), account_id, person, overwrite=False
            )
    if new:
        session.execute(insert(table(Contact)), list(new.values()))
    update_rows(session, table(Contact), changed)


def _completed(
    present: dict[str, Any], account_id: int | None, person: Person, *, overwrite: bool
) -> dict[str, Any]:
    said = {
        "external_id": person.external_id,
        "account_id": account_id,
        "name": person.name,
        "email": person.email,
        "job_title": person.title,
    }
    fills = {
        name: value
        for name, value in said.items()
        if value and (not present[name] or (overwrite and name != "external_id"))
    }
    return present | fills


def _said(values: dict[str, Any], record: ContactRecord) -> dict[str, Any]:
    language, zone = record.language or "", record.time_zone or ""
    if language and len(language) <= _LONGEST_LANGUAGE:
        values["language"] = language
    if zone and len(zone) <= _LONGEST_ZONE:
        values["time_zone"] = zone
    values["do_not_contact"] = values["do_not_contact"] or record.do_not_contact
    return values


def _contact(account_id: int | None, person: Person) -> dict[str, Any]:
    return {
        "public_id": str(uuid.uuid4()),
        "external_id": person.external_id,
        "account_id": account_id,
        "name": person.name or person.email,
        "email": person.email,
        "job_title": person.title,
        "language": "",
        "time_zone": "",
        "do_not_contact": False,
    }


def _key(account_id: int | None, person: Person) -> str:
    """What two rows about one new person share."""
    if person.external_id:
        return f"id {person.external_id}"
    if person.email:
        return f"email {person.email}"
    return f"name {account_id} {person.name.lower()}"


def _person(record: ContactRecord) -> Person:
    return Person(
        external_id=record.external_id,
        name=record.name[:300],
        email=(record.email or "").lower(),
        title=(record.title or "")[:200],
        role=record.buying_role,
    )


def _set_role(session: Session, key: tuple[int, int], role: str) -> None:
    parts = table(DealContact)
    session.execute(
        parts.update()
        .where(parts.c.deal_id == key[0], parts.c.contact_id == key[1])
        .values(buying_role=role)
    )
