"""Each accident by its name: what was typed is there, once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accidents import (
    ADA,
    BEN,
    QUESTIONS,
    House,
    Person,
    Sitting,
    go_to,
    house,
    ready,
    words,
)

FIRST, SECOND = QUESTIONS
TEN_MINUTES = 10 * 60 * 1000
A_DAY = 24 * 3600
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def the_house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(chromium, tmp_path_factory.mktemp("house")) as built:
        yield built


@pytest.fixture
def ada(the_house: House) -> Iterator[Person]:
    person = the_house.person(ADA)
    yield person
    person.context.close()


@pytest.fixture
def ben(the_house: House) -> Iterator[Person]:
    person = the_house.person(BEN)
    yield person
    person.context.close()


@pytest.fixture
def sitting(the_house: House) -> Iterator[Sitting]:
    yield Sitting(the_house, the_house.new_interview(), random.Random(1))
    the_house.server.start()


def saved(page: Page) -> None:
    page.locator("[data-status][data-state=saved]").wait_for()


def in_state(page: Page, state: str) -> None:
    page.locator(f"[data-status][data-state='{state}']").wait_for()


def all_there(sitting: Sitting, *people: Person) -> None:
    sitting.settle(list(people))
    assert sitting.wrong() == []


def test_the_server_is_killed_while_one_types(sitting: Sitting, ada: Person):
    page = ada.open(sitting.interview, FIRST)
    sitting.type(page, FIRST, 8)
    sitting.house.server.kill()
    sitting.type(page, FIRST, 8)
    in_state(page, "offline")
    expect(page.locator("[data-status]")).to_have_text(
        "Saved on this device; sent when there is a connection"
    )
    sitting.type(page, SECOND, 8)
    sitting.house.server.start()
    all_there(sitting, ada)


def test_the_connection_is_cut_for_ten_minutes(sitting: Sitting, ada: Person):
    page = _at_a_clock(ada, sitting)
    ada.context.set_offline(True)
    for _ in range(5):
        sitting.type(page, FIRST)
        page.clock.fast_forward(TEN_MINUTES // 5)
    expect(page.locator("[data-status]")).to_have_attribute("data-state", "offline")
    ada.context.set_offline(False)
    all_there(sitting, ada)


def test_the_page_is_closed_in_the_middle_of_a_word(sitting: Sitting, ada: Person):
    page = ada.open(sitting.interview, FIRST)
    saved(page)
    sitting.type(page, FIRST, 5)
    ada.close(page)
    page = ada.open(sitting.interview, FIRST)
    expect(_field(page, FIRST)).to_have_value("".join(sitting.typed[FIRST]))
    all_there(sitting, ada)


def test_it_is_closed_without_a_connection_and_opens_again_without_one(
    sitting: Sitting, ada: Person
):
    page = ada.open(sitting.interview, FIRST)
    _wait_for_the_shell(page)
    sitting.house.server.kill()
    sitting.type(page, FIRST, 5)
    ada.close(page)
    page = ada.open(sitting.interview, FIRST)
    expect(_field(page, FIRST)).to_have_value("".join(sitting.typed[FIRST]))
    sitting.type(page, SECOND, 5)
    page.reload()
    ready(page)
    sitting.house.server.start()
    all_there(sitting, ada)


def test_an_interview_never_opened_here_says_so_without_a_connection(sitting: Sitting, ada: Person):
    _wait_for_the_shell(ada.open(sitting.interview, FIRST))
    other = sitting.house.new_interview()
    sitting.house.server.kill()
    page = ada.context.new_page()
    page.goto(f"{sitting.house.server.url}/interviews/{other}/capture")
    expect(page.get_by_role("status")).to_contain_text("was not opened on this device before")


def test_two_tabs_show_the_same_words(sitting: Sitting, ada: Person):
    one, other = (ada.open(sitting.interview, FIRST) for _ in range(2))
    for page in (one, other, one):
        sitting.type(page, FIRST, 6)
    all_there(sitting, ada)
    stands = sitting.house.answers(sitting.interview)[FIRST]
    for page in (one, other):
        expect(_field(page, FIRST)).to_have_value(stands)


def test_two_tabs_without_a_connection(sitting: Sitting, ada: Person):
    one, other = (ada.open(sitting.interview, FIRST) for _ in range(2))
    sitting.house.server.kill()
    sitting.type(one, FIRST, 6)
    sitting.type(other, SECOND, 6)
    ada.close(one)
    sitting.house.server.start()
    all_there(sitting, ada)


def test_each_of_two_people_sees_the_other_and_their_words_within_moments(
    sitting: Sitting, ada: Person, ben: Person
):
    page, others = ada.open(sitting.interview, FIRST), ben.open(sitting.interview, SECOND)
    expect(page.locator("[data-present]")).to_have_text("Also here: Ben")
    expect(others.locator(f"[data-step={FIRST}] .here")).to_have_text("Ada")
    sitting.type(page, FIRST, 6)
    shown = others.locator(f"[data-turn={FIRST}] > form textarea.answer")
    expect(shown).to_have_value("".join(sitting.typed[FIRST]))
    go_to(others, FIRST)
    expect(page.locator(f"[data-turn={FIRST}] [data-writing]")).to_contain_text(
        "Also at this question: Ben"
    )
    all_there(sitting, ada, ben)


def test_words_reach_the_other_within_three_seconds_of_the_clock(
    sitting: Sitting, ada: Person, ben: Person
):
    page, others = (_at_a_clock(person, sitting) for person in (ada, ben))
    expect(page.locator("[data-present]")).to_have_text("Also here: Ben")
    expect(others.locator("[data-present]")).to_have_text("Also here: Ada")
    for one in (page, others):
        one.clock.pause_at(one.evaluate("Date.now()") + 1000)
    sitting.type(page, FIRST, 6)
    page.clock.run_for(1000)
    saved(page)
    others.clock.run_for(2000)
    expect(_field(others, FIRST)).to_have_value("".join(sitting.typed[FIRST]))
    for one in (page, others):
        one.clock.resume()
    all_there(sitting, ada, ben)


def test_two_people_write_the_same_answer(sitting: Sitting, ada: Person, ben: Person):
    page, others = ada.open(sitting.interview, FIRST), ben.open(sitting.interview, FIRST)
    ada.context.set_offline(True)
    sitting.type(page, FIRST, 6)
    typed_by_ada = "".join(sitting.typed[FIRST])
    sitting.type(others, FIRST, 6)
    saved(others)
    ada.context.set_offline(False)
    for one, whose in ((page, words(others, FIRST)), (others, typed_by_ada)):
        expect(one.locator(f"[data-turn={FIRST}] .version .as-typed")).to_have_text(whose)
    assert words(page, FIRST) == typed_by_ada
    others.get_by_role("button", name="Join them").click()
    all_there(sitting, ada, ben)
    assert words(page, FIRST) == words(others, FIRST)


def test_words_in_different_places_of_an_answer_come_together_by_themselves(
    sitting: Sitting, ada: Person, ben: Person
):
    page, others = ada.open(sitting.interview, FIRST), ben.open(sitting.interview, FIRST)
    _write(page, FIRST, "We compared three. It took a year.")
    expect(_field(others, FIRST)).to_have_value("We compared three. It took a year.")
    ada.context.set_offline(True)
    _write(page, FIRST, "In May we compared three. It took a year.")
    _write(others, FIRST, "We compared three. It took a year, with holidays.")
    saved(others)
    ada.context.set_offline(False)
    together = "In May we compared three. It took a year, with holidays."
    for one in (page, others):
        expect(_field(one, FIRST)).to_have_value(together)
        expect(one.locator(f"[data-turn={FIRST}] > [data-clash]")).to_be_hidden()


@pytest.mark.parametrize("seconds", [-A_DAY, A_DAY])
def test_the_clock_is_wrong_by_a_day(sitting: Sitting, ada: Person, ben: Person, seconds: int):
    page = _at_a_clock(ada, sitting, seconds)
    others = ben.open(sitting.interview, FIRST)
    for one in (page, others, page):
        sitting.type(one, FIRST, 5)
        saved(one)
        page.wait_for_timeout(300)
    all_there(sitting, ada, ben)


def test_the_session_ends_while_one_types(sitting: Sitting, ada: Person):
    page = ada.open(sitting.interview, FIRST)
    sitting.type(page, FIRST, 5)
    saved(page)
    sitting.house.end_session_of(ADA)
    sitting.type(page, FIRST, 5)
    page.locator("#sign-in-here[open]").get_by_label("Password").wait_for()
    assert _field(page, FIRST).evaluate("field => field === document.activeElement")
    sitting.type(page, FIRST, 5)
    all_there(sitting, ada)
    assert page.locator("#sign-in-here[open]").count() == 0


def test_a_wrong_password_in_place_is_told_in_place(sitting: Sitting, ada: Person):
    page = ada.open(sitting.interview, FIRST)
    sitting.house.end_session_of(ADA)
    sitting.type(page, FIRST, 5)
    dialog = page.locator("#sign-in-here[open]")
    dialog.get_by_label("E-mail address").fill("ada@example.com")
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_contain_text("the password is wrong")
    all_there(sitting, ada)


def test_another_person_on_the_same_device_neither_sees_nor_sends_the_words(
    sitting: Sitting, ada: Person
):
    page = ada.open(sitting.interview, FIRST)
    _wait_for_the_shell(page)
    sitting.house.end_session_of(ADA)
    sitting.type(page, FIRST, 5)
    dialog = page.locator("#sign-in-here[open]")
    dialog.get_by_role("button", name=BEN, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in as Ben now")
    page.locator("[data-capture][data-ready]").wait_for()
    assert words(page, FIRST) == ""
    saved(page)
    assert sitting.house.answers(sitting.interview).get(FIRST, "") == ""
    ada.close(page)
    ada.sign_in()
    page = ada.open(sitting.interview, FIRST)
    expect(_field(page, FIRST)).to_have_value("".join(sitting.typed[FIRST]))
    all_there(sitting, ada)


def test_signing_out_offers_to_send_then_clears_the_device(sitting: Sitting, ada: Person):
    page, other = _interview_and_account(sitting, ada)
    sitting.house.server.kill()
    sitting.type(page, FIRST, 5)
    ada.close(page)
    other.get_by_role("button", name="Sign out", exact=True).click()
    dialog = other.get_by_role("dialog", name="One answer is not sent yet")
    send = dialog.get_by_role("button", name="Send them and sign out")
    send.click()
    expect(dialog.get_by_role("status")).to_contain_text("They could not be sent")
    sitting.house.server.start()
    send.click()
    other.wait_for_url("**/sign-in")
    assert sitting.wrong() == []
    assert _kept(other) == []


def test_signing_out_waits_for_the_server_before_anything_is_cleared(sitting: Sitting, ada: Person):
    page, other = _interview_and_account(sitting, ada)
    sitting.house.server.kill()
    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(other.locator("#toasts")).to_contain_text("You are still signed in")
    assert _kept(other) != []
    ada.close(page)
    sitting.house.server.start()
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.wait_for_url("**/sign-in")
    assert _kept(other) == []


def test_any_page_sends_what_waits(sitting: Sitting, ada: Person):
    page = ada.open(sitting.interview, FIRST)
    sitting.house.server.kill()
    sitting.type(page, FIRST, 5)
    in_state(page, "offline")
    ada.close(page)
    sitting.house.server.start()
    ada.context.new_page().goto(f"{sitting.house.server.url}/interviews")
    _until_all_is_there(sitting)


def test_words_are_kept_where_the_browser_has_no_database(sitting: Sitting, ada: Person):
    ada.context.add_init_script("delete window.indexedDB; window.indexedDB = undefined;")
    page = ada.open(sitting.interview, FIRST)
    sitting.house.server.kill()
    sitting.type(page, FIRST, 5)
    sitting.house.server.start()
    ada.close(page)
    page = ada.open(sitting.interview, FIRST)
    expect(_field(page, FIRST)).to_have_value("".join(sitting.typed[FIRST]))
    all_there(sitting, ada)


def test_a_refused_change_is_shown_with_its_words_and_holds_nothing_up(
    sitting: Sitting, ada: Person
):
    page = ada.open(sitting.interview, FIRST)
    page.evaluate("document.querySelector('select[name=taken]').add(new Option('x', 'x'))")
    page.locator(f"[data-turn={FIRST}] select[name=taken]").select_option("x")
    sitting.type(page, FIRST, 5)
    expect(page.locator(".refused")).to_contain_text("This was not saved")
    all_there(sitting, ada)


def _at_a_clock(person: Person, sitting: Sitting, seconds: int = 0) -> Page:
    """A page whose clock is under control, and wrong by so much."""
    page = person.context.new_page()
    page.clock.install(time=time.time() + seconds)
    person.pages.append(page)
    page.goto(f"{sitting.house.server.url}/interviews/{sitting.interview}/capture/{FIRST}")
    ready(page)
    return page


def _field(page: Page, question: str) -> Locator:
    return page.locator(f"[data-turn={question}] > form textarea.answer")


def _write(page: Page, question: str, text: str) -> None:
    _field(page, question).fill(text)


def _wait_for_the_shell(page: Page) -> None:
    """Until the browser keeps what it needs to open the page again without the server."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    saved(page)


def _interview_and_account(sitting: Sitting, person: Person) -> tuple[Page, Page]:
    """The two pages, beside each other in one browser."""
    page = person.open(sitting.interview, FIRST)
    _wait_for_the_shell(page)
    other = person.context.new_page()
    other.goto(f"{sitting.house.server.url}/account")
    return page, other


def _kept(page: Page) -> list[str]:
    """The names under which the browser keeps words of interviews."""
    names: list[str] = page.evaluate(
        """async () => [
          ...(await indexedDB.databases()).map(({ name }) => name),
          ...Object.keys(localStorage),
        ].filter((name) => name.startsWith("because.words."))"""
    )
    return names


def _until_all_is_there(sitting: Sitting) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while sitting.wrong() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert sitting.wrong() == []
