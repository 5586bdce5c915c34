"""A report as a workbook with every table, and as slides with real charts and text."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job
from app.identity.models import Role
from app.interviews.confidence import Audience
from app.interviews.models import Scope
from app.reports.kinds import Made, make
from app.reports.models import ReportKind
from app.reports.operations import write_parts
from app.reports.queries import quarter_subject
from app.reports.slides import deck_of
from app.reports.tables import tables_of
from tests.factories import Factory, sign_in_as
from tests.reports.conftest import Story


def made(session: Session, app: Flask, kind: ReportKind, subject: str = "2026Q4") -> Made:
    with app.app_context():
        return make(session, kind, subject, Audience.LEADERSHIP)


def words_on(deck: bytes) -> str:
    slides = Presentation(BytesIO(deck)).slides
    shapes = [shape for slide in slides for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(shape.text_frame.text for shape in shapes)


def test_the_workbook_holds_every_table_with_numbers_as_numbers(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    sheets = {sheet.name: sheet for sheet in tables_of(made(session, app, ReportKind.QUARTER).data)}
    assert list(sheets) == [
        "In five lines",
        "Quarters",
        "Whom we heard",
        "Reasons",
        "Differentiators",
        "Competitors",
        "Money, EUR",
        "Quotes",
    ]
    (security, *_) = [row for row in sheets["Reasons"].rows if row[0] == "Security answers late"]
    assert security[2:4] == [8, 8]


@pytest.mark.parametrize("kind", [ReportKind.QUARTER, ReportKind.THEMES])
def test_the_slides_have_real_charts_and_no_picture(
    session: Session, app: Flask, story: Story, kind: ReportKind
) -> None:
    story.year()
    with app.app_context():
        deck = deck_of(made(session, app, kind).data)
    shapes = [shape for slide in Presentation(BytesIO(deck)).slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert charts
    assert not any(hasattr(shape, "image") for shape in shapes)
    names = [name for chart in charts for name in chart.plots[0].categories]
    assert any(name.startswith("Security answers late (16 of 16") for name in names)


def test_the_first_slide_says_the_five_lines(session: Session, app: Flask, story: Story) -> None:
    story.year()
    report = made(session, app, ReportKind.QUARTER)
    with app.app_context():
        text = words_on(deck_of(report.data))
    assert all(line in text for line in report.json["lines"])


def test_the_second_slide_says_what_to_decide_and_a_figure_cited_in_it_is_read_out(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    write_parts(
        session,
        SYSTEM,
        quarter_subject("2026Q4"),
        headline="",
        to_do="Mend [[security answers late]].",
        comments={},
    )
    with app.app_context():
        deck = deck_of(made(session, app, ReportKind.QUARTER).data)
    slide = Presentation(BytesIO(deck)).slides[1]
    text = "\n".join(shape.text_frame.text for shape in slide.shapes)
    assert "What to decide, and by whom" in text
    assert "Mend ‘Security answers late’ (100 % (16 of 16" in text
    assert "Decide who takes on ‘Security answers late’: it decided or helped to decide" in text


def test_slides_without_anything_to_count_are_one(
    session: Session, app: Flask, story: Story
) -> None:
    with app.app_context():
        deck = deck_of(made(session, app, ReportKind.QUARTER).data)
    assert len(Presentation(BytesIO(deck)).slides) == 1


def test_words_that_are_only_counted_are_in_no_file(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", closed_on=date(2026, 11, 1))
    story.said(story.heard(deal, scope=Scope.COUNT), "My boss dislikes you.", "Trust")
    for kind, subject in (
        (ReportKind.QUARTER, "2026Q4"),
        (ReportKind.THEMES, "2026Q4"),
        (ReportKind.DEAL, deal.public_id),
    ):
        report = made(session, app, kind, subject)
        with app.app_context():
            text = words_on(deck_of(report.data))
        rows = [str(list(sheet.rows)) for sheet in tables_of(report.data)]
        assert "dislikes" not in text + "".join(rows)


@pytest.mark.parametrize("form", ["xlsx", "pptx"])
def test_the_worker_makes_them_and_they_are_downloaded(
    app: Flask, db: Database, make: Factory, story: Story, form: str
) -> None:
    story.year()
    user = make.user(Role.LEADERSHIP)
    make.commit()
    client = sign_in_as(app, db, user)
    answer = client.post("/reports/quarters/2026Q4/pdf", data={"form": form})
    with db.reading() as session:
        job_id = session.scalars(select(Job.id)).one()
    run_job(app, db, job_id)
    file = client.get(f"{answer.location}/download").data
    if form == "xlsx":
        assert "Reasons" in " ".join(load_workbook(BytesIO(file)).sheetnames)
    else:
        assert "Why buyers decided" in words_on(file)


def test_another_form_is_refused(app: Flask, db: Database, make: Factory, story: Story) -> None:
    user = make.user(Role.LEADERSHIP)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.post("/reports/quarters/2026Q4/pdf", data={"form": "exe"}).status_code == 400
