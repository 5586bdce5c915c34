"""Every report on paper, read by an independent reader: tagged, named, in its own fonts, whatever
it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.interviews.confidence import Audience
from app.interviews.models import Taken
from app.reports.kinds import make as make_report
from app.reports.models import ReportKind
from app.reports.printing import print_whole
from app.tagging import evidence
from app.tagging.models import Direction, Weight
from config import Settings
from tests.factories import Factory
from tests.reports.conftest import Story

CLOSED = date(2026, 11, 1)
#: In points.
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
KINDS = (ReportKind.QUARTER, ReportKind.THEMES)


def printed(session: Session, app: Flask, kind: ReportKind, subject: str = "2026Q4") -> pikepdf.Pdf:
    with app.app_context():
        made = make_report(session, kind, subject, Audience.LEADERSHIP)
        return pikepdf.open(BytesIO(print_whole(made.compose)[1]))


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


def size_of(pdf: pikepdf.Pdf) -> tuple[int, int]:
    _, _, width, height = (float(side) for side in pdf.pages[0].MediaBox)
    return round(width), round(height)


def check_for_readers(pdf: pikepdf.Pdf) -> None:
    """What PDF/UA-1 asks for that a machine can see."""
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/StructTreeRoot" in pdf.Root
    with pdf.open_outline() as outline:
        assert outline.root
    kinds = [str(one.S) for one in dictionaries(pdf) if one.get("/Type") == "/StructElem"]
    figures = [one for one in dictionaries(pdf) if one.get("/S") == "/Figure"]
    assert "/H1" in kinds
    assert all(len(str(figure.get("/Alt", ""))) > 20 for figure in figures)
    for font in (one for one in dictionaries(pdf) if one.get("/Type") == "/FontDescriptor"):
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()), font.FontName


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_report_is_read_aloud_right(
    session: Session, app: Flask, story: Story, kind: ReportKind
) -> None:
    story.year()
    pdf = printed(session, app, kind)
    check_for_readers(pdf)
    headings = [str(one.S) for one in dictionaries(pdf) if str(one.get("/S", "")).startswith("/H")]
    assert headings.count("/H1") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_nothing_is_one_too(
    session: Session, app: Flask, story: Story, kind: ReportKind
) -> None:
    check_for_readers(printed(session, app, kind))


@pytest.mark.parametrize("paper", list(SIZES))
def test_it_is_printed_on_the_paper_that_is_set(
    session: Session, app: Flask, settings: Settings, story: Story, paper: str
) -> None:
    object.__setattr__(app.extensions["because_settings"], "paper", paper)
    assert size_of(printed(session, app, ReportKind.QUARTER)) == SIZES[paper]


@pytest.mark.parametrize(
    "said",
    [
        "보안 답변이 너무 늦게 왔습니다.",
        "جاءت إجابات الأمان متأخرة جدًا.",
        "Přišlo to pozdě, řekl Dvořák z Łodzi.",
        " ".join(["late"] * 400),
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ],
    ids=["Korean", "Arabic", "accents", "400 words", "a long word"],
)
def test_whatever_buyers_said_prints(
    session: Session, app: Flask, make: Factory, story: Story, said: str
) -> None:
    deal = make.deal("lost", closed_on=CLOSED)
    story.said(story.heard(deal), said, "Security")
    for kind in KINDS:
        check_for_readers(printed(session, app, kind))


def test_a_reason_may_be_called_by_one_long_word(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    deal = make.deal("lost", closed_on=CLOSED)
    story.said(story.heard(deal), "It was late.", "Sicherheitsfragebogen" * 3)
    for kind in KINDS:
        check_for_readers(printed(session, app, kind))


def test_two_hundred_themes_stay_a_report_that_is_read(
    session: Session, app: Flask, make: Factory, story: Story
) -> None:
    interview = story.heard(make.deal("lost", closed_on=CLOSED))
    answer = make.answer(interview, "It was late.", taken=Taken.TRANSCRIPT)
    quote = make.verbatim(answer)
    for number in range(200):
        make.tag(
            quote,
            make.reason(f"Theme {number}"),
            direction=Direction.AGAINST,
            weight=Weight.DECISIVE,
        )
    evidence.refresh_interviews(session, [interview.id])
    pdf = printed(session, app, ReportKind.THEMES)
    check_for_readers(pdf)
    assert len(pdf.pages) <= 16


def test_nothing_is_told_by_colour_alone(session: Session, app: Flask, story: Story) -> None:
    """In grey a reader still sees what speaks for us and what against: a sign and a word."""
    story.year()
    with app.app_context():
        made = make_report(session, ReportKind.QUARTER, "2026Q4", Audience.LEADERSHIP)
        html, _ = print_whole(made.compose)
    for sign, words in (("▲", "for us"), ("▼", "against us")):
        assert f"{sign} {words}" in html
