"""Rows of text out of CSV and XLSX files, whatever wrote them, one row at a time."""

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

Source = Path | BinaryIO

SAMPLE_BYTES = 65_536
CHUNK_BYTES = 1 << 20
DELIMITERS = ",;\t|"
# Salesforce's longest text field holds 131,072 characters: a longer cell is an unclosed quote.
LONGEST_CELL = 131_072
LARGEST_UNPACKED_BYTES = 4 << 30
HEADER_SEARCH_ROWS = 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileProblem(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


class Row(NamedTuple):
    """A record, and the physical lines of the file it stands on."""

    line: int
    last_line: int
    cells: list[str]
    after_gap: bool
    """Whether a blank line stands before it."""


@dataclass(frozen=True)
class Table:
    """A file's header, and its rows as often as they are asked for."""

    filename: str
    headers: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    _records: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Read the rows below the header from the file, anew at each call."""
        return self._records()


def open_table(source: Source, filename: str) -> Table:
    """Recognise a file by its content and read its header; raise FileProblem if there is none."""
    with _opened(source) as stream:
        head = stream.read(SAMPLE_BYTES)
    if not head.strip(b"\0 \t\r\n"):
        raise FileProblem(f"{filename} is empty.")
    if head.startswith(b"PK\x03\x04"):
        table = _open_workbook(source, filename)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(
            f"{filename} is an old Excel file (.xls), or has a password. "
            "Save it as .xlsx or CSV without a password."
        )
    elif head.startswith((b"%PDF", b"\x1f\x8b", b"\x89PNG", b"SQLite format")):
        raise FileProblem(f"{filename} is not a table. Export the deals as CSV or XLSX.")
    else:
        table = _open_csv(source, filename)
    if next(table.rows(), None) is None:
        raise FileProblem(f"{filename} has a header but no rows below it.")
    return table


def shape_problem(row: Row, headers: tuple[str, ...]) -> str | None:
    """Say why a row's cells cannot be matched with the header, if so."""
    cells, width = row.cells, len(headers)
    if len(cells) != width and (len(cells) < width or any(cells[width:])):
        why = f"The row has {len(cells)} cells where the header has {width}."
        if row.last_line > row.line:
            why += f" It runs to line {row.last_line}: a quotation mark may be left open."
        return why
    if any("\0" in cell for cell in cells):
        return "The row holds a NUL character, which is not text."
    return None


def distinct_headers(cells: list[str]) -> tuple[str, ...]:
    """Name every column, and none twice: 'Amount', 'Amount (2)', 'Column 3'."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = base = " ".join(cell.split()) or f"Column {position}"
        count = 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return tuple(names)


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source


# --- CSV


def _open_csv(source: Source, filename: str) -> Table:
    with _opened(source) as stream:
        encoding = _detect_encoding(stream, filename)
    sample, declared = _text_sample(source, encoding)
    delimiter = declared or _detect_delimiter(sample)

    def records() -> Iterator[Row]:
        return _csv_records(source, filename, encoding, delimiter, skip_first=bool(declared))

    header = next(records(), None)
    if header is None:
        raise FileProblem(f"{filename} is empty.")

    def rows_below_header() -> Iterator[Row]:
        below = records()
        next(below, None)
        return below

    return Table(filename, distinct_headers(header.cells), encoding, delimiter, rows_below_header)


def _csv_records(
    source: Source, filename: str, encoding: str, delimiter: str, *, skip_first: bool
) -> Iterator[Row]:
    with _opened(source) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        reader = csv.reader(text, delimiter=delimiter)
        line, after_gap = 1, False
        try:
            if skip_first:
                next(reader, None)
                line = reader.line_num + 1
            for cells in reader:
                if any(cell and not cell.isspace() for cell in cells):
                    yield Row(line, reader.line_num, cells, after_gap)
                    after_gap = False
                else:
                    after_gap = True
                line = reader.line_num + 1
        except csv.Error as error:
            raise FileProblem(
                f"{filename}, line {line}: a cell has more than {LONGEST_CELL:,} characters. "
                "A quotation mark is probably left open there."
            ) from error
        except UnicodeError as error:
            raise FileProblem(
                f"{filename}, after line {line}: not {encoding.upper()} text, "
                "though the file begins as such. Save it as UTF-8."
            ) from error
        finally:
            text.detach()


def _detect_encoding(stream: BinaryIO, filename: str) -> str:
    stream.seek(0)
    head = stream.read(SAMPLE_BYTES)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    half = len(head) // 2
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    if zeros_odd > half * 0.3 and zeros_even < half * 0.1:
        return "utf-16-le"
    if zeros_even > half * 0.3 and zeros_odd < half * 0.1:
        return "utf-16-be"
    if zeros_even + zeros_odd > len(head) * 0.1:
        raise FileProblem(f"{filename} is not a table. Export the deals as CSV or XLSX.")
    for name in ("utf-8", "cp1252"):
        if _decodes(stream, name):
            return name
    import charset_normalizer  # the last resort, and seldom needed

    guess = charset_normalizer.from_bytes(head).best()
    if guess is None:
        raise FileProblem(f"{filename}: its text encoding cannot be told. Save it as UTF-8.")
    return guess.encoding


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text_sample(source: Source, encoding: str) -> tuple[str, str | None]:
    """The beginning of the text, and the delimiter that Excel's 'sep=;' line declares."""
    with _opened(source) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="", errors="replace")
        try:
            sample = text.read(SAMPLE_BYTES)
        finally:
            text.detach()
    first = sample.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return sample, first[4]
    return sample, None


