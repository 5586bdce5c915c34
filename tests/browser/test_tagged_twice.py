"""Two people at two browsers tag an interview apart from each other, and settle what differs."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.house.running import Running


def _words(page: Page) -> Locator:
    return page.locator("[data-words]").first


def _tag_first_sentence(page: Page, reason: str) -> None:
    """By keyboard alone."""
    _words(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    field = page.locator("#sheet input[name=reason]")
    expect(field).to_be_focused()
    field.fill(reason)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"Tagged: {reason}.").first).to_be_visible()
    expect(page.locator("#sheet")).to_be_hidden()


def _tag_second(visitor: Visitor) -> str:
    """What the lot chose, tagged by the second person; answers the interview's address."""
    page = visitor.page
    visitor.sign_in_as("Product")
    visitor.go("/tagging")
    page.locator("section[aria-labelledby=second] li a").last.click()
    visitor.press("Begin")
    expect(_words(page)).to_be_visible()
    assert visitor.faults() == []
    _tag_first_sentence(page, "Security")
    expect(page.locator(".given")).to_have_count(1)
    page.locator("#toasts").get_by_role("button", name="Undo").last.click()
    expect(page.locator(".given")).to_have_count(0)
    _tag_first_sentence(page, "Security")
    address = page.url.removesuffix("/second")
    visitor.go(f"{address}/tag")
    expect(page).to_have_url(f"{address}/second")
    visitor.press("Done")
    expect(page.get_by_text("You are done.")).to_be_visible()
    return address


def test_two_who_tag_differ_and_one_settles_it(visit: Visit, demo: Running):
    address = _tag_second(visit(demo))
    visitor = visit(demo)
    page = visitor.page
    visitor.sign_in_as("Programme manager")
    visitor.go(f"{address}/tag")
    expect(page.get_by_text("nothing is suggested")).to_be_visible()
    expect(page.locator("[data-suggestion]")).to_have_count(0)
    _tag_first_sentence(page, "Price")
    page.get_by_role("button", name="Tagged in full").click()
    expect(page.get_by_role("status").filter(has_text="Tagged in full").last).to_be_visible()

    visitor.go(f"{address}/tag")
    visitor.follow("The two side by side")
    passage = page.locator(".passage").first
    for said in ("Miriam Holt", "Price", "Priya Raman", "Security"):
        expect(passage).to_contain_text(said)
    passage.get_by_label("As Priya Raman gave it").check()
    passage.get_by_label("Why").fill("They speak of the audit.")
    assert visitor.faults() == []
    visitor.press("Settle", passage)
    expect(page.get_by_text("Settled by Miriam Holt")).to_be_visible()
    for kept in ("Price", "They speak of the audit."):
        expect(page.locator(".passage").first).to_contain_text(kept)

    visitor.follow("The tags that count")
    expect(page.locator(".given")).to_have_count(1)
    expect(page.locator(".given")).to_contain_text("Security")
    visitor.go("/tagging/agreement")
    visitor.arrives_at("Agreement not yet known")
    assert visitor.faults() == []
