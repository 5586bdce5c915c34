"""PDF from our own HTML: tagged (PDF/UA-1), in shipped fonts, with nothing fetched from outside.

Loaded by jobs and commands, never by the web process. A missing image, font or glyph is an error.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import (
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from app.core.glyphs import CannotPrint, Fonts, fonts_for, printable

STATIC = Path(__file__).parent.parent / "static"
PRINTED_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})
UNPRINTED_ELEMENTS = frozenset({"style", "script"})

_EPOCH = "SOURCE_DATE_EPOCH"

#: Writes the document's HTML in the given fonts; may be called twice.
Compose = Callable[[Fonts], str]

#: Pango's font maps are not made for several threads; a worker prints one document at a time.
_printing = Lock()


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Serves files of the static folder and data addresses; all else ends the printing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.lower().startswith("data:"):
            return super().fetch(url, headers)
        path = _own_file(url)
        if path is None:
            raise FatalURLFetchingError(f"{url} is not one of our own files")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def print_pdf(compose: Compose) -> bytes:
    """The PDF of a document, set in as few of the shipped font files as its text needs.

    Raises MissingGlyph for a character that none of them draws, and CannotPrint.
    """
    html, _ = composed(compose)
    return render(html)


def composed(compose: Compose) -> tuple[str, Fonts]:
    """The HTML in the fonts that its own text asks for; mostly those of the first try."""
    first = fonts_for("")
    html = printable(compose(first))
    fonts = fonts_for(text_of(html))
    return (html, fonts) if fonts == first else (printable(compose(fonts)), fonts)


def render(html: str) -> bytes:
    """Lay the HTML out and write it as PDF/UA-1; addresses are relative to the static folder."""
    with _printing, _fonts_without_clock(), _problems() as problems:
        try:
            document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=OwnFilesOnly())
            pdf: bytes = document.write_pdf(
                font_config=_font_configuration(), pdf_variant="pdf/ua-1"
            )
        except FatalURLFetchingError as refusal:
            raise CannotPrint(str(refusal)) from None
    if problems:
        raise CannotPrint("; ".join(problems))
    return pdf


def text_of(html: str) -> str:
    """Everything in the HTML that is to be read, drawings by their alternative text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unprinted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unprinted += tag in UNPRINTED_ELEMENTS
        self.parts.extend(value for name, value in attrs if value and name in PRINTED_ATTRIBUTES)

    def handle_endtag(self, tag: str) -> None:
        self._unprinted -= tag in UNPRINTED_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self._unprinted:
            self.parts.append(data)


def _own_file(url: str) -> Path | None:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(url2pathname(parts.path)).resolve()
    return path if path.is_relative_to(STATIC.resolve()) and path.is_file() else None


@cache
def _font_configuration() -> FontConfiguration:
    """One for the process: a font is unpacked once, not for every document."""
    return FontConfiguration()


@contextmanager
def _fonts_without_clock() -> Iterator[None]:
    """A font's part that goes into a file carries the second at which it was cut out, and the same
    document would never have the same bytes again; the cutter takes its time from here instead."""
    before = os.environ.get(_EPOCH)
    os.environ[_EPOCH] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_EPOCH]
        else:
            os.environ[_EPOCH] = before


@contextmanager
def _problems() -> Iterator[list[str]]:
    """What the renderer would only log: an image that it cannot read, a font that fails."""
    found: list[str] = []
    logger = logging.getLogger("weasyprint")
    collector = _Collector(found)
    logger.addHandler(collector)
    try:
        yield found
    finally:
        logger.removeHandler(collector)


class _Collector(logging.Handler):
    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.ERROR or message.startswith("Font-face"):
            self._found.append(message)
