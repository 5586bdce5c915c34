"""Asking a buyer in writing, and a buyer's first steps at their own device."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import interview
from tests.browser.visitor import Visitor


def ask_in_writing(manager: Visitor, company: str, person: str = "Ilse Brandt") -> str:
    """Plan an interview and make its link; returns the address."""
    manager.go("/interviews/new")
    interview.fill_in_the_plan(manager, company, person)
    manager.arrives_at(f"Interview with {person}")
    manager.press("Ask in writing")
    manager.arrives_at(f"The link for {person}")
    return address_on(manager)


def address_on(manager: Visitor) -> str:
    address = manager.page.get_by_label("The link", exact=True).input_value()
    return re.sub(r"^https?://[^/]+", "", address)


def allow(buyer: Visitor, address: str) -> None:
    buyer.go(address)
    assert buyer.faults() == []
    buyer.touch(buyer.page.get_by_text("Yes, by my role only"))
    buyer.touch(
        buyer.page.get_by_role("group", name=re.compile("read what you say")).get_by_text("Yes")
    )
    buyer.press("Begin: about five minutes")
    buyer.page.get_by_text("Question 1 of 3").wait_for()


def write(buyer: Visitor, words: str) -> None:
    buyer.page.get_by_role("textbox").fill(words)
    expect(buyer.page.locator("[data-status]")).to_have_text("Saved")


def correct(buyer: Visitor, said: str, instead: str) -> None:
    """On the page of what is kept: these words of an answer by others, not kept yet."""
    answer = buyer.page.locator(".recorded").filter(has_text=said).first
    buyer.touch(answer.get_by_text("Correct it"))
    words = answer.get_by_label("In your words")
    words.fill(words.input_value().replace(said, instead))


def keep_correction(buyer: Visitor) -> None:
    opened = buyer.page.locator(".recorded:has(details[open])").first
    buyer.touch(opened.get_by_role("button", name="Keep it like this"))
    expect(buyer.page.get_by_role("status")).to_contain_text("Changed.")


def take_back(buyer: Visitor, passage: str) -> None:
    """Let it only be counted."""
    quoted = buyer.page.locator(".quotable li").filter(has_text=passage).first
    quoted.get_by_role("combobox").select_option("count")
    buyer.touch(quoted.get_by_role("button", name="Change"))
    expect(buyer.page.get_by_role("status")).to_contain_text("Changed.")


def with_two_quotes_on_paper(
    manager: Visitor, buyer: Visitor, folder: Path
) -> tuple[str, str, list[str]]:
    """A deal whose summary prints two quotes of one buyer: its address, the buyer's link, and the
    quotes, each from an answer that holds it once."""
    manager.go("/interviews?standing=heard&whose=all")
    pages = [
        link.get_attribute("href") or ""
        for link in manager.page.locator("tbody th a, main li h3 a, main li a").all()
    ]
    for page in dict.fromkeys(pages):
        manager.go(page)
        make = manager.page.get_by_role("button", name="Make their link")
        if not make.count():
            continue
        deal = manager.page.locator("aside dl a").first.get_attribute("href") or ""
        make.click()
        address = address_on(manager)
        buyer.go(address)
        quotes = buyer.page.locator(".quotable blockquote").all_inner_texts()
        text = paper(manager, deal, folder)
        printed = [quote for quote in dict.fromkeys(quotes) if quote in text]
        if len(printed) > 1:
            return deal, address, printed
    raise AssertionError("no interview of the demo has two quotes on paper")


def paper(manager: Visitor, deal: str, folder: Path) -> str:
    """The words of the deal's summary as a PDF, on one line."""
    manager.go(deal)
    manager.follow("Deal summary")
    manager.press("Make the PDF")
    with manager.page.expect_download() as download:
        manager.follow("Download the PDF")
    pdf = folder / "summary.pdf"
    download.value.save_as(pdf)
    text = subprocess.run(
        ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(text.split())
