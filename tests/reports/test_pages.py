"""Reports on pages: for whom, written parts, and the PDF that the worker makes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job, JobState
from app.deals.models import Deal
from app.identity.models import Role, User
from app.reports.cli import report as command
from config import Settings
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.reports.conftest import Story


@pytest.fixture
def deal(make: Factory, story: Story) -> Deal:
    deal: Deal = make.deal("lost", external_id="OPP-1", closed_on=date(2026, 11, 1))
    story.said(story.heard(deal), "The answers came late.", "Security")
    return deal


def signed_in(app: Flask, db: Database, make: Factory, role: Role) -> FlaskClient:
    user: User = make.user(role)
    make.commit()
    return sign_in_as(app, db, user)


def do_the_job(app: Flask, db: Database) -> Job:
    with db.reading() as session:
        job_id = session.scalars(select(Job.id)).one()
    run_job(app, db, job_id)
    with db.reading() as session:
        return session.get_one(Job, job_id)


def test_a_pdf_is_made_by_the_worker_and_downloaded_by_who_asked(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    client = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    answer = client.post(f"/reports/deals/{deal.public_id}/pdf", data={"audience": "leadership"})
    assert answer.status_code == 302
    assert "Download" not in client.get(answer.location).text
    assert client.get(f"{answer.location}/download").status_code == 404
    job = do_the_job(app, db)
    assert job.state is JobState.DONE
    assert job.payload["audience"] == "leadership"
    assert "Download the PDF" in client.get(answer.location).text
    file = client.get(f"{answer.location}/download")
    assert file.mimetype == "application/pdf"
    assert file.data.startswith(b"%PDF-1.7")
    other = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    assert other.get(f"{answer.location}/download").status_code == 404


def test_a_character_that_cannot_be_printed_is_named_on_the_page(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", name="Ur \U00012000 trading")
    client = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    answer = client.post(f"/reports/deals/{deal.public_id}/pdf")
    assert do_the_job(app, db).state is JobState.FAILED
    assert "U+12000" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ADMINISTRATOR, {"sellers", "product", "leadership"}),
        (Role.PROGRAMME_MANAGER, {"sellers", "product", "leadership"}),
        (Role.INTERVIEWER, {"sellers"}),
        (Role.PRODUCT, {"product"}),
        (Role.LEADERSHIP, {"leadership"}),
    ],
)
def test_a_report_is_for_ones_own_kind_or_for_anybody_who_runs_the_programme(
    app: Flask, db: Database, make: Factory, deal: Deal, role: Role, allowed: set[str]
) -> None:
    client = signed_in(app, db, make, role)
    for audience in ("sellers", "product", "leadership"):
        expected = 200 if audience in allowed else 404
        page = client.get(f"/reports/quarters/2026Q4?audience={audience}")
        assert page.status_code == expected
        asked = client.post("/reports/quarters/2026Q4/pdf", data={"audience": audience})
        assert asked.status_code == (302 if audience in allowed else 404)


@pytest.mark.parametrize(
    ("role", "quarter", "themes", "deal_summary"),
    [
        (Role.PROGRAMME_MANAGER, "leadership", "product", "sellers"),
        (Role.PRODUCT, "product", "product", "product"),
        (Role.LEADERSHIP, "leadership", "leadership", "leadership"),
    ],
)
def test_a_report_opens_for_whom_it_is_written_where_the_reader_may_make_it_for_them(
    app: Flask,
    db: Database,
    make: Factory,
    deal: Deal,
    role: Role,
    quarter: str,
    themes: str,
    deal_summary: str,
) -> None:
    client = signed_in(app, db, make, role)
    for place, audience in (
        ("quarters/2026Q4", quarter),
        ("themes/2026Q4", themes),
        (f"deals/{deal.public_id}", deal_summary),
    ):
        page = client.get(f"/reports/{place}").text
        assert f'<input type="hidden" name="audience" value="{audience}">' in page, place


def test_an_interviewer_gets_no_summary_of_a_colleagues_deal(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    client = signed_in(app, db, make, Role.INTERVIEWER)
    assert client.get(f"/reports/deals/{deal.public_id}").status_code == 404
    assert client.post(f"/reports/deals/{deal.public_id}/pdf").status_code == 404


def test_a_headline_and_what_to_do_are_written_beside_the_figures(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    client = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    parts = {"headline": "Slow answers lose deals", "to_do": "Answer in five days.\nSay so."}
    client.post("/reports/quarters/2026Q4/write", data=parts)
    text = client.get("/reports/quarters/2026Q4").text
    assert re.search(r"<h1>Slow answers lose deals</h1>", text)
    assert "<p>Answer in five days.</p>" in text
    assert "Slow answers lose deals" in client.get("/reports/quarters/2026Q4/write").text


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP])
def test_others_do_not_write_it(
    app: Flask, db: Database, make: Factory, deal: Deal, role: Role
) -> None:
    client = signed_in(app, db, make, role)
    assert client.post("/reports/quarters/2026Q4/write", data={}).status_code == 403


def test_a_headline_that_is_too_long_is_refused_and_not_lost(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    client = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    refused = client.post("/reports/quarters/2026Q4/write", data={"headline": "long " * 60})
    assert refused.status_code == 422
    assert "At most 140 characters." in refused.text
    assert "long long long" in refused.text


def test_every_quarter_with_a_deal_is_listed(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    make.deal("won", closed_on=date(2026, 3, 1))
    text = signed_in(app, db, make, Role.LEADERSHIP).get("/reports").text
    assert "First quarter 2026" in text
    assert "Fourth quarter 2026" in text


def test_a_deal_dated_ahead_hides_no_quarter(
    app: Flask, db: Database, make: Factory, deal: Deal
) -> None:
    make.deal("won", closed_on=date(2026, 3, 1))
    make.deal("won", closed_on=date(2126, 3, 1))
    text = signed_in(app, db, make, Role.LEADERSHIP).get("/reports").text
    assert "Fourth quarter 2026" in text
    assert "2126" not in text


def test_pages_ask_a_fixed_number_of_times(
    app: Flask, db: Database, make: Factory, story: Story, deal: Deal
) -> None:
    story.year()
    client = signed_in(app, db, make, Role.PROGRAMME_MANAGER)
    with query_budget(db, 44):
        client.get("/reports/quarters/2026Q4")
    with query_budget(db, 12):
        client.get(f"/reports/deals/{deal.public_id}")


class TestTheCommand:
    """`because report`."""

    @pytest.fixture(autouse=True)
    def _workspace(
        self, settings: Settings, make: Factory, deal: Deal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.commit()
        monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
        monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def test_a_deal_is_written_as_pdf_and_json(self, tmp_path: Path) -> None:
        pdf, data = tmp_path / "deal.pdf", tmp_path / "deal.json"
        done = CliRunner().invoke(
            command, ["deal", "OPP-1", "--pdf", str(pdf), "--json", str(data)]
        )
        assert done.exit_code == 0, done.output
        assert pdf.read_bytes().startswith(b"%PDF-1.7")
        assert '"audience": "sellers"' in data.read_text()

    def test_an_unknown_deal_ends_with_1_and_names_what_is_near(self, tmp_path: Path) -> None:
        done = CliRunner().invoke(command, ["deal", "OPP-11", "--json", str(tmp_path / "x")])
        assert done.exit_code == 1
        assert "Did you mean OPP-1?" in done.output

    @pytest.mark.parametrize(
        "arguments", [["quarter", "2017X3", "--json", "x"], ["quarter", "2017Q3"]]
    )
    def test_wrong_use_ends_with_2(self, arguments: list[str]) -> None:
        assert CliRunner().invoke(command, arguments).exit_code == 2

    def test_a_quarter_is_written_as_json(self, tmp_path: Path) -> None:
        data = tmp_path / "quarter.json"
        done = CliRunner().invoke(command, ["quarter", "2026Q4", "--json", str(data)])
        assert done.exit_code == 0, done.output
        assert '"quarter": "2026Q4"' in data.read_text()
