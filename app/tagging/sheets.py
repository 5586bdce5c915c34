"""Interviews already held, as a spreadsheet: one row for each quote, or for each answer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import BadZipFile

from app.interviews.held_lines import (
    BUYING_ROLES,
    DIRECTIONS,
    KINDS,
    LAYERS,
    OUTCOMES,
    SCOPES,
    TAKEN,
    WEIGHTS,
)
from app.interviews.json_records import Problem
from app.interviews.reading import LineRefused, Numbered, read_interview

_MOST_ROWS = 100_000


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its heading, the field it fills, an example, what it takes."""

    heading: str
    field: str
    example: str = ""
    takes: tuple[str, ...] = ()


COLUMNS = (
    Column("Interview", "external_id", "I-1"),
    Column("Deal id", "deal.external_id", "D-1"),
    Column("Deal", "deal.name", "Halden, terminals"),
    Column("Account", "deal.account", "Halden Logistics"),
    Column("Outcome", "deal.outcome", "lost", OUTCOMES),
    Column("Closed on", "deal.closed_on", "2026-08-01"),
    Column("Amount", "deal.amount", "84000"),
    Column("Currency", "deal.currency", "EUR"),
    Column("Segment", "deal.segment", "Large"),
    Column("Product", "deal.product"),
    Column("Competitors", "deal.competitors", "Fenwick; Tollgate"),
    Column("Lost to", "deal.lost_to", "Fenwick"),
    Column("Person", "contact.name", "Ingrid Sørli"),
    Column("Job title", "contact.title", "Head of operations"),
    Column("E-mail", "contact.email"),
    Column("Part in the decision", "contact.buying_role", "decision_maker", BUYING_ROLES),
    Column("Held on", "held_on", "2026-08-20"),
    Column("May quote", "scope", "role", SCOPES),
    Column("Question", "question", "What happened then?"),
    Column("Kind", "kind", "fact", KINDS),
    Column("Taken", "taken", "typed", TAKEN),
    Column("Answer", "text", "Fenwick answered in a day. With you we waited."),
    Column("Quote", "quote", "Fenwick answered in a day."),
    Column("Reason", "reason", "Slow answers"),
    Column("Direction", "direction", "against", DIRECTIONS),
    Column("Weight", "weight", "decisive", WEIGHTS),
    Column("First answer or probed", "layer", "probed", LAYERS),
    Column("Evidence", "evidence", "fact", KINDS),
    Column("Differentiator", "differentiator"),
    Column("Competitor", "competitor", "Fenwick"),
)
_ANSWER_FIELDS = ("question", "kind", "taken", "text")
_TAG_FIELDS = (
    "reason",
    "direction",
    "weight",
    "layer",
    "evidence",
    "differentiator",
    "competitor",
)


class NotASheet(ValueError):
    """The file cannot be read as the template's sheet; the message is for a person."""


def template() -> bytes:
    """An empty sheet with its headings, one example, and a list of what a column takes."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Interviews")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.heading, bold)
            sheet.write_string(1, place, column.example, wrapped)
            sheet.set_column(place, place, 40 if column.field in ("text", "quote") else 16)
            if column.takes:
                choice = {"validate": "list", "source": list(column.takes)}
                sheet.data_validation(1, place, _MOST_ROWS, place, choice)
        sheet.freeze_panes(1, 1)
    return file.getvalue()


def read_sheet(file: BinaryIO) -> Iterator[Numbered]:
    """The interviews of a sheet, each at its first row. Raises NotASheet."""
    for group in _by_interview(_rows(file)):
        number = group[0][0]
        try:
            yield Numbered(number, read_interview(_interview(group)))
        except LineRefused as refusal:
            yield Numbered(number, refusal)


_Row = tuple[int, dict[str, Any]]


def _rows(file: BinaryIO) -> Iterator[_Row]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise NotASheet("This is not an XLSX file. Save the sheet as .xlsx.") from error
    rows = book.worksheets[0].iter_rows(values_only=True)
    fields = _fields(next(rows, ()))
    for number, row in enumerate(rows, 2):
        values = {field: _plain(row[place]) for place, field in fields.items() if place < len(row)}
        given = {field: value for field, value in values.items() if value is not None}
        if given:
            yield number, given


def _fields(headings: Sequence[Any]) -> dict[int, str]:
    by_heading = {column.heading.casefold(): column.field for column in COLUMNS}
    fields = {
        place: by_heading[heading]
        for place, cell in enumerate(headings)
        if (heading := " ".join(str(cell or "").casefold().split())) in by_heading
    }
    missing = [
        column.heading
        for column in COLUMNS
        if column.field in ("external_id", "deal.external_id", "held_on", "text")
        and column.field not in fields.values()
    ]
    if missing:
        raise NotASheet(f"The first row has no column {', '.join(missing)}. Use the template.")
    return fields


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, float):
        return str(cell)
    if isinstance(cell, str):
        # Excel keeps a line end inside a cell as this escape.
        return cell.replace("_x000D_", "").strip() or None
    return cell


def _by_interview(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    """Rows of one interview stand together; a row without an id goes on with the one above."""
    group: list[_Row] = []
    for number, row in rows:
        same = "external_id" not in row or (
            group and row["external_id"] == group[0][1].get("external_id")
        )
        if group and not same:
            yield group
            group = []
        group.append((number, row))
    if group:
        yield group


def _interview(group: list[_Row]) -> dict[str, Any]:
    record: dict[str, Any] = {"deal": {}, "contact": {}, "answers": []}
    for number, row in group:
        for field, value in row.items():
            if field in _ANSWER_FIELDS or field in _TAG_FIELDS or field == "quote":
                continue
            place, _, name = field.rpartition(".")
            into = record[place] if place else record
            into.setdefault(name, _names(value) if name == "competitors" else value)
        _add_answer(record["answers"], number, row)
    return record


def _add_answer(answers: list[dict[str, Any]], number: int, row: dict[str, Any]) -> None:
    said = {field: row[field] for field in _ANSWER_FIELDS if field in row}
    last = answers[-1] if answers else None
    goes_on = last is not None and all(last.get(field) == said[field] for field in said)
    if said and not goes_on:
        if "text" in said:
            said["text"] = str(said["text"])
        last = said | {"tags": []}
        answers.append(last)
    tag = {field: row[field] for field in _TAG_FIELDS if field in row}
    if not tag and "quote" not in row:
        return
    if last is None or "text" not in last:
        raise LineRefused([Problem(f"row {number}, Quote", "", "there is no answer to quote")])
    quote = str(row.get("quote", last["text"]))
    start = last["text"].find(quote)
    if start < 0:
        why = "these words do not stand in the answer; copy them from it exactly"
        raise LineRefused([Problem(f"row {number}, Quote", quote[:60], why)])
    last["tags"].append(tag | {"start": start, "end": start + len(quote)})


def _names(value: Any) -> list[str]:
    return [name.strip() for name in str(value).split(";") if name.strip()]
