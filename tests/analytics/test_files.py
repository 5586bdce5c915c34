"""The tables of figures as files, and groups so small that a buyer could be known."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Counterfactual
from tests.analytics.test_figures import heard
from tests.factories import Factory, sign_in_as

PAGES = ["overview", "reasons", "competitors", "differentiators"]


@pytest.fixture
def workspace(make: Factory) -> Factory:
    make.workspace()
    reason = make.reason("=HYPERLINK(1)")
    for number in range(3):
        account = make.account(segment="Mid" if number else "Large")
        deal = make.deal("lost", account=account)
        heard(make, deal, reason, counterfactual=Counterfactual.US, weight="decisive")
    return make


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_had_as_csv_and_for_excel(
    app: Flask, db: Database, workspace: Factory, page: str
) -> None:
    user = workspace.user(Role.PRODUCT)
    workspace.commit()
    client = sign_in_as(app, db, user)
    assert f"/figures/files/{page}.xlsx" in client.get(_address(page)).text
    text = client.get(f"/figures/files/{page}.csv?to=2026Q3")
    assert text.headers["Content-Disposition"] == f'attachment; filename="{page}-2026Q3.csv"'
    book = load_workbook(io.BytesIO(client.get(f"/figures/files/{page}.xlsx?to=2026Q3").data))
    for name in book.sheetnames:
        assert book[name].max_row >= 1


def _address(page: str) -> str:
    return "/figures" if page == "overview" else f"/figures/{page}"


def test_numbers_are_numbers_and_no_cell_is_a_formula(
    app: Flask, db: Database, workspace: Factory
) -> None:
    user = workspace.user(Role.PRODUCT)
    workspace.commit()
    client = sign_in_as(app, db, user)
    book = load_workbook(io.BytesIO(client.get("/figures/files/reasons.xlsx?to=2026Q3").data))
    row = [cell.value for cell in book["Reasons"][2]]
    assert row[:7] == ["'=HYPERLINK(1)", "against us", 3, 3, 1, 0.4385, 1]
    lines = list(csv.reader(io.StringIO(client.get("/figures/files/reasons.csv?to=2026Q3").text)))
    assert ["'=HYPERLINK(1)", "against us", "3", "3", "1", "0.4385", "1"] in [
        line[:7] for line in lines
    ]


def test_a_file_is_narrowed_as_its_page_is(app: Flask, db: Database, workspace: Factory) -> None:
    user = workspace.user(Role.PROGRAMME_MANAGER)
    workspace.commit()
    client = sign_in_as(app, db, user)
    text = client.get("/figures/files/reasons.csv?to=2026Q3&segment=Mid").text
    assert "'=HYPERLINK(1),against us,2,2," in text


def test_there_is_no_file_of_a_page_that_there_is_not(
    app: Flask, db: Database, workspace: Factory
) -> None:
    user = workspace.user(Role.PRODUCT)
    workspace.commit()
    assert sign_in_as(app, db, user).get("/figures/files/secrets.csv").status_code == 404


@pytest.mark.parametrize("role", [Role.PRODUCT, Role.LEADERSHIP, Role.INTERVIEWER])
def test_narrowed_to_few_buyers_what_they_said_is_kept_back(
    app: Flask, db: Database, workspace: Factory, role: Role
) -> None:
    user = workspace.user(role)
    workspace.commit()
    client = sign_in_as(app, db, user)
    page = client.get("/figures/reasons?segment=Mid&to=2026Q3").text
    assert "Too few buyers to show what they said" in page
    assert "HYPERLINK" not in page
    overview = client.get("/figures?segment=Mid&to=2026Q3").text
    assert "too few buyers are left" in overview
    assert "HYPERLINK" not in overview
    assert client.get("/figures/files/reasons.csv?segment=Mid&to=2026Q3").status_code == 404


def test_whoever_runs_the_programme_sees_groups_of_any_size(
    app: Flask, db: Database, workspace: Factory
) -> None:
    user = workspace.user(Role.PROGRAMME_MANAGER)
    workspace.commit()
    page = sign_in_as(app, db, user).get("/figures/reasons?segment=Mid&to=2026Q3&view=money").text
    assert "HYPERLINK" in page
    assert "Mid 2" in page


def test_small_groups_are_joined_for_those_who_may_not_know_who(
    app: Flask, db: Database, workspace: Factory
) -> None:
    user = workspace.user(Role.PRODUCT)
    workspace.commit()
    page = sign_in_as(app, db, user).get("/figures/reasons?to=2026Q3&view=money").text
    assert "Others 3" in page
    assert "Mid 2" not in page
