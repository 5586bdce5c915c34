"""How figures are shown: a share by the rules for small numbers, and the data of the charts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.analytics.decided import CONTESTED, Overview
from app.analytics.figures import SubjectFigure
from app.analytics.over_time import LivePoint, OverTime
from app.analytics.queries import DecidedDeal
from app.analytics.stats.coverage import Category
from app.analytics.stats.proportions import Interval
from app.analytics.stats.theme import COUNTS_ONLY_UNDER, Change, Display, Movement, display
from app.analytics.window import Window
from app.core import charts, formats
from app.deals.models import Outcome
from app.tagging.models import Direction

_TONES: dict[Direction, charts.Tone] = {
    Direction.FOR: "for",
    Direction.AGAINST: "against",
    Direction.NEUTRAL: "neutral",
}
_MOST_ROWS = 6
OTHERS = "Others"
NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class ShownShare:
    """A share as two lines of a table: what counts most, and what it rests on."""

    main: str
    detail: str


def shown_share(share: Interval) -> ShownShare:
    """Counts alone under five deals heard, the range first under ten, else the percentage."""
    how = display(share.n)
    if how is Display.NOTHING or share.point is None:
        return ShownShare("–", "nobody heard")
    counts = f"{count_words(share.count)} of {count_words(share.n)}"
    between = range_words(share)
    if how is Display.COUNTS:
        return ShownShare(counts, "")
    if how is Display.INTERVAL_FIRST:
        return ShownShare(between, f"{counts}, {formats.share(share.point)}")
    return ShownShare(formats.share(share.point), f"{counts}, {between}")


def category_words(one: Category, outcome_words: Callable[[Outcome], str]) -> str:
    """'No decision', 'segment Retail': one group of deals as a sentence names it."""
    if one.trait == "outcome":
        return outcome_words(Outcome(one.name)).lower()
    return f"{one.trait} {one.name}"


def range_words(share: Interval) -> str:
    """'33 to 43 %'."""
    return f"{round(100 * share.low)} to {formats.share(share.high)}"


def count_words(count: float) -> str:
    """A count of deals, which may be a fraction: '3', '2.5', '8,800'."""
    return f"{count:,.1f}".removesuffix(".0")


def movement_words(overview: Overview) -> str:
    """'no reliable change from the year before (+1 points, −6 to +8)'."""
    shown = shown_movement(overview)
    return f"{shown.main} {shown.detail}".strip()


def shown_movement(overview: Overview) -> ShownShare:
    """How the win rate moved, and from what by how much."""
    return shown_change(overview.win_rate_change, _before(overview.window))


def shown_change(change: Change, before: str = "the time before") -> ShownShare:
    """How a share moved, and from what by how much."""
    if change.movement is Movement.NOT_HEARD:
        return ShownShare("nothing to compare with", f"in {before}")
    gap = change.difference
    points = (
        f"({formats.points(gap.point or 0)} points, "
        f"{formats.points(gap.low)} to {formats.points(gap.high)})"
    )
    if change.movement is Movement.NO_RELIABLE_CHANGE:
        return ShownShare("no reliable change", f"from {before} {points}")
    word = "more" if change.movement is Movement.UP else "less"
    return ShownShare(word, f"than {before} {points}")


def _before(window: Window) -> str:
    return "the quarter before" if len(window.quarters) == 1 else "the year before"


def win_rate_chart(overview: Overview) -> list[charts.Interval]:
    """The win rate by quarter; a quarter in which nothing was decided is left out."""
    return [
        _dot(f"Q{quarter.quarter.number} {quarter.quarter.year}", quarter.counts.win_rate, "accent")
        for quarter in overview.by_quarter
        if quarter.counts.contested
    ]


def quarters_chart(found: OverTime, share: Literal["won", "theme"]) -> list[charts.Interval]:
    """A share by quarter, where five deals or more stand behind it."""
    shares = ((one.quarter, getattr(one, share)) for one in found.quarters)
    return [
        _dot(f"Q{quarter.number} {quarter.year}", interval, "accent")
        for quarter, interval in shares
        if interval is not None
        and display(interval.n) in (Display.INTERVAL_FIRST, Display.POINT_FIRST)
    ]


def live_chart(points: Sequence[LivePoint]) -> list[charts.Interval]:
    """The win rate of all deals so far, from the fifth on."""
    return [
        _dot(formats.day(point.day).rsplit(" ", 1)[0], point.rate, "accent")
        for point in points
        if point.rate.n >= COUNTS_ONLY_UNDER
    ]


def shares_chart(figures: Sequence[SubjectFigure], most: int = 10) -> list[charts.Interval]:
    """Each subject's share of the deals that it helps to explain, where five or more were heard:
    under that, only counts are shown."""
    return [
        _dot(figure.name, figure.focus.interval, _TONES[figure.direction])
        for figure in figures[:most]
        if display(figure.focus.heard) in (Display.INTERVAL_FIRST, Display.POINT_FIRST)
    ]


def coverage_chart(deals: Iterable[DecidedDeal], trait: str) -> charts.Coverage:
    """Heard of decided deals by a trait, such as the segment, and outcome."""
    closed: Counter[tuple[str, Outcome]] = Counter()
    heard: Counter[tuple[str, Outcome]] = Counter()
    for deal in deals:
        key = getattr(deal, trait) or NOT_KNOWN, deal.outcome
        closed[key] += 1
        heard[key] += deal.interviews > 0
    outcomes = [o for o in Outcome if o in CONTESTED or any(key[1] is o for key in closed)]
    sizes: Counter[str] = Counter()
    for (name, _), count in closed.items():
        sizes[name] += count
    kept = [name for name, _ in sizes.most_common(_MOST_ROWS)]
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name in [*kept, *([OTHERS] if len(sizes) > len(kept) else [])]:
        members = [name] if name in kept else [n for n in sizes if n not in kept]
        for outcome in outcomes:
            keys = [(member, outcome) for member in members]
            rows[name].append((sum(heard[k] for k in keys), sum(closed[k] for k in keys)))
    return charts.Coverage(
        columns=tuple(OUTCOME_WORDS[outcome] for outcome in outcomes),
        rows=tuple(charts.CoverageRow(name, tuple(cells)) for name, cells in rows.items()),
    )


def telling_trait(deals: Sequence[DecidedDeal]) -> str:
    """The trait to show coverage by: the first that sorts the deals at all."""
    for trait in ("segment", "region", "product"):
        if len({getattr(deal, trait) for deal in deals}) > 1:
            return trait
    return "segment"


OUTCOME_WORDS = {
    Outcome.WON: "Won",
    Outcome.LOST: "Lost",
    Outcome.NO_DECISION: "No decision",
    Outcome.RENEWED: "Renewed",
    Outcome.CHURNED: "Churned",
    Outcome.INVALID: "Not counted",
    Outcome.OPEN: "Open",
}


def _dot(label: str, share: Interval, tone: charts.Tone) -> charts.Interval:
    return charts.Interval(
        label=label,
        value=share.point or 0.0,
        low=share.low,
        high=share.high,
        count=_whole(share.count),
        of=round(share.n),
        tone=tone,
    )


def _whole(count: float) -> float:
    rounded = round(count, 1)
    return int(rounded) if rounded == int(rounded) else rounded
