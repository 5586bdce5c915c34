"""An account manager's way through an interview, click by click."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

SAID = (
    "Two clearances were late in March, and each of them cost us a day at the border.",
    "Fenwick had someone here within a week. With you we were still waiting for the answers.",
    "My director asked for one supplier less, and that was you.",
)


def plan(visitor: Visitor, company: str, person: str) -> None:
    visitor.choose("Interviews")
    visitor.follow("New interview")
    fill_in_the_plan(visitor, company, person)


def fill_in_the_plan(visitor: Visitor, company: str, person: str) -> None:
    visitor.write("Company", company)
    visitor.write("Person", person)
    visitor.pick("How they decided", "They chose somebody else")
    visitor.write("Day", "2026-11-20")
    visitor.write("Time", "10:30")
    visitor.press("Plan the interview")


def begin(visitor: Visitor) -> None:
    """From the interview's page to its first question, once its script is there: what the buyer
    allows is asked first."""
    visitor.press("Begin the interview")
    visitor.tick("Yes, by my role only")
    visitor.tick("Yes")
    visitor.tick("Typed as said")
    visitor.press("Go to the questions")
    visitor.page.locator("[data-capture][data-ready]").wait_for()


def question(visitor: Visitor) -> Locator:
    """The question at hand."""
    return visitor.page.locator("section.turn:visible")


def answer(visitor: Visitor, words: str) -> None:
    asked = question(visitor)
    identity = asked.get_attribute("id")
    asked.get_by_label("Their words").fill(words)
    visitor.touch(asked.locator("button[value=next]"))
    visitor.page.locator(f"section.turn:visible:not(#{identity})").wait_for()


def wait_until_saved(visitor: Visitor) -> None:
    visitor.page.locator("[data-status][data-state=saved]").wait_for()


def finish(visitor: Visitor, why: str, strongest: str) -> tuple[str, str]:
    """From the interview."""
    visitor.follow("Finish")
    return finish_by_taps(visitor, why, strongest)


def finish_by_taps(visitor: Visitor, why: str, strongest: str) -> tuple[str, str]:
    """On the page for it: the two reasons offered first, the first of which decided."""
    visitor.arrives_at("Finish")
    assert visitor.faults() == []
    reasons = visitor.page.locator(".tap:has(.choice)")
    names = [reasons.nth(n).locator(".choice label").inner_text() for n in range(2)]
    for number in range(2):
        row = reasons.nth(number)
        visitor.touch(row.locator(".choice label"))
        visitor.touch(row.get_by_text("against us"))
    visitor.touch(reasons.nth(0).get_by_text("It decided"))
    visitor.touch(visitor.page.get_by_text(strongest))
    visitor.write("Why, in one sentence", why)
    visitor.press("Finish the interview")
    return names[0], names[1]
