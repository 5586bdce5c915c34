"""What winners say, and what goes with winning, over real statements and real deals."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from app.analytics.phrases.finding import Said, find
from app.analytics.stats.coded import coded
from app.analytics.stats.deal_facts import bands, look_at

pytestmark = pytest.mark.realdata


def test_statements_for_and_against_options_have_phrases_of_their_own(realdata: Path):
    """A statement for an option is taken for a winner's, one against it for another's."""
    lines = (realdata / "decisions" / "pros_cons.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    decisions = {key: number for number, key in enumerate({(r["file"], r["label"]) for r in rows})}
    said = [
        Said(at, decisions[r["file"], r["label"]], r["repo"], r["label"] == "good", r["text"])
        for at, r in enumerate(rows)
    ]
    won = len({one.deal_id for one in said if one.is_won})
    found = find(said, won_heard=won, others_heard=len(decisions) - won)
    words = [one.words for one in found]
    assert "separation of concerns" in words
    assert all(one.won_deals >= 3 for one in found)


def test_the_deals_of_a_crm_say_little_of_what_goes_with_winning(realdata: Path):
    """Products and regions of 6,711 closed deals: the days do, and nothing is made up."""
    path = realdata / "crm" / "maven-us-dates" / "sales_pipeline.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["deal_stage"] in ("Won", "Lost")]
    won = [row["deal_stage"] == "Won" for row in rows]
    assert (sum(won), len(won)) == (4238, 6711)
    facts = {
        "Product": coded(row["product"] for row in rows),
        "Stage": coded(row["deal_stage"] for row in rows),
        "Days": coded(float(_days(row["engage_date"], row["close_date"])) for row in rows),
    }
    amounts = [float(row["close_value"] or 0) or None for row in rows]
    found = look_at(
        won,
        facts,
        {"product": facts["Product"], "amount": bands([None] * len(amounts))},
        {"Product": "product"},
    )
    assert found.restating == ("Stage",)
    assert {look.fact for look in found.looks} == {"Product", "Days"}
    [days] = [look for look in found.looks if look.fact == "Days"]
    assert days.with_it.n + days.without.n == 6711
    assert days.goes_with_winning


def _days(first: str, last: str) -> int:
    return (_day(last) - _day(first)).days


def _day(text: str) -> date:
    return date.fromisoformat(text) if "-" in text else _american(text)


def _american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)