def _detect_delimiter(sample: str) -> str:
    """The delimiter that cuts most rows into as many cells as the header has."""

    def score(delimiter: str) -> float:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells, _ in zip(reader, range(50), strict=False) if cells]
        except csv.Error:
            return 0
        if not widths or widths[0] < 2:
            return 0
        return widths.count(widths[0]) / len(widths) * (widths[0] - 1)

    return max(DELIMITERS, key=score)


# --- XLSX


def _open_workbook(source: Source, filename: str) -> Table:
    _refuse_bad_zip(source, filename)

    def records() -> Iterator[Row]:
        return _sheet_records(source, filename)

    first = [row for row, _ in zip(records(), range(HEADER_SEARCH_ROWS), strict=False)]
    if not first:
        raise FileProblem(f"{filename} is empty.")
    # Formatted reports put a title and the filters above the header; those rows are narrow.
    widest = max(_filled(row) for row in first)
    header = next(row for row in first if _filled(row) * 2 >= widest)
    headers = distinct_headers(_without_trailing_blanks(header.cells))

    def rows_below_header() -> Iterator[Row]:
        missing = [""] * len(headers)
        for row in records():
            if row.line > header.line:
                short = len(headers) - len(row.cells)
                yield row if short <= 0 else row._replace(cells=row.cells + missing[:short])

    return Table(filename, headers, None, None, rows_below_header)


def _sheet_records(source: Source, filename: str) -> Iterator[Row]:
    import openpyxl  # brings NumPy along: 30 MB that a web worker rarely needs
    from openpyxl.utils.exceptions import InvalidFileException

    with _opened(source) as stream:
        try:
            workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
            raise FileProblem(f"{filename} is damaged: {error}") from error
        try:
            for sheet in workbook.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                # Some writers declare one cell as the sheet's extent; trust the rows instead.
                sheet.reset_dimensions()
                found, after_gap = False, False
                for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                    cells = [_cell_text(value) for value in values]
                    if any(cells):
                        found = True
                        yield Row(line, line, cells, after_gap)
                        after_gap = False
                    else:
                        after_gap = True
                if found:
                    return
        finally:
            workbook.close()


def _refuse_bad_zip(source: Source, filename: str) -> None:
    with _opened(source) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                members = archive.infolist()
        except zipfile.BadZipFile as error:
            raise FileProblem(f"{filename} is damaged: not a complete XLSX file.") from error
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise FileProblem(f"{filename} is a ZIP archive, not a table. Import the files in it.")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED_BYTES:
        raise FileProblem(f"{filename} unpacks to more than 4 GB. Export the deals as CSV.")


def _cell_text(value: Any) -> str:
    """Write a spreadsheet's typed cell so that it can be read in one way only."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.isspace() else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        whole, _, decimals = text.partition(".")
        if not decimals.strip("0"):
            return whole
        # Three decimals would read as thousands: '1.234'.
        return text + "0" if len(decimals) == 3 else text
    return str(value)


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell)


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
