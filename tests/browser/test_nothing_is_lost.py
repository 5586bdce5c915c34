"""Nothing typed is lost: at random, with every accident there is. Each round prints nothing; a
failure prints its seed, and BECAUSE_SEED=... holds the same round again. `bin/because selftest
--long` holds 300 rounds, others each time."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accidents import (
    ADA,
    BEN,
    QUESTIONS,
    House,
    Person,
    Sitting,
    house,
    offline,
)

ROUNDS = int(os.environ.get("BECAUSE_ROUNDS", "20"))
#: The same for every process that collects the tests.
SEED = int(os.environ.get("BECAUSE_SEED", "9001"))
DAY = 24 * 3600 * 1000


@pytest.fixture(scope="module")
def the_house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(chromium, tmp_path_factory.mktemp("house")) as built:
        yield built


@pytest.fixture(scope="module")
def people(the_house: House) -> list[Person]:
    return [the_house.person(ADA), the_house.person(BEN)]


@pytest.mark.parametrize("seed", range(SEED, SEED + ROUNDS))
def test_every_typed_character_is_there_once(the_house: House, people: list[Person], seed: int):
    rng = random.Random(seed)
    round_ = Round(the_house, people, rng)
    try:
        round_.hold()
        wrong = round_.sitting.wrong()
        assert not wrong, _report(seed, wrong, round_.sitting.log)
    finally:
        round_.end()


def _report(seed: int, wrong: list[str], log: list[str]) -> str:
    lines = "\n".join([*wrong, "", *log])
    return f"\nBECAUSE_SEED={seed} BECAUSE_ROUNDS=1\n{lines}"


class Round:
    """Some typing, some accidents, and then all is well again."""

    def __init__(self, at: House, people: list[Person], rng: random.Random) -> None:
        self.house, self.rng = at, rng
        self.ada, self.ben = people
        self.sitting = Sitting(at, at.new_interview(), rng)
        self.cut: set[str] = set()

    def hold(self) -> None:
        self._come(self.ada)
        steps = [self._type] * 5 + [
            self._another_page,
            self._second_person,
            self._kill_the_server,
            self._start_the_server,
            self._cut_the_connection,
            self._mend_the_connection,
            self._close_in_the_middle_of_a_word,
            self._reload,
            self._end_the_session,
            self._wait,
        ]
        for _ in range(self.rng.randint(8, 18)):
            self.rng.choice(steps)()
        self._make_all_well()
        self.sitting.settle([self.ada, self.ben])

    def end(self) -> None:
        self.house.server.start()
        for person in (self.ada, self.ben):
            offline(person.context, False)
            for page in list(person.pages):
                person.close(page)

    def _pages(self) -> list[tuple[Person, Page]]:
        return [(person, page) for person in (self.ada, self.ben) for page in person.pages]

    def _come(self, person: Person) -> Page:
        question = self.rng.choice(QUESTIONS)
        page = person.open(self.sitting.interview, question)
        self.sitting.note(f"{person.role} opened page {len(person.pages)}")
        return page

    def _type(self) -> None:
        _, page = self.rng.choice(self._pages())
        self.sitting.type(page, self.rng.choice(QUESTIONS))

    def _another_page(self) -> None:
        if len(self.ada.pages) < 2 and self._may_come(self.ada):
            self._come(self.ada)

    def _second_person(self) -> None:
        if not self.ben.pages and self._may_come(self.ben):
            self._come(self.ben)

    def _may_come(self, person: Person) -> bool:
        """A page that was opened before on this device opens without the server too."""
        is_reached = self.house.server.is_up and person.role not in self.cut
        return is_reached or person.has_the_shell

    def _kill_the_server(self) -> None:
        self.sitting.note("the server was killed")
        self.house.server.kill()

    def _start_the_server(self) -> None:
        self.house.server.start()
        self.sitting.note("the server was started")

    def _cut_the_connection(self) -> None:
        person = self.rng.choice((self.ada, self.ben))
        self.cut.add(person.role)
        offline(person.context, True)
        self.sitting.note(f"{person.role} lost the connection")

    def _mend_the_connection(self) -> None:
        for person in (self.ada, self.ben):
            offline(person.context, False)
        self.cut.clear()
        self.sitting.note("connections mended")

    def _close_in_the_middle_of_a_word(self) -> None:
        person, page = self.rng.choice(self._pages())
        if len(person.pages) == 1 and not self._may_come(person):
            return
        self.sitting.type(page, self.rng.choice(QUESTIONS), length=3)
        person.close(page)
        self.sitting.note(f"{person.role} closed a page in the middle of a word")
        if not person.pages:
            self._come(person)

    def _reload(self) -> None:
        person, page = self.rng.choice(self._pages())
        if not self._may_come(person):
            return
        self.sitting.type(page, self.rng.choice(QUESTIONS), length=2)
        person.reload(page)
        self.sitting.note(f"{person.role} reloaded")

    def _end_the_session(self) -> None:
        person = self.rng.choice((self.ada, self.ben))
        self.house.end_session_of(person.role)
        self.sitting.note(f"the session of {person.role} ended")

    def _wait(self) -> None:
        pages = self._pages()
        pages[0][1].wait_for_timeout(self.rng.choice((100, 600, 1500)))

    def _make_all_well(self) -> None:
        self._start_the_server()
        self._mend_the_connection()
