"""The kinds of reports: how each is made from its subject, for one audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.analytics.filters import EVERYTHING, Filters
from app.analytics.window import quarter_words
from app.core.access import NotFound
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import as_json, printing, queries
from app.reports.deal import DealSummary, deal_summary
from app.reports.models import ReportKind
from app.reports.quarter import QuarterReport, quarter_report
from app.reports.themes import ThemesReport, themes_report
from app.tagging.codebook.queries import latest_version

Data = QuarterReport | ThemesReport | DealSummary


@dataclass(frozen=True)
class Made:
    """A report made: its data, how it prints, and the deals that it quotes."""

    title: str
    data: Data
    compose: printing.Compose
    json: dict[str, Any]
    quoted_deals: frozenset[int]
    reason_list_version: int | None


def make(
    session: Session,
    kind: ReportKind,
    subject: str,
    audience: Audience,
    filters: Filters = EVERYTHING,
) -> Made:
    """Raises NotFound where the subject is gone, ValueError for what is no quarter, and
    TooFewBuyers."""
    house = workspace(session)
    latest = latest_version(session)
    today = latest.number if latest else None
    if kind is ReportKind.DEAL:
        deal = queries.deal_by_public_id(session, subject)
        if deal is None:
            raise NotFound
        summary = deal_summary(session, deal, audience)
        return Made(
            summary.title,
            summary,
            printing.deal_html(summary, house.company),
            as_json.deal_json(summary),
            frozenset({deal.id}),
            today,
        )
    quarter = Quarter.parse(subject, house.fiscal_year_first_month)
    if kind is ReportKind.THEMES:
        themes = themes_report(session, quarter, audience, filters)
        return Made(
            printing.themes_title(themes),
            themes,
            printing.themes_html(themes),
            as_json.themes_json(themes),
            _quoted(themes),
            today,
        )
    report = quarter_report(session, quarter, audience)
    return Made(
        report.written.headline or f"Win/loss report, {quarter_words(quarter).lower()}",
        report,
        printing.quarter_html(report),
        as_json.quarter_json(report),
        _quoted(report),
        report.list_version.number if report.list_version else today,
    )


def _quoted(report: QuarterReport | ThemesReport) -> frozenset[int]:
    return frozenset(quote.deal_id for quote in report.quotes.shown)
