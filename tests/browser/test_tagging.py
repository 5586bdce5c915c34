"""Words are chosen with the mouse or by keyboard, and given their reason."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.house.running import Running


@pytest.fixture
def tagging(visit: Visit, demo: Running) -> Visitor:
    """A tagger before the interview that waits longest."""
    visitor = visit(demo)
    visitor.sign_in_as("Programme manager")
    visitor.choose("Tagging")
    visitor.page.locator("tbody th a").first.click()
    return visitor


def answers(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-words]")


def given(answer: Locator) -> Locator:
    """The tags beside an answer."""
    return answer.locator("xpath=ancestor::article").locator(".given")


def test_by_mouse(tagging: Visitor):
    words = answers(tagging).first
    before = given(words).count()
    box = words.bounding_box()
    assert box
    tagging.page.mouse.move(box["x"] + 2, box["y"] + 12)
    tagging.page.mouse.down()
    tagging.page.mouse.move(box["x"] + 160, box["y"] + 12, steps=5)
    tagging.page.mouse.up()
    sheet = tagging.page.get_by_role("dialog")
    sheet.get_by_label("Reason").fill("Price")
    sheet.get_by_label("Against us").check()
    sheet.get_by_label("Decisive").check()
    sheet.get_by_role("button", name=re.compile("^Tag")).click()
    expect(given(words)).to_have_count(before + 1)
    expect(given(words).filter(has_text="Price").first).to_contain_text("against us")

    tagging.press("Undo")
    expect(given(words)).to_have_count(before)


def test_by_keyboard(tagging: Visitor):
    words = answers(tagging).nth(1)
    before = given(words).count()
    keyboard = tagging.page.keyboard
    words.focus()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(tagging.page.get_by_role("dialog").get_by_label("Reason", exact=True)).to_be_focused()
    keyboard.type("Security")
    keyboard.press("Enter")
    expect(given(words)).to_have_count(before + 1)
    expect(answers(tagging).nth(1)).to_be_focused()


def test_a_reason_that_is_not_on_the_list_is_said_at_its_field(tagging: Visitor):
    words = answers(tagging).first
    words.focus()
    tagging.page.keyboard.press("ArrowDown")
    tagging.page.keyboard.press("Enter")
    reason = tagging.page.get_by_role("dialog").get_by_label("Reason", exact=True)
    reason.fill("The moon was full")
    reason.press("Enter")
    expect(tagging.page.get_by_role("dialog").locator(".error").first).to_be_visible()
    expect(tagging.page.get_by_role("dialog").get_by_label("Reason", exact=True)).to_have_value(
        "The moon was full"
    )
    assert tagging.faults() == []
