"""How competitors, differentiators, two views and deal facts are put in words, and their charts."""

from __future__ import annotations

from app.analytics.claims import ClaimFigure
from app.analytics.rivals import Rivals
from app.analytics.stats.adjusted import Adjusted
from app.analytics.stats.agreement import Agreement
from app.analytics.stats.claims import ClaimKind
from app.analytics.stats.theme import Change, Display, Movement, display
from app.analytics.stats.two_sides import TwoSides
from app.core import charts, formats

CLAIM_WORDS = {
    ClaimKind.CONFIRMED: "Confirmed",
    ClaimKind.CONTRADICTED: "Contradicted",
    ClaimKind.DISPUTED: "Open",
    ClaimKind.NEVER: "Never mentioned",
}
_FAR = 50.0


def rivals_chart(found: Rivals) -> list[charts.Interval]:
    """The win rate against each, where five or more deals were decided."""
    return [
        charts.Interval(
            label=one.competitor.name,
            value=one.win_rate.point or 0.0,
            low=one.win_rate.low,
            high=one.win_rate.high,
            count=one.won,
            of=one.decided,
        )
        for one in found.rivals
        if display(one.decided) in (Display.INTERVAL_FIRST, Display.POINT_FIRST)
    ]


def movement_words(change: Change) -> str:
    """'no reliable difference (+1 points, −6 to +8)'."""
    gap = change.difference
    if change.movement is Movement.NOT_HEARD:
        return "nothing to compare with"
    points = (
        f"{formats.points(gap.point or 0)} points, {formats.points(gap.low)} to"
        f" {formats.points(gap.high)}"
    )
    words = {Movement.UP: "more", Movement.DOWN: "less"}.get(
        change.movement, "no reliable difference"
    )
    return f"{words} ({points})"


def adjusted_words(found: Adjusted) -> str:
    """'won 2.1 times as often, 1.4 to 3.2' in odds; what cannot be told is said."""
    ratio = found.odds_ratio
    if ratio.point is None or ratio.low is None or ratio.high is None:
        return "too few deals to tell"
    high = "more" if ratio.high > _FAR else f"{ratio.high:.1f}"
    return f"odds of winning × {ratio.point:.1f} ({ratio.low:.1f} to {high})"


def advice(figure: ClaimFigure) -> str:
    """What to do about a claim, as a colleague would say it."""
    claim, name = figure.claim, figure.differentiator.name
    stands = figure.adjusted.p is not None and figure.adjusted.p < 0.05
    if claim.kind is ClaimKind.NEVER:
        return (
            f"No buyer of {formats.plural(claim.heard, 'deal')} heard spoke of it. Ask about it in"
            " the next interviews; if they still do not, take it out of the pitch."
        )
    if claim.kind is ClaimKind.CONFIRMED:
        ratio = figure.adjusted.odds_ratio.point or 0
        if stands and ratio > 1:
            return f"Buyers bear it out, and it goes with winning. Lead with ‘{name}’."
        decided = formats.plural(figure.decisive, "deal")
        return (
            f"Buyers bear it out, and it decided {decided}. Keep saying it; whether it also goes"
            " with winning cannot be told yet."
        )
    if claim.kind is ClaimKind.CONTRADICTED:
        return (
            "Buyers say otherwise. Read their words below, then change it or stop claiming it;"
            " its owner decides."
        )
    sided = round(claim.confirming.n)
    return (
        f"{formats.plural(sided, 'deal')} took a side, which is too few or too even. Ask the next"
        " buyers what they saw of it."
    )


def two_sides_chart(found: TwoSides) -> charts.Confusion:
    return charts.Confusion(
        labels=found.labels, counts=found.counts, row_name="Seller", column_name="Buyer"
    )


def agreement_words(found: Agreement) -> str:
    """'32 % of what luck leaves (7 to 56 %)', or that luck alone would do as well."""
    if found.kappa is None:
        return "cannot be told: both sides gave one and the same answer throughout"
    if found.low is None or found.high is None:
        return f"{formats.share(found.kappa)} of what luck leaves"
    between = f"{round(100 * found.low)} to {formats.share(found.high)}".replace("-", "−")
    if found.low <= 0:
        return f"no better than luck, as far as these deals tell ({between})"
    return f"{formats.share(found.kappa)} of what luck leaves ({between})"
