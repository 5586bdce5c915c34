"""The data of the five charts, and their drawings as files of their own for reports.

The drawings themselves are macros in templates/components/charts.html: a page calls them inline,
a PDF embeds `chart_uri(...)` in an `<img>` with `chart_words(...)` as its alternative text.
"""

import base64
from dataclasses import dataclass
from typing import Literal

from flask import current_app

Tone = Literal["accent", "for", "against", "neutral"]
Kind = Literal["interval_dots", "bars", "line", "coverage", "confusion"]
_TEMPLATE = "components/charts.html"


@dataclass(frozen=True)
class Interval:
    """A share with its interval, each between 0 and 1, and the count behind it."""

    label: str
    value: float
    low: float
    high: float
    count: float | None = None
    of: int | None = None
    tone: Tone = "accent"


@dataclass(frozen=True)
class Bar:
    """An amount, and how it reads."""

    label: str
    value: float
    text: str
    tone: Tone = "accent"


@dataclass(frozen=True)
class CoverageRow:
    """Heard and closed deals, a pair for every column."""

    label: str
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Coverage:
    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True)
class Confusion:
    """Square counts: what one person called it by what another called it."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_name: str
    column_name: str


Data = list[Interval] | list[Bar] | Coverage | Confusion


def chart_svg(kind: Kind, data: Data, title: str, fonts: str) -> str:
    """The chart as an SVG document for paper: fixed width, colours written out, in these fonts."""
    return _macro(f"{kind}_svg", data, title, paper=fonts)


def chart_words(kind: Kind, data: Data, title: str) -> str:
    """Everything the chart shows, in words."""
    return _macro(f"{kind}_words", data, title)


def chart_uri(kind: Kind, data: Data, title: str, fonts: str) -> str:
    """`chart_svg` as a data address, for the `src` of an `<img>`."""
    svg = chart_svg(kind, data, title, fonts).encode()
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def _macro(name: str, data: Data, title: str, **options: str) -> str:
    module = current_app.jinja_env.get_template(_TEMPLATE).module
    return str(getattr(module, name)(data, title, **options)).strip()
