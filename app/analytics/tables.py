"""The tables behind the pages of figures, as they go into files: numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.analytics.decided import CONTESTED, Overview
from app.analytics.figures import SHOWN_OUTCOMES, Share, SubjectFigure
from app.analytics.over_time import OverTime
from app.analytics.reasons import Reasons
from app.analytics.reconciled import Reconciled
from app.analytics.showing import OUTCOME_WORDS, category_words
from app.analytics.stats.proportions import Interval
from app.core.spreadsheets import Sheet
from app.tagging.models import Direction

DIRECTION_WORDS = {
    Direction.AGAINST: "against us",
    Direction.FOR: "for us",
    Direction.NEUTRAL: "neither",
}
#: The columns of a share, each after what it is a share of.
SHARE = ("deals", "of heard", "share", "from", "to")


def share_columns(name: str) -> list[str]:
    return [f"{name}: {column}" for column in SHARE]


def share_cells(share: Interval) -> list[object]:
    """Deals, their whole, the share and its range between 0 and 1; empty where nobody was heard."""
    if share.point is None:
        return [0, 0, "", "", ""]
    return [
        _short(share.count),
        _short(share.n),
        *map(_short, (share.point, share.low, share.high)),
    ]


_APART_COLUMNS = [
    "Reason",
    "Direction",
    *share_columns("won"),
    *share_columns("lost"),
    "difference",
    "from",
    "to",
    "beyond chance",
]
_LAYER_COLUMNS = [
    "Reason",
    "Direction",
    "First answer",
    "Behind it",
    "By facts",
    "By opinions alone",
    "Expected of everybody",
    "Deals",
]


def overview_tables(found: Overview, by_crm: Reconciled) -> list[Sheet]:
    return [
        *counts_tables(found),
        Sheet(
            "Win rates",
            ["Rate", "won", "of decided", *SHARE[2:]],
            [
                ["By count", *share_cells(found.counts.win_rate)],
                ["By amount, in deals of equal size", *share_cells(found.by_amount.share)],
                ["As the CRM has it", *share_cells(by_crm.crm)],
            ],
        ),
        Sheet(
            "Beside the CRM",
            ["What", "Deals"],
            [
                ["Closed in the CRM", by_crm.crm.n],
                *[[step.words, step.deals] for step in by_crm.steps],
                ["In our win rate", by_crm.ours.n],
            ],
        ),
    ]


def counts_tables(found: Overview) -> list[Sheet]:
    """Deals decided and heard: by quarter, and by who they are."""
    outcomes = [o for o in OUTCOME_WORDS if o in CONTESTED or found.counts.decided.get(o)]
    return [
        Sheet(
            "Quarters",
            [
                "Quarter",
                *[OUTCOME_WORDS[outcome] for outcome in outcomes],
                "Decided",
                "Heard",
                *[f"Win rate: {column}" for column in ("won", "of decided", *SHARE[2:])],
            ],
            [
                [
                    one.quarter.token,
                    *[one.counts.decided.get(outcome, 0) for outcome in outcomes],
                    one.counts.all_decided,
                    one.counts.all_heard,
                    *share_cells(one.counts.win_rate),
                ]
                for one in found.by_quarter
            ],
        ),
        Sheet(
            "Whom we heard",
            ["Trait", "Value", "Decided", "Heard"],
            [
                [one.trait, category_words(one, OUTCOME_WORDS.__getitem__), one.closed, one.heard]
                for one in found.coverage.categories
            ],
        ),
    ]


def time_tables(found: OverTime) -> list[Sheet]:
    has_theme = any(one.theme is not None for one in found.quarters)
    names = ("Win rate", "Heard of decided", *(["Theme"] if has_theme else []))
    return [
        Sheet(
            "Quarters",
            ["Quarter", *[column for name in names for column in share_columns(name)]],
            [
                [
                    one.quarter.token,
                    *share_cells(one.won),
                    *share_cells(one.heard),
                    *(share_cells(one.theme) if one.theme is not None else []),
                ]
                for one in found.quarters
            ],
        ),
        Sheet(
            "Live",
            ["Day", *share_columns("Win rate so far")],
            [[point.day.isoformat(), *share_cells(point.rate)] for point in found.live],
        ),
    ]


def reasons_tables(page: Reasons) -> list[Sheet]:
    figures = page.found.figures
    return [
        subjects_table("Reasons", figures),
        Sheet(
            "Weighted",
            ["Reason", "Direction", *share_columns("as heard"), *share_columns("weighted")],
            [
                [
                    figure.name,
                    DIRECTION_WORDS[figure.direction],
                    *share_cells(figure.focus.interval),
                    *share_cells(page.weighted.shares[figure.subject_id, figure.direction].share),
                ]
                for figure in figures
            ],
        ),
        Sheet(
            "Set apart",
            _APART_COLUMNS,
            list(_apart(page)),
        ),
        Sheet(
            "Layers and evidence",
            _LAYER_COLUMNS,
            [
                [figure.name, DIRECTION_WORDS[figure.direction], *_layers(figure.everywhere)]
                for figure in figures
            ],
        ),
        Sheet(
            f"Money at stake, {page.money.currency}",
            ["Reason", "Deals", "Minor units", "Without amount", "share", "from", "to"],
            [
                [
                    figure.name,
                    stake.deals,
                    stake.minor,
                    stake.without_amount,
                    *share_cells(stake.share)[2:],
                ]
                for figure in figures
                if (stake := page.stake(figure)) is not None
            ],
        ),
        Sheet(
            "How far it reaches",
            ["Outcome", "Deals", "Interviews", "Chance missed", "New themes end", "Heard once"],
            [
                [
                    OUTCOME_WORDS[one.outcome],
                    one.deals,
                    one.interviews,
                    _short(one.chance_missed),
                    one.new.notation or "",
                    one.heard_once,
                ]
                for one in page.reach
            ],
        ),
    ]


def subjects_table(name: str, figures: Sequence[SubjectFigure]) -> Sheet:
    """Each subject and direction with its share of every outcome, and its verdict."""
    return Sheet(
        name,
        [
            name.removesuffix("s"),
            "Direction",
            *[
                column
                for outcome in SHOWN_OUTCOMES
                for column in share_columns(OUTCOME_WORDS[outcome])
            ],
            "Latest quarter",
            "What to do",
        ],
        [
            [
                figure.name,
                DIRECTION_WORDS[figure.direction],
                *[
                    cell
                    for outcome in SHOWN_OUTCOMES
                    for cell in share_cells(figure.share(outcome).interval)
                ],
                figure.latest_deals,
                figure.verdict.words,
            ]
            for figure in figures
        ],
    )


def _apart(page: Reasons) -> Iterator[list[object]]:
    for figure in page.found.figures:
        one = page.apart(figure)
        if one is not None:
            gap = one.difference
            yield [
                figure.name,
                DIRECTION_WORDS[figure.direction],
                *share_cells(one.won),
                *share_cells(one.lost),
                "" if gap.point is None else _short(gap.point),
                _short(gap.low),
                _short(gap.high),
                "yes" if one.stands else "no",
            ]


def _layers(share: Share) -> list[object]:
    return [
        share.first,
        share.behind,
        share.facts,
        share.opinions_only,
        share.expected,
        share.deals,
    ]


def _short(number: float) -> float:
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded
