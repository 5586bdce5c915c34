"""Files of any make become the same rows."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from app.deals.reading.files import FileProblem, Table, distinct_headers, open_table

TEXT = "Deal;Account\r\n1;Müller\r\n2;Çelik\r\n"
# A workbook has no time zones.
AFTERNOON = dt.datetime(2017, 3, 1, 14, 5)  # noqa: DTZ001
ROWS = [["1", "Müller"], ["2", "Çelik"]]


def opened(content: bytes, filename: str = "deals.csv") -> Table:
    return open_table(io.BytesIO(content), filename)


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_is_recognised(encoding: str) -> None:
    table = opened(TEXT.encode(encoding))
    assert table.headers == ("Deal", "Account")
    assert cells(table) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_recognised(delimiter: str) -> None:
    table = opened(TEXT.replace(";", delimiter).encode())
    assert table.delimiter == delimiter
    assert cells(table) == ROWS


def test_commas_inside_cells_do_not_win_over_the_semicolon() -> None:
    table = opened(b"id;amount\n1;1.234,50\n2;2.000,00\n")
    assert cells(table) == [["1", "1.234,50"], ["2", "2.000,00"]]


def test_excels_line_that_declares_the_delimiter_is_obeyed() -> None:
    table = opened(b"sep=;\r\nid;name\r\n1;a,b,c\r\n")
    assert table.headers == ("id", "name")
    assert [(row.line, row.cells) for row in table.rows()] == [(3, ["1", "a,b,c"])]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_recognised(newline: str) -> None:
    assert cells(opened(TEXT.replace("\r\n", newline).encode())) == ROWS


def test_a_row_is_found_at_its_first_line_though_cells_hold_lines() -> None:
    table = opened(b'id,why\n1,"too\ndear\n"\n\n2,fine\n')
    assert [(row.line, row.after_gap) for row in table.rows()] == [(2, False), (6, True)]
    assert next(table.rows()).cells == ["1", "too\ndear\n"]


def test_rows_can_be_read_again_from_the_start() -> None:
    table = opened(TEXT.encode())
    assert cells(table) == cells(table) == ROWS


def test_no_two_columns_have_the_same_name() -> None:
    assert distinct_headers(["Amount", "Amount", "", " Amount ", "Amount (2)"]) == (
        "Amount",
        "Amount (2)",
        "Column 3",
        "Amount (3)",
        "Amount (2) (2)",
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\r\n \r\n", "is empty"),
        (b"id,name\r\n", "no rows below"),
        (b"%PDF-1.7 ...", "not a table"),
        (b"\xd0\xcf\x11\xe0old excel", "old Excel file"),
        (b"PK\x03\x04 cut off", "damaged"),
        (bytes(range(256)) * 40 + b"\0" * 5_000, "not a table"),
        (b'id,name\n1,"' + b"x" * 10_000_000 + b'"\n', "more than 131,072 characters"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(FileProblem, match=why):
        opened(content)


def test_bytes_that_do_not_fit_the_byte_order_mark_are_refused() -> None:
    with pytest.raises(FileProblem, match="UTF-8"):
        opened(b"\xef\xbb\xbfid,name\n1,M\xfcller\n")


def workbook(*rows: list[object], sheets_before: int = 0) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for number in range(sheets_before):
        book.create_sheet(f"Empty {number}")
    sheet = book.create_sheet("Deals")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbooks_cells_become_text_that_reads_one_way_only() -> None:
    content = workbook(
        ["id", "amount", "share", "closed", "seen", "won"],
        [1001, 1054.0, 1.234, dt.date(2017, 3, 1), AFTERNOON, True],
        [1002, 99.5, None, None, None, False],
    )
    assert cells(opened(content, "deals.xlsx")) == [
        ["1001", "1054", "1.2340", "2017-03-01", "2017-03-01T14:05:00", "true"],
        ["1002", "99.5", "", "", "", "false"],
    ]


def test_a_title_above_the_header_and_empty_sheets_before_it_are_passed_over() -> None:
    content = workbook(
        ["Closed deals, all regions"],
        [],
        ["id", "name", "stage"],
        [1, "Acme", "Won"],
        [2, "Initech"],
        sheets_before=2,
    )
    table = opened(content, "deals.xlsx")
    assert table.headers == ("id", "name", "stage")
    assert [(row.line, row.cells) for row in table.rows()] == [
        (4, ["1", "Acme", "Won"]),
        (5, ["2", "Initech", ""]),
    ]


def test_a_zip_of_files_is_refused_as_such() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("deals.csv", "id,name\n1,a\n")
    with pytest.raises(FileProblem, match="ZIP archive"):
        opened(content.getvalue())
