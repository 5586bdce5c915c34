"""The demo as each of its three readers meets it: at the end of a report stands what to do."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.stats.theme import VerdictKind
from app.core.db import Database
from app.core.pdf import composed, render
from app.core.periods import Quarter
from app.deals.models import Deal, Outcome
from app.demo.generator import Size
from app.demo.operations import load_demo
from app.interviews.confidence import Audience
from app.interviews.models import Interview
from app.reports.deal import DealSummary, deal_summary
from app.reports.printing import quarter_html
from app.reports.quarter import quarter_report
from app.reports.themes import themes_report

UNTIL = date(2026, 11, 20)
QUARTER = Quarter(2026, 3)


def test_each_reader_finds_something_to_act_on(app: Flask, db: Database, session: Session):
    load_demo(db, Size(deals=500, interviews=140), seed=1, until=UNTIL)
    with app.app_context():
        led = quarter_report(session, QUARTER, Audience.LEADERSHIP)
        built = themes_report(session, QUARTER, Audience.PRODUCT)
        lost = _summaries(session, Outcome.LOST)
        won = _summaries(session, Outcome.WON)

        pdf = pikepdf.open(BytesIO(render(composed(quarter_html(led))[0])))

    assert 80 < led.alone.all_decided < 120
    assert 18 < led.alone.all_heard < 35
    assert led.page_one.open_themes
    assert any(led.stake.by_reason.get(theme.subject_id) for theme in led.page_one.open_themes)
    assert led.page_one.decided
    assert led.page_one.led_to

    with pdf.open_outline() as outline:
        chapters = {each.title: each.destination[0] for each in outline.root[0].children}
    assert chapters["Our differentiators"] == pdf.pages[1].obj

    kinds = [theme.figure.verdict.kind for theme in built.themes]
    assert VerdictKind.ACT in kinds
    assert VerdictKind.ASK in kinds
    first = built.themes[0]
    assert first.quotes
    assert first.stake
    assert any(
        theme.figure.verdict.kind is VerdictKind.ACT and not theme.doing for theme in built.themes
    )

    assert len([one for one in lost if one.why]) > len(lost) / 2
    assert len([one for one in lost if one.follow_up]) > len(lost) / 2
    assert any(one.promised for one in lost)
    assert any(one.hand_over.fears and one.hand_over.near_losses for one in won)


def _summaries(session: Session, outcome: Outcome) -> list[DealSummary]:
    heard = (
        select(Deal)
        .where(Deal.outcome == outcome, Deal.id.in_(select(Interview.deal_id)))
        .order_by(Deal.closed_on.desc())
        .limit(20)
    )
    return [deal_summary(session, deal, Audience.SELLERS) for deal in session.scalars(heard)]
