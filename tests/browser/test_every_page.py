"""Every page, as everybody who may see it: in both themes, on a desktop and on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from werkzeug.routing import Map

from app import create_app
from tests.browser.axe import COLOURED, LAID_OUT
from tests.browser.conftest import Visit
from tests.browser.crawl import Crawl, kinds
from tests.browser.test_empty_workspace import become_administrator, first_link
from tests.browser.visitor import DESKTOP, PHONE, Theme, Visitor
from tests.conftest import settings_for
from tests.house.running import Running

ROLES = ("Administrator", "Programme manager", "Account manager", "Product", "Leadership")
NOBODY_YET = "Administrator of an empty workspace"
WIDTHS = (390, 768, 1600)

_SAID = """() => [
  document.title,
  [...document.querySelectorAll("h1")].map((one) => one.innerText),
  [...document.querySelectorAll("[id]")].map((one) => one.id),
]"""

_A_FRAGMENT = "a part of a page"
_IN_PASSING = "opened and looked at by the tests of people's ways through the product"
_BY_LINK = "opened by a link that works once, in the tests of those links"
_BY_ADDRESS = "opened by a buyer's own address, in the tests of buyers"
_NOT_PUBLISHED = "the demo's are not printed at once; its page is tested without a browser"
#: What answers GET and is not found by following links from the start page.
ELSEWHERE = {
    "core.health": "says ok to whatever watches over the server",
    "static": "files",
    "core.job_progress": _A_FRAGMENT,
    "deals.account_names": _A_FRAGMENT,
    "deals.people": _A_FRAGMENT,
    "identity.who_is_signed_in": "answers a page's script",
    "interviews.ask_for_changes": "answers a page's script",
    "guides.draft": _IN_PASSING,
    "guides.head": _IN_PASSING,
    "guides.section": _IN_PASSING,
    "guides.question": _IN_PASSING,
    "guides.publish": _IN_PASSING,
    "guides.compare_texts": _IN_PASSING,
    "guides.export": "a file",
    "tagging.list_file": "a file",
    "tagging.project_file": "a file",
    "buyer.welcome": _BY_ADDRESS,
    "buyer.question": _BY_ADDRESS,
    "buyer.rest": _BY_ADDRESS,
    "buyer.thanks": _BY_ADDRESS,
    "buyer.words": _BY_ADDRESS,
    "buyer.delete_words": _BY_ADDRESS,
    "letter_answers.no": _BY_ADDRESS,
    "letter_answers.stop": _BY_ADDRESS,
    "buyer_thanks.thanks": _BY_ADDRESS,
    "buyer_to_tell.what_changes": _BY_ADDRESS,
    "thanks.export": "a file",
    "thanks.offer": "the page of thanks.edit, for an interview that nothing is offered for yet",
    "buyer_links.link": _IN_PASSING,
    "buyer_replies.bring": _IN_PASSING,
    "times.times": _BY_ADDRESS,
    "times.in_writing": _BY_ADDRESS,
    "times.calendar_file": "a file",
    "scheduling_feed.feed": "a file",
    "calendars.calendar": "the demo has no calendar; its page is tested without a browser",
    "calendars.change": "the demo has no calendar",
    "calendars.choose": "the demo has no calendar",
    "mail.mail": "the demo writes no mail; test_mail.py opens its page",
    "feedback.page": _IN_PASSING,
    "recordings.media": "a file",
    "interviews.capture_shell": "filled by the browser; opened in the tests without a connection",
    "interviews.capture_worker": "a script",
    "deals_import.show": _IN_PASSING,
    "deals_import.refused": "a file",
    "identity.sign_in": _IN_PASSING,
    "identity.first_administrator": _BY_LINK,
    "identity.join": _BY_LINK,
    "identity.new_password": _BY_LINK,
    "identity.phone_sign_in": _BY_LINK,
    "reports.file": _IN_PASSING,
    "reports.download": "a file",
    "reports.publishing": _NOT_PUBLISHED,
    "reports.version": _NOT_PUBLISHED,
    "reports.compare": _NOT_PUBLISHED,
    "reports.version_pdf": "a file",
    "reports.by_link": "a file, by a link that ends",
    "search.as_csv": "a file",
    "search.as_xlsx": "a file",
    "tagging.change_tag": _IN_PASSING,
    "tagging.new_second_tag": _IN_PASSING,
    "tagging.split_queue": "linked to while a reason is being split, which the demo has none of",
    "tagging.finish": _IN_PASSING,
    "tagging.finished": _IN_PASSING,
    "transcripts.change": _IN_PASSING,
    "transcripts.page": _IN_PASSING,
    "transcripts.take_away": _IN_PASSING,
    "transcripts.who_is_who": _IN_PASSING,
    "tagging.place_quote": "linked to from a quote that lost its place, which the demo has none of",
    "buyer_replies.reply": "linked to from a reply that came by mail, which the demo has none of",
}


@pytest.fixture(scope="module")
def url_map(tmp_path_factory: pytest.TempPathFactory) -> Map:
    return create_app(settings_for(tmp_path_factory.mktemp("map"))).url_map


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Counter[str]]]:
    """The kinds of pages that each role came upon."""
    return {}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_wrong_with_any_page(
    visit: Visit, demo: Running, url_map: Map, opened: dict[str, Counter[str]], role: str
):
    visitor = visit(demo)
    visitor.sign_in_as(role)
    seen = Counter(view for views in opened.values() for view in views)
    opened[role] = _go_through(visitor, url_map, seen)


def test_nothing_is_wrong_with_any_page_where_nothing_is_yet(
    visit: Visit, empty: Running, url_map: Map, opened: dict[str, Counter[str]]
):
    visitor = visit(empty)
    become_administrator(visitor, empty)
    opened[NOBODY_YET] = _go_through(visitor, url_map, seen=Counter())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_wrong_with_the_pages_before_one_is_signed_in(
    visit: Visit, demo: Running, empty: Running, theme: Theme
):
    for product, path in (
        (demo, "/sign-in"),
        (empty, "/sign-in"),
        (empty, first_link(empty)),
        (empty, "/join/nothing"),
        (empty, "/nowhere"),
    ):
        visitor = visit(product, PHONE, theme)
        visitor.go(path)
        assert visitor.faults() == [], path
        visitor.forgive("404")
        visitor.forgive("410")


def test_every_page_was_opened_by_somebody(url_map: Map, opened: dict[str, Counter[str]]):
    if not {*ROLES, NOBODY_YET} <= set(opened):
        pytest.skip("not everybody went through the pages in this run")
    views = {str(rule.endpoint) for rule in url_map.iter_rules() if "GET" in (rule.methods or ())}
    came_upon = {kind for kinds_of_role in opened.values() for kind in kinds_of_role}
    assert views - came_upon - set(ELSEWHERE) == set()


def _go_through(visitor: Visitor, url_map: Map, seen: Counter[str]) -> Counter[str]:
    """Opens everything that can be reached; fails with all that is wrong with it. `seen` says how
    many roles saw a view before: the first looks at it in every theme and width, the second in
    one, and the others that it opens and says what it is."""
    crawl = Crawl(visitor, kinds(url_map))
    wrong = []
    for path, view in crawl.pages():
        look = (_faults, _faults_at_a_glance, _said_twice)[min(seen[view], 2)]
        wrong += [f"{path}: {fault}" for fault in look(visitor)]
    assert not wrong, "\n".join(wrong)
    return crawl.kinds


def _faults(visitor: Visitor) -> list[str]:
    """Everything about the page at hand that must not be. All rules are run once, and those that
    a theme or a width can change once more for it."""
    found = _faults_at_a_glance(visitor)
    visitor.in_theme("dark")
    found += _named("dark, 1280", visitor.faults(COLOURED))
    visitor.resize(PHONE.width, PHONE.height)
    found += _named("dark, 390", visitor.faults(LAID_OUT))
    for width in WIDTHS:
        visitor.resize(width)
        found += _too_wide(visitor, width)
    return found


def _faults_at_a_glance(visitor: Visitor) -> list[str]:
    visitor.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    visitor.resize(DESKTOP.width, DESKTOP.height)
    visitor.in_theme("light")
    return [*_said_twice(visitor), *_named("light, 1280", visitor.faults())]


def _said_twice(visitor: Visitor) -> list[str]:
    """The title says what the heading says; there is one heading; an id stands once."""
    title, headings, ids = visitor.page.evaluate(_SAID)
    if len(headings) != 1:
        return [f"has {len(headings)} level-one headings"]
    found = []
    if not title.endswith(" – Because"):
        found.append(f"title {title!r} does not end with the product's name")
    if not _agree(title.removesuffix(" – Because"), headings[0]):
        found.append(f"title {title!r} and heading {headings[0]!r} differ")
    return found + [f"id {one!r} stands {n} times" for one, n in Counter(ids).items() if n > 1]


def _agree(title: str, heading: str) -> bool:
    """They share their beginning words, or one of them holds the other."""
    title, heading = title.casefold().strip(), heading.casefold().strip()
    return title in heading or heading in title or title.split()[0] == heading.split()[0]


def _too_wide(visitor: Visitor, width: int) -> list[str]:
    """What sticks out where the page would have to be moved sideways to be read."""
    wide: int = visitor.page.evaluate("document.documentElement.scrollWidth")
    if wide <= width:
        return []
    outermost: list[str] = visitor.page.evaluate(
        """(width) => [...document.querySelectorAll("main *")]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 3).map((one) => one.outerHTML.slice(0, 90))""",
        width,
    )
    return [f"is {wide} px wide at {width} px: {outermost}"]


def _named(when: str, faults: list[str]) -> list[str]:
    return [f"({when}) {fault}" for fault in faults]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_wrong_with_what_opens_over_a_page(visit: Visit, demo: Running, theme: Theme):
    on_phone = visit(demo, PHONE, theme)
    on_phone.sign_in_as("Administrator")
    on_phone.open_menu()
    assert on_phone.page.get_by_role("link", name="Deals", exact=True).is_visible()
    assert on_phone.faults() == []

    at_desk = visit(demo, DESKTOP, theme)
    at_desk.sign_in_as("Administrator")
    at_desk.page.keyboard.press("?")
    assert at_desk.page.get_by_role("dialog").is_visible()
    assert at_desk.faults() == []
