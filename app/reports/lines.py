"""The answer in five lines: full sentences made from the figures by rules, each with its number."""

from __future__ import annotations

from dataclasses import dataclass

from app.analytics.decided import Overview
from app.analytics.figures import SubjectFigures
from app.analytics.showing import movement_words
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import VerdictKind, in_words
from app.core import formats
from app.deals.models import Outcome
from app.reports.wording import gettext as _
from app.tagging.models import Direction


def five_lines(
    year: Overview,
    reasons: SubjectFigures,
    differentiators: SubjectFigures,
    competitors: SubjectFigures,
) -> list[str]:
    return [
        _win_rate(year),
        _leading_reason(reasons, Direction.AGAINST),
        _leading_reason(reasons, Direction.FOR),
        _rivals(year, competitors),
        _what_stands(reasons, differentiators),
    ]


def _win_rate(year: Overview) -> str:
    if not year.counts.contested:
        return _("No deal was won, lost or left undecided in these four quarters.")
    return _(
        "We won %(rate)s of the deals decided in four quarters; %(change)s.",
        rate=in_words(year.counts.win_rate),
        change=movement_words(year),
    )


def _leading_reason(reasons: SubjectFigures, direction: Direction) -> str:
    figures = [f for f in reasons.one_way(direction) if f.focus.named > 0]
    against = direction is Direction.AGAINST
    if not figures:
        return _no_reason(reasons, against)
    first = figures[0]
    share = in_words(first.focus.interval)
    decisive = formats.plural(first.focus.decisive, "deal")
    if against:
        return _(
            "‘%(reason)s’ weighed most against us: it decided or helped to decide %(share)s of the "
            "lost and undecided deals heard, and was decisive in %(decisive)s.",
            reason=first.name,
            share=share,
            decisive=decisive,
        )
    return _(
        "‘%(reason)s’ weighed most for us: it decided or helped to decide %(share)s of the won "
        "deals heard, and was decisive in %(decisive)s.",
        reason=first.name,
        share=share,
        decisive=decisive,
    )


def _no_reason(reasons: SubjectFigures, against: bool) -> str:
    heard = reasons.counts.heard
    if against:
        count = heard.get(Outcome.LOST, 0) + heard.get(Outcome.NO_DECISION, 0)
        return _(
            "In the %(deals)s lost or undecided and heard, no reason against us is counted yet.",
            deals=formats.plural(count, "deal"),
        )
    return _(
        "In the %(deals)s won and heard, no reason for us is counted yet.",
        deals=formats.plural(heard.get(Outcome.WON, 0), "deal"),
    )


def _rivals(year: Overview, competitors: SubjectFigures) -> str:
    counts = year.counts
    undecided = counts.decided.get(Outcome.NO_DECISION, 0)
    not_won = undecided + counts.decided.get(Outcome.LOST, 0)
    if not not_won:
        return _(
            "None of the %(deals)s was lost.", deals=formats.plural(counts.all_decided, "deal")
        )
    to_nobody = in_words(wilson(undecided, not_won))
    named = [f for f in competitors.one_way(Direction.AGAINST) if f.focus.named > 0]
    if not named:
        return _(
            "Of what we did not win, %(share)s went to nobody: the buyer decided nothing.",
            share=to_nobody,
        )
    return _(
        "Of what we did not win, %(share)s went to nobody; of those heard, %(rival)s weighed most "
        "against us, in %(named)s.",
        share=to_nobody,
        rival=named[0].name,
        named=in_words(named[0].focus.interval),
    )


def _what_stands(reasons: SubjectFigures, differentiators: SubjectFigures) -> str:
    strength = next((f for f in differentiators.one_way(Direction.FOR) if f.focus.named > 0), None)
    against = reasons.one_way(Direction.AGAINST)
    to_act = sum(f.verdict.kind is VerdictKind.ACT for f in against)
    act = _(
        "%(reasons)s by the rule at the end.",
        reasons=formats.plural(
            to_act, "reason against us asks for action", "reasons against us ask for action"
        ),
    )
    if strength is None:
        return act
    return _(
        "Our differentiator ‘%(name)s’ was cited in %(share)s of the won deals heard; %(act)s",
        name=strength.name,
        share=in_words(strength.focus.interval),
        act=act,
    )


@dataclass(frozen=True)
class Standing:
    """A reason, said one way, that sets won and lost deals apart beyond chance."""

    name: str
    direction: Direction
    won: Interval
    lost: Interval


def standing_reasons(reasons: SubjectFigures) -> list[Standing]:
    """Those that stand after correction for all that were tested, the surest first."""
    names = {f"{f.public_id}:{f.direction.value}": f.name for f in reasons.figures}
    names |= {one.key: one.name for one in reasons.joined}
    found = []
    for one in reasons.comparison.tested if reasons.comparison else ():
        if one.stands:
            direction = Direction(one.reason.rpartition(":")[2])
            found.append(Standing(names[one.reason], direction, one.won, one.lost))
    return found


def tested_reasons(reasons: SubjectFigures) -> int:
    """How many were named often enough to be tested."""
    return len(reasons.comparison.tested) if reasons.comparison else 0
