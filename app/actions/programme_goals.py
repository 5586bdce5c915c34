"""Where the programme stands against its own goals, over four quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.models import Measure, ProgrammeGoal
from app.analytics.queries import decided_deals
from app.analytics.showing import shown_share
from app.analytics.stats.proportions import wilson
from app.analytics.window import Window
from app.core.formats import plural


@dataclass(frozen=True)
class Standing:
    """One measure: how it stands, what it rests on, and the goal where there is one."""

    measure: Measure
    label: str
    value: float | None
    main: str
    detail: str
    goal: ProgrammeGoal | None

    @property
    def goal_words(self) -> str:
        if self.goal is None:
            return ""
        if self.measure is Measure.DAYS_TO_INTERVIEW:
            return f"at most {plural(self.goal.target, 'day')}"
        return f"at least {self.goal.target} %"

    @property
    def is_reached(self) -> bool | None:
        """None where there is no goal, or nothing to hold against it."""
        if self.goal is None or self.value is None:
            return None
        if self.measure is Measure.DAYS_TO_INTERVIEW:
            return self.value <= self.goal.target
        return 100 * self.value >= self.goal.target


def standings(session: Session, window: Window) -> list[Standing]:
    goals = queries.goals(session)
    deals = decided_deals(session, window.period)
    return [
        _share(
            Measure.RESPONSE,
            "Buyers asked who answered",
            *queries.invitations_answered(session, window.period),
            goals,
        ),
        _days(queries.days_to_interview(session, window.period), goals),
        _share(
            Measure.SHARE_HEARD,
            "Decided deals heard",
            sum(deal.interviews > 0 for deal in deals),
            len(deals),
            goals,
        ),
    ]


def _share(
    measure: Measure, label: str, count: int, of: int, goals: Mapping[Measure, ProgrammeGoal]
) -> Standing:
    share = wilson(count, of)
    shown = shown_share(share)
    if not of:
        return Standing(measure, label, None, "–", "nothing to count yet", goals.get(measure))
    return Standing(measure, label, share.point, shown.main, shown.detail, goals.get(measure))


def _days(days: list[int], goals: Mapping[Measure, ProgrammeGoal]) -> Standing:
    measure, label = Measure.DAYS_TO_INTERVIEW, "Days from decision to interview"
    if not days:
        return Standing(measure, label, None, "–", "nobody heard yet", goals.get(measure))
    middle = median(days)
    return Standing(
        measure,
        label,
        middle,
        f"{middle:g}".removesuffix(".0"),
        f"half of {plural(len(days), 'deal')} heard took no longer",
        goals.get(measure),
    )
