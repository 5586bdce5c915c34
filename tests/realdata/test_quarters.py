"""The quarters of the Maven deals against a count of the file itself, by another way."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from app.analytics.decided import overview
from app.analytics.filters import Filters
from app.analytics.window import Window
from app.core.db import Database
from app.core.periods import Quarter
from app.deals.models import Outcome
from tests.deals.importing.test_command import Command
from tests.factories import Factory

pytestmark = pytest.mark.realdata

#: The product as the file spells it most, and with its slip.
SPELLINGS = ("GTX Pro", "GTXPro")


def counted_in_file(file: Path, *products: str) -> dict[str, Counter[str]]:
    """Stages by calendar quarter, and amounts, without a line of ours."""
    found: dict[str, Counter[str]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["close_date"] and (not products or row["product"] in products):
                month, _, year = row["close_date"].split("/")
                counts = found.setdefault(f"{year}Q{(int(month) + 2) // 3}", Counter())
                counts[row["deal_stage"]] += 1
                counts[f"{row['deal_stage']} amount"] += int(row["close_value"] or 0)
    return found


def test_each_quarter_agrees_with_the_file(
    app: Flask, make: Factory, db: Database, realdata: Path
) -> None:
    make.workspace(currency="USD")
    make.commit()
    file = realdata / "crm/maven-us-dates/sales_pipeline.csv"
    Command(app).json(file, "--no-amount", "0")
    in_file = counted_in_file(file)
    assert sum(counts["Won"] for counts in in_file.values()) == 4_238
    window = Window.year_to(Quarter(2017, 4))
    with db.reading() as session:
        found = overview(session, window)
        for one in found.by_quarter:
            counts = in_file[one.quarter.token]
            assert one.counts.decided[Outcome.WON] == counts["Won"]
            assert one.counts.decided[Outcome.LOST] == counts["Lost"]
            assert one.counts.win_rate.point == counts["Won"] / (counts["Won"] + counts["Lost"])
        won = sum(counts["Won amount"] for counts in in_file.values())
        assert found.by_amount.share.point == pytest.approx(
            won / sum(counts["Won amount"] + counts["Lost amount"] for counts in in_file.values())
        )
        of_product = counted_in_file(file, *SPELLINGS)
        narrowed = Filters.parse([("product", spelling) for spelling in SPELLINGS])
        for one in overview(session, window, narrowed).by_quarter:
            assert one.counts.decided[Outcome.WON] == of_product[one.quarter.token]["Won"]
