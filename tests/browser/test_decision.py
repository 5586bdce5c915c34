"""A leader reads page one, decides, and sees what became of it."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from app.core import clock
from tests.browser.conftest import Visit
from tests.house.running import Running

DECIDED = "Bring the figures of the sponsor to the second meeting."


def test_a_decision_from_page_one_is_counted_again_once_it_shipped(visit: Visit, demo: Running):
    leader = visit(demo)
    leader.sign_in_as("Leadership")
    leader.choose("Reports")
    page = leader.page
    page.get_by_role("link", name=re.compile("^Quarter")).first.click()
    expect(page.get_by_role("heading", name="What to decide, and by whom")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Decide what to do")).first.click()
    leader.write("What is decided", DECIDED)
    leader.press("Decide")
    leader.arrives_at(DECIDED)
    expect(page.get_by_role("heading", name="The evidence as it stood")).to_be_visible()

    half_a_year_ago = clock.now().date() - timedelta(days=182)
    page.get_by_label("Shipped on").fill(half_a_year_ago.isoformat())
    leader.press("It has shipped")
    expect(page.get_by_role("heading", name="Since it shipped")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Opened after it shipped")
    assert leader.faults() == []
