from __future__ import annotations

import csv
import io

import pytest

from app.core.spreadsheets import BYTE_ORDER_MARK, csv_lines, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_a_cell_never_becomes_a_formula(cell):
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Halden", "a=b", -12, 3.5, ""])
def test_other_cells_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_the_file_reads_back():
    text = "".join(csv_lines(["a", "b"], ([f"x,{n}", None] for n in range(3000))))
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert rows[0] == ["a", "b"]
    assert rows[-1] == ["x,2999", ""]
    assert len(rows) == 3001
