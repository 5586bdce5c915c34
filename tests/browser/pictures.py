"""`bin/screenshots`: the pictures of README and docs, taken from the demo as it runs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import buyer, interview, transcript
from tests.browser.launching import launch
from tests.browser.visitor import DESKTOP, PHONE, Screen, Theme, Visitor, open_visitor
from tests.house.running import Running, running

#: Enough for text and a few tints; a picture is a third of its size with them.
_COLOURS = 96
#: Dots per inch at which a page is seen and not yet read.
_GLANCE = 66
#: Suggestions that a picture shows.
_A_FEW = 3
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
    lay_a_transcript(album)
    write_a_guide(album)
    ask_a_buyer(album)
    take_words_back(album)
    import_deals(album)
    ask_for_interviews(album)
    tag(album)
    read(album)


def ask_for_interviews(album: Album) -> None:
    manager = album.visitor("Programme manager")
    manager.go("/programmes")
    manager.follow("Every decision")
    album.take(manager, "programme")
    manager.go("/programmes")
    manager.follow("Enterprise losses")
    manager.follow("Edit")
    manager.page.locator("#rule").evaluate("rule => rule.scrollIntoView()")
    album.take(manager, "programme-rule")
    manager.go("/programmes/queue")
    album.take(manager, "queue")
    manager.go("/letters/lost/en/invitation")
    album.take(manager, "letter")
    manager.go("/figures/responses?span=all")
    manager.page.get_by_role(
        "heading", name="Whom we did not hear, and why"
    ).scroll_into_view_if_needed()
    album.take(manager, "responses")
    manager.go("/thanks")
    album.take(manager, "thanks")
    interviewer = album.visitor("Account manager", PHONE)
    interviewer.go("/day")
    album.take(interviewer, "day-phone")


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
    interview.question(on_phone).get_by_label("Their words").focus()
    on_phone.page.context.set_offline(True)
    on_phone.page.keyboard.press("Control+End")
    on_phone.page.keyboard.type(" That was his plan.")
    on_phone.page.locator("[data-status][data-state=offline]").wait_for()
    album.take(on_phone, "capture-offline-phone")
    on_phone.page.context.set_offline(False)
    interview.wait_until_saved(on_phone)
    mark_while_listening(album, on_phone)
    write_the_same_answer(album, manager)
    on_phone.follow("Finish")
    on_phone.touch(on_phone.page.locator(".tap .choice label").first)
    on_phone.page.wait_for_timeout(600)  # the mark that a tap leaves goes by itself
    album.take(on_phone, "finish-phone")


def mark_while_listening(album: Album, on_phone: Visitor) -> None:
    asked = interview.question(on_phone)
    asked.get_by_label("Their words").fill(f"{interview.SAID[2]} It was the price, she said.")
    on_phone.touch(asked.get_by_role("button", name="Strong quote"))
    asked.locator("[data-marks] li").first.wait_for()
    asked.get_by_text("They spoke of money.").scroll_into_view_if_needed()
    album.take(on_phone, "capture-marks-phone")
    interview.wait_until_saved(on_phone)


def write_the_same_answer(album: Album, manager: Visitor) -> None:
    """Two people change the same words at the same moment."""
    colleague = album.visitor("Programme manager")
    colleague.go(manager.page.url)
    theirs = interview.question(colleague).get_by_label("Their words")
    mine = interview.question(manager).get_by_label("Their words")
    for visitor in (manager, colleague):
        interview.wait_until_saved(visitor)
        visitor.page.context.set_offline(True)
    theirs.fill("His director wanted fewer suppliers.")
    mine.fill("He had been told to drop one supplier.")
    colleague.page.context.set_offline(False)
    interview.wait_until_saved(colleague)
    manager.page.context.set_offline(False)
    interview.question(manager).locator("[data-clash]:visible").wait_for()
    interview.wait_until_saved(manager)
    album.take(manager, "capture-clash")


def lay_a_transcript(album: Album) -> None:
    manager = album.visitor("Account manager")
    page = transcript.bring_in(manager)
    album.take(manager, "transcript-speakers")
    transcript.say_who_is_who(manager)
    address = manager.page.url
    manager.go(page)
    transcript.attach_recording(manager)
    manager.go(address)
    manager.page.keyboard.press("j")
    album.take(manager, "transcript")
    on_phone = album.visitor("Account manager", PHONE)
    on_phone.go(address)
    on_phone.page.locator(".laid").scroll_into_view_if_needed()
    album.take(on_phone, "transcript-phone")


def write_a_guide(album: Album) -> None:
    manager = album.visitor("Programme manager")
    manager.go("/guides/loss")
    manager.press("Edit")
    manager.arrives_at("Loss to a competitor")
    album.take(manager, "guide-outline")
    manager.go("/guides/loss/draft/questions/pain_cost")
    said = "Don't you think the delays cost you a lot?"
    manager.page.get_by_label("The words to say").first.fill(said)
    manager.page.locator("#found-say li").first.wait_for()
    album.take(manager, "guide-question")
    on_phone = album.visitor("Programme manager", PHONE)
    on_phone.go("/guides/loss/draft")
    album.take(on_phone, "guide-outline-phone")


def ask_a_buyer(album: Album) -> None:
    manager = album.visitor("Account manager")
    address = buyer.ask_in_writing(manager, "Marlow Instruments")
    manager.follow("Bring in their reply")
    manager.write("Or paste what they wrote", f"{interview.SAID[0]}\n\n{interview.SAID[1]}")
    manager.press("Bring it in")
    manager.page.get_by_label("Piece 1 belongs").select_option(index=1)
    manager.page.get_by_role("button", name="Dismiss").click()
    album.take(manager, "mail-reply")

    address = buyer.ask_in_writing(manager, "Carrow Glass")
    on_phone = open_visitor(album.browser, album.product.url, PHONE, "light")
    on_phone.go(address)
    album.take(on_phone, "buyer-welcome")
    buyer.allow(on_phone, address)
    album.take(on_phone, "buyer-question")
    buyer.write(on_phone, interview.SAID[0])
    at_desk = open_visitor(album.browser, album.product.url, DESKTOP, "light")
    at_desk.go(f"{address}/questions/1")
    album.take(at_desk, "buyer-question-desk")
    on_phone.go(f"{address}/words")
    album.take(on_phone, "buyer-words")


def take_words_back(album: Album) -> None:
    manager = album.visitor("Programme manager")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        on_phone = open_visitor(album.browser, album.product.url, PHONE, "light")
        deal, address, printed = buyer.with_two_quotes_on_paper(manager, on_phone, folder)
        before = (folder / "summary.pdf").rename(folder / "before.pdf")
        on_phone.go(address)
        buyer.correct(on_phone, printed[0], "I would rather put it otherwise.")
        on_phone.page.locator(".recorded:has(details[open])").scroll_into_view_if_needed()
        album.take(on_phone, "buyer-correct")
        buyer.keep_correction(on_phone)
        buyer.take_back(on_phone, printed[1])
        buyer.paper(manager, deal, folder)
        lay_out([(before, 1), (folder / "summary.pdf", 1)], album.folder / "report-changed.png")


def import_deals(album: Album) -> None:
    manager = album.visitor("Programme manager")
    manager.go("/deals")
    manager.follow("Import")
    manager.labelled("Deals").set_input_files(
        {"name": "closed-deals.csv", "mimeType": "text/csv", "buffer": _DEALS.encode()}
    )
    manager.press("Look at the file")
    manager.page.get_by_role("heading", name="questions before the import").wait_for()
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
    on_phone = album.visitor("Programme manager", PHONE)
    on_phone.go(manager.page.url)
    on_phone.touch(on_phone.page.get_by_role("link", name="Pick sentences").first)
    on_phone.page.get_by_role("dialog").get_by_role("option").first.wait_for()
    album.take(on_phone, "tagging-phone")
    decide_on_suggestions(album, manager)
    tag_words_of_a_call(album, manager)
    manager.go("/tagging/agreement")
    manager.page.locator("main tbody th a").first.click()
    manager.page.locator(".passage").first.wait_for()
    album.take(manager, "tagged-twice")


def decide_on_suggestions(album: Album, manager: Visitor) -> None:
    """One is accepted already, and the next is in hand."""
    suggestions = manager.page.locator("[data-suggestion]")
    manager.page.keyboard.press("Escape")
    while suggestions.count() < _A_FEW:  # the worker makes them within minutes
        manager.page.wait_for_timeout(2000)
        manager.page.reload()
        manager.page.locator("[data-words]").first.wait_for()
    left = suggestions.count()
    manager.page.keyboard.press("s")
    manager.page.keyboard.press("a")
    expect(suggestions).to_have_count(left - 1)
    manager.page.locator("#toasts > *").first.wait_for(state="detached")
    manager.page.mouse.wheel(0, 240)
    album.take(manager, "tagging-suggestions")


def tag_words_of_a_call(album: Album, manager: Visitor) -> None:
    manager.go("/tagging")
    manager.page.locator("tbody th a").nth(1).click()
    words = manager.page.locator(".in-transcript [data-words]").first
    words.focus()
    manager.page.keyboard.press("ArrowDown")
    manager.page.locator("#in-transcript").evaluate("each => each.scrollIntoView()")
    album.take(manager, "tagging-transcript")


def read(album: Album) -> None:
    leader = album.visitor("Leadership")
    leader.choose("Figures")
    album.take(leader, "quarter")
    leader.choose("Reports")
    leader.page.locator("tbody td a").first.click()
    leader.press("Make the PDF")
    with leader.page.expect_download() as download:
        leader.follow("Download the PDF")
    pdf = Path(download.value.path())
    lay_out([(pdf, number) for number in (1, 2, 3)], album.folder / "report.png")


def lay_out(pages: list[tuple[Path, int]], picture: Path, *, dots: int = _GLANCE) -> None:
    """Pages of PDFs side by side, on grey as on a table; `dots` per inch."""
    drawn = [draw_page(pdf, number, dots) for pdf, number in pages]
    gap = 24
    width = sum(page.width + gap for page in drawn) + gap
    table = Image.new("RGB", (width, drawn[0].height + 2 * gap), "#e4e1d9")
    left = gap
    for page in drawn:
        table.paste(page, (left, gap))
        left += page.width + gap
    table.save(picture)
    compress(picture)


def draw_page(pdf: Path, number: int, dots: int) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        only = ["-f", str(number), "-l", str(number), "-singlefile"]
        to = f"{folder}/page"
        subprocess.run(["pdftoppm", "-r", str(dots), "-png", *only, str(pdf), to], check=True)
        return Image.open(f"{to}.png").convert("RGB")


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
        product.wait_for_answer(patience=400)
        take_all(launch(playwright), product, folder)


if __name__ == "__main__":
    main()
