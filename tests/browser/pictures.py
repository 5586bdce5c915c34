"""`bin/screenshots`: the pictures of README and docs, taken from the demo as it runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import interview
from tests.browser.launching import launch
from tests.browser.visitor import DESKTOP, PHONE, Screen, Theme, Visitor, open_visitor
from tests.house.running import Running, running

#: Enough for text and a few tints; a picture is a third of its size with them.
_COLOURS = 96
_DEALS = """\
Opportunity ID,Opportunity Name,Account Name,Stage,Close Date,Amount,Contact Email
001,Ferrow Shipping renewal,Ferrow Shipping,Closed Won,2026-09-14,48000,ilse@ferrow.example
002,Brightwater Foods renewal,Brightwater Foods,Closed Lost,2026-09-03,0,tom@brightwater.example
003,Halden Chemicals renewal,Halden Chemicals,Closed Lost,2026-08-21,0,
004,Solent Retail renewal,Solent Retail,Parked,2026-08-02,12500,
"""


@dataclass
class Album:
    """Pictures of one running product, in one folder."""

    browser: Browser
    product: Running
    folder: Path

    def visitor(self, role: str, screen: Screen = DESKTOP, theme: Theme = "light") -> Visitor:
        visitor = open_visitor(self.browser, self.product.url, screen, theme)
        visitor.sign_in_as(role)
        return visitor

    def take(self, visitor: Visitor, name: str) -> None:
        path = self.folder / f"{name}.png"
        visitor.picture(path, full=False)
        compress(path)


def take_all(browser: Browser, product: Running, folder: Path) -> None:
    album = Album(browser, product, folder)
    hold_an_interview(album)
    import_deals(album)
    tag(album)
    read(album)


def hold_an_interview(album: Album) -> None:
    manager = album.visitor("Account manager")
    album.take(manager, "day")
    interview.plan(manager, "Ferrow Shipping", "Ilse Brandt")
    interview.begin(manager)
    for words in interview.SAID[:2]:
        interview.answer(manager, words)
    interview.question(manager).get_by_label("Their words").fill(interview.SAID[2])
    interview.wait_until_saved(manager)
    album.take(manager, "capture")

    on_phone = album.visitor("Account manager", PHONE)
    on_phone.go(manager.page.url)
    album.take(on_phone, "capture-phone")
    on_phone.follow("Finish")
    on_phone.touch(on_phone.page.locator(".tap .choice label").first)
    on_phone.page.wait_for_timeout(600)  # the mark that a tap leaves goes by itself
    album.take(on_phone, "finish-phone")


def import_deals(album: Album) -> None:
    manager = album.visitor("Programme manager")
    manager.go("/deals")
    manager.follow("Import")
    manager.labelled("Deals").set_input_files(
        {"name": "closed-deals.csv", "mimeType": "text/csv", "buffer": _DEALS.encode()}
    )
    manager.press("Look at the file")
    album.take(manager, "import")


def tag(album: Album) -> None:
    manager = album.visitor("Programme manager")
    manager.choose("Tagging")
    manager.page.locator("tbody th a").first.click()
    words = manager.page.locator("[data-words]").first
    words.focus()
    manager.page.keyboard.press("ArrowDown")
    manager.page.keyboard.press("Enter")
    manager.page.get_by_role("dialog").wait_for()
    album.take(manager, "tagging")


def read(album: Album) -> None:
    leader = album.visitor("Leadership")
    leader.choose("Figures")
    album.take(leader, "quarter")
    leader.choose("Reports")
    leader.page.locator("main li a").first.click()
    leader.press("Make the PDF")
    with leader.page.expect_download() as download:
        leader.follow("Download the PDF")
    draw_pages(Path(download.value.path()), album.folder / "report.png", pages=(1, 2, 3))


def draw_pages(pdf: Path, picture: Path, pages: tuple[int, ...]) -> None:
    """Pages of a PDF side by side, on grey as on a table."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "66", "-png", str(pdf), f"{folder}/page"], check=True)
        files = sorted(
            Path(folder).glob("*.png"), key=lambda one: int(re.findall(r"\d+", one.stem)[-1])
        )
        drawn = [Image.open(files[number - 1]) for number in pages]
        gap = 24
        width = sum(page.width + gap for page in drawn) + gap
        table = Image.new("RGB", (width, drawn[0].height + 2 * gap), "#e4e1d9")
        left = gap
        for page in drawn:
            table.paste(page, (left, gap))
            left += page.width + gap
        table.save(picture)
    compress(picture)


def compress(path: Path) -> None:
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main() -> None:
    folder = Path(sys.argv[1])
    with (
        tempfile.TemporaryDirectory() as instance,
        running(Path(instance) / "instance", "--demo") as product,
        sync_playwright() as playwright,
    ):
        product.wait_for_answer(patience=120)
        take_all(launch(playwright), product, folder)


if __name__ == "__main__":
    main()
