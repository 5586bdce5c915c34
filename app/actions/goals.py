"""Whether a goal was reached: of a decision, by its theme counted again; pure."""

from __future__ import annotations

import enum
from datetime import date

from app.actions.evidence import Remeasured
from app.analytics.stats.proportions import Interval
from app.tagging.models import Direction


class GoalState(enum.StrEnum):
    AHEAD = "ahead"
    REACHED = "reached"
    MISSED = "missed"
    TOO_FEW = "too_few"


def goal_words(percent: int, direction: Direction | None) -> str:
    """'under 20 %', 'at least 30 %'."""
    return f"at least {percent} %" if direction is Direction.FOR else f"under {percent} %"


def meets(share: Interval, percent: int, direction: Direction | None) -> bool:
    """Whether the share as counted lies where the goal is."""
    if share.point is None:
        return False
    return (
        100 * share.point >= percent if direction is Direction.FOR else 100 * share.point < percent
    )


def goal_state(
    measured: Remeasured | None,
    *,
    percent: int,
    direction: Direction | None,
    by: date | None,
    today: date,
) -> GoalState:
    """Reached as soon as enough were heard and the share lies there. Missed only past its day:
    what did not ship by then was missed, and under five deals heard nothing is said."""
    if measured is not None and measured.tells and meets(measured.after, percent, direction):
        return GoalState.REACHED
    if by is None or today <= by:
        return GoalState.AHEAD
    if measured is not None and not measured.tells:
        return GoalState.TOO_FEW
    return GoalState.MISSED
