"""The life of an import: asked for, staged, applied batch by batch, finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.db import table
from app.deals import operations as deals
from app.deals.importing import queries
from app.deals.importing.applying import apply_batch
from app.deals.importing.content import IncomingDeal, Person, incoming
from app.deals.importing.opening import Opened
from app.deals.importing.options import Options
from app.deals.importing.people import write_parts
from app.deals.importing.staging import Staged
from app.deals.models import (
    DealImport,
    ImportState,
    RememberedMapping,
    StagedRow,
    StagedState,
)
from app.identity.queries import users

BATCH = 500


def add_import(
    session: Session, actor: Actor, filename: str, files: dict[str, Any], options: Options
) -> DealImport:
    """An import that asks before it does anything."""
    row = DealImport(
        filename=filename[:300],
        files=files,
        mapping={},
        answers=options.as_json(),
        counts={},
        created_by_id=actor.id,
        created_by_name=actor.name,
    )
    session.add(row)
    session.flush()
    return row


def change_files(row: DealImport, given: dict[str, Any]) -> None:
    """Replace these files, or add them. What was rehearsed no longer holds."""
    row.files = row.files | given
    row.filename = row.files["deals"]["name"][:300]
    row.counts = {}


def change_options(row: DealImport, options: Options) -> None:
    if row.answers != options.as_json():
        row.answers = options.as_json()
        row.counts = {}


def note_job(row: DealImport, job_public_id: str) -> None:
    row.counts = row.counts | {"job": job_public_id}


def discard(session: Session, actor: Actor, row: DealImport) -> None:
    audit.record(session, actor, "import.discarded", row, file=row.filename)
    session.delete(row)


def begin(session: Session, actor: Actor, row: DealImport, opened: Opened) -> None:
    """The questions are answered: from here on an interrupted import is gone on with."""
    assert not opened.questions
    row.state = ImportState.STAGING
    row.message = ""
    row.mapping = {
        "source": opened.deals.mapping.source,
        "columns": opened.deals.mapping.by_name(),
        "headers": list(opened.deals.table.headers),
        "fact_names": opened.fact_names,
    }
    row.counts = {
        "job": row.counts.get("job"),
        "likely_products": [
            {"name": match.name, "count": match.count, "likely": match.likely}
            for match in opened.survey.likely_products
        ],
    }
    remember(session, opened)
    audit.record(session, actor, "import.began", row, file=row.filename)


def remember(session: Session, opened: Opened) -> None:
    """The next file with this header is read as this one was."""
    if not opened.chosen and not opened.outcomes:
        return
    row = queries.remembered_row(session, opened.signature)
    if row is None:
        row = RememberedMapping(header_key=opened.signature)
        session.add(row)
    row.mapping = dict(opened.chosen)
    row.answers = {"outcomes": list(dict.fromkeys(opened.outcomes))}
    row.used_at = clock.now()


def stage(session: Session, row: DealImport, position: int, rows: Sequence[Staged]) -> None:
    """Keep these rows, the first of which is the file's `position`th."""
    insert_told(session, row, rows)
    counted: dict[str, Counter[str]] = {}
    for each in rows:
        counted.setdefault(each["file"], Counter())[_COUNTED_AS[each["state"]]] += 1
    for file, found in counted.items():
        add_counts(row, file, found + Counter(rows=found.total()))
    reach(row, "staged", position + len(rows))


def insert_told(session: Session, row: DealImport, rows: Sequence[Staged]) -> None:
    if rows:
        session.execute(insert(table(StagedRow)), [{"import_id": row.id, **r} for r in rows])


def end_staging(row: DealImport, joins: dict[str, int], unsure: list[str]) -> None:
    row.counts = row.counts | {"joins": joins, "unsure": unsure}
    row.state = ImportState.APPLYING


