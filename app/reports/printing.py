"""A report's data as HTML, as PDF. The same templates make the page and the paper."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from flask import render_template

from app.actions.words import STATES
from app.analytics import showing
from app.analytics.decided import CONTESTED, Overview
from app.analytics.figures import SHOWN_OUTCOMES, SubjectFigure
from app.analytics.method import essentials
from app.analytics.stats.coverage import Category
from app.analytics.stats.theme import RULE, in_words
from app.analytics.window import quarter_words
from app.core.assets import STATIC
from app.core.edge import settings
from app.core.glyphs import Fonts
from app.deals.models import Outcome
from app.reports.citing import cited, names_of
from app.reports.deal import DealSummary
from app.reports.in_short import in_short
from app.reports.lines import standing_reasons, tested_reasons
from app.reports.quarter import QuarterReport
from app.reports.themes import ThemesReport
from app.reports.wording import gettext as _
from app.reports.wording import words
from app.tagging.models import Direction

#: Writes the document's HTML in the given fonts.
Compose = Callable[[Fonts], str]

DEAL_BODY = "reports/_deal.html"
QUARTER_BODY = "reports/_quarter.html"
THEMES_BODY = "reports/_themes.html"
_STYLES_ADDRESS = "css/report.css"
_STYLES = STATIC / _STYLES_ADDRESS


def print_report(compose: Compose) -> bytes:
    """The PDF. The renderer is loaded here: the web process has no need of it."""
    from app.core.pdf import print_pdf

    return print_pdf(compose)


def print_whole(compose: Compose) -> tuple[str, bytes]:
    """The document with its styles in it, so that it prints again as it did whatever becomes of
    them; and the PDF printed from it."""
    from app.core.pdf import composed, render

    html, _fonts = composed(compose)
    styles = base64.b64encode(_STYLES.read_bytes()).decode()
    html = html.replace(_STYLES_ADDRESS, f"data:text/css;base64,{styles}")
    return html, render(html)


def print_again(html: str) -> bytes:
    """The same document once more."""
    from app.core.pdf import render

    return render(html)


def deal_html(summary: DealSummary, company: str) -> Compose:
    """The deal's summary for paper, in the fonts that it is given."""
    title = _("Deal summary: %(deal)s", deal=summary.title)
    foot = " · ".join(part for part in (company, title) if part)
    return _document(DEAL_BODY, title=title, foot=foot, company=company, summary=summary)


def quarter_html(report: QuarterReport) -> Compose:
    """The quarter's report for paper, in the fonts that it is given."""
    title = _("Win/loss report, %(quarter)s", quarter=quarter_words(report.quarter).lower())
    foot = " · ".join(part for part in (report.company, title) if part)
    return _document(
        QUARTER_BODY, title=title, foot=foot, company=report.company, **quarter_context(report)
    )


def themes_title(report: ThemesReport) -> str:
    """'Why we lose: Customs Desk, third quarter 2026'."""
    if report.written.headline:
        return report.written.headline
    about = f"{report.product}, " if report.product else ""
    return _(
        "Why we lose: %(about)s%(quarter)s",
        about=about,
        quarter=quarter_words(report.quarter).lower(),
    )


def themes_html(report: ThemesReport) -> Compose:
    """The loss themes for paper, in the fonts that it is given."""
    title = themes_title(report)
    foot = " · ".join(part for part in (report.company, title) if part)
    return _document(
        THEMES_BODY, title=title, foot=foot, company=report.company, **themes_context(report)
    )


def themes_context(report: ThemesReport) -> dict[str, Any]:
    """What the loss themes' template needs, on a page as on paper."""
    return {
        "report": report,
        "words": words,
        "quarter_words": quarter_words,
        "shown_share": showing.shown_share,
        "in_words": in_words,
        "shares_chart": showing.shares_chart,
        "in_short": in_short(report),
        "state_words": STATES,
        "verdict_rule": RULE,
    }


def quarter_context(report: QuarterReport) -> dict[str, Any]:
    """What the quarter's template needs, on a page as on paper."""
    return {
        "report": report,
        "words": words,
        "quarter_words": quarter_words,
        "shown_share": showing.shown_share,
        "in_words": in_words,
        "movement_words": showing.movement_words,
        "win_rate_chart": showing.win_rate_chart,
        "shares_chart": showing.shares_chart,
        "shown_outcomes": _shown_outcomes,
        "unheard_words": _unheard_words,
        "direction_of": Direction,
        "reason_outcomes": SHOWN_OUTCOMES,
        "standing": standing_reasons(report.reasons),
        "tested": tested_reasons(report.reasons),
        "verdict_rule": RULE,
        "method": essentials(),
        "state_words": STATES,
        "cited": partial(cited, names=names_of(report)),
        "without_decision": _without_decision(report),
    }


def _without_decision(report: QuarterReport) -> list[SubjectFigure]:
    """The reasons against us that weighed most where the buyers decided nothing."""
    named = [
        figure
        for figure in report.reasons.one_way(Direction.AGAINST)
        if figure.share(Outcome.NO_DECISION).named > 0
    ]
    return sorted(named, key=lambda figure: -figure.share(Outcome.NO_DECISION).named)


def _shown_outcomes(year: Overview) -> list[Outcome]:
    """Won, lost and no decision always; renewals only where there are any."""
    return [o for o in Outcome if o in CONTESTED or year.counts.decided.get(o)]


def _unheard_words(unheard: Iterable[Category]) -> str:
    return ", ".join(f"{showing.category_words(one, words)} ({one.closed})" for one in unheard)


def _document(body: str, **context: Any) -> Compose:
    return partial(_print, body, context)


def _print(body: str, context: dict[str, Any], fonts: Fonts) -> str:
    html = render_template(
        "reports/print.html",
        **{"words": words} | context,
        body=body,
        paper=fonts.sans,
        fonts_address=_fonts_address(fonts),
    )
    return html.replace(" %", "\N{NO-BREAK SPACE}%")


def _fonts_address(fonts: Fonts) -> str:
    """The fonts' rules and the paper's size as a data address: templates hold no style of their
    own."""
    css = f"{fonts.css}\n@page {{ font-family: {fonts.sans}; size: {settings().paper}; }}"
    return "data:text/css;base64," + base64.b64encode(css.encode()).decode()
