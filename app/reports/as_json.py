"""Reports as data: what their pages and PDFs print, for other programs."""

from __future__ import annotations

from typing import Any

from app.analytics.at_stake import Stake
from app.analytics.decided import Counts
from app.analytics.figures import Share, SubjectFigure
from app.analytics.stats.proportions import Interval
from app.deals.models import DECIDED
from app.reports.deal import Cited, DealSummary, ReasonInDeal, Sentence
from app.reports.in_short import in_short
from app.reports.lines import standing_reasons, tested_reasons
from app.reports.quarter import Decided, MoneyRow, QuarterReport
from app.reports.quotes import PrintedQuote, Quotes
from app.reports.themes import ThemesReport


def quarter_json(report: QuarterReport) -> dict[str, Any]:
    year = report.year
    return {
        "quarter": report.quarter.token,
        "first_day": report.quarter.first_day,
        "last_day": report.quarter.last_day,
        "audience": report.audience.value,
        "reason_list_version": report.list_version.number if report.list_version else None,
        "headline": report.written.headline,
        "to_do": report.written.to_do,
        "lines": list(report.lines),
        "comments": dict(report.written.comments),
        "decided": [_decided(one) for one in report.page_one.decided],
        "asking_for_action": [figure.name for figure in report.page_one.open_themes],
        "last_report_led_to": [_decided(one) for one in report.page_one.led_to],
        "to_watch": [figure.name for figure in report.page_one.to_watch],
        "quarter_counts": _counts(report.alone),
        "four_quarters": {
            "first_day": year.window.period.first_day,
            "last_day": year.window.period.last_day,
            **_counts(year.counts),
        },
        "win_rate": {
            "quarter": _interval(report.alone.win_rate),
            "four_quarters": _interval(year.counts.win_rate),
            "change": year.win_rate_change.movement.value,
        },
        "by_quarter": [
            {"quarter": one.quarter.token, **_counts(one.counts)} for one in year.by_quarter
        ],
        "reasons": [_figure(figure) for figure in report.reasons.figures],
        "reasons_left_out": list(report.left_out),
        "reasons_tested": tested_reasons(report.reasons),
        "reasons_that_set_apart": [
            {
                "name": one.name,
                "direction": one.direction.value,
                "won": _interval(one.won),
                "lost": _interval(one.lost),
            }
            for one in standing_reasons(report.reasons)
        ],
        "differentiators": [_figure(figure) for figure in report.differentiators.figures],
        "competitors": [_figure(figure) for figure in report.competitors.figures],
        "quotes": [_quote(quote) for one in report.in_words for quote in one.quotes],
        "not_shown": _not_shown(report.quotes),
        "money": [_money(row, report.currency) for row in report.money],
        "stake": _stake(report.stake.together, report.currency),
        "coverage": {
            "level": year.coverage.level,
            "decided": year.coverage.closed,
            "heard": year.coverage.heard,
            "groups": [
                {"trait": c.trait, "name": c.name, "decided": c.closed, "heard": c.heard}
                for c in year.coverage.categories
            ],
            "nobody_heard_in": [
                {"trait": c.trait, "name": c.name, "decided": c.closed}
                for c in year.coverage.unheard
            ],
        },
    }


def themes_json(report: ThemesReport) -> dict[str, Any]:
    return {
        "quarter": report.quarter.token,
        "first_day": report.window.period.first_day,
        "last_day": report.window.period.last_day,
        "audience": report.audience.value,
        "filters": [list(pair) for pair in report.filters.pairs],
        "reason_list_version": report.list_version.number if report.list_version else None,
        "headline": report.written.headline,
        "to_do": report.written.to_do,
        "lines": in_short(report),
        "decided": report.decided,
        "heard": report.heard,
        "stake": _stake(report.stake, report.currency),
        "reasons": [
            {
                **_figure(theme.figure),
                "stake": _stake(theme.stake, report.currency),
                "named_together_with": [
                    {"name": rival.name, "deals": rival.deals} for rival in theme.rivals
                ],
                "since": theme.since.token if theme.since else None,
                "doing": [
                    {"words": one.words, "owner": one.owner, "state": one.state}
                    for one in theme.doing
                ],
            }
            for theme in report.themes
        ],
        "reasons_left_out": list(report.left_out),
        "quotes": [_quote(quote) for quote in report.printed_quotes],
        "not_shown": _not_shown(report.quotes),
    }


