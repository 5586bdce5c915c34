"""Walks the pages a person can reach by links: each kind of page once or twice, not each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Error
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from tests.browser.visitor import Visitor

#: How many pages of one kind are opened: two rows are in two states, and one list is one list.
_ROWS_PER_KIND = 2


@dataclass(frozen=True)
class Kind:
    """The view that answers a path, and how many of its pages are worth opening."""

    view: str
    most: int


@dataclass
class Crawl:
    """A visitor's way through the product, from the start page on."""

    visitor: Visitor
    kind_of: Callable[[str], Kind | None]
    kinds: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Opens page after page; yields each path and its view while it is open."""
        waiting = ["/"]
        seen = {"/"}
        while waiting:
            path = waiting.pop(0)
            kind = self.kind_of(path)
            if kind is None or self.kinds[kind.view] >= kind.most:
                continue
            self.kinds[kind.view] += 1
            if not self._open(path):
                continue
            yield path, kind.view
            for link in self._links():
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)

    def _open(self, path: str) -> bool:
        """False where a file comes instead of a page."""
        try:
            self.visitor.go(path)
        except Error as error:
            if "Download is starting" in error.message:
                return False
            raise
        if "/capture" in path:
            # It may be opened from the device first, and then from the server.
            self.visitor.page.locator("[data-capture][data-ready]").wait_for()
        return True

    def _links(self) -> list[str]:
        addresses: list[str] = self.visitor.page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.href)"
        )
        return [_path(address) for address in addresses if address.startswith(self.visitor.url)]


def kinds(url_map: Map) -> Callable[[str], Kind | None]:
    """Names the view that answers a path; None where none does."""
    matcher = url_map.bind("127.0.0.1")

    def kind_of(path: str) -> Kind | None:
        try:
            view, values = matcher.match(path.partition("?")[0], method="GET")
        except HTTPException:
            return None
        return Kind(str(view), _ROWS_PER_KIND if values else 1)

    return kind_of


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
