"""The real product in its own processes, and people at real browsers before it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.launching import chromium_path, launch
from tests.browser.visitor import DESKTOP, Screen, Theme, Visitor, open_visitor
from tests.databases import empty_database
from tests.house.running import Running, running
from tests.realdata.conftest import realdata

__all__ = ["realdata"]

Visit = Callable[..., Visitor]


class Product(Protocol):
    """Something that answers at an address."""

    @property
    def url(self) -> str: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            # A browser and a server on a busy machine may be slower than a step waits. Where words
            # may be lost nothing is asked twice: once lost is lost.
            if item.path.name != "test_nothing_is_lost.py":
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if chromium_path() is None and os.environ.get("CI"):
        pytest.fail("Chromium is missing: apt-get install chromium")
    if chromium_path() is None:
        pytest.skip("Chromium is missing: bin/setup --dev installs it where it may")
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`bin/run --demo`: the believable company, with a sign-in per role."""
    with (
        empty_database() as database,
        running(tmp_path_factory.mktemp("demo") / "instance", "--demo", **database) as product,
    ):
        product.wait_for_answer()
        yield product


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Running]:
    """`bin/run` where nobody has been before."""
    with (
        empty_database() as database,
        running(tmp_path / "instance", **database) as product,
    ):
        product.wait_for_answer()
        yield product


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots are kept."""
    chosen: str | None = request.config.getoption("--screenshots")
    return Path(chosen) if chosen else tmp_path_factory.getbasetemp() / "screenshots"


@pytest.fixture
def visit(request: pytest.FixtureRequest, chromium: Browser, pictures: Path) -> Iterator[Visit]:
    """`visit(product, screen=PHONE)`: somebody new. What went wrong on their page fails the test,
    and a picture of a page that failed is kept."""
    visitors: list[Visitor] = []

    def come(product: Product, screen: Screen = DESKTOP, theme: Theme = "light") -> Visitor:
        visitors.append(open_visitor(chromium, product.url, screen, theme))
        return visitors[-1]

    failed_before = request.session.testsfailed
    yield come
    problems = [problem for visitor in visitors for problem in visitor.problems]
    if problems or request.session.testsfailed > failed_before:
        name = re.sub(r"[^\w-]+", "-", request.node.name)
        for number, visitor in enumerate(visitors):
            visitor.picture(pictures / "failed" / f"{name}-{number}.png")
    for visitor in visitors:
        visitor.page.context.close()
    assert not problems, "\n".join(problems)
