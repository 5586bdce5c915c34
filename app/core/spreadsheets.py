"""CSV and XLSX for people who open them in a spreadsheet: a cell never becomes a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

#: With it Excel reads the file as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_BEGINNINGS):
        return "'" + cell
    return "" if cell is None else cell


@dataclass(frozen=True)
class Sheet:
    """A table with its name; the rows may be made while they are read."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


def workbook(sheets: Iterable[Sheet]) -> IO[bytes]:
    """The tables as XLSX, written row by row; an open file, at its beginning."""
    from xlsxwriter import Workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on, and closed by whoever sends it
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(_sheet_name(sheet.name, number))
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [neutral(cell) for cell in sheet.columns], bold)
        for line, row in enumerate(sheet.rows, 1):
            page.write_row(line, 0, [neutral(cell) for cell in row])
    book.close()
    file.seek(0)
    return file


def _sheet_name(name: str, number: int) -> str:
    """As Excel allows it: 31 characters, none of []:*?/\\, no apostrophe at an end, none twice."""
    plain = "".join(" " if character in "[]:*?/\\" else character for character in name)
    return f"{number} {plain}"[:31].strip("' ") if number > 1 else plain[:31].strip("' ")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line, so that it can be sent while it is made."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([neutral(cell) for cell in header])
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        if buffer.tell() > 1 << 14:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
