"""A buyer at their own device: writing, coming back, correcting, taking back, down to the paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.buyer import (
    allow,
    ask_in_writing,
    correct,
    keep_correction,
    paper,
    take_back,
    with_two_quotes_on_paper,
    write,
)
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Screen, Visitor
from tests.house.running import Running

NARROW = Screen("narrow", 320, 640, is_phone=True)
SAID = "In March two clearances were late, and each of them cost us a day at the border."
MORE = "We compared four suppliers over the summer, and doing nothing was one of them."
LARGEST_FIRST_LOAD = 60_000


@pytest.fixture
def manager(visit: Visit, demo: Running) -> Visitor:
    visitor = visit(demo)
    visitor.sign_in_as("Account manager")
    return visitor


def test_written_answers_on_two_devices(
    manager: Visitor, visit: Visit, demo: Running, pictures: Path
):
    address = ask_in_writing(manager, "Two Devices")
    phone = visit(demo, PHONE)
    allow(phone, address)
    phone.picture(pictures / "buyer-question.png", full=False)
    write(phone, SAID)
    desk = visit(demo)
    desk.go(f"{address}/questions/1")
    expect(desk.page.get_by_role("textbox")).to_have_value(SAID)
    desk.press("Next")
    write(desk, MORE)
    phone.go(address)
    expect(phone.page.get_by_text("Question 3 of 3")).to_be_visible()
    phone.press("Back")
    expect(phone.page.get_by_role("textbox")).to_have_value(MORE)
    phone.press("Next")
    phone.page.get_by_role("textbox").fill("The audit.")
    phone.press("Next")
    expect(phone.page.get_by_text("Can you give an example?")).to_be_visible()
    phone.press("Next")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Thank you. Three more?")
    assert phone.faults() == []
    phone.press("I am done")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    manager.go("/interviews?standing=heard")
    expect(manager.page.get_by_role("link", name="Two Devices").first).to_be_visible()


def test_what_is_typed_without_a_connection_is_sent_later(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "No Connection")
    buyer = visit(demo, PHONE)
    allow(buyer, address)
    buyer.page.route("**/questions/1", _break_off)
    buyer.page.get_by_role("textbox").fill(SAID)
    expect(buyer.page.locator("[data-status]")).to_contain_text("kept on this device")
    buyer.page.unroute("**/questions/1")
    expect(buyer.page.locator("[data-status]")).to_have_text("Saved")
    assert words_elsewhere(visit(demo), address) == SAID
    buyer.forgive("ERR_CONNECTION_RESET")


def test_what_is_typed_before_the_script_came_is_sent_too(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "Slow Script")
    buyer = visit(demo, PHONE)
    late: list[Route] = []
    buyer.page.route("**/js/buyer.js*", lambda route: late.append(route))
    allow(buyer, address)
    buyer.page.get_by_role("textbox").fill(SAID)
    expect(buyer.page.locator("[data-status]")).to_be_empty()
    late[0].continue_()
    expect(buyer.page.locator("[data-status]")).to_have_text("Saved")
    assert words_elsewhere(visit(demo), address) == SAID


def test_words_typed_after_an_answer_that_was_lost_on_its_way_are_kept(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "Lost Answer")
    buyer = visit(demo, PHONE)
    allow(buyer, address)
    buyer.page.route("**/questions/1", _arrive_unanswered)
    buyer.page.get_by_role("textbox").fill(SAID)
    expect(buyer.page.locator("[data-status]")).to_contain_text("kept on this device")
    buyer.page.get_by_role("textbox").fill(f"{SAID} {MORE}")
    buyer.page.reload()
    expect(buyer.page.get_by_role("textbox")).to_have_value(f"{SAID} {MORE}")
    buyer.page.unroute("**/questions/1")
    expect(buyer.page.locator("[data-status]")).to_have_text("Saved")
    assert words_elsewhere(visit(demo), address) == f"{SAID} {MORE}"
    buyer.forgive("ERR_CONNECTION_RESET")


def test_what_two_devices_write_at_one_question_comes_together(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "One Question")
    phone, desk = visit(demo, PHONE), visit(demo)
    allow(phone, address)
    desk.go(f"{address}/questions/1")
    write(phone, SAID)
    write(desk, MORE)
    together = f"{SAID}\n{MORE}"
    expect(desk.page.get_by_role("textbox")).to_have_value(together)
    write(phone, f"In short: {SAID}")
    expect(phone.page.get_by_role("textbox")).to_have_value(f"In short: {together}")
    expect(phone.page.locator("[data-status]")).to_have_text("Saved")
    assert words_elsewhere(visit(demo), address) == f"In short: {together}"


def test_who_goes_on_without_a_connection_stays_with_the_words(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "Stay Here")
    buyer = visit(demo, PHONE)
    allow(buyer, address)
    buyer.page.route("**/questions/1", _break_off)
    buyer.page.get_by_role("textbox").fill(SAID)
    buyer.press("Next")
    expect(buyer.page.locator("[data-status]")).to_contain_text("kept on this device")
    buyer.page.unroute("**/questions/1")
    buyer.press("Next")
    buyer.page.get_by_text("Question 2 of 3").wait_for()
    assert words_elsewhere(visit(demo), address) == SAID
    buyer.forgive("ERR_CONNECTION_RESET")


def words_elsewhere(device: Visitor, address: str) -> str:
    """The first answer as another device shows it."""
    device.go(f"{address}/questions/1")
    return device.page.get_by_role("textbox").input_value()


def _break_off(route: Route) -> None:
    route.abort("connectionreset")


def _arrive_unanswered(route: Route) -> None:
    if route.request.method == "GET":
        route.continue_()
        return
    route.fetch()
    route.abort("connectionreset")


def test_by_keyboard_alone_on_the_narrowest_phone(manager: Visitor, visit: Visit, demo: Running):
    address = ask_in_writing(manager, "By Keyboard")
    buyer = visit(demo, NARROW)
    keyboard = buyer.page.keyboard
    buyer.go(address)
    assert buyer.page.evaluate("document.documentElement.scrollWidth") <= NARROW.width
    buyer.page.locator("[name=scope]").first.focus()
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.press("Enter")
    buyer.page.get_by_text("Question 1 of 3").wait_for()
    assert buyer.page.evaluate("document.documentElement.scrollWidth") <= NARROW.width
    keyboard.type(SAID)
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(buyer.page.get_by_text("Question 2 of 3")).to_be_visible()
    assert buyer.faults() == []


def test_the_first_load_is_small(manager: Visitor, visit: Visit, demo: Running):
    address = ask_in_writing(manager, "Few Bytes")
    buyer = visit(demo, PHONE)
    sizes: list[int] = []
    buyer.page.on("requestfinished", lambda request: sizes.append(_bytes_of(request)))
    allow(buyer, address)
    buyer.page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < LARGEST_FIRST_LOAD
    assert all(request.startswith(demo.url) for request in _addresses(buyer))


def _bytes_of(request) -> int:  # type: ignore[no-untyped-def]
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def _addresses(buyer: Visitor) -> list[str]:
    found: list[str] = buyer.page.evaluate(
        "performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    return [address for address in found if not address.startswith("data:")]


def test_a_correction_and_a_withdrawal_reach_the_paper(
    visit: Visit, demo: Running, pictures: Path, tmp_path: Path
):
    manager = visit(demo)
    manager.sign_in_as("Programme manager")
    deal, address, printed = with_two_quotes_on_paper(manager, visit(demo), tmp_path)
    files = manager.page.url

    buyer = visit(demo, PHONE)
    buyer.go(address)
    expect(buyer.page.get_by_role("heading", level=1)).to_have_text("What is kept of you")
    buyer.picture(pictures / "buyer-words.png", full=False)
    assert buyer.faults() == []
    correct(buyer, printed[0], "I would rather put it otherwise.")
    keep_correction(buyer)

    manager.go(files)
    expect(manager.page.get_by_text("A buyer changed what may be printed here")).to_be_visible()
    text = paper(manager, deal, tmp_path)
    assert printed[0] not in text
    assert printed[1] in text

    take_back(buyer, printed[1])
    assert printed[1] not in paper(manager, deal, tmp_path)


def test_a_wrong_and_an_ended_address_show_the_same_and_reveal_nothing(
    manager: Visitor, visit: Visit, demo: Running
):
    address = ask_in_writing(manager, "Nobody's Business")
    stranger = visit(demo, PHONE)
    # Not the last character, some bits of which say nothing.
    wrong = address[:-2] + ("a" if address[-2] != "a" else "b") + address[-1]
    shown = [
        _what_a_stranger_sees(stranger, each) for each in (wrong, f"{wrong}/words", "/b/nothing")
    ]
    manager.press("Make a new link")
    with manager.page.expect_navigation():
        manager.press("Make a new one")
    shown.append(_what_a_stranger_sees(stranger, address))
    assert len(set(shown)) == 1
    assert "Nobody's Business" not in shown[0]
    assert "Ilse" not in shown[0]


def _what_a_stranger_sees(stranger: Visitor, address: str) -> str:
    stranger.go(address)
    stranger.forgive("404")
    assert stranger.faults() == []
    return stranger.page.locator("body").inner_text()


def test_a_reply_by_mail_is_brought_in_and_placed(
    manager: Visitor, visit: Visit, demo: Running, pictures: Path
):
    ask_in_writing(manager, "Replied by Mail")
    manager.follow("Bring in their reply")
    assert manager.faults() == []
    manager.write("Or paste what they wrote", f"{SAID}\n\n{MORE}\n\nBest regards,\nIlse")
    manager.press("Bring it in")
    manager.arrives_at("The reply of Ilse Brandt")
    manager.page.get_by_label("Piece 1 belongs").select_option(index=1)
    manager.page.get_by_label("Piece 3 belongs").select_option("Nowhere: leave it out")
    assert manager.faults() == []
    manager.picture(pictures / "mail-reply.png", full=False)
    manager.in_theme("dark")
    assert manager.faults() == []
    manager.picture(pictures / "mail-reply-dark.png")
    on_phone = visit(demo, PHONE)
    on_phone.sign_in_as("Account manager")
    on_phone.go(manager.page.url)
    assert on_phone.faults() == []
    on_phone.picture(pictures / "mail-reply-phone.png")
    manager.press("Place them")
    manager.arrives_at("Interview with Ilse Brandt")
    answered = manager.page.locator(".answered")
    expect(answered.filter(has_text=SAID)).to_be_visible()
    expect(answered.filter(has_text="Reply by e-mail")).to_contain_text(MORE)
    expect(manager.page.get_by_text("Best regards")).to_have_count(0)
