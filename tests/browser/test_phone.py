"""A code on the desktop signs the same person in on a phone, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_empty_workspace import become_administrator
from tests.browser.visitor import PHONE
from tests.databases import empty_database
from tests.house.running import Running, running


@pytest.fixture
def reachable(tmp_path: Path) -> Iterator[Running]:
    """A product that says it can be reached from elsewhere; else there is no code to scan."""
    settings = {"PUBLIC_URL": "http://because.example"}
    with (
        empty_database() as database,
        running(tmp_path / "instance", **settings, **database) as product,
    ):
        product.wait_for_answer()
        yield product


def test_the_code_signs_in_once(visit: Visit, reachable: Running):
    at_desk = visit(reachable)
    become_administrator(at_desk, reachable)
    at_desk.choose("Use on a phone")
    at_desk.press("Show the code")
    assert at_desk.page.get_by_role("img", name="Code to scan").is_visible()
    link = at_desk.page.get_by_label("Or open this address on the phone").input_value()

    on_phone = visit(reachable, PHONE)
    on_phone.go(urlsplit(link).path)
    on_phone.arrives_at("Sign in on this phone")
    on_phone.press("Sign in")
    on_phone.arrives_at("Your company")
    on_phone.open_menu()
    assert on_phone.page.get_by_text("Ada Okafor").is_visible()

    another = visit(reachable, PHONE)
    another.go(urlsplit(link).path)
    another.arrives_at("This link does not work any more")
    another.forgive("410")
