"""201 decisions of software teams, imported as interviews, tagged anew: the worker suggests by the
words of a reason list, and a person says yes or no with one key each."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.core.access import SYSTEM
from app.core.db import Database
from app.core.jobs import JobContext
from app.identity import operations as identity
from app.identity.models import Role
from app.tagging.cli import interviews, reasons
from app.tagging.models import Reason, Tag, TagEvidence
from app.tagging.suggestions import jobs
from app.tagging.suggestions.models import Decision, Suggestion
from config import Settings
from tests.browser.conftest import Visit
from tests.browser.house import House, open_house
from tests.browser.visitor import Visitor
from tests.factories import PASSWORD, Factory
from tests.house.running import free_port
from tests.realdata.decisions_to_jsonl import decisions_to_jsonl

pytestmark = pytest.mark.realdata

REASONS = Path(__file__).parents[1] / "realdata" / "decision_reasons.yaml"
NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
INTERVIEWS, DECISIONS = 8, 40
#: Where the suggestion in hand stands, what it names, and whether its words were marked before:
#: then the authors had said that they speak for or against.
_IN_HAND = """() => {
  const here = document.activeElement.closest(".given-tags > li");
  const same = [...here.parentElement.children].filter((each) =>
    each !== here && each.dataset.start === here.dataset.start &&
    each.dataset.end === here.dataset.end);
  return {
    reason: here.querySelector("strong").textContent,
    place: `${here.closest("article").id} ${here.dataset.start}`,
    isMarked: same.some((each) => each.querySelector("[data-given]")),
  };
}"""


@dataclass
class Decided:
    """What the person did."""

    accepted: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.accepted) + len(self.refused)


@pytest.fixture
def house(
    app: Flask, db: Database, settings: Settings, realdata: Path, tmp_path: Path, monkeypatch: Any
) -> Iterator[House]:
    """Imported by the commands that anybody has; nothing of it has a reason yet."""
    monkeypatch.setenv("BECAUSE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    file = tmp_path / "decisions.jsonl"
    assert decisions_to_jsonl(realdata / "decisions", file) == 201
    with db.writing() as session:
        Factory(session).workspace()
        identity.add_user(
            session,
            SYSTEM,
            email="mona@halden.example",
            name="Mona",
            role=Role.PROGRAMME_MANAGER,
            password=PASSWORD,
            time_zone="Europe/Berlin",
        )
    for command, arguments in (
        (reasons, ["load", str(REASONS)]),
        (interviews, ["import", str(file)]),
    ):
        result = CliRunner().invoke(command, arguments)
        assert result.exit_code == 0, result.output
    with open_house(app, db, free_port(), NOW) as house:
        yield house


def test_decisions_are_tagged_by_suggestion_and_a_persons_yes_or_no(
    house: House, visit: Visit, pictures: Path
):
    suggest(house)
    assert count(house, TagEvidence.reason_id.is_not(None)) == 0
    waiting = count(house, Suggestion.decision == Decision.OPEN)
    assert waiting > 2000
    mona = sign_in(visit, house)
    mona.go("/tagging")
    addresses = [str(link.get_attribute("href")) for link in mona.page.locator("tbody th a").all()]

    decided = Decided()
    for address in addresses[:INTERVIEWS]:
        mona.go(address)
        decide(mona.page, mona.page.locator("h1").inner_text(), decided)
        if len(decided.accepted) > 3 and not (pictures / "decisions.png").exists():
            mona.picture(pictures / "decisions.png", full=False)
        mona.page.get_by_role("button", name="Tagged in full").click()
    assert len(decided) >= DECISIONS
    assert decided.accepted
    assert decided.refused

    only_the_accepted_count(house, mona, decided)
    mona.go("/tagging/suggestions")
    mona.picture(pictures / "decisions-suggestions.png")
    what_was_refused_is_remembered(house, mona, decided, addresses[INTERVIEWS - 1])
    assert mona.faults() == []


def suggest(house: House) -> None:
    """The worker's part."""
    for job in (jobs.learn, jobs.suggest):
        job(JobContext(house.app, house.db, 0, SYSTEM))


def decide(page: Page, title: str, decided: Decided) -> None:
    """Yes to what the authors had marked as for or against, no to the rest; by one key each."""
    suggestions = page.locator("[data-suggestion]")
    left = suggestions.count()
    page.keyboard.press("s")
    for _ in range(min(left, 12)):
        expect(page.locator("[data-suggestion]:focus")).to_have_count(1)
        one = page.evaluate(_IN_HAND)
        page.keyboard.press("a" if one["isMarked"] else "r")
        left -= 1
        expect(suggestions).to_have_count(left)
        assert page.locator("#toasts > *").count() <= 2, "what is told covers the page"
        if one["isMarked"]:
            decided.accepted.append((title, one["reason"]))
        else:
            decided.refused.append((title, one["place"], one["reason"]))


def only_the_accepted_count(house: House, mona: Visitor, decided: Decided) -> None:
    assert count(house, Tag.reason_id.is_not(None)) == len(decided.accepted)
    file = mona.page.request.get(f"{house.url}/reasons/by-deal.csv?to=2017Q1")
    rows = csv.DictReader(file.text().lstrip("\ufeff").splitlines())
    shown = Counter(
        (row["Deal"], reason)
        for row in rows
        for reason in sorted({name for _, name in decided.accepted})
        if row[reason] != "absent"
    )
    assert shown == Counter(set(decided.accepted))
    with house.db.reading() as session:
        counted = select(Reason.name).where(
            Reason.id.in_(select(TagEvidence.reason_id).where(TagEvidence.reason_id.is_not(None)))
        )
        assert set(session.scalars(counted)) == {name for _, name in decided.accepted}


def what_was_refused_is_remembered(
    house: House, mona: Visitor, decided: Decided, last: str
) -> None:
    """On the page, and when the worker suggests again, by other words."""
    decisions = f"{len(decided.accepted)} of {len(decided)}"
    expect(mona.page.locator("dl.facts")).to_contain_text(decisions)
    expect(mona.page.locator("dl.facts")).to_contain_text(
        f"{len(decided.refused)} of {len(decided)}"
    )
    by_reason = Counter(name for *_, name in decided.refused)
    for name, refused in by_reason.items():
        row = mona.page.get_by_role("row").filter(has=mona.page.get_by_role("rowheader", name=name))
        expect(row.locator("[data-label=Refused]")).to_contain_text(f"{refused} of ")
    mona.go(last)
    mona.press("Not yet after all")
    with house.db.writing() as session:
        reason = session.scalars(select(Reason).where(Reason.key == "effort")).one()
        reason.seeds = {"en": [*reason.seeds["en"], "tedious"]}
    suggest(house)
    mona.go(last)
    offered = mona.page.locator(".given-tags > li:has([data-suggestion])").evaluate_all(
        "(each) => each.map((one) => [one.closest('article').id + ' ' + one.dataset.start,"
        " one.querySelector('strong').textContent])"
    )
    refused = {(place, name) for _, place, name in decided.refused}
    assert not {(place, name) for place, name in offered} & refused


def count(house: House, condition: Any) -> int:
    with house.db.reading() as session:
        return session.scalars(select(func.count()).where(condition)).one()


def sign_in(visit: Visit, house: House) -> Visitor:
    mona: Visitor = visit(house)
    mona.go("/sign-in")
    mona.write("E-mail address", "mona@halden.example")
    mona.write("Password", PASSWORD)
    mona.press("Sign in")
    mona.page.wait_for_url(lambda url: "/sign-in" not in url)
    return mona
