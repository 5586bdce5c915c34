"""Copies the deals of a workspace with all that was said of them: `python -m benchmarks.multiply`.

    export BECAUSE_INSTANCE=/tmp/million DATABASE_URL=postgresql://postgres@127.0.0.1/million
    bin/because demo load --deals 700 --interviews 200 --tags 5000
    .venv/bin/python -m benchmarks.multiply 199

Makes a million tags of five thousand in minutes, where drawing them takes hours: deals, interviews,
answers, quotes, tags, evidence and search documents stand in the copies as they do in what was
copied, each under an id of its own. Accounts and people are not copied.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, literal, null, select, text

from app.core.db import Base, Database
from app.deals.models import Deal, DealCompetitor
from app.interviews.models import Answer, AnswerRevision, Interview
from app.rooms import import_models
from app.search.models import Kind, SearchDocument
from app.tagging.models import Tag, TagEvidence, Verbatim
from config import load_settings

#: In the order in which they refer to one another.
COPIED: tuple[type[Base], ...] = (
    Deal,
    DealCompetitor,
    Interview,
    Answer,
    AnswerRevision,
    Verbatim,
    Tag,
    TagEvidence,
    SearchDocument,
)
TABLES: tuple[Table, ...] = tuple(Base.metadata.tables[row.__tablename__] for row in COPIED)
#: Digits of the copy's number at the end of its public ids.
_DIGITS = 6


def main(times: int) -> None:
    import_models()
    db = Database(load_settings().database_url)
    began = time.monotonic()
    with db.reading() as session:
        step = max(session.scalar(select(func.max(table.c.id))) or 0 for table in _with_id())
    for number in range(1, times + 1):
        with db.writing() as session:
            for table in TABLES:
                rows = select(*(_copied(column, number, step) for column in table.columns))
                rows = rows.where(*_originals(table, step))
                session.execute(table.insert().from_select(table.columns.keys(), rows))
        print(f"{number} of {times}: {time.monotonic() - began:.0f} s", end="\r", flush=True)
    with db.writing() as session:
        if not db.is_sqlite:
            for table in _with_id():
                of = f"pg_get_serial_sequence('{table.name}', 'id')"
                session.execute(text(f"SELECT setval({of}, max(id)) FROM {table.name}"))
        session.execute(text("ANALYZE"))
        print(f"\n{session.scalar(select(func.count()).select_from(Tag)):,} tags")


def _with_id() -> list[Table]:
    return [table for table in TABLES if "id" in table.c]


def _originals(table: Table, step: int) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        table.c.id <= step if "id" in table.c else table.c.deal_id <= step
    ]
    if table.name == SearchDocument.__tablename__:
        found.append(table.c.kind.in_([Kind.QUOTE, Kind.ANSWER, Kind.DEAL]))
    return found


def _copied(column: Column[Any], number: int, step: int) -> ColumnElement[Any]:
    if column.name == "external_id":
        return null().label(column.name)
    if column.name == "public_id":
        kept = func.substr(column, 1, 36 - _DIGITS)
        return kept.concat(literal(f"{number:0{_DIGITS}x}"))
    refers = {key.column.table.name for key in column.foreign_keys}
    if column.name == "id" or refers & {table.name for table in TABLES}:
        return column + number * step
    return column


if __name__ == "__main__":
    main(int(sys.argv[1]))
