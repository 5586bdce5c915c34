"""Accounts and sellers of a batch: found by what the CRM calls them, made where they are new."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from app.core.db import table
from app.deals.importing import queries
from app.deals.models import Account, Seller
from app.market.models import name_key

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
_DESCRIBES = ("segment", "industry", "region", "size_band")
_CHANGEABLE = ("external_id", "name", "name_key", *_DESCRIBES)


@dataclass(frozen=True, slots=True)
class AccountValues:
    """What a file says of an account; empty where it says nothing."""

    external_id: str | None
    name: str
    segment: str = ""
    industry: str = ""
    region: str = ""
    size_band: str = ""


@dataclass(frozen=True, slots=True)
class SellerValues:
    """What a file says of a seller; at least one part is known."""

    external_id: str | None
    email: str
    name: str


class Accounts:
    """The accounts that a batch names, as they are in the database."""

    def __init__(self, session: Session, wanted: Iterable[AccountValues]) -> None:
        wanted = list(wanted)
        rows = queries.accounts(
            session,
            {each.external_id for each in wanted if each.external_id},
            {name_key(each.name) for each in wanted if each.name},
        )
        self._by_external_id = {row.external_id: row for row in rows if row.external_id}
        self._by_name = {row.name_key: row for row in rows}
        self._without_id = {row.name_key: row for row in rows if not row.external_id}

    def find(self, each: AccountValues) -> Row[Any] | None:
        """By the CRM's id; else by name, where that account has no other id."""
        if not each.external_id:
            return self._by_name.get(name_key(each.name))
        found = self._by_external_id.get(each.external_id)
        return found if found is not None else self._without_id.get(name_key(each.name))

    def id_of(self, each: AccountValues | None) -> int | None:
        found = self.find(each) if each else None
        return None if found is None else found.id


def write_accounts(
    session: Session, given: Iterable[AccountValues], *, overwrite: bool
) -> Counter[str]:
    """Make the new ones and complete the others. `overwrite` is for a file of accounts; the row
    of a deal only fills what is empty."""
    # Those with an id go first: a row that has the name alone means the same account.
    with_id: list[AccountValues] = []
    without_id: list[AccountValues] = []
    for each in dict.fromkeys(given):
        (with_id if each.external_id else without_id).append(each)
    verdicts: Counter[str] = Counter()
    for part in (with_id, without_id):
        if part:
            verdicts += _write_accounts(session, part, overwrite)
    return verdicts


def write_sellers(session: Session, given: Iterable[SellerValues]) -> dict[SellerValues, int]:
    """Make the new ones, and give the id of each."""
    wanted = list(dict.fromkeys(given))
    if not wanted:
        return {}
    known = _Sellers(session, wanted)
    new: dict[str, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for each in wanted:
        row = known.find(each)
        if row is None:
            new.setdefault(each.external_id or each.email or name_key(each.name), _seller(each))
        elif (each.external_id and not row.external_id) or (each.email and not row.email):
            changed[row.id] = {
                "external_id": row.external_id or each.external_id,
                "email": row.email or each.email,
            }
    if new:
        session.execute(insert(table(Seller)), list(new.values()))
    update_rows(session, table(Seller), changed)
    if new or changed:
        known = _Sellers(session, wanted)
    found = ((each, known.find(each)) for each in wanted)
    return {each: row.id for each, row in found if row is not None}


def update_rows(session: Session, rows: Table, changed: dict[int, dict[str, Any]]) -> None:
    """Set the same columns of each of these rows, by id."""
    if not changed:
        return
    columns = next(iter(changed.values()))
    statement = (
        update(rows)
        .where(rows.c.id == bindparam("row_id"))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )
    # On the connection: the session takes an executemany of updates for its own.
    session.connection().execute(
        statement,
        [
            {"row_id": row_id} | {f"new_{name}": value for name, value in values.items()}
            for row_id, values in changed.items()
        ],
    )


def _write_accounts(
    session: Session, given: Sequence[AccountValues], overwrite: bool
) -> Counter[str]:
    known = Accounts(session, given)
    new: dict[str, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    verdicts: Counter[str] = Counter()
    for each in given:
        row = known.find(each)
        if row is not None:
            present = changed.get(row.id) or {
                name: getattr(row, name)
                for name in ("external_id", "name", "name_key", *_DESCRIBES)
            }
            completed = _completed(present, each, overwrite)
            if completed != present:
                changed[row.id] = completed
            verdicts[UPDATED if completed != present else UNCHANGED] += 1
        elif each.name:
            key = each.external_id or name_key(each.name)
            verdicts[UNCHANGED if key in new else CREATED] += 1
            new[key] = _completed(new.get(key) or _account(each), each, overwrite)
    if new:
        session.execute(insert(table(Account)), list(new.values()))
    update_rows(session, table(Account), changed)
    return verdicts


def _completed(present: dict[str, Any], each: AccountValues, overwrite: bool) -> dict[str, Any]:
    values = dict(present)
    for field in _DESCRIBES:
        said = getattr(each, field)
        if said and (overwrite or not values[field]):
            values[field] = said
    values["external_id"] = values["external_id"] or each.external_id
    if overwrite and each.name:
        values |= {"name": each.name, "name_key": name_key(each.name)[:300]}
    return values


def _account(each: AccountValues) -> dict[str, Any]:
    return {
        "public_id": str(uuid.uuid4()),
        "external_id": each.external_id,
        "name": each.name,
        "name_key": name_key(each.name)[:300],
        **{field: getattr(each, field) for field in _DESCRIBES},
    }


def _seller(each: SellerValues) -> dict[str, Any]:
    name = each.name or each.email or each.external_id or ""
    return {
        "public_id": str(uuid.uuid4()),
        "external_id": each.external_id,
        "name": name[:200],
        "name_key": name_key(name[:200]),
        "email": each.email,
        "team": "",
    }


class _Sellers:
    """The sellers that a batch names: found by the CRM's id, else by e-mail, else by name."""

    def __init__(self, session: Session, wanted: Sequence[SellerValues]) -> None:
        rows = queries.sellers(
            session,
            {each.external_id for each in wanted if each.external_id},
            {each.email for each in wanted if each.email},
            {name_key(each.name) for each in wanted if each.name},
        )
        self._by_external_id = {row.external_id: row for row in rows if row.external_id}
        self._by_email = {row.email.lower(): row for row in rows if row.email}
        self._by_name = {row.name_key: row for row in rows}

    def find(self, each: SellerValues) -> Row[Any] | None:
        if each.external_id in self._by_external_id:
            return self._by_external_id[each.external_id]
        key = name_key(each.name or each.email or each.external_id or "")
        for found in (self._by_email.get(each.email), self._by_name.get(key)):
            if found is None or (each.external_id and found.external_id):
                continue
            if not (each.email and found.email and each.email != found.email.lower()):
                return found
        return None
