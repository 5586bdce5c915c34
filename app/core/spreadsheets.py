"""CSV for people who open it in a spreadsheet: a cell never becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: With it Excel reads the file as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_BEGINNINGS):
        return "'" + cell
    return "" if cell is None else cell


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line, so that it can be sent while it is made."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(header)
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
