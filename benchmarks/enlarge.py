"""Make a large workspace of a small one: its accounts, deals, interviews, tags and evidence are
copied, so that a hundred thousand deals need minutes and not hours.

    export BECAUSE_INSTANCE=/tmp/large
    bin/because demo load --deals 1000 --interviews 600 --tags 10000
    .venv/bin/python -m benchmarks.enlarge --times 100 --years-back 10

Each copy lies some years back, so that all of them are spread over as many years as are asked for.
Words of answers and quotes are left out: no figure reads them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Date, String, cast, func, insert, literal, null, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import Table

from app.core.commandline import application
from app.deals.models import Account, Deal, DealCompetitor, DealFact
from app.interviews.models import Answer, Interview
from app.tagging.models import PackedEvidence, Tag, TagEvidence, Verbatim

TABLES: tuple[Table, ...] = tuple(
    model.__table__  # type: ignore[misc]
    for model in (
        Account,
        Deal,
        DealCompetitor,
        DealFact,
        Interview,
        Answer,
        Verbatim,
        Tag,
        TagEvidence,
        PackedEvidence,
    )
)
_WITHOUT_WORDS = {("answers", "text"), ("verbatims", "text")}
_MOVED_DATES = {"closed_on", "opened_on", "held_on"}
_PUBLIC_ID = 36


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--years-back", type=int, default=10)
    options = parser.parse_args()
    with application() as (_, db), db.writing() as session:
        days = _days_of_history(session)
        spans = max(1, options.years_back * 365 // days)
        most = {table.name: _highest_id(session, table) for table in TABLES}
        for number in range(1, options.times):
            for table in TABLES:
                _copy(session, table, number, number % spans * days, most)
        if not db.is_sqlite:
            _count_on(session)


def _copy(
    session: Session, table: Table, number: int, days_back: int, most: Mapping[str, int]
) -> None:
    columns = [_copied(session, column, number, days_back, most) for column in table.columns]
    rows = select(*columns).select_from(table)
    if "id" in table.columns:
        rows = rows.where(table.columns["id"] <= most[table.name])
    else:
        (key, owner), *_ = [
            (column, foreign.column.table.name)
            for column in table.primary_key
            for foreign in column.foreign_keys
        ]
        rows = rows.where(key <= most[owner])
    session.execute(insert(table).from_select([column.name for column in table.columns], rows))


def _copied(
    session: Session, column: Column[Any], number: int, days_back: int, most: Mapping[str, int]
) -> Any:
    """The column's value in this copy."""
    table = column.table.name
    if column.name == "id":
        return column + number * most[table]
    for key in column.foreign_keys:
        if key.column.table.name in most:
            return column + number * most[key.column.table.name]
    if column.name == "public_id":
        # Where it stands no identifier of the demo has a hyphen: it is nobody else's.
        mark = f"-{number:05d}"
        return func.substr(column, 1, _PUBLIC_ID - len(mark)).concat(mark)
    if column.name in ("external_id", "name_key") and table in ("accounts", "deals", "interviews"):
        return column.concat(f" {number}")
    if (table, column.name) in _WITHOUT_WORDS:
        return literal("")
    if column.name in _MOVED_DATES and days_back:
        return _earlier(session, column, days_back)
    if column.name == "crm_digest":
        return null() if column.nullable else literal("")
    return column


def _earlier(session: Session, column: Column[Any], days: int) -> Any:
    if session.get_bind().dialect.name == "sqlite":
        return func.date(column, literal(f"-{days} days", String), type_=String)
    return cast(column, Date) - days


def _days_of_history(session: Session) -> int:
    """The days that the deals cover, as whole quarters."""
    first, last = session.execute(select(func.min(Deal.closed_on), func.max(Deal.closed_on))).one()
    return (int((last - first).days) // 91 + 1) * 91


def _highest_id(session: Session, table: Table) -> int:
    if "id" not in table.columns:
        return 0
    return int(session.scalar(select(func.max(table.columns["id"]))) or 0)


def _count_on(session: Session) -> None:
    """PostgreSQL counts identifiers apart from the rows."""
    for table in TABLES:
        if "id" in table.columns:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            session.execute(
                select(
                    func.setval(sequence, select(func.max(table.columns["id"])).scalar_subquery())
                )
            )


if __name__ == "__main__":
    main()
