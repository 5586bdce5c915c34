"""A programme manager writes a guide: from a shipped one, with the linter, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.databases import empty_database
from tests.house.running import Running, running

BAD = "Don't you think our offer was clearer?"


@pytest.fixture
def house(tmp_path: Path):
    """A demo of its own: what is published here is seen by nobody else."""
    with (
        empty_database() as database,
        running(tmp_path / "instance", "--demo", **database) as product,
    ):
        product.wait_for_answer(patience=120)
        yield product


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_a_guide_is_written_from_a_shipped_one_and_published(
    visit: Visit, house: Running, screen: Screen
):
    visitor = visit(house, screen)
    page = visitor.page
    visitor.sign_in_as("Programme manager")
    visitor.choose("Guides")
    visitor.follow("Loss to a competitor")
    visitor.press("Edit")
    visitor.arrives_at("Loss to a competitor")
    assert visitor.faults() == []

    add_a_bad_question(visitor)
    reorder_by_keyboard(page)
    publish_with_a_reason(visitor)

    visitor.follow("version 2")
    visitor.follow("What changed", within=page.get_by_role("main"))
    visitor.arrives_at("What changed in Loss to a competitor")
    changes = page.get_by_role("main").get_by_role("listitem")
    expect(changes.filter(has_text=BAD)).to_contain_text("New")
    assert visitor.faults() == []


def add_a_bad_question(visitor: Visitor) -> None:
    page = visitor.page
    pain = page.get_by_role("region", name="The pain and its cost 3 min")
    visitor.touch(pain.get_by_text("Add a question"))
    pain.get_by_label("A new question").fill("What did the last delay cost?")
    visitor.press("Add and go on", within=pain)
    visitor.arrives_at("Question 4")
    said = page.get_by_label("The words to say").first
    said.fill(BAD)
    expect(page.locator("#found-say")).to_contain_text("To mend: leading.")
    visitor.write("Why it is asked, in a line", "To see what the linter says.")
    expect(page.locator("#saved-state")).to_have_text("Saved.")
    assert visitor.faults() == []
    page.reload()
    expect(page.get_by_label("The words to say").first).to_have_value(BAD)
    visitor.follow("Loss to a competitor")


def reorder_by_keyboard(page: Page) -> None:
    """Alt and an arrow, and the button with Enter; the focus stays with the question."""
    pain = page.locator("[data-section=pain] [data-question]")
    expect(pain).to_have_count(3)
    question = page.get_by_role("link", name=BAD)
    question.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(pain.nth(1)).to_contain_text(BAD)
    expect(question).to_be_focused()
    expect(page.locator("#outline-said")).to_have_text("Now 2 of 3 in The pain and its cost.")
    up = page.get_by_role("button", name=f"Move up: {BAD}")
    up.focus()
    page.keyboard.press("Enter")
    expect(pain.nth(0)).to_contain_text(BAD)
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-section=what_changed] [data-question]").last).to_contain_text(BAD)
    expect(up).to_be_focused()


def publish_with_a_reason(visitor: Visitor) -> None:
    page = visitor.page
    visitor.follow("Publish")
    visitor.arrives_at("Publish version 2")
    visitor.press("Publish version 2")
    expect(page.get_by_text("Mend the question, or say why it stays.").first).to_be_visible()
    assert visitor.faults() == []
    for reason in page.get_by_label("Why it stays as it is").all():
        reason.fill("To see that a reason is kept.")
    visitor.press("Publish version 2")
    visitor.arrives_at("Loss to a competitor")
    expect(page.get_by_role("heading", name="Published in spite of the linter")).to_be_visible()
    assert visitor.faults() == []


def test_two_people_at_one_question_overwrite_nothing(visit: Visit, house: Running):
    ada, ben = visit(house), visit(house)
    for visitor, role in ((ada, "Programme manager"), (ben, "Administrator")):
        visitor.sign_in_as(role)
    ada.go("/guides/loss")
    ada.press("Edit")
    for visitor in (ada, ben):
        visitor.go("/guides/loss/draft/questions/pain_cost")
    why_of(ada).fill("Ada's reason.")
    expect(ada.page.locator("#saved-state")).to_have_text("Saved.")
    why_of(ben).fill("Ben's reason.")
    expect(ben.page.locator("#saved-state")).to_contain_text("changed this while you were writing")
    ben.press("Save")
    expect(ben.page.locator(".theirs")).to_contain_text("Ada's reason.")
    expect(why_of(ben)).to_have_value("Ben's reason.")
    assert ben.faults() == []
    ben.press("Save")
    expect(ben.page.get_by_text("Saved.").first).to_be_visible()
    expect(why_of(ben)).to_have_value("Ben's reason.")
    ben.forgive("409")


def test_words_taken_up_again_overwrite_nobodys(visit: Visit, house: Running):
    ada, ben = visit(house), visit(house)
    for visitor, role in ((ada, "Programme manager"), (ben, "Administrator")):
        visitor.sign_in_as(role)
    ada.go("/guides/loss")
    ada.press("Edit")
    for visitor in (ada, ben):
        visitor.go("/guides/loss/draft/questions/pain_cost")
    ben.page.context.set_offline(True)
    why_of(ben).fill("Ben's reason.")
    expect(ben.page.locator("#saved-state")).to_contain_text("cannot be reached")
    why_of(ada).fill("Ada's reason.")
    expect(ada.page.locator("#saved-state")).to_have_text("Saved.")
    ben.page.context.set_offline(False)
    ben.page.reload()
    expect(ben.page.locator("#saved-state")).to_contain_text("changed this while you were writing")
    expect(why_of(ben)).to_have_value("Ben's reason.")
    ben.press("Save")
    expect(ben.page.locator(".theirs")).to_contain_text("Ada's reason.")
    ben.forgive("409")
    ben.forgive("ERR_INTERNET_DISCONNECTED")


def test_words_typed_without_a_connection_are_taken_up_again(visit: Visit, house: Running):
    visitor = visit(house)
    visitor.sign_in_as("Programme manager")
    visitor.go("/guides/loss")
    visitor.press("Edit")
    visitor.go("/guides/loss/draft/questions/pain_cost")
    visitor.page.context.set_offline(True)
    why_of(visitor).fill("Typed in a tunnel.")
    expect(visitor.page.locator("#saved-state")).to_contain_text("kept here")
    visitor.page.context.set_offline(False)
    visitor.page.reload()
    expect(why_of(visitor)).to_have_value("Typed in a tunnel.")
    expect(visitor.page.locator("#saved-state")).to_have_text("Saved.")
    visitor.problems.clear()


def test_a_question_is_dragged_into_another_section(visit: Visit, house: Running):
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in_as("Programme manager")
    visitor.go("/guides/loss")
    visitor.press("Edit")
    visitor.arrives_at("Loss to a competitor")
    page.wait_for_load_state("networkidle")
    visitor.resize(1280, 2400)  # a page that scrolls while dragging drags something else
    needs = page.locator("[data-section=needs] [data-question]")
    page.locator("[data-question=pain_cost]").drag_to(needs.last)
    expect(page.locator("[data-section=needs] [data-question=pain_cost]")).to_be_visible()


def why_of(visitor: Visitor) -> Locator:
    return visitor.labelled("Why it is asked, in a line")
