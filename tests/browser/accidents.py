"""People at an interview, everything that can go wrong meanwhile, and what the server has of it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page
from sqlalchemy import delete, select

from app.core import clock, migrations
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import choose_guide
from app.identity.models import Role, SignIn
from app.interviews.models import Answer, Interview, Scope
from tests.browser.killable import Killable, killable
from tests.browser.visitor import DESKTOP, _context
from tests.databases import empty_database
from tests.factories import Factory

ADA, BEN = "Account manager", "Programme manager"
QUESTIONS = ("what_changed", "pain_cost")
#: From here on each typed character is one that was never typed before: it must be there once.
_FIRST_CHARACTER = 0x4E00
_CHARACTERS = 20_000
_PATIENCE_SECONDS = 60
_READY = "[data-capture][data-ready]"


#: Presses the button, unless the two versions came together by themselves meanwhile.
_JOIN = """question => {
  const box = document.querySelector(`[data-turn=${question}] [data-clash]`);
  if (!box || box.hidden) return false;
  box.querySelector("[data-keep=joined]").click();
  return true;
}"""


_HAS_THE_SHELL = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/interviews/");
  return Boolean(worker?.active);
}"""


_LEFT = """() => ({
  state: document.querySelector("[data-status]")?.dataset.state,
  asks: document.querySelector("#sign-in-here[open]")?.innerText.slice(0, 200),
  clashes: document.querySelectorAll("[data-clash]:not([hidden])").length,
  words: [...document.querySelectorAll("textarea.answer")].map((one) => one.value).filter(Boolean),
})"""


@dataclass
class House:
    """The product with two people and its database, behind a server that can be killed."""

    server: Killable
    db: Database
    browser: Browser
    users: dict[str, int]
    deal_id: int
    guide_id: int

    def new_interview(self) -> str:
        with self.db.writing() as session:
            interview = Interview(
                deal_id=self.deal_id,
                interviewer_id=self.users[ADA],
                state="in_progress",
                scope=Scope.NAME,
                started_at=clock.now(),
                guide_version_id=self.guide_id,
            )
            session.add(interview)
            session.flush()
            return interview.public_id

    def answers(self, interview: str) -> dict[str, str]:
        with self.db.reading() as session:
            rows = session.scalars(
                select(Answer).join(Answer.interview).where(Interview.public_id == interview)
            )
            return {row.question_id: row.text for row in rows}

    def end_session_of(self, person: str) -> None:
        with self.db.writing() as session:
            session.execute(delete(SignIn).where(SignIn.user_id == self.users[person]))

    def person(self, role: str) -> Person:
        person = Person(self, role, _context(self.browser, DESKTOP, "light"))
        person.context.set_default_timeout(1000 * _PATIENCE_SECONDS)
        person.sign_in()
        return person


@contextmanager
def house(browser: Browser, folder: Path) -> Iterator[House]:
    with empty_database() as settings:
        url = settings.get("DATABASE_URL", f"sqlite:///{folder / 'because.db'}")
        db = Database(url.replace("postgresql://", "postgresql+psycopg://", 1))
        migrations.upgrade(db)
        with db.writing() as session:
            load_shipped(session, SHIPPED)
            make = Factory(session)
            make.workspace()
            users = {
                ADA: make.user(Role.INTERVIEWER, name="Ada").id,
                BEN: make.user(Role.PROGRAMME_MANAGER, name="Ben").id,
            }
            deal = make.deal("lost")
            guide = choose_guide(session, "lost", 30)
            assert guide is not None
            deal_id, guide_id = deal.id, guide.id
        with killable(folder, BECAUSE_DEMO="1", **settings) as server:
            yield House(server, db, browser, users, deal_id, guide_id)
        db.engine.dispose()


