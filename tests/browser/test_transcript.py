"""A Zoom file laid along a guide: brought in, who is who, and its drafts made answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import interview, transcript
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.house.running import Running

_SELECT = """([from, to]) => {
  const node = (id) => document.getElementById(id).firstChild;
  const end = node(to);
  document.getSelection().setBaseAndExtent(node(from), 0, end, end.length);
}"""


def draft_of(visitor: Visitor, question: str) -> Locator:
    heading = visitor.page.get_by_role("heading", name=question)
    section = visitor.page.locator(".laid-question", has=heading)
    return section.locator(".draft-answer").first


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_a_call_is_laid_along_the_guide_and_becomes_answers(
    visit: Visit, demo: Running, screen: Screen, pictures: Path
):
    manager = visit(demo, screen)
    manager.sign_in_as("Account manager")
    address = transcript.bring_in(manager)
    assert manager.faults() == []
    manager.picture(pictures / f"who-is-who-{screen.name}.png")
    expect(manager.page.get_by_label("Who is Ilse Brandt?")).to_have_value(re.compile("contact:"))
    transcript.say_who_is_who(manager)
    assert manager.faults() == []
    manager.picture(pictures / f"transcript-{screen.name}.png")
    manager.in_theme("dark")
    assert manager.faults() == []
    manager.picture(pictures / f"transcript-{screen.name}-dark.png")
    manager.in_theme("light")

    first = draft_of(manager, "What changed in your organisation")
    expect(first).to_contain_text("Our old provider was bought in spring")
    expect(first).not_to_contain_text("Right.")
    manager.press("Accept", within=first)
    expect(first).to_contain_text("Accepted")

    lyon = manager.page.locator(".draft-answer", has_text="It opens in June")
    manager.press("Leave aside", within=lyon)
    expect(lyon).to_contain_text("Left aside")

    manager.go(address)
    expect(manager.page.locator(".answered .verbatim").first).to_contain_text(
        "each of them cost us a day at the border"
    )
    assert manager.faults() == []

    manager.page.go_back()
    manager.follow("How you asked and listened")
    for theme in ("dark", "light"):
        manager.in_theme(theme)
        assert manager.faults() == []
        manager.picture(pictures / f"feedback-{screen.name}-{theme}.png")


def test_a_recording_is_played_from_what_was_said(visit: Visit, demo: Running):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    address = transcript.bring_in(manager)
    transcript.say_who_is_who(manager)
    page = manager.page.url
    manager.go(address)
    transcript.attach_recording(manager, seconds=120)
    manager.go(page)
    assert manager.faults() == []
    draft = draft_of(manager, "What changed in your organisation")
    draft.get_by_role("button", name="Play").click()
    played = "document.querySelector('[data-player]').currentTime"
    manager.page.wait_for_function(f"{played} >= 21 && {played} < 60")
    turn = manager.page.get_by_role("button", name="Play from 0:09")
    turn.click()
    manager.page.wait_for_function(f"{played} >= 9 && {played} < 21")


def test_the_keyboard_goes_through_the_drafts(visit: Visit, demo: Running):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    transcript.bring_in(manager)
    transcript.say_who_is_who(manager)
    page = manager.page
    page.keyboard.press("j")
    first = page.locator(".draft-answer").first
    expect(first).to_be_focused()
    expect(page.locator(".talk .buyer .here").first).to_be_in_viewport()
    page.keyboard.press("a")
    expect(first).to_contain_text("Accepted")
    expect(first).to_contain_class("current")
    page.keyboard.press("j")
    expect(page.locator(".draft-answer").nth(1)).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator(".draft-answer").nth(1).get_by_label("Move to")).to_be_visible()
    expect(page.locator(".draft-answer").nth(1).get_by_label("Move to")).to_be_enabled()
    page.keyboard.press("k")
    expect(page.locator(".draft-answer").first).to_be_focused()


def test_selected_words_become_the_answer_to_a_question(visit: Visit, demo: Running):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    transcript.bring_in(manager)
    transcript.say_who_is_who(manager)
    page = manager.page
    page.evaluate(_SELECT, ["s3", "s6"])
    page.get_by_label("Make this the answer to").select_option(
        label="What, if anything, worried you about choosing us?"
    )
    manager.press("Make it the answer")
    made = draft_of(manager, "What, if anything, worried you about choosing us?")
    expect(made).to_contain_text("Accepted")
    expect(made).to_contain_text("my director said we need somebody closer.")
    expect(made).not_to_contain_text("Right.")


def test_words_that_no_answer_holds_are_tagged_by_keyboard(visit: Visit, demo: Running):
    manager = visit(demo)
    manager.sign_in_as("Account manager")
    address = transcript.bring_in(manager)
    transcript.say_who_is_who(manager)
    manager.press("Accept", within=draft_of(manager, "What changed in your organisation"))
    manager.go(address)
    manager.page.goto(f"{address}/finish")
    interview.finish_by_taps(manager, "Nobody was near.", "Two clearances were late in March")

    tagger = visit(demo)
    tagger.sign_in_as("Programme manager")
    tagger.page.goto(f"{address}/tag")
    page = tagger.page
    words = page.locator(".in-transcript [data-words]", has_text="Lyon had a veto")
    expect(page.locator(".in-transcript")).not_to_contain_text("Right.")
    assert tagger.faults() == []
    words.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("price")
    expect(page.locator("#sheet").get_by_label("Make them the answer to")).to_be_visible()
    expect(page.locator("#sheet input[name=reason]")).to_have_value("price")
    page.keyboard.press("Enter")
    answer = page.locator("article[data-fresh] [data-words]")
    expect(answer).to_be_focused()
    expect(answer.locator("mark")).to_contain_text("Lyon had a veto")
    expect(page.locator(".in-transcript [data-words]", has_text="Lyon had a veto")).to_have_count(0)
    page.goto(f"{address}/tag")
    page.locator(".in-transcript").get_by_role("link", name="Pick sentences").first.click()
    expect(page.locator("#sheet").get_by_text("Which words?")).to_be_visible()
    assert tagger.faults() == []
