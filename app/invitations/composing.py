"""A letter from its wording: as plain text and as HTML that looks like a letter. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from app.invitations.wording import Wording, fill


@dataclass(frozen=True)
class Way:
    """One line that a buyer can click. Opening it decides nothing."""

    label: str
    address: str


@dataclass(frozen=True)
class Ways:
    """The ways to answer: times first, then the others."""

    times: Sequence[Way] = ()
    #: Said above the times, such as whose clock they follow.
    lead: str = ""
    others: Sequence[Way] = ()


@dataclass(frozen=True)
class Footer:
    """Under every letter: how to get no more of them."""

    text: str
    way: Way


@dataclass(frozen=True)
class Composed:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Filling:
    """What one letter fills in."""

    values: Mapping[str, str]
    ways: Ways = field(default_factory=Ways)
    #: Where what is kept of them stands, and what else follows an interview.
    words: Sequence[Way] = ()
    footer: Footer | None = None


def compose(wording: Wording, filling: Filling) -> Composed:
    subject = " ".join(fill(wording.subject, filling.values).split())
    paragraphs = [part.strip("\n") for part in wording.text.split("\n\n") if part.strip()]
    plain, pages = [], []
    for paragraph in paragraphs:
        text, html = _paragraph(paragraph, filling)
        plain.append(text)
        pages.append(html)
    if filling.footer is not None:
        text, html = _footer(filling.footer)
        plain.append(text)
        pages.append(html)
    return Composed(
        subject,
        "\n\n".join(part for part in plain if part) + "\n",
        str(Markup("\n").join(part for part in pages if part)),
    )


def _paragraph(paragraph: str, filling: Filling) -> tuple[str, Markup]:
    """Lines stay lines; a block stands between what is before and after it."""
    plain, pages, lines = [], [], []
    for line in paragraph.split("\n"):
        block = _block(line.strip(), filling)
        if block is None:
            lines.append(fill(line, filling.values).rstrip())
            continue
        plain += [_lines(lines), block[0]]
        pages += [_lines_html(lines), block[1]]
        lines = []
    plain.append(_lines(lines))
    pages.append(_lines_html(lines))
    return (
        "\n\n".join(part for part in plain if part),
        Markup("\n").join(part for part in pages if part),
    )


def _block(line: str, filling: Filling) -> tuple[str, Markup] | None:
    if line == "{ways}":
        return _ways(filling.ways)
    if line == "{words}":
        return _words(filling.words)
    return None


def _words(words: Sequence[Way]) -> tuple[str, Markup]:
    """The first address stands alone, for the letter has said what it is; others say it."""
    plain = [way.address if way is words[0] else f"{way.label}:\n{way.address}" for way in words]
    pages = [Markup("<p>{}</p>").format(_link(way)) for way in words]
    return "\n\n".join(plain), Markup("\n").join(pages)


def _ways(ways: Ways) -> tuple[str, Markup]:
    groups = [group for group in (ways.times, ways.others) if group]
    plain = ["\n".join(f"{way.label}:\n{way.address}" for way in group) for group in groups]
    pages = [
        Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(_link(way)) for way in group)
        )
        for group in groups
    ]
    if ways.lead and ways.times:
        plain.insert(0, ways.lead)
        pages.insert(0, Markup("<p>{}</p>").format(ways.lead))
    return "\n\n".join(plain), Markup("\n").join(pages)


def _footer(footer: Footer) -> tuple[str, Markup]:
    way = footer.way
    return (
        f"-- \n{footer.text} {way.label}: {way.address}",
        Markup("<hr>\n<p><small>{} {}</small></p>").format(footer.text, _link(way)),
    )


def _link(way: Way) -> Markup:
    return Markup('<a href="{}">{}</a>').format(way.address, way.label)


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


def _lines_html(lines: Sequence[str]) -> Markup:
    if not any(lines):
        return Markup()
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(escape(line) for line in lines if line))
