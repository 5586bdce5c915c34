"""Where nobody has been before: the one-time link, then the five first steps with a real export."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.house.running import Running

PASSWORD = "a long walk by the canal"
_ONCE = re.compile(r"works once: (\S+)")


def first_link(product: Running) -> str:
    """The path of the link that the start printed."""
    link = _ONCE.search(product.said())
    assert link, product.said()
    return urlsplit(link[1]).path


def become_administrator(visitor: Visitor, product: Running) -> None:
    visitor.go(first_link(product))
    visitor.write("Your name", "Ada Okafor")
    visitor.write("E-mail address", "ada@example.com")
    visitor.write("Password", PASSWORD)
    visitor.press("Begin")
    visitor.arrives_at("Your company")


@pytest.mark.realdata
@pytest.mark.parametrize(
    "screen", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
)
def test_the_five_steps_with_a_real_export(
    visit: Visit, empty: Running, realdata: Path, pictures: Path, screen: Screen
):
    visitor = visit(empty, screen)
    become_administrator(visitor, empty)
    _name_the_company(visitor)
    _paste_the_market(visitor)
    visitor.picture(pictures / f"step-deals-{screen.name}.png")
    _import_deals(visitor, realdata / "crm" / "maven-us-dates", pictures)
    _invite_a_colleague(visitor)
    visitor.picture(pictures / f"step-interview-{screen.name}.png")
    _plan_the_first_interview(visitor)
    visitor.choose("Today")
    visitor.arrives_at("Today")


def test_the_link_works_once(visit: Visit, empty: Running):
    become_administrator(visit(empty), empty)
    late = visit(empty)
    late.go(first_link(empty))
    late.arrives_at("This link does not work any more")
    late.forgive("410")


def _name_the_company(visitor: Visitor) -> None:
    visitor.write("Company", "Maven Hardware")
    visitor.write("Your product's name", "GTX")
    visitor.pick("Currency", "USD – US Dollar")
    visitor.press("Save and go on")


def _paste_the_market(visitor: Visitor) -> None:
    visitor.arrives_at("Whom you meet, and what sets you apart")
    visitor.write("Competitors", "Portbridge\nFenwick: Fenwick Logistics, FWL")
    visitor.write("What sets you apart", "Service within a day: a technician on site in 24 hours")
    visitor.press("Add and go on")
    visitor.arrives_at("Your closed deals, with the people who decided")


def _import_deals(visitor: Visitor, folder: Path, pictures: Path) -> None:
    """What cannot be known is asked: here, whether the 0 of every lost deal means none."""
    visitor.follow("Import deals")
    visitor.arrives_at("Import deals")
    visitor.labelled("Deals").set_input_files(folder / "sales_pipeline.csv")
    visitor.press("Look at the file")
    question = visitor.page.get_by_role(
        "group", name=re.compile("Every lost deal with an amount has 0")
    )
    expect(question).to_be_visible()
    assert visitor.faults() == []
    visitor.picture(pictures / f"import-questions-{visitor.screen.name}.png")
    visitor.touch(question.get_by_label("0 means no amount"))
    visitor.press("Go on")
    visitor.press("Import 8,800 rows")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "8,800 deals from sales_pipeline.csv", timeout=120_000
    )
    assert visitor.faults() == []
    assert "4,238" in visitor.page.get_by_role("listitem").filter(has_text="Won").inner_text()
    assert "2,473" in visitor.page.get_by_role("listitem").filter(has_text="Lost").inner_text()
    visitor.picture(pictures / f"import-result-{visitor.screen.name}.png")
    visitor.follow("Go on with the first steps")


def _invite_a_colleague(visitor: Visitor) -> None:
    visitor.arrives_at("Your colleagues")
    visitor.write("E-mail addresses", "jonas@example.com\nclaire@example.com")
    visitor.press("Make the links")
    link = visitor.page.get_by_label(re.compile("jonas@example.com"))
    assert "/join/" in link.input_value()
    visitor.follow("Go on")


def _plan_the_first_interview(visitor: Visitor) -> None:
    visitor.arrives_at("Your first interview")
    visitor.follow("Plan an interview")
    interview.fill_in_the_plan(visitor, "Acme Corporation", "Ilse Brandt")
    visitor.arrives_at("Interview with Ilse Brandt")
