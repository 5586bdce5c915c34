"""A newcomer types `bin/run --demo`, signs in as an account manager, plans and holds an interview,
finishes it by taps, and has its PDF: on a desktop and on a phone, reading nothing but the pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.browser import interview
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, PHONE, Screen, Visitor
from tests.house.running import Running

WHY = "They feared standing still at the border, and nobody answered in time."
SCREENS = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]


@pytest.mark.parametrize("screen", SCREENS)
def test_from_the_sign_in_to_the_pdf(
    visit: Visit, demo: Running, pictures: Path, tmp_path: Path, screen: Screen
):
    visitor = visit(demo, screen)
    company = f"Ferrow Shipping {screen.name}"
    visitor.sign_in_as("Account manager")
    interview.plan(visitor, company, "Ilse Brandt")
    visitor.arrives_at("Interview with Ilse Brandt")

    interview.begin(visitor)
    for words in interview.SAID:
        interview.answer(visitor, words)
    interview.wait_until_saved(visitor)
    visitor.picture(pictures / f"capture-{screen.name}.png")

    decisive, also = interview.finish(visitor, WHY, strongest="Fenwick had someone here")
    visitor.arrives_at("Thank you: one more buyer is heard")
    assert visitor.faults() == []
    counted = visitor.page.get_by_role("listitem")
    assert "Decisive" in counted.filter(has_text=decisive).inner_text()
    assert counted.filter(has_text=also).is_visible()
    visitor.picture(pictures / f"finished-{screen.name}.png")

    pages, text = _read(_pdf(visitor, tmp_path))
    assert 2 <= pages <= 3
    assert company in text
    assert WHY in text
    assert decisive in text


def _pdf(visitor: Visitor, folder: Path) -> Path:
    """From the page that thanks for the interview to the file on one's own disk."""
    visitor.press("Make the PDF")
    visitor.page.get_by_role("link", name="Download the PDF").wait_for()
    assert visitor.faults() == []
    with visitor.page.expect_download() as download:
        visitor.follow("Download the PDF")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _read(path: Path) -> tuple[int, str]:
    """How many pages, and the words on them, as a reader would copy them."""
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    words = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return pages, " ".join(words.split())
