"""A mail as HTML: what its plain text says, in paragraphs, with links that say where they lead.
For every mail program, and for ears: no picture, no table, no colour of its own. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://\S+")
_STYLE = "margin:0 auto;padding:16px;max-width:38em;font:16px/1.5 sans-serif"
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n</head>\n'
    '<body style="{style}">\n{body}\n</body>\n</html>\n'
)


def page(title: str, language: str, body: str) -> str:
    """The whole document. `body` is HTML already."""
    return str(
        _PAGE.format(language=language, title=title, style=_STYLE, body=Markup(body))  # noqa: S704
    )


def body_of(text: str) -> str:
    """The body of a mail of which there is only plain text."""
    paragraphs = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
    return "\n".join(f"<p>{_lines(part.split(chr(10)))}</p>" for part in paragraphs)


def _lines(lines: list[str]) -> Markup:
    """An address on a line of its own is where the line before it leads."""
    shown: list[Markup] = []
    for line in lines:
        if _ADDRESS.fullmatch(line.strip()) and shown and "<a " not in shown[-1]:
            words = shown.pop()
            shown.append(_link(line.strip(), words))
        else:
            shown.append(_with_links(line))
    return Markup("<br>\n").join(shown)


def _with_links(line: str) -> Markup:
    shown, place = Markup(), 0
    for found in _ADDRESS.finditer(line):
        shown += escape(line[place : found.start()]) + _link(found[0], escape(found[0]))
        place = found.end()
    return shown + escape(line[place:])


def _link(address: str, words: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, Markup(str(words).rstrip(":")))  # noqa: S704