def deal_json(summary: DealSummary) -> dict[str, Any]:
    return {
        "external_id": summary.external_id,
        "reasons_left_out": list(summary.left_out),
        "title": summary.title,
        "audience": summary.audience.value,
        "account": summary.account,
        "outcome": summary.outcome.value,
        "closed_on": summary.closed_on,
        "amount": summary.amount,
        "product": summary.product,
        "seller": summary.seller,
        "won_by": summary.won_by,
        "competitors_met": list(summary.competitors_met),
        "headline": summary.written.headline,
        "to_do": summary.written.to_do,
        "heard": [
            {
                "who": one.who,
                "held_on": one.held_on,
                "channel": one.channel.value,
                "interviewer": one.relation.value if one.relation else None,
                "tagged_in_full": not one.is_provisional,
            }
            for one in summary.heard
        ],
        "why": [_sentence(one) for one in summary.why],
        "strongest": [
            {"text": one.text, "exact": one.is_exact, "who": one.who} for one in summary.strongest
        ],
        "reasons": [_reason(reason) for reason in summary.reasons],
        "differentiators": [_cited(one) for one in summary.differentiators],
        "competitors": [_cited(one) for one in summary.competitors],
        "surprised": [_sentence(one) for one in summary.surprised],
        "promised": [_sentence(one) for one in summary.promised],
        "follow_up": [_sentence(one) for one in summary.follow_up],
        "hand_over": {
            "fears": [_sentence(one) for one in summary.hand_over.fears],
            "near_losses": [_sentence(one) for one in summary.hand_over.near_losses],
            "reference": [_sentence(one) for one in summary.hand_over.reference],
        },
        "not_shown": _not_shown(summary.quotes),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    by_outcome = {
        outcome.value: {
            "decided": counts.decided.get(outcome, 0),
            "heard": counts.heard.get(outcome, 0),
        }
        for outcome in DECIDED
    }
    return {
        "decided": counts.all_decided,
        "heard": counts.all_heard,
        **{outcome: found["decided"] for outcome, found in by_outcome.items()},
        "by_outcome": by_outcome,
        "win_rate": _interval(counts.win_rate),
    }


def _interval(share: Interval) -> dict[str, Any]:
    return {
        "share": share.point,
        "low": share.low if share.point is not None else None,
        "high": share.high if share.point is not None else None,
        "count": share.count,
        "of": share.n,
    }


def _share(share: Share) -> dict[str, Any]:
    return {**_interval(share.interval), "named_in": share.deals, "decisive_in": share.decisive}


def _figure(figure: SubjectFigure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "direction": figure.direction.value,
        "share": _share(figure.focus),
        "counter_evidence": _share(figure.counter),
        "by_outcome": {
            outcome.value: _share(share) for outcome, share in figure.by_outcome.items()
        },
        "latest_quarter": figure.latest_deals,
        "verdict": figure.verdict.words,
        "tagged_in_full": not figure.is_provisional,
    }


def _quote(quote: PrintedQuote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "exact": quote.is_exact,
        "who": quote.who,
        "reason": quote.reason,
        "direction": quote.direction.value,
        "weight": quote.weight.value,
        "evidence": quote.evidence.value if quote.evidence else None,
    }


def _reason(reason: ReasonInDeal) -> dict[str, Any]:
    return {
        "name": reason.name,
        "direction": reason.direction.value,
        "weight": reason.weight.value,
        "interviews": reason.interviews,
        "would_decide": {would.value: count for would, count in reason.would_decide.items()},
        "by_kind": {kind.value: count for kind, count in reason.by_kind.items()},
        "facts": [_quote(quote) for quote in reason.facts],
        "opinions": [_quote(quote) for quote in reason.opinions],
        "tagged_in_full": not reason.is_provisional,
    }


def _cited(one: Cited) -> dict[str, Any]:
    return {
        "name": one.name,
        "direction": one.direction.value,
        "weight": one.weight.value,
        "interviews": one.interviews,
    }


def _sentence(one: Sentence) -> dict[str, str]:
    return {"text": one.text, "who": one.who}


def _not_shown(quotes: Quotes) -> dict[str, int]:
    return {why.value: count for why, count in quotes.withheld.items()}


def _stake(stake: Stake | None, currency: str) -> dict[str, Any] | None:
    if stake is None:
        return None
    return {
        "deals": stake.deals,
        "currency": currency,
        "amount_minor": stake.minor,
        "without_amount": stake.without_amount,
        "of_amounts_heard": _interval(stake.share),
        "segments": [{"name": name, "deals": deals} for name, deals in stake.segments],
    }


def _decided(one: Decided) -> dict[str, Any]:
    return {
        "words": one.words,
        "owner": one.owner,
        "due_on": one.due_on,
        "state": one.state.value,
        "theme": one.theme,
        "change": one.change,
    }


def _money(row: MoneyRow, currency: str) -> dict[str, Any]:
    return {
        "outcome": row.outcome.value,
        "deals": row.decided,
        "currency": currency,
        "amount_minor": row.total.minor,
        "deals_in_it": row.total.deals,
        "without_amount": row.total.without_amount,
        "without_rate": row.total.without_rate,
    }
