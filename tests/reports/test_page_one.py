"""Page one of the quarter's report: what to decide and by whom, and what the last one led to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import operations as decisions
from app.actions.evidence import Theme
from app.actions.models import Decision
from app.actions.operations import Plan
from app.analytics.queries import Subject
from app.analytics.window import Window
from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.pdf import composed, text_of
from app.core.periods import Quarter
from app.identity.models import Role
from app.interviews.confidence import Audience
from app.mail.models import Mail
from app.reports import mailing
from app.reports.models import Issue, Report, ReportKind
from app.reports.printing import quarter_html
from app.reports.quarter import QuarterReport, quarter_report
from app.tagging.models import Direction
from config import Settings
from tests.factories import Factory, sign_in_as
from tests.reports.conftest import Story

QUARTER = Quarter(2026, 4)


def report(session: Session, app: Flask) -> QuarterReport:
    with app.app_context():
        return quarter_report(session, QUARTER, Audience.LEADERSHIP)


def page_one(app: Flask, data: QuarterReport) -> str:
    with app.app_context():
        html, _fonts = composed(quarter_html(data))
    text = " ".join(text_of(html).replace("\xa0", " ").split())
    return text.partition("Our differentiators")[0]


def decide(session: Session, story: Story, quarter: str) -> Decision:
    return decisions.take(
        session,
        SYSTEM,
        Plan("Answer in a week.", story.make.user(name="Priya"), date(2026, 12, 20)),
        theme=Theme(Subject.REASON, story.reason("Security answers late").id, Direction.AGAINST),
        window=Window.year_to(QUARTER),
        today=date(2026, 11, 30),
        report=f"quarter:{quarter}",
    )


def test_a_reason_that_asks_for_action_and_that_nobody_took_on_is_to_be_decided(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    text = page_one(app, report(session, app))
    assert "Decide who takes on ‘Security answers late’. It decided or helped to decide" in text
    assert "and nobody has taken it on" in text


def test_what_was_decided_says_by_whom_and_until_when(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    decide(session, story, "2026Q4")
    text = page_one(app, report(session, app))
    assert "Answer in a week. Priya, until 20 Dec 2026, decided" in text
    assert "nobody has taken it on" not in text


def test_the_first_report_says_what_we_shall_watch(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    text = page_one(app, report(session, app))
    assert "What we shall watch" in text
    assert "The next one will say what became of: Security answers late." in text


def test_a_later_one_says_what_the_last_report_led_to(
    session: Session, app: Flask, story: Story
) -> None:
    story.year()
    decision = decide(session, story, "2026Q3")
    decision.shipped_on = date(2026, 11, 1)
    decision.state = decision.state.SHIPPED
    text = page_one(app, report(session, app))
    assert "What the last report led to" in text
    assert "shipped: nobody heard yet who evaluated it after that day" in text


def test_a_sentence_cites_a_figure_which_opens(
    app: Flask, db: Database, make: Factory, story: Story
) -> None:
    story.year()
    user = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    client = sign_in_as(app, db, user)
    client.post(
        "/reports/quarters/2026Q4/write",
        data={
            "to_do": "Mend [[security answers late]], not [[the weather]].",
            "comment_against": "It is [[Security answers late]] again.",
        },
    )
    page = " ".join(client.get("/reports/quarters/2026Q4").text.split())
    address = f"/figures/reasons/{story.reason('Security answers late').public_id}"
    assert page.count(f'<a href="{address}?way=against') >= 2
    assert "‘Security answers late’ (100 % (16 of 16" in page
    assert "not the weather." in page


def test_it_is_shown_on_a_screen(app: Flask, db: Database, make: Factory, story: Story) -> None:
    user = make.user(Role.LEADERSHIP)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/reports/quarters/2026Q4/present").status_code == 200


# By mail


@pytest.fixture
def published(session: Session, make: Factory, story: Story) -> Issue:
    row = make.add(Report(kind=ReportKind.QUARTER, subject="2026Q3", audience=Audience.LEADERSHIP))
    issue: Issue = make.add(
        Issue(
            report=row,
            number=1,
            title="Security costs us deals",
            data={"lines": ["We won 40 %.", "Security."], "to_do": "Answer in a week."},
            formulas="1",
            pdf_sha256="0",
            quoted_deals=[],
        )
    )
    return issue


def test_the_five_lines_are_the_letter(
    session: Session, settings: Settings, make: Factory, published: Issue
) -> None:
    leader = make.user(Role.LEADERSHIP)
    make.user(Role.PRODUCT)
    assert mailing.mail_issue(session, settings, SYSTEM, published) == 1
    (mail,) = session.scalars(select(Mail))
    assert mail.to_address == leader.email
    assert mail.subject == "Security costs us deals"
    assert "1. We won 40 %.\n2. Security.\n\nWhat to decide:\nAnswer in a week." in mail.text
    assert f"/reports/versions/{published.public_id}" in mail.text


def test_it_is_mailed_on_its_day_and_once(
    session: Session, settings: Settings, make: Factory, published: Issue
) -> None:
    make.user(Role.LEADERSHIP)
    with clock.frozen(datetime(2026, 10, 5, 9, tzinfo=UTC)):
        mailing.set_schedule(session, SYSTEM, Audience.LEADERSHIP, 14)
        session.flush()
        assert mailing.mail_scheduled(session, settings) == 0
    with clock.frozen(datetime(2026, 10, 14, 9, tzinfo=UTC)):
        assert mailing.mail_scheduled(session, settings) == 1
        assert mailing.mail_scheduled(session, settings) == 0


def test_what_is_not_published_waits(
    session: Session, settings: Settings, make: Factory, published: Issue
) -> None:
    make.user(Role.LEADERSHIP)
    published.is_served = False
    with clock.frozen(datetime(2026, 10, 5, 9, tzinfo=UTC)):
        mailing.set_schedule(session, SYSTEM, Audience.LEADERSHIP, 1)
        session.flush()
        assert mailing.mail_scheduled(session, settings) == 0
        published.is_served = True
        session.flush()
        assert mailing.mail_scheduled(session, settings) == 1
