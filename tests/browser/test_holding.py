"""A newcomer holds a first interview on a phone; another goes through one without the mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.house.running import Running

SAID = "Your price was too high for us. Northlight had somebody here within a week."


def begin(visit: Visit, demo: Running, screen: Screen, company: str) -> Visitor:
    visitor = visit(demo, screen)
    visitor.sign_in_as("Account manager")
    visitor.go("/interviews/new")
    interview.fill_in_the_plan(visitor, company, "Ilse Brandt")
    visitor.arrives_at("Interview with Ilse Brandt")
    interview.begin(visitor)
    interview.question(visitor).wait_for()
    return visitor


def marks(visitor: Visitor) -> list[str]:
    return interview.question(visitor).locator("[data-marks] li strong").all_inner_texts()


def test_a_newcomers_first_interview_on_a_phone(visit: Visit, demo: Running, pictures: Path):
    phone = begin(visit, demo, PHONE, "First on a Phone")
    asked = interview.question(phone)
    asked.get_by_label("Their words").fill(SAID)
    phone.touch(asked.get_by_role("button", name="Strong quote"))
    expect(asked.locator("[data-marks]")).to_contain_text("Strong quote")
    phone.touch(asked.get_by_role("button", name="Come back"))
    phone.touch(asked.get_by_role("button", name="A name"))
    asked.get_by_label(re.compile("that was mentioned")).fill("Osprey")
    phone.touch(asked.get_by_role("button", name="Mark it"))
    assert marks(phone) == ["Strong quote", "Come back", "Osprey"]

    expect(asked.get_by_text("They spoke of money.")).to_be_visible()
    phone.touch(asked.get_by_role("button", name="Ask: if the price had been the same?"))
    behind = asked.locator("[data-depth=price_same]")
    phone.touch(behind.get_by_role("button", name="Us", exact=True))
    behind.get_by_role("textbox").fill("We would have taken you.")
    interview.wait_until_saved(phone)
    phone.picture(pictures / "capture-holding-phone.png")
    assert phone.faults() == []

    phone.page.reload()
    asked = interview.question(phone)
    expect(asked.locator("[data-marks] li")).to_have_count(3)
    expect(behind.get_by_role("textbox")).to_have_value("We would have taken you.")
    expect(behind.get_by_role("button", name="Us", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    phone.touch(asked.locator("button[value=next]"))
    asked = interview.question(phone)
    phone.touch(asked.get_by_text("Skip", exact=True))
    phone.touch(asked.get_by_role("button", name="Not for this person"))
    expect(phone.page.locator(".outline .passed")).to_have_count(1)

    phone.touch(phone.page.get_by_text("Somebody was mentioned"))
    phone.write("Name", "Tom Reed")
    phone.pick("Part in the decision", "Economic buyer")
    phone.write("What they fear", "Another migration")
    phone.press("Keep the person")
    expect(phone.page.get_by_text("Tom Reed is kept.")).to_be_visible()

    phone.touch(phone.page.get_by_text("Ask something of your own"))
    phone.page.get_by_label("Your question").fill("Don't you think our offer was clearer?")
    expect(phone.page.locator("#own-findings")).to_contain_text("To mend")
    phone.page.get_by_label("Your question").fill("How did the two offers read to you?")
    phone.press("Add the question")
    expect(interview.question(phone).get_by_role("heading", level=2)).to_have_text(
        "How did the two offers read to you?"
    )
    interview.wait_until_saved(phone)
    phone.follow("Finish")
    phone.arrives_at("Finish")
    assert phone.faults() == []


def test_an_interview_is_marked_by_keyboard_alone(visit: Visit, demo: Running, pictures: Path):
    desk = begin(visit, demo, DESKTOP, "Without the Mouse")
    keyboard = desk.page.keyboard
    asked = interview.question(desk)
    keyboard.type(SAID)
    keyboard.press("Alt+q")
    keyboard.press("Alt+b")
    keyboard.press("Alt+n")
    keyboard.type("Osprey")
    keyboard.press("Enter")
    keyboard.press("Alt+3")
    keyboard.press("Alt+m")
    keyboard.type("Ask about the week again.")
    keyboard.press("Alt+h")
    keyboard.type("Nobody could show the saving.")
    assert marks(desk) == ["Strong quote", "Come back", "Osprey"]
    expect(asked.get_by_label("Kind")).to_have_value("feel")
    interview.wait_until_saved(desk)
    desk.picture(pictures / "capture-holding.png", full=False)
    assert desk.faults() == []
    desk.page.reload()
    asked = interview.question(desk)
    expect(asked.locator("[data-depth=behind] textarea")).to_have_value(
        "Nobody could show the saving."
    )
    expect(asked.get_by_label("Note to self")).to_have_value("Ask about the week again.")
    expect(asked.get_by_label("Kind")).to_have_value("feel")


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_competitors_that_were_named_are_offered(visit: Visit, demo: Running, screen: Screen):
    visitor = begin(visit, demo, screen, f"Named on a {screen.name}")
    asked = interview.question(visitor)
    names = visitor.page.locator("[data-capture]").get_attribute("data-names") or ""
    name = re.search(r'"competitor": \{"([^"]+)"', names)
    assert name is not None
    asked.get_by_label("Their words").fill(f"We looked at {name[1]} too.")
    expect(asked.get_by_text("Named:")).to_contain_text(name[1])
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        visitor.touch(asked.get_by_role("button", name="Keep as met"))
    expect(asked.get_by_text("Named:")).to_be_hidden()
    visitor.page.reload()
    expect(interview.question(visitor).get_by_text("Named:")).to_be_hidden()
