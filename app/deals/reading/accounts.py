"""The accounts of a file (`--accounts`), to be joined with deals by id or by name."""

import re
from collections.abc import Iterator

from app.deals.reading.files import Row, Table
from app.deals.reading.headers import Mapping
from app.deals.reading.records import AccountRecord, Flag, Ignored, Problem, Refusal
from app.deals.reading.triage import sound_rows
from app.deals.reading.values import read_label

_BANDS = (10, 50, 200, 1_000, 5_000)


def read_accounts(table: Table, mapping: Mapping) -> Iterator[AccountRecord | Refusal | Ignored]:
    """Read one account a row; map the header with ACCOUNT_LABELS."""
    columns = mapping.columns
    seen: dict[str, int] = {}
    for row in sound_rows(table, mapping, "external_id"):
        if not isinstance(row, Row):
            yield row
            continue
        labels = {field: read_label(row.cells[index]) for field, index in columns.items()}
        external_id, name = labels.get("external_id"), labels.get("name")
        if not name:
            problem = Problem("name", "", "is blank: the account has no name")
            yield Refusal(row.line, (problem,), tuple(row.cells))
            continue
        key = external_id or name.casefold()
        if key in seen:
            yield Ignored(row.line, key, f"the account of line {seen[key]} again")
            continue
        seen[key] = row.line
        size_band, flags = _size_band(labels.get("employees") or "")
        yield AccountRecord(
            line=row.line,
            external_id=external_id,
            name=name,
            segment=labels.get("segment"),
            industry=labels.get("industry"),
            region=labels.get("region"),
            size_band=labels.get("size_band") or size_band,
            flags=flags,
        )


def _size_band(employees: str) -> tuple[str | None, tuple[Flag, ...]]:
    """The band of a head count: whole, so that dots and commas can only part thousands."""
    if not employees:
        return None, ()
    if not re.fullmatch(r"\d{1,3}(?:[.,'’ ]\d{3})*|\d+", employees):
        return None, (Flag("employees", employees, "is not a whole number"),)
    count = int(re.sub(r"\D", "", employees))
    lowest = 1
    for highest in _BANDS:
        if count <= highest:
            return f"{lowest:,} to {highest:,}", ()
        lowest = highest + 1
    return f"more than {_BANDS[-1]:,}", ()