def apply_next(session: Session, actor: Actor, row: DealImport) -> bool:
    """Apply the next batch; says whether there was one."""
    staged = queries.next_staged(session, row.id, StagedState.STAGED, BATCH)
    if not staged:
        return False
    batch = [incoming(each.id, each.content, each.problems) for each in staged]
    by_id = {deal.external_id: deal for deal in batch}
    joining = (
        queries.rows_joining(session, row.id, by_id)
        if row.counts.get("deals", {}).get("people") or "links" in row.counts
        else []
    )
    for each in joining:
        by_id[each.belongs_to].people.extend(Person(*p) for p in each.content["people"])
    applied = apply_batch(
        session,
        actor,
        batch,
        joins=row.counts["joins"],
        fact_names=row.mapping["fact_names"],
    )
    add_counts(row, "deals", applied.verdicts)
    add_counts(row, "by_outcome", applied.by_outcome)
    drafts = list(dict.fromkeys([*row.counts.get("drafts", []), *applied.drafts]))
    row.counts = row.counts | {
        "drafts": drafts,
        "joined_by_hand": row.counts.get("joined_by_hand", 0) + applied.joined,
    }
    _put_away(session, batch, [(each.id, each.problems) for each in joining])
    return True


def apply_left_links(session: Session, row: DealImport) -> bool:
    """Links to deals that are not in this file, but came before; says whether there were any."""
    staged = queries.next_staged(session, row.id, StagedState.JOINING, BATCH)
    if not staged:
        return False
    known = queries.deals_by_external_id(session, {each.belongs_to for each in staged})
    parts = [
        (known[each.belongs_to].id, known[each.belongs_to].account_id, Person(*person))
        for each in staged
        if each.belongs_to in known
        for person in each.content["people"]
    ]
    _, unknown = write_parts(session, parts)
    not_found = {person.external_id for _, person in unknown}
    joined = []
    for each in staged:
        if each.belongs_to not in known:
            _refuse(
                session, each.id, [["deal_external_id", each.belongs_to, "is the id of no deal"]]
            )
        elif each.content["people"][0][0] in not_found:
            contact = each.content["people"][0][0]
            _refuse(session, each.id, [["contact_external_id", contact, "is the id of no contact"]])
        else:
            joined.append((each.id, each.problems))
    _put_away(session, [], joined)
    add_counts(row, "links", Counter(rejected=len(staged) - len(joined)))
    return True


def finish(session: Session, actor: Actor, row: DealImport) -> None:
    deals.tie_sellers_by_email(session, actor, users(session))
    row.state = ImportState.DONE
    row.finished_at = clock.now()
    row.counts = {name: value for name, value in row.counts.items() if name != "joins"}
    found = row.counts.get("deals", {})
    told = {name: found.get(name, 0) for name in ("created", "updated", "unchanged", "rejected")}
    audit.record(session, actor, "import.finished", row, file=row.filename, **told)


def add_counts(row: DealImport, of: str, found: Counter[str]) -> None:
    row.counts = row.counts | {of: dict(Counter(row.counts.get(of, {})) + found)}


def reach(row: DealImport, part: str, position: int) -> None:
    """So far, and no row twice: an interrupted import goes on from here."""
    row.counts = row.counts | {"reached": row.counts.get("reached", {}) | {part: position}}


def reached(row: DealImport, part: str) -> int:
    position: int = row.counts.get("reached", {}).get(part, 0)
    return position


_COUNTED_AS = {
    StagedState.STAGED: "deals",
    StagedState.JOINING: "people",
    StagedState.REFUSED: "rejected",
    StagedState.IGNORED: "ignored",
}


def _put_away(
    session: Session,
    batch: Sequence[IncomingDeal],
    joining: Sequence[tuple[int, list[list[str]]]],
) -> None:
    """Keep the rows of which there is something to tell, without their content."""
    rows = table(StagedRow)
    notes = [(deal.row_id, deal.notes) for deal in batch] + list(joining)
    quiet: Collection[int] = [row_id for row_id, told in notes if not told]
    session.execute(delete(rows).where(rows.c.id.in_(quiet)))
    for row_id, told in notes:
        if told:
            session.execute(
                update(rows)
                .where(rows.c.id == row_id)
                .values(state=StagedState.APPLIED, content={}, problems=told, belongs_to=None)
            )


def _refuse(session: Session, row_id: int, problems: list[list[str]]) -> None:
    rows = table(StagedRow)
    session.execute(
        update(rows)
        .where(rows.c.id == row_id)
        .values(state=StagedState.REFUSED, problems=problems, belongs_to=None)
    )
