"""What is made of a figure of agreement (METHOD.md, Agreement between coders). Pure."""

from __future__ import annotations

from enum import StrEnum

#: Below it, on the interval's lower end, a reason is marked and left out of reports.
TENTATIVE = 0.667
RELIABLE = 0.800
#: Interviews coded twice, before which nothing is struck.
ENOUGH_INTERVIEWS = 20


class Standing(StrEnum):
    """What is made of a reason's alpha."""

    NOT_KNOWN = "not_known"
    NOT_ESTIMABLE = "not_estimable"
    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    STRUCK = "struck"


def standing_of(value: float | None, low: float | None, interviews: int) -> Standing:
    """Of alpha, the lower end of its interval, and how many interviews were coded twice."""
    if interviews < ENOUGH_INTERVIEWS:
        return Standing.NOT_KNOWN
    if value is None or low is None:
        return Standing.NOT_ESTIMABLE
    if low < TENTATIVE:
        return Standing.STRUCK
    return Standing.RELIABLE if value >= RELIABLE else Standing.TENTATIVE
