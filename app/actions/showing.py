"""What a decision's page shows of its theme: as it stood, and counted again since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions.evidence import Remeasured, Theme, frozen, remeasured, share_from
from app.actions.goals import GoalState, goal_state, goal_words
from app.actions.models import Decision
from app.analytics.queries import Subject
from app.analytics.showing import ShownShare, shown_share
from app.analytics.stats.theme import Movement
from app.analytics.window import Window
from app.core import charts
from app.core.formats import points
from app.tagging.models import Direction

_PLURALS = {
    Subject.REASON: "reasons",
    Subject.COMPETITOR: "competitors",
    Subject.DIFFERENTIATOR: "differentiators",
}


@dataclass(frozen=True)
class ShownEvidence:
    """The figures of one moment, as a page prints them."""

    name: str
    window: str
    share: ShownShare
    counter: ShownShare
    decisive: int
    verdict: str


@dataclass(frozen=True)
class ShownDecision:
    """Everything on the page of a decision that is counted."""

    theme: Theme | None
    #: 'reasons', for the address of the theme's own page.
    subjects: str
    evidence: ShownEvidence | None
    again: Remeasured | None
    before: ShownShare | None
    after: ShownShare | None
    change_words: str
    chart: list[charts.Interval]
    goal_words: str
    goal: GoalState | None


def shown_now(session: Session, window: Window, theme: Theme, today: date) -> ShownEvidence | None:
    return _shown(frozen(session, window, theme, today))


def shown_decision(session: Session, decision: Decision, today: date) -> ShownDecision:
    theme = Theme.of(decision)
    again = (
        remeasured(session, theme, decision.shipped_on, today)
        if theme and decision.shipped_on
        else None
    )
    has_goal = theme is not None and decision.goal_percent is not None
    return ShownDecision(
        theme=theme,
        subjects=_PLURALS[theme.subject] if theme else "",
        evidence=_shown(decision.evidence),
        again=again,
        before=shown_share(again.before) if again else None,
        after=shown_share(again.after) if again else None,
        change_words=change_words(again) if again else "",
        chart=_chart(again, theme.direction) if again and theme else [],
        goal_words=goal_words(decision.goal_percent, decision.direction)
        if decision.goal_percent is not None
        else "",
        goal=goal_state(
            again,
            percent=decision.goal_percent,
            direction=decision.direction,
            by=decision.goal_by,
            today=today,
        )
        if has_goal and decision.goal_percent is not None
        else None,
    )


def change_words(again: Remeasured) -> str:
    """'no reliable change (−6 points, −20 to +9)'; that too few were heard, where that is so."""
    if not again.after.n:
        return "nobody heard yet who evaluated it after that day"
    if not again.tells:
        return "too few heard yet to compare"
    if again.change.movement is Movement.NOT_HEARD:
        return "nothing to compare with"
    gap = again.change.difference
    range_ = f"({points(gap.point or 0)} points, {points(gap.low)} to {points(gap.high)})"
    word = {
        Movement.NO_RELIABLE_CHANGE: "no reliable change yet",
        Movement.UP: "more often than before",
        Movement.DOWN: "less often than before",
    }[again.change.movement]
    return f"{word} {range_}"


def _shown(kept: dict[str, Any]) -> ShownEvidence | None:
    if "share" not in kept:
        return None
    return ShownEvidence(
        name=kept["name"],
        window=kept["window"],
        share=shown_share(share_from(kept["share"])),
        counter=shown_share(share_from(kept["counter"])),
        decisive=kept["decisive"],
        verdict=kept["verdict"],
    )


def _chart(again: Remeasured, direction: Direction) -> list[charts.Interval]:
    """Before and after, where enough were heard in both for a share."""
    if not again.tells or not again.before.n:
        return []
    tone: charts.Tone = "for" if direction is Direction.FOR else "against"
    return [
        charts.Interval(
            label=label,
            value=share.point or 0,
            low=share.low,
            high=share.high,
            count=_whole(share.count),
            of=round(share.n),
            tone=tone,
        )
        for label, share in (("Before it shipped", again.before), ("Since", again.after))
    ]


def _whole(count: float) -> float:
    rounded = round(count, 1)
    return int(rounded) if rounded == int(rounded) else rounded
