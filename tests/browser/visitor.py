"""Somebody at a browser, and everything that goes wrong before their eyes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

from tests.browser import axe

Theme = Literal["light", "dark"]

#: A form that is refused answers with this; the browser's console calls it an error.
REFUSED_FORM = 422
_REFUSED_IN_CONSOLE = re.compile(rf"the server responded with a status of {REFUSED_FORM}")


@dataclass(frozen=True)
class Screen:
    """What the visitor looks at."""

    name: str
    width: int
    height: int
    is_phone: bool = False


DESKTOP = Screen("desktop", 1280, 800)
PHONE = Screen("phone", 390, 844, is_phone=True)


@dataclass
class Visitor:
    """A page in a browser of its own, with cookies of its own."""

    page: Page
    screen: Screen
    url: str
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", lambda r: self._note_answer(r.status, r.url))

    def go(self, path: str) -> None:
        self.page.goto(self.url + path if path.startswith("/") else path)

    def sign_in_as(self, role: str) -> None:
        """By the demo's button for that role."""
        self.go("/sign-in")
        self.press(role)
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def sign_in(self, email: str, password: str) -> None:
        self.go("/sign-in")
        self.write("E-mail address", email)
        self.write("Password", password)
        self.press("Sign in")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def open_menu(self) -> None:
        if self.screen.is_phone:
            self.press("Menu")

    def choose(self, place: str) -> None:
        """Follow an entry of the navigation, unfolding the part of the menu that holds it."""
        self.open_menu()
        menu = self.page.locator("#menu")
        entry = menu.get_by_text(place, exact=True)
        inside = self.page.get_by_text(place, exact=True)
        folded = menu.locator("details:not([open])").filter(has=inside)
        if folded.count():
            self.touch(folded.locator("summary"))
        self.touch(entry)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Click the button of that name, or tap it on a phone."""
        button = (within or self.page).get_by_role("button", name=name, exact=True).first
        self.touch(button)

    def follow(self, name: str, within: Locator | None = None) -> None:
        self.touch((within or self.page).get_by_role("link", name=name, exact=True).first)

    def labelled(self, label: str) -> Locator:
        """The field of that label, whether or not it may be left out."""
        return self.page.get_by_label(
            re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        ).first

    def write(self, label: str, text: str) -> None:
        """Fill the field of that label."""
        self.labelled(label).fill(text)

    def tick(self, label: str) -> None:
        self.touch(self.labelled(label))

    def pick(self, label: str, option: str) -> None:
        self.labelled(label).select_option(label=option)

    def arrives_at(self, heading: str) -> None:
        """Waits for the page of that heading; fails where it does not come."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def in_theme(self, theme: Theme) -> None:
        self.page.emulate_media(color_scheme=theme)

    def forgive(self, words: str) -> None:
        """What a test brought about on purpose is no problem."""
        self.problems = [problem for problem in self.problems if words not in problem]

    def resize(self, width: int, height: int = 800) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def picture(self, path: Path, *, full: bool = True) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=full, animations="disabled")

    def faults(self, only: Sequence[str] = ()) -> list[str]:
        """What axe finds on the page as it stands, one line each."""
        return axe.faults(self.page, only)

    def touch(self, target: Locator) -> None:
        """Tap on a phone, click on a desktop."""
        if self.screen.is_phone:
            target.tap()
        else:
            target.click()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSED_IN_CONSOLE.search(message.text):
            self.problems.append(f"console on {self.page.url}: {message.text}")

    def _note_failure(self, request: Request) -> None:
        # Leaving a page, or a download taking over, breaks off what was under way.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"request {request.url}: {request.failure}")

    def _note_answer(self, status: int, url: str) -> None:
        if status >= 400 and status != REFUSED_FORM:
            self.problems.append(f"answer {status}: {url}")


def open_visitor(browser: Browser, url: str, screen: Screen, theme: Theme) -> Visitor:
    """A browser nobody has used before."""
    return Visitor(_context(browser, screen, theme).new_page(), screen, url)


def _context(browser: Browser, screen: Screen, theme: Theme) -> BrowserContext:
    options: dict[str, Any] = {
        "viewport": {"width": screen.width, "height": screen.height},
        "color_scheme": theme,
        "reduced_motion": "reduce",
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "accept_downloads": True,
    }
    if screen.is_phone:
        options |= {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    context = browser.new_context(**options)
    context.set_default_timeout(60_000)
    return context
