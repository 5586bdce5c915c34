"""While an interview is held nothing that was typed is lost, and no mouse is needed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor
from tests.house.running import Running

WORDS = "Each of them cost us a day at the border. \N{PILE OF POO} Größe ≠ Qualität."

OWN = "Who saw the late clearances first?"


@pytest.fixture
def asking(visit: Visit, demo: Running) -> Visitor:
    """An account manager before the first question."""
    visitor = visit(demo)
    visitor.sign_in_as("Account manager")
    interview.plan(visitor, "Ferrow Shipping", "Ilse Brandt")
    interview.begin(visitor)
    return visitor


def words_of(visitor: Visitor) -> str:
    """The words in the field, once the page has taken up what this device keeps."""
    visitor.page.locator("[data-capture][data-ready]").wait_for()
    return interview.question(visitor).get_by_label("Their words").input_value()


def test_what_was_typed_is_there_after_a_reload(asking: Visitor):
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    asking.page.reload()
    assert words_of(asking) == WORDS
    interview.wait_until_saved(asking)


def test_without_a_connection_words_stay_and_are_sent_later(asking: Visitor):
    asking.page.route("**/changes**", _break_off)
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    expect(asking.page.locator("[data-status]")).to_contain_text(
        "Saved on this device; sent when there is a connection"
    )
    asking.page.unroute("**/changes**")
    interview.wait_until_saved(asking)
    asking.page.reload()
    assert words_of(asking) == WORDS
    asking.forgive("ERR_CONNECTION_RESET")


def test_words_typed_before_the_script_came_are_saved_too(asking: Visitor):
    late: list[Route] = []
    asking.page.route("**/js/capture/page.js*", lambda route: late.append(route))
    asking.page.reload(wait_until="commit")
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    for route in late:
        route.continue_()
    asking.page.unroute("**/js/capture/page.js*")
    interview.wait_until_saved(asking)
    asking.page.reload()
    assert words_of(asking) == WORDS


def test_words_typed_before_the_script_came_outlive_a_reload(asking: Visitor):
    asking.page.route("**/js/capture/page.js*", _break_off)
    asking.page.reload(wait_until="commit")
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    asking.page.unroute("**/js/capture/page.js*")
    asking.page.reload()
    assert words_of(asking) == WORDS
    interview.wait_until_saved(asking)
    asking.forgive("ERR_CONNECTION_RESET")


def test_a_question_of_ones_own_needs_no_connection(asking: Visitor, visit: Visit, demo: Running):
    other = visit(demo)
    other.sign_in_as("Programme manager")
    other.go(asking.page.url)
    asking.page.route("**/changes**", _break_off)
    asking.touch(asking.page.get_by_text("Ask something of your own"))
    asking.write("Your question", OWN)
    asking.press("Add the question")
    asked = interview.question(asking)
    expect(asked.get_by_role("heading")).to_have_text(OWN)
    expect(asking.page.locator(".outline [aria-current]")).to_have_text(OWN)
    asked.get_by_label("Their words").fill(WORDS)
    asking.page.reload()
    expect(interview.question(asking).get_by_role("heading")).to_have_text(OWN)
    assert words_of(asking) == WORDS
    asking.page.unroute("**/changes**")
    interview.wait_until_saved(asking)
    assert asking.page.locator(".refused").count() == 0
    other.page.locator(".outline").get_by_role("link", name=OWN).click()
    expect(interview.question(other).get_by_label("Their words")).to_have_value(WORDS)
    asking.page.reload()
    assert words_of(asking) == WORDS
    asking.forgive("ERR_CONNECTION_RESET")


def test_going_back_and_forward_keeps_question_and_words(asking: Visitor):
    interview.answer(asking, interview.SAID[0])
    question = interview.question(asking).get_by_role("heading").inner_text()
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    interview.wait_until_saved(asking)
    # Both pages have the same heading.
    is_left = re.compile(r"/interviews/[0-9a-f-]{36}$")
    asking.page.get_by_role("link", name="Ferrow Shipping").click()
    asking.page.wait_for_url(is_left)
    asking.page.go_back()
    expect(interview.question(asking).get_by_role("heading")).to_have_text(question)
    assert words_of(asking) == WORDS
    asking.page.go_forward()
    asking.page.wait_for_url(is_left)


def test_a_second_person_in_the_same_answer_loses_nothing(
    asking: Visitor, visit: Visit, demo: Running
):
    other = visit(demo)
    other.sign_in_as("Programme manager")
    other.go(asking.page.url)
    # It is not told of the other's words before it has written its own.
    asking.page.route("**/changes**", _break_off)
    interview.question(other).get_by_label("Their words").fill("They said it was dear.")
    interview.wait_until_saved(other)
    interview.question(asking).get_by_label("Their words").fill(WORDS)
    asking.page.unroute("**/changes**")
    clash = interview.question(asking).get_by_role("alert")
    expect(clash).to_contain_text("They said it was dear.")
    assert words_of(asking) == WORDS
    asking.press("Join them")
    expect(clash).to_be_hidden()
    interview.wait_until_saved(asking)
    asking.page.reload()
    assert WORDS in words_of(asking)
    assert "They said it was dear." in words_of(asking)
    asking.forgive("ERR_CONNECTION_RESET")


def test_an_interview_is_held_by_keyboard_alone(asking: Visitor):
    keyboard = asking.page.keyboard
    for words in interview.SAID:
        expect(interview.question(asking).get_by_label("Their words")).to_be_focused()
        keyboard.type(words)
        keyboard.press("Control+Enter")
    interview.wait_until_saved(asking)
    for words in reversed(interview.SAID):
        keyboard.press("Alt+ArrowUp")
        expect(interview.question(asking).get_by_label("Their words")).to_have_value(words)
    keyboard.press("Escape")
    asking.page.get_by_role("link", name="Finish").focus()
    keyboard.press("Enter")
    asking.arrives_at("Finish")


def test_a_phone_goes_on_where_the_desktop_was(asking: Visitor, visit: Visit, demo: Running):
    interview.answer(asking, interview.SAID[0])
    interview.wait_until_saved(asking)
    on_phone = visit(demo, PHONE)
    on_phone.sign_in_as("Account manager")
    on_phone.choose("Interviews")
    on_phone.go(re.sub(r"/capture.*", "/capture", asking.page.url))
    said = on_phone.page.locator(".outline .done")
    expect(said).to_have_count(1)
    interview.answer(on_phone, interview.SAID[1])
    interview.wait_until_saved(on_phone)
    expect(said).to_have_count(2)


def test_a_form_sent_twice_makes_one_interview(visit: Visit, demo: Running):
    visitor = visit(demo)
    visitor.sign_in_as("Account manager")
    visitor.go("/interviews/new")
    visitor.write("Company", "Twice and Sons")
    visitor.write("Person", "Ada Ling")
    visitor.page.get_by_role("button", name="Plan the interview").dblclick()
    visitor.arrives_at("Interview with Ada Ling")
    visitor.go("/interviews?q=Twice+and+Sons")
    expect(visitor.page.get_by_role("link", name="Twice and Sons")).to_have_count(1)


def _break_off(route: Route) -> None:
    route.abort("connectionreset")
