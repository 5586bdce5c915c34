"""Which rows of a file are worth reading at all, whatever they are about."""

from collections.abc import Iterator

from app.deals.reading.files import Row, Table, shape_problem
from app.deals.reading.headers import Mapping
from app.deals.reading.records import Ignored, Problem, Refusal
from app.deals.reading.values import Unreadable, read_boolean


def sound_rows(table: Table, mapping: Mapping, id_field: str) -> Iterator[Row | Refusal | Ignored]:
    """Give each row that has the header's shape and stands; say of the others why not."""
    width = len(table.headers)
    deleted = mapping.columns.get("is_deleted")
    id_column = mapping.columns.get(id_field)
    in_footer = False
    for row in table.rows():
        if len(row.cells) != width or row.after_gap or in_footer:
            in_footer = in_footer or (row.after_gap and mapping.source == "salesforce")
            in_footer = in_footer and sum(1 for cell in row.cells if cell) == 1 < width
            if in_footer:
                yield Ignored(row.line, "", "a footer of the report")
                continue
        why = shape_problem(row, table.headers)
        if why:
            problem = Problem("row", " | ".join(row.cells)[:200], why)
            yield Refusal(row.line, (problem,), tuple(row.cells))
            continue
        if deleted is not None and _is_deleted(row.cells[deleted]):
            external_id = "" if id_column is None else row.cells[id_column].strip()
            yield Ignored(row.line, external_id, "deleted in the CRM")
            continue
        yield row


def _is_deleted(text: str) -> bool:
    try:
        return read_boolean(text) is True
    except Unreadable:
        return False
