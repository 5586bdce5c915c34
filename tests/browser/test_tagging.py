"""Tagging in a browser: words are chosen with the mouse, the keyboard or a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor
from tests.house.running import Running

_PLACE_OF_WORDS = """(element, [first, last]) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const node = walker.nextNode();
  const range = document.createRange();
  const at = (index) => {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const box = range.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  return [...at(first), ...at(last)];
}"""
_SELECT_WORDS = """(element, [first, last]) => {
  const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
  document.getSelection().setBaseAndExtent(node, first, node, last);
}"""


@pytest.fixture
def tagger(visit: Visit, demo: Running) -> Visitor:
    return _opened(visit(demo))


def _opened(visitor: Visitor) -> Visitor:
    """The oldest interview of the queue."""
    visitor.sign_in_as("Programme manager")
    visitor.go("/tagging")
    visitor.page.locator("tbody th a").first.click()
    expect(visitor.page.locator("[data-words]").first).to_be_visible()
    return visitor


def _untagged(page: Page) -> Locator:
    """The first answer without any quote."""
    return page.locator("[data-words]:not(:has(mark))").first


def _give(page: Page, reason: str) -> None:
    field = page.locator("#sheet input[name=reason]")
    expect(field).to_be_focused()
    field.fill(reason)
    field.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"Tagged: {reason}.").first).to_be_visible()
    expect(page.locator("#sheet")).to_be_hidden()


def test_words_dragged_over_are_tagged_and_the_tag_is_undone(tagger: Visitor):
    page = tagger.page
    words = _untagged(page)
    address = words.get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    said = words.inner_text()[:9].strip()
    words.scroll_into_view_if_needed()
    x, y, to_x, to_y = words.evaluate(_PLACE_OF_WORDS, [0, len(said) - 1])
    page.mouse.move(x - 3, y)
    page.mouse.down()
    page.mouse.move(to_x + 3, to_y, steps=4)
    page.mouse.up()
    quoted = page.locator("#sheet .quoted-words").inner_text()
    assert quoted in said
    _give(page, "Price")
    expect(words.locator("mark")).to_have_text(quoted)
    page.get_by_role("button", name="Undo").last.click()
    expect(words.locator("mark")).to_have_count(0)


def test_sentences_are_chosen_by_arrow_keys(tagger: Visitor):
    page = tagger.page
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    words.focus()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[data-chosen-words]").inner_text()
    assert words.inner_text().startswith(chosen)
    page.keyboard.press("Enter")
    _give(page, "Security")
    expect(words.locator("mark")).to_have_text(chosen)
    expect(words).to_be_focused()

    page.locator("article", has=words).get_by_role("link", name="Change").press("Enter")
    expect(page.locator("#sheet input[name=reason]")).to_have_value("Security")
    assert tagger.faults() == []


def test_a_reason_that_nobody_knows_is_asked_about_beside_the_words(tagger: Visitor):
    page = tagger.page
    _untagged(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#sheet input[name=reason]").fill("Parking spaces")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet .error").first).to_contain_text("No reason is called so")
    expect(page.locator("#sheet input[name=reason]")).to_have_value("Parking spaces")
    assert tagger.faults() == []
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()


def test_on_a_phone_the_words_selected_wait_for_one_tap(visit: Visit, demo: Running):
    page = _opened(visit(demo, PHONE)).page
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    words.evaluate(_SELECT_WORDS, [0, 12])
    page.get_by_role("button", name="Tag these words").tap()
    _give(page, "Contract")
    expect(words.locator("mark")).to_have_count(1)
