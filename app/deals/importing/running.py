"""Runs an import in short transactions, so that nobody waits, from wherever it stopped.

What is done is written with its position in the file, in one transaction: a killed import leaves
no half deal, and the next run goes on behind the last whole batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from app.core.access import Actor
from app.core.db import Database
from app.deals import queries as deal_queries
from app.deals.importing import operations, queries
from app.deals.importing.by_hand import HandmadeMatches
from app.deals.importing.opening import Opened
from app.deals.importing.operations import BATCH
from app.deals.importing.parties import AccountValues, write_accounts
from app.deals.importing.people import write_contacts
from app.deals.importing.staging import staged_rows, told
from app.deals.models import ImportState
from app.deals.reading.accounts import read_accounts
from app.deals.reading.contacts import read_contacts
from app.deals.reading.records import AccountRecord, ContactRecord, Ignored, Refusal

STAGED_AT_ONCE = 2_000

Report = Callable[[int, int | None, str], None]
"""Told now and then how far the import is: done, of how many, doing what."""
Item = TypeVar("Item")


def run(
    db: Database, actor: Actor, import_id: int, open_again: Callable[[], Opened], report: Report
) -> None:
    """Bring a begun import to its end. May be called again, and by two at once."""
    with db.reading() as session:
        state = queries.import_state(session, import_id)
    if state is ImportState.STAGING:
        opened = open_again()
        _write_companions(db, import_id, opened, report)
        _stage(db, import_id, opened, report)
        del opened  # what the survey found is no longer needed, and can be large
    _apply(db, actor, import_id, report)


def _write_companions(db: Database, import_id: int, opened: Opened, report: Report) -> None:
    for kind, read in (("accounts", read_accounts), ("contacts", read_contacts)):
        if kind not in opened.companions:
            continue
        report(0, None, f"Reading the {kind}")
        companion = opened.companions[kind]
        position = 0
        for items in batches(read(companion.table, companion.mapping), BATCH):
            with db.writing() as session:
                row = queries.lock_import(session, import_id)
                if operations.reached(row, kind) <= position:
                    found = _write_companion(session, kind, items)
                    refused = [
                        told(kind, item) for item in items if isinstance(item, Refusal | Ignored)
                    ]
                    operations.insert_told(session, row, refused)
                    operations.add_counts(row, kind, found)
                    operations.reach(row, kind, position + len(items))
            position += len(items)


def _write_companion(session: Any, kind: str, items: list[Any]) -> Counter[str]:
    if kind == "accounts":
        records = [item for item in items if isinstance(item, AccountRecord)]
        found = write_accounts(session, map(_account, records), overwrite=True)
    else:
        people = [item for item in items if isinstance(item, ContactRecord)]
        found = write_contacts(session, people)
    return found + Counter(
        rows=len(items),
        rejected=sum(isinstance(item, Refusal) for item in items),
        ignored=sum(isinstance(item, Ignored) for item in items),
    )


def _stage(db: Database, import_id: int, opened: Opened, report: Report) -> None:
    with db.reading() as session:
        by_account = deal_queries.handmade_deals(session)
        ids = [deal.id for deals in by_account.values() for deal in deals]
        matches = HandmadeMatches(by_account, queries.people_of_deals(session, ids))
    position = 0
    for rows in batches(staged_rows(opened), STAGED_AT_ONCE):
        if by_account:
            for each in rows:
                matches.observe(each)
        with db.writing() as session:
            row = queries.lock_import(session, import_id)
            if row.state is not ImportState.STAGING:
                return
            if operations.reached(row, "staged") <= position:
                operations.stage(session, row, position, rows)
        position += len(rows)
        report(position, opened.survey.rows, "Reading the deals")
    with db.writing() as session:
        row = queries.lock_import(session, import_id)
        if row.state is ImportState.STAGING:
            known = queries.known_external_ids(session, matches.external_ids)
            operations.end_staging(row, *matches.joins(known))


def _apply(db: Database, actor: Actor, import_id: int, report: Report) -> None:
    while True:
        with db.writing() as session:
            row = queries.lock_import(session, import_id)
            if row.state is not ImportState.APPLYING:
                return
            if not operations.apply_next(session, actor, row) and not operations.apply_left_links(
                session, row
            ):
                operations.finish(session, actor, row)
            found = row.counts.get("deals", {})
        done = sum(found.get(name, 0) for name in ("created", "updated", "unchanged"))
        report(done, found.get("deals"), "Writing the deals")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _account(record: AccountRecord) -> AccountValues:
    return AccountValues(
        external_id=record.external_id[:200] if record.external_id else None,
        name=record.name[:300],
        segment=(record.segment or "")[:120],
        industry=(record.industry or "")[:120],
        region=(record.region or "")[:120],
        size_band=(record.size_band or "")[:60],
    )
