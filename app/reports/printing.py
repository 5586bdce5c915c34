"""A report's data as HTML, as PDF. The same templates make the page and the paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.core.glyphs import Fonts
from app.reports.deal import DealSummary
from app.reports.wording import words

DEAL_BODY = "reports/_deal.html"


def deal_html(summary: DealSummary, company: str) -> Callable[[Fonts], str]:
    """The deal's summary for paper, in the fonts that it is given."""
    title = _("Deal summary: %(deal)s", deal=summary.title)
    foot = " · ".join(part for part in (company, title) if part)
    return _document(DEAL_BODY, title=title, foot=foot, company=company, summary=summary)


def _document(body: str, **context: Any) -> Callable[[Fonts], str]:
    return partial(_print, body, context)


def _print(body: str, context: dict[str, Any], fonts: Fonts) -> str:
    return render_template(
        "reports/print.html",
        body=body,
        paper=fonts.sans,
        fonts_address=_fonts_address(fonts),
        words=words,
        **context,
    )


def _fonts_address(fonts: Fonts) -> str:
    """The fonts' rules as a data address: templates hold no style of their own."""
    css = f"{fonts.css}\n@page {{ font-family: {fonts.sans}; }}"
    return "data:text/css;base64," + base64.b64encode(css.encode()).decode()
