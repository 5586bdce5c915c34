"""Tagging in a browser: words are chosen with the mouse, the keyboard or a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

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
    """The oldest interview of the queue that has an answer without any quote."""
    visitor.sign_in_as("Programme manager")
    visitor.go("/tagging")
    links = visitor.page.locator("tbody th a").all()
    for address in [link.get_attribute("href") for link in links]:
        visitor.go(str(address))
        expect(visitor.page.locator("[data-words]").first).to_be_visible()
        if _untagged(visitor.page).count():
            return visitor
    raise AssertionError("every answer of the queue has a quote")


def _untagged(page: Page) -> Locator:
    """The first answer without any quote; words of a transcript are none yet."""
    return page.locator("[data-words][data-tag*='/answers/']:not(:has(mark))").first


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


def _given(page: Page) -> Locator:
    return page.locator(".given")


def _said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).last).to_be_visible()


def test_an_interview_is_tagged_by_keyboard_alone(tagger: Visitor):
    """Three keys after the words are chosen; then one key each for what is not as usual."""
    page = tagger.page
    page.mouse.move(0, 0)
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    here = page.locator("article", has=words)
    words.focus()

    page.keyboard.press("ArrowDown")
    for key in ("p", "r", "Enter"):
        page.keyboard.press(key)
    _said(page, "Tagged: Price")
    expect(words).to_be_focused()
    expect(here.locator(".given")).to_have_count(1)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("s")
    expect(page.locator("#sheet input[name=reason]")).to_be_focused()
    for key in ("e", "c", "+", "2", "6", "9", "Enter"):
        page.keyboard.press(key)
    expect(here.locator(".given")).to_have_count(2)
    second = here.locator(".given").last
    for said in ("for us", "Contributing", "What was behind it", "Feel"):
        expect(second).to_contain_text(said)
    expect(words).to_be_focused()

    page.keyboard.press("Control+z")
    expect(here.locator(".given")).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(here.locator(".given")).to_have_count(2)

    for tag in here.locator(".given").all():
        tag.get_by_role("link", name="Change").focus()
        page.keyboard.press("x")
    expect(page.locator("#many")).to_be_visible()
    page.locator("#many-evidence").focus()
    page.keyboard.press("F")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _said(page, "2 tags are changed.")
    expect(here.locator(".given", has_text="Fact")).to_have_count(2)

    here.locator(".given").first.get_by_role("link", name="Change").focus()
    page.keyboard.press("Delete")
    expect(here.locator(".given")).to_have_count(1)
    assert tagger.faults() == []

    page.get_by_role("button", name="Tagged in full").focus()
    page.keyboard.press("Enter")
    _said(page, "Tagged in full")


def test_keys_that_come_before_the_form_say_the_same(tagger: Visitor):
    """On a slow connection; and only what was done last can be undone."""
    page = tagger.page
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    given = page.locator("article", has=words).locator(".given")
    waiting: list[Route] = []
    page.route("**/tag?*", lambda route: waiting.append(route))
    words.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("sec+9")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_be_hidden()
    waiting.pop().continue_()
    page.unroute("**/tag?*")
    _said(page, "Tagged: Security.")
    expect(given).to_contain_text("for us")
    expect(given).to_contain_text("Feel")
    page.keyboard.press("Control+z")
    _said(page, "Undone: Security.")
    expect(page.locator("#toasts .undo")).to_have_count(0)


def test_a_second_decisive_reason_is_asked_about_before_it_is_saved(tagger: Visitor):
    page = tagger.page
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    here = page.locator("article", has=words)
    words.focus()
    for reason in ("Price", "Contract"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        field = page.locator("#sheet input[name=reason]")
        expect(field).to_be_focused()
        field.fill(reason)
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        if reason == "Price" and page.locator("#decided").count() == 0:
            expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#decided .error")).to_contain_text("is decisive already")
    assert tagger.faults() == []
    page.keyboard.press("t")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(here.locator(".given", has_text="Decisive")).to_have_count(1)
    expect(here.locator(".given", has_text="Contributing")).to_have_count(1)


def test_an_interview_is_tagged_by_touch(visit: Visit, demo: Running):
    visitor = _opened(visit(demo, PHONE))
    page = visitor.page
    address = _untagged(page).get_attribute("data-tag")
    words = page.locator(f'[data-tag="{address}"]')
    words.evaluate(_SELECT_WORDS, [0, 12])
    page.get_by_role("button", name="Tag these words").tap()
    sheet = page.locator("#sheet")
    likeliest = sheet.get_by_role("listbox").get_by_role("option").first
    expect(likeliest).to_be_visible()
    name = likeliest.locator("strong").inner_text()
    likeliest.tap()
    sheet.get_by_role("radio", name="Contributing").tap()
    assert visitor.faults() == []
    sheet.get_by_role("button", name="Tag", exact=True).tap()
    expect(sheet).to_be_hidden()
    here = page.locator("article", has=words)
    expect(here.locator(".given")).to_contain_text(name)
    expect(words.locator("mark")).to_have_count(1)
    here.get_by_text("Choose", exact=False).last.tap()
    page.locator("#many").get_by_role("button", name="Remove them").tap()
    expect(here.locator(".given")).to_have_count(0)
    page.get_by_role("button", name="Undo").last.tap()
    expect(here.locator(".given")).to_have_count(1)
    page.get_by_role("button", name="Tagged in full").tap()
    _said(page, "Tagged in full")


def _with_suggestions(visitor: Visitor) -> Page:
    """An interview of the queue with several suggestions, once the worker has made them."""
    page = visitor.page
    visitor.sign_in_as("Programme manager")
    for _ in range(30):
        visitor.go("/tagging")
        waiting = page.locator("tbody th a")
        for address in [link.get_attribute("href") for link in waiting.all()]:
            visitor.go(str(address))
            expect(page.locator("[data-words]").first).to_be_visible()
            if page.locator("[data-suggestion]").count() > 1:
                return page
        page.wait_for_timeout(3000)
    raise AssertionError("nothing was suggested")


def test_suggestions_are_accepted_and_refused_by_one_key_each(visit: Visit, demo: Running):
    visitor = visit(demo)
    page = _with_suggestions(visitor)
    suggestions = page.locator("[data-suggestion]")
    count, tags = suggestions.count(), page.locator(".given").count()
    page.keyboard.press("s")
    expect(suggestions.first).to_be_focused()
    name = suggestions.first.locator("strong").inner_text()
    page.keyboard.press("-")
    _said(page, f"Tagged: {name}.")
    expect(suggestions).to_have_count(count - 1)
    expect(page.locator(".given")).to_have_count(tags + 1)
    expect(page.locator(".given", has_text=name).first).to_contain_text("against us")
    page.keyboard.press("r")
    expect(suggestions).to_have_count(count - 2)
    expect(page.locator(".given")).to_have_count(tags + 1)
    page.locator("#toasts").get_by_role("button", name="Undo").last.click()
    expect(suggestions).to_have_count(count - 1)
    page.keyboard.press("Control+z")
    expect(page.locator(".given")).to_have_count(tags)
    expect(suggestions).to_have_count(count)
    assert visitor.faults() == []
    visitor.go("/tagging")
    visitor.follow("How good the suggestions are")
    visitor.arrives_at("What is suggested, and what people made of it")
