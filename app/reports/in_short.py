"""Why we lose, in short: sentences made from the themes by rules, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

from app.analytics.stats.theme import VerdictKind, in_words
from app.core import formats
from app.reports.themes import LossTheme, ThemesReport
from app.reports.wording import gettext as _

_NAMED = 3


def in_short(report: ThemesReport) -> list[str]:
    """What weighs most, what to do, what was said in deals won too, what is being done."""
    if not report.themes:
        return []
    found = [
        _heaviest(report.themes),
        _what_to_do(report.themes),
        _latest(report.themes),
        _won_all_the_same(report),
        _being_done(report.themes),
    ]
    return [line for line in found if line]


def _heaviest(themes: Sequence[LossTheme]) -> str:
    first = themes[0].figure
    return _(
        "‘%(theme)s’ weighs most: it decided or helped to decide %(share)s of the lost and "
        "undecided deals heard, and was decisive in %(decisive)s.",
        theme=first.name,
        share=in_words(first.focus.interval),
        decisive=formats.plural(first.focus.decisive, "deal"),
    )


def _what_to_do(themes: Sequence[LossTheme]) -> str:
    to_act = [theme for theme in themes if theme.figure.verdict.kind is VerdictKind.ACT]
    if to_act:
        return _(
            "%(themes)s, by the rule at the end: %(names)s.",
            themes=formats.plural(len(to_act), "theme asks for action", "themes ask for action"),
            names=_names(to_act),
        )
    to_ask = [theme for theme in themes if theme.figure.verdict.kind is VerdictKind.ASK]
    if not to_ask:
        return _("No theme asks for action yet: each is one voice, worth hearing.")
    nearest = min(to_ask, key=lambda theme: theme.figure.verdict.more).figure
    return _(
        "No theme is sure enough to act on yet; nearest is ‘%(theme)s’: %(verdict)s.",
        theme=nearest.name,
        verdict=nearest.verdict.words,
    )


def _latest(themes: Sequence[LossTheme]) -> str:
    """Only where the latest quarter speaks of something else than the four together."""
    most = max(themes, key=lambda theme: theme.figure.latest_deals).figure
    if most.latest_deals <= themes[0].figure.latest_deals:
        return ""
    return _(
        "In the latest quarter ‘%(theme)s’ was named most, in %(deals)s.",
        theme=most.name,
        deals=formats.plural(most.latest_deals, "deal"),
    )


def _won_all_the_same(report: ThemesReport) -> str:
    won = report.won_heard
    if not won:
        return ""
    most = max(report.themes, key=lambda theme: theme.figure.counter.deals).figure
    if not most.counter.deals:
        return _("None of it was said in the %(won)s heard.", won=formats.plural(won, "won deal"))
    return _(
        "It need not cost a deal: ‘%(theme)s’ was said against us in %(deals)s of the %(won)s "
        "heard, too.",
        theme=most.name,
        deals=most.counter.deals,
        won=formats.plural(won, "won deal"),
    )


def _being_done(themes: Sequence[LossTheme]) -> str:
    done = [theme for theme in themes if theme.doing]
    if not done:
        return _("Nobody has decided yet to do anything about any of them.")
    open_ones = [theme for theme in themes[:_NAMED] if not theme.doing]
    begun = _(
        "Something is being done about %(done)s of %(themes)s",
        done=len(done),
        themes=formats.plural(len(themes), "theme"),
    )
    if not open_ones:
        return f"{begun}."
    return _("%(begun)s; not yet about %(names)s.", begun=begun, names=_names(open_ones))


def _names(themes: Sequence[LossTheme]) -> str:
    named = ", ".join(f"‘{theme.figure.name}’" for theme in themes[:_NAMED])
    rest = len(themes) - _NAMED
    return _("%(names)s and %(rest)s more", names=named, rest=rest) if rest > 0 else named
