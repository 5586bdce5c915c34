"""Staged rows out of the deal and link files: one for each row, in the files' order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.deals.importing.content import (
    LARGEST_AMOUNT,
    deal_content,
    note,
    people_content,
    role_notes,
)
from app.deals.importing.opening import Opened
from app.deals.models import StagedState
from app.deals.reading.contacts import read_contacts
from app.deals.reading.deals import read_deals
from app.deals.reading.links import read_links
from app.deals.reading.records import (
    ContactRecord,
    DealContact,
    DealRecord,
    Ignored,
    LinkRecord,
    MoreContacts,
    Problem,
    Refusal,
)

Staged = dict[str, Any]
"""The columns of a staged row, but for its import."""


def staged_rows(opened: Opened) -> Iterator[Staged]:
    """The links, then the deals; the same rows in the same order each time."""
    role_of = _usual_roles(opened)
    if "links" in opened.companions:
        links = opened.companions["links"]
        for item in read_links(links.table, links.mapping):
            yield _staged_link(item, role_of)
    deals = opened.deals
    for deal in read_deals(deals.table, deals.mapping, opened.answers, opened.survey):
        if isinstance(deal, DealRecord):
            yield _staged_deal(deal, role_of)
        elif isinstance(deal, MoreContacts):
            people = {"people": people_content(deal.contacts, role_of)}
            notes = [note(flag) for flag in deal.flags] + role_notes(deal.contacts)
            yield _row("deals", deal.line, StagedState.JOINING, people, notes, deal.external_id)
        else:
            yield told("deals", deal)


def told(file: str, item: Refusal | Ignored) -> Staged:
    """A row that is not taken, kept for the report."""
    if isinstance(item, Refusal):
        problems = [[each.field, each.value, each.why] for each in item.problems]
        content = {"cells": list(item.cells)}
        return _row(file, item.line, StagedState.REFUSED, content, problems)
    return _row(file, item.line, StagedState.IGNORED, {}, [["", item.external_id, item.why]])


def _staged_deal(record: DealRecord, role_of: dict[str, str]) -> Staged:
    if record.amount is not None and abs(record.amount.minor) > LARGEST_AMOUNT:
        problem = Problem("amount", str(record.amount.minor), "is larger than any amount can be")
        return told("deals", Refusal(record.line, (problem,), ()))
    content, notes = deal_content(record, role_of)
    return _row("deals", record.line, StagedState.STAGED, content, notes)


def _staged_link(item: LinkRecord | Refusal | Ignored, role_of: dict[str, str]) -> Staged:
    if not isinstance(item, LinkRecord):
        return told("links", item)
    contact = DealContact(
        external_id=item.contact_external_id,
        buying_role=item.buying_role,
        role_as_written=item.role_as_written,
    )
    people = {"people": people_content([contact], role_of)}
    notes = role_notes([contact])
    return _row("links", item.line, StagedState.JOINING, people, notes, item.deal_external_id)


def _usual_roles(opened: Opened) -> dict[str, str]:
    """HubSpot keeps the buying role with the person, not with their part in a deal."""
    contacts = opened.companions.get("contacts")
    if contacts is None or "buying_role" not in contacts.mapping.columns:
        return {}
    return {
        item.external_id: item.buying_role
        for item in read_contacts(contacts.table, contacts.mapping)
        if isinstance(item, ContactRecord) and item.external_id and item.buying_role
    }


def _row(
    file: str,
    line: int,
    state: StagedState,
    content: dict[str, Any],
    problems: list[list[Any]],
    belongs_to: str | None = None,
) -> Staged:
    return {
        "file": file,
        "line": line,
        "belongs_to": belongs_to,
        "content": content,
        "state": state,
        "problems": problems,
    }
