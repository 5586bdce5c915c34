"""Every table of a report, as it goes into a workbook: numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable

from app.analytics.tables import (
    DIRECTION_WORDS,
    SHARE,
    counts_tables,
    share_cells,
    share_columns,
    subjects_table,
)
from app.core.formats import minor_digits
from app.core.spreadsheets import Sheet
from app.reports.deal import DealSummary
from app.reports.quarter import QuarterReport
from app.reports.quotes import PrintedQuote
from app.reports.themes import ThemesReport
from app.reports.wording import words

_QUOTE_COLUMNS = ["Reason", "Direction", "Weight", "Kind", "Words", "Exact words", "Who"]


def tables_of(data: QuarterReport | ThemesReport | DealSummary) -> list[Sheet]:
    if isinstance(data, QuarterReport):
        return _quarter(data)
    if isinstance(data, ThemesReport):
        return _themes(data)
    return _deal(data)


def _quarter(report: QuarterReport) -> list[Sheet]:
    quotes = [quote for one in report.in_words for quote in one.quotes]
    return [
        Sheet("In five lines", ["Line"], [[line] for line in report.lines]),
        *counts_tables(report.year),
        subjects_table("Reasons", report.reasons.figures),
        subjects_table("Differentiators", report.differentiators.figures),
        subjects_table("Competitors", report.competitors.figures),
        Sheet(
            f"Money, {report.currency}",
            ["Outcome", "Deals", "Amount", "Deals in it", "Without amount", "Without rate"],
            [
                [
                    words(row.outcome),
                    row.decided,
                    _units(row.total.minor, report.currency),
                    row.total.deals,
                    row.total.without_amount,
                    row.total.without_rate,
                ]
                for row in report.money
            ],
        ),
        _quotes(quotes),
    ]


def _themes(report: ThemesReport) -> list[Sheet]:
    return [
        Sheet(
            "Themes",
            [
                "Reason",
                *share_columns("Lost and undecided"),
                "Decisive in",
                *share_columns("Won"),
                "What to do",
                "Since",
                "Latest quarter",
                "Named with",
                "What is being done",
            ],
            [
                [
                    theme.figure.name,
                    *share_cells(theme.figure.focus.interval),
                    theme.figure.focus.decisive,
                    *share_cells(theme.figure.counter.interval),
                    theme.figure.verdict.words,
                    theme.since.token if theme.since else "",
                    theme.figure.latest_deals,
                    "; ".join(f"{rival.name} ({rival.deals})" for rival in theme.rivals),
                    "; ".join(one.words for one in theme.doing),
                ]
                for theme in report.themes
            ],
        ),
        Sheet(
            f"Money at stake, {report.currency}",
            ["Reason", "Deals", "Amount", "Without amount", *SHARE[2:]],
            [
                [
                    theme.figure.name,
                    theme.stake.deals,
                    _units(theme.stake.minor, report.currency),
                    theme.stake.without_amount,
                    *share_cells(theme.stake.share)[2:],
                ]
                for theme in report.themes
                if theme.stake is not None
            ],
        ),
        _quotes(report.printed_quotes),
    ]


def _deal(summary: DealSummary) -> list[Sheet]:
    return [
        Sheet(
            "Heard",
            ["Who", "On", "How"],
            [
                [one.who, one.held_on.isoformat() if one.held_on else "", words(one.channel)]
                for one in summary.heard
            ],
        ),
        Sheet(
            "Reasons",
            ["Reason", "Direction", "Weight", "Interviews"],
            [
                [one.name, DIRECTION_WORDS[one.direction], words(one.weight), one.interviews]
                for one in summary.reasons
            ],
        ),
        _quotes(quote for reason in summary.reasons for quote in (*reason.facts, *reason.opinions)),
    ]


def _quotes(quotes: Iterable[PrintedQuote]) -> Sheet:
    return Sheet(
        "Quotes",
        _QUOTE_COLUMNS,
        [
            [
                quote.reason,
                DIRECTION_WORDS[quote.direction],
                words(quote.weight),
                words(quote.evidence),
                quote.text,
                "yes" if quote.is_exact else "noted by the interviewer",
                quote.who,
            ]
            for quote in quotes
        ],
    )


def _units(minor: int, currency: str) -> float:
    """In whole units of the currency."""
    return minor / float(10 ** minor_digits(currency))