@dataclass
class Person:
    """Somebody with a browser of their own, and the pages open in it."""

    house: House
    role: str
    context: BrowserContext
    pages: list[Page] = field(default_factory=list)

    def sign_in(self) -> None:
        page = self.context.new_page()
        page.goto(f"{self.house.server.url}/sign-in")
        page.get_by_role("button", name=self.role, exact=True).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.close()

    def open(self, interview: str, question: str) -> Page:
        page = self.context.new_page()
        self.pages.append(page)
        page.goto(f"{self.house.server.url}/interviews/{interview}/capture/{question}")
        self._arrive(page)
        return page

    def reload(self, page: Page) -> None:
        page.reload()
        self._arrive(page)

    def _arrive(self, page: Page) -> None:
        """Signs in where it is asked for, and again where the answer to that was lost."""
        for _ in range(3):
            page.locator(f"{_READY}, form[action*='/sign-in/as/']").first.wait_for()
            if "/sign-in" not in page.url:
                break
            page.get_by_role("button", name=self.role, exact=True).click()
            with suppress(Error):
                page.wait_for_url(lambda url: "/sign-in" not in url, timeout=20_000)
        try:
            ready(page)
        except Error as problem:
            raise AssertionError(f"{page.url}: {page.inner_text('body')[:500]}") from problem

    def close(self, page: Page) -> None:
        """At once, as a browser that crashes: nothing is asked before."""
        self.pages.remove(page)
        page.close(run_before_unload=False)

    @property
    def has_the_shell(self) -> bool:
        """Whether pages open on this device without the server, for one that was opened did."""
        return any(page.evaluate(_HAS_THE_SHELL) for page in self.pages[:1])

    def sign_in_in_place(self) -> None:
        """Wherever the page asks for it: as often as it asks, for it asks anew where the answer
        was lost."""
        for page in self.pages:
            as_role = page.locator("#sign-in-here[open]").get_by_role(
                "button", name=self.role, exact=True
            )
            if as_role.count():
                with suppress(Error):
                    as_role.click(timeout=1000)
                page.wait_for_timeout(300)


def ready(page: Page) -> None:
    page.locator(_READY).wait_for()


def words(page: Page, question: str) -> str:
    return page.locator(f"[data-turn={question}] > form textarea.answer").input_value()


def go_to(page: Page, question: str) -> None:
    """By script, for the guide's sections may be folded."""
    page.evaluate(
        "question => document.querySelector(`[data-step=${question}] a`).click()", question
    )


@dataclass
class Sitting:
    """One interview, held with accidents; what was typed into each answer is remembered."""

    house: House
    interview: str
    rng: random.Random
    typed: dict[str, list[str]] = field(default_factory=lambda: {q: [] for q in QUESTIONS})
    log: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    _next: int = 0

    def note(self, what: str) -> None:
        self.log.append(f"{time.monotonic() - self.began:5.1f} {what}")

    def type(self, page: Page, question: str, length: int | None = None) -> None:
        """Characters that nobody has typed before, at the beginning or at the end."""
        length = length or self.rng.randint(1, 12)
        characters = [chr(_FIRST_CHARACTER + self._next + n) for n in range(length)]
        self._next += length
        assert self._next < _CHARACTERS
        go_to(page, question)
        field_ = page.locator(f"[data-turn={question}] > form textarea.answer")
        field_.focus()
        page.keyboard.press(self.rng.choice(("Control+End", "Control+Home")))
        page.keyboard.type("".join(characters), delay=self.rng.choice((0, 0, 5, 30)))
        self.typed[question] += characters
        self.note(f"typed {length} into {question}")

    def settle(self, people: list[Person]) -> None:
        """All is well again: clashes are decided, and everything that waits is sent."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for person in people:
                person.sign_in_in_place()
            if all(self._is_settled(page) for person in people for page in person.pages):
                if not self.wrong():
                    return
            elif self._join(people):
                continue
            time.sleep(0.15)
        for person in people:
            for page in person.pages:
                self.note(f"{person.role} is left with {page.evaluate(_LEFT)}")

    def wrong(self) -> list[str]:
        """Characters that are missing on the server, or stand there more than once."""
        answers = self.house.answers(self.interview)
        found = []
        for question, typed in self.typed.items():
            there = Counter(answers.get(question, "").replace("\n", ""))
            expected = Counter(typed)
            found += [f"{question}: {c} is missing" for c in expected - there]
            found += [f"{question}: {c} stands again" for c in there - expected]
        return found

    def _join(self, people: list[Person]) -> bool:
        """One person decides one clash."""
        for person in people:
            for page in person.pages:
                for question in QUESTIONS:
                    if page.evaluate(_JOIN, question):
                        self.note(f"{person.role} joined {question}")
                        self._let_it_be_told(people, question)
                        return True
        return False

    def _let_it_be_told(self, people: list[Person], question: str) -> None:
        """One decides, and the others see it before they would decide too."""
        undecided = f"[data-turn={question}] [data-clash]:not([hidden])"
        for _ in range(12):
            time.sleep(0.25)
            if not any(page.locator(undecided).count() for one in people for page in one.pages):
                return

    def _is_settled(self, page: Page) -> bool:
        saved = page.locator("[data-status][data-state=saved]").count() == 1
        return saved and page.locator("[data-clash]:not([hidden])").count() == 0


def offline(context: BrowserContext, is_offline: bool) -> None:
    try:
        context.set_offline(is_offline)
    except Error as problem:
        # A service worker that starts or ends at this very moment; its pages are cut all the same.
        if "Target" not in str(problem):
            raise
