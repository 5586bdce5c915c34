"""Competitors, differentiators, two views and deal facts as tables for files."""

from __future__ import annotations

from collections.abc import Sequence

from app.analytics.claims import Claims
from app.analytics.four_questions import QUESTION_WORDS
from app.analytics.market_showing import CLAIM_WORDS
from app.analytics.nothing import Nothing
from app.analytics.rivals import Against, Rival
from app.analytics.stats.deal_facts import Looks
from app.analytics.stats.proportions import Difference
from app.analytics.stats.two_sides import COMPARED_FROM, TwoSides
from app.analytics.tables import share_cells, share_columns, subjects_table
from app.analytics.two_views import TwoViews
from app.core.spreadsheets import Sheet
from app.market.stages import STAGE_WORDS

_DIFFERENCE = ("difference", "from", "to")


def rivals_table(found: Sequence[Rival]) -> Sheet:
    return Sheet(
        "Win rate by competitor",
        ["Competitor", *share_columns("won"), *_DIFFERENCE, "heard"],
        [
            [
                one.competitor.name,
                *share_cells(one.win_rate),
                *_cells(one.difference.difference),
                one.heard,
            ]
            for one in found
        ],
    )


def against_tables(found: Against) -> list[Sheet]:
    return [
        rivals_table([found.rival]),
        subjects_table("Reasons", found.figures.figures),
        Sheet(
            "Their best case",
            ["Words", "Who", "Reason", "Won against them all the same"],
            [
                [one.quote.text, one.quote.who, one.reason, one.won_all_the_same]
                for one in found.best_case
            ],
        ),
        Sheet(
            "Where we stand",
            [
                *("Differentiator", "Set as", "Since", "Deals that spoke of it"),
                *("For us", "Against us", "Expected of everybody", "Buyers speak of it as"),
            ],
            [
                [
                    pair.differentiator.name,
                    STAGE_WORDS[pair.stage] if pair.stage else "",
                    pair.standing.set_on.isoformat() if pair.standing else "",
                    pair.spoken.deals,
                    pair.spoken.for_us,
                    pair.spoken.against_us,
                    pair.spoken.expected,
                    STAGE_WORDS[pair.reads_as] if pair.reads_as else "",
                ]
                for pair in found.standings
            ],
        ),
    ]


def nothing_tables(found: Nothing) -> list[Sheet]:
    return [
        Sheet(
            "Where they stopped",
            ["Question", "Deals", "of heard"],
            [
                [QUESTION_WORDS[question], count, found.stopped.heard]
                for question, count in found.stopped.at.items()
            ]
            + [["None of the four", found.stopped.unplaced, found.stopped.heard]],
        ),
        Sheet(
            "What was lacking",
            ["Lacking", "Undecided deals", "of heard", "Won deals", "of heard"],
            [
                [lack.words, lack.undecided, found.stopped.heard, lack.won, found.won_heard]
                for lack in found.lacks
            ],
        ),
    ]


def claims_table(found: Claims) -> Sheet:
    return Sheet(
        "Differentiators",
        [
            *("Differentiator", "What buyers say", "heard", "named", "decided", "for us"),
            *("against us", "not mentioned"),
            *share_columns("won where named"),
            *share_columns("won where not"),
            *_DIFFERENCE,
            *("odds ratio, adjusted", "from", "to"),
            *share_columns("by amount, where named"),
            *share_columns("by amount, where not"),
        ],
        [
            [
                one.differentiator.name,
                CLAIM_WORDS[one.claim.kind],
                one.claim.heard,
                round(one.where_cited.n),
                one.decisive,
                one.claim.confirmed,
                one.claim.contradicted,
                one.claim.never,
                *share_cells(one.where_cited),
                *share_cells(one.where_not),
                *_cells(one.difference.difference),
                one.adjusted.odds_ratio.point,
                one.adjusted.odds_ratio.low,
                one.adjusted.odds_ratio.high,
                *share_cells(one.amount_cited),
                *share_cells(one.amount_not),
            ]
            for one in found.figures
        ],
    )


def quarters_table(found: Claims) -> Sheet:
    return Sheet(
        "Over the quarters",
        ["Differentiator", "Quarter", "For us", "Against us", "Expected of everybody", "heard"],
        [
            [
                one.differentiator.name,
                quarter.quarter.token,
                quarter.for_us,
                quarter.against_us,
                quarter.expected,
                quarter.heard,
            ]
            for one in found.figures
            for quarter in one.quarters
        ],
    )


def two_views_tables(found: TwoViews) -> list[Sheet]:
    return [
        _who_said_what("Main reason", found.reasons),
        _who_said_what("Competitor", found.competitors),
    ]


def looks_table(found: Looks) -> Sheet:
    return Sheet(
        "Deal facts",
        [
            *("Fact", "Value"),
            *share_columns("won with it"),
            *share_columns("won without"),
            *_DIFFERENCE,
            *("odds ratio, adjusted", "from", "to", "beyond chance"),
        ],
        [
            [
                look.fact,
                look.level,
                *share_cells(look.with_it),
                *share_cells(look.without),
                *_cells(look.difference),
                look.adjusted.odds_ratio.point,
                look.adjusted.odds_ratio.low,
                look.adjusted.odds_ratio.high,
                "yes" if look.stands else "no",
            ]
            for look in found.looks
        ],
    )


def _who_said_what(name: str, found: TwoSides) -> Sheet:
    return Sheet(
        name,
        ["Seller said", *(f"buyer: {label}" for label in found.labels)],
        [[label, *counts] for label, counts in zip(found.labels, found.counts, strict=True)]
        if found.n >= COMPARED_FROM
        else [],
    )


def _cells(gap: Difference) -> list[object]:
    return ["", "", ""] if gap.point is None else [gap.point, gap.low, gap.high]
