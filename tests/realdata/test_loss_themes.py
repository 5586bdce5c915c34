"""The decisions of software teams, tagged as a person would who says yes where the machine is sure:
their loss themes are worth reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.pdf import composed, text_of
from app.core.periods import Quarter
from app.deals.models import Deal, Outcome
from app.interviews.confidence import Audience
from app.reports.in_short import in_short
from app.reports.printing import themes_html
from app.reports.themes import ThemesReport, themes_report
from app.tagging.models import Tag
from app.tagging.suggestions import queries
from tests.realdata.decisions_tagged import import_and_tag

pytestmark = pytest.mark.realdata

LAST_QUARTER = Quarter(2017, 4)


@pytest.fixture
def report(app: Flask, db: Database, realdata: Path, tmp_path: Path) -> ThemesReport:
    import_and_tag(app, db, realdata, tmp_path / "decisions.jsonl")
    with app.app_context(), db.reading() as session:
        found = themes_report(session, LAST_QUARTER, Audience.PRODUCT)
        _check_tags(session)
    return found


def _check_tags(session: Session) -> None:
    """Every tag with a reason was suggested first, and people said yes to it."""
    with_reason = session.scalar(
        select(func.count()).select_from(Tag).where(Tag.reason_id.is_not(None))
    )
    by_reason = queries.decided_by_reason(session)
    assert with_reason is not None
    assert with_reason > 900
    assert sum(one.accepted for one in by_reason) > 800
    won = session.scalar(select(func.count()).where(Deal.outcome == Outcome.WON))
    assert won is not None
    assert won >= 30


def test_the_loss_themes_of_real_decisions_are_worth_reading(
    app: Flask, report: ThemesReport
) -> None:
    themes = report.themes
    assert (report.decided, report.heard) == (161, 161)
    assert len(themes) >= 12

    # Sizes with their ranges, the heaviest first.
    sizes = [theme.figure.focus.interval for theme in themes]
    assert [size.count for size in sizes] == sorted((size.count for size in sizes), reverse=True)
    assert all(0 < size.low < size.point < size.high for size in sizes if size.point)
    assert sizes[0].low > 0.05

    # Quotes to the letter, two of different records, that say more than the theme's name.
    for theme in themes[:12]:
        assert len(theme.quotes) == 2
        assert len({quote.deal_id for quote in theme.quotes}) == 2
        assert all(quote.is_exact for quote in theme.quotes)
    printed = [quote.verbatim_id for theme in themes[:12] for quote in theme.quotes]
    assert len(printed) == len(set(printed))

    # Counter-evidence: most of it was said of choices that were made all the same.
    countered = [theme for theme in themes[:12] if theme.figure.counter.deals]
    assert len(countered) >= 9
    assert sum(theme.counter_quote is not None for theme in countered) >= 9

    # Page one says what weighs most and what to do about it.
    with app.app_context():
        lines = in_short(report)
        html, _fonts = composed(themes_html(report))
    assert themes[0].figure.name in lines[0]
    text = " ".join(text_of(html).split())
    assert "In short" in text
    assert "Won all the same" in text
