"""Where no guide fits, an interviewer asks questions of their own, and all else is as ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Interview, Scope
from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.house import ADA, House, add_ada, open_house
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.factories import PASSWORD, Factory
from tests.house.running import free_port

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FIRST, SECOND = "Who saw the late clearances first?", "What did you try then?"


@pytest.fixture
def begun(db: Database) -> Interview:
    """An interview under way in a workspace where no guide was ever published."""
    with db.writing() as session:
        make = Factory(session)
        make.workspace()
        ada = add_ada(session, Role.INTERVIEWER)
        held: Interview = make.interview(
            state="in_progress", interviewer=ada, contact=make.contact(), scope=Scope.ROLE
        )
    return held


@pytest.fixture
def house(app: Flask, db: Database, begun: Interview) -> Iterator[House]:
    with open_house(app, db, free_port(), MONDAY) as opened:
        yield opened


def ask(visitor: Visitor, question: str) -> None:
    opened = visitor.page.locator("details:has(> [data-own-question])")
    if opened.get_attribute("open") is None:
        visitor.touch(opened.locator("summary"))
    visitor.write("Your question", question)
    visitor.press("Add the question")
    expect(interview.question(visitor).get_by_role("heading", level=2)).to_have_text(question)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_questions_of_ones_own_make_an_interview(
    visit: Visit, house: House, begun: Interview, screen: Screen, pictures: Path
):
    ada = visit(house, screen)
    ada.go("/sign-in")
    ada.write("E-mail address", ADA)
    ada.write("Password", PASSWORD)
    ada.press("Sign in")
    ada.page.wait_for_url(lambda url: "/sign-in" not in url)
    ada.go(f"/interviews/{begun.public_id}/capture")
    ada.page.locator("[data-capture][data-ready]").wait_for()
    expect(ada.page.get_by_text("There is no guide to ask from")).to_be_visible()
    expect(ada.page.get_by_label("Your question")).to_be_visible()
    expect(ada.page.get_by_text("must-asks")).to_have_count(0)
    assert ada.faults() == []
    ada.picture(pictures / f"no-guide-{screen.name}.png")

    ask(ada, FIRST)
    expect(ada.page.get_by_text("There is no guide to ask from")).to_have_count(0)
    interview.question(ada).get_by_label("Their words").fill(interview.SAID[0])
    ask(ada, SECOND)
    interview.question(ada).get_by_label("Their words").fill(interview.SAID[1])
    interview.wait_until_saved(ada)
    assert ada.faults() == []
    ada.picture(pictures / f"no-guide-asked-{screen.name}.png")

    ada.page.reload()
    ada.page.locator("[data-capture][data-ready]").wait_for()
    steps = ada.page.locator(".outline .steps a")
    expect(steps).to_have_text([FIRST, SECOND])
    for question, said in zip((FIRST, SECOND), interview.SAID, strict=False):
        ada.page.locator(".outline").get_by_role("link", name=question).click()
        expect(interview.question(ada).get_by_label("Their words")).to_have_value(said)
    ada.follow("Finish")
    ada.arrives_at("Finish")
    expect(ada.page.get_by_text("Fenwick had someone here within a week.")).to_be_visible()
    assert ada.faults() == []
