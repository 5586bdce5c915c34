"""Deals by reasons: which deal named which, and which way, on a page and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from app.identity.models import Role
from app.interviews.models import Scope
from app.tagging import evidence
from app.tagging.models import Direction
from tests.budgets import query_budget
from tests.factories import sign_in_as

ADDRESS = "/reasons/by-deal"


@pytest.fixture
def reasons(make):
    make.workspace()
    money = make.reason("Money")
    names = ("Price", "=Speed()", "Security")
    return [make.reason(name, key=f"r{at}", parent=money) for at, name in enumerate(names)]


@pytest.fixture
def heard(make, reasons):
    """Deals closed in August: each with the tags of one interview, (reason's place, direction)."""

    def of(name: str, *tags: tuple[int, Direction], scope: Scope = Scope.ROLE, **deal: Any) -> None:
        deal = {"closed_on": date(2026, 8, 3)} | deal
        interview = make.interview(make.deal("lost", name=name, **deal), "tagged", scope=scope)
        quote = make.verbatim(make.answer(interview))
        for place, direction in tags:
            make.tag(quote, reasons[place], direction=direction)
        evidence.refresh_interviews(make.session, [interview.id])

    return of


def client_of(app, db, make, role: Role = Role.PRODUCT):
    user = make.user(role)
    make.commit()
    return sign_in_as(app, db, user)


def table(client, query: str = "") -> list[list[str]]:
    response = client.get(f"{ADDRESS}.csv{query}")
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_each_deal_says_of_each_reason_whether_it_named_it_and_which_way(app, db, make, heard):
    heard("Nord", (0, Direction.AGAINST), (1, Direction.FOR))
    heard("Sund", (0, Direction.AGAINST), (0, Direction.FOR), closed_on=date(2026, 8, 1))
    header, nord, sund = table(client_of(app, db, make))
    assert header[4:] == ["Price", "'=Speed()"]
    assert [nord[0], *nord[4:]] == ["Nord", "against", "for"]
    assert [sund[0], *sund[4:]] == ["Sund", "against+for", "absent"]


def test_a_name_never_becomes_a_formula(app, db, make, heard):
    heard("=cmd()", (1, Direction.FOR))
    header, row = table(client_of(app, db, make))
    assert header[4] == "'=Speed()"
    assert row[0] == "'=cmd()"


def test_a_deal_whose_words_one_may_not_read_is_counted_and_not_shown(app, db, make, heard):
    heard("Nord", (0, Direction.AGAINST))
    heard("Sund", (2, Direction.AGAINST), scope=Scope.COUNT)
    client = client_of(app, db, make)
    page = client.get(ADDRESS).text
    assert "1 deal more whose words you may not read" in page
    assert "Security" not in page
    assert [row[0] for row in table(client)[1:]] == ["Nord"]


def test_it_opens_at_the_last_quarter_in_which_a_buyers_deal_closed_and_goes_back(
    app, db, make, heard
):
    heard("Nord", (0, Direction.AGAINST))
    heard("Old", (0, Direction.AGAINST), closed_on=date(2026, 5, 3))
    client = client_of(app, db, make)
    assert "Quarter 3 of 2026" in client.get(ADDRESS).text
    assert "Old" in client.get(f"{ADDRESS}?to=2026Q2").text
    assert client.get(f"{ADDRESS}?to=soon").status_code == 404


def test_without_any_buyer_heard_it_says_so(app, db, make, reasons):
    assert "No buyer was heard" in client_of(app, db, make).get(ADDRESS).text


def test_it_asks_a_fixed_number_of_times(app, db, make, heard):
    for number in range(12):
        heard(f"Deal {number}", (number % 3, Direction.AGAINST))
    client = client_of(app, db, make)
    with query_budget(db, 7):
        assert client.get(ADDRESS).status_code == 200
