"""A theme's figures: as they stood when a decision was taken, and before and after it shipped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.models import Decision
from app.actions.queries import HeardDeal
from app.analytics import figures
from app.analytics.figures import SubjectFigure
from app.analytics.queries import Subject, explained_by
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import COUNTS_ONLY_UNDER, Change, change
from app.analytics.window import Window
from app.core.periods import Period
from app.tagging.codebook.queries import latest_version
from app.tagging.models import Direction, Reason

_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Theme:
    """What a decision is about: one subject, said one way."""

    subject: Subject
    subject_id: int
    direction: Direction

    @classmethod
    def of(cls, decision: Decision) -> Theme | None:
        """The theme as it is counted today: a reason that was merged is the one it became."""
        if decision.direction is None:
            return None
        if decision.reason is not None:
            return cls(Subject.REASON, _as_merged(decision.reason).id, decision.direction)
        for subject in (Subject.DIFFERENTIATOR, Subject.COMPETITOR):
            subject_id: int | None = getattr(decision, f"{subject.value}_id")
            if subject_id is not None:
                return cls(subject, subject_id, decision.direction)
        return None


@dataclass(frozen=True)
class Remeasured:
    """A theme's share in the deals closed in the year before shipping, and in those that were
    opened after it: only those buyers can have evaluated what was shipped."""

    before: Interval
    after: Interval
    change: Change
    #: Decided and heard since, but opened before the day, or nobody knows when.
    left_out: int

    @property
    def tells(self) -> bool:
        """Whether enough were heard since for a share."""
        return self.after.n >= COUNTS_ONLY_UNDER


def figure_of(session: Session, window: Window, theme: Theme) -> SubjectFigure | None:
    """The theme's figure in a window; None where nobody named it that way."""
    found = figures.subject_figures(session, window, theme.subject)
    for figure in found.one_way(theme.direction):
        if figure.subject_id == theme.subject_id:
            return figure
    return None


def frozen(session: Session, window: Window, theme: Theme, today: date) -> dict[str, Any]:
    """The evidence as it stands, to be kept with the decision."""
    figure = figure_of(session, window, theme)
    version = latest_version(session)
    kept: dict[str, Any] = {
        "on": today.isoformat(),
        "first_day": window.period.first_day.isoformat(),
        "last_day": window.period.last_day.isoformat(),
        "window": window.words,
        "reason_list_version": version.number if version else None,
    }
    if figure is None:
        return kept
    return kept | {
        "name": figure.name,
        "share": share_json(figure.focus.interval),
        "counter": share_json(figure.counter.interval),
        "decisive": figure.focus.decisive,
        "deals": figure.deals,
        "verdict": figure.verdict.words,
    }


def share_json(share: Interval) -> dict[str, float | None]:
    return {
        "point": share.point,
        "low": share.low,
        "high": share.high,
        "count": share.count,
        "n": share.n,
    }


def share_from(kept: dict[str, Any]) -> Interval:
    return Interval(kept["low"], kept["high"], kept["point"], kept["n"], kept["count"])


def remeasured(session: Session, theme: Theme, shipped_on: date, today: date) -> Remeasured:
    """The theme counted again in deals evaluated after it shipped, beside before."""
    earlier = Period(shipped_on - _A_YEAR, shipped_on - timedelta(days=1))
    later = Period(shipped_on, max(today, shipped_on))
    since = _heard(session, theme, later)
    evaluated = [deal for deal in since if deal.opened_on and deal.opened_on >= shipped_on]
    before, after = _share(_heard(session, theme, earlier)), _share(evaluated)
    return Remeasured(
        before,
        after,
        change(before.count, before.n, after.count, after.n),
        left_out=len(since) - len(evaluated),
    )


def _as_merged(reason: Reason) -> Reason:
    while reason.merged_into is not None:
        reason = reason.merged_into
    return reason


def _heard(session: Session, theme: Theme, period: Period) -> list[HeardDeal]:
    """The deals heard that the theme helps to explain."""
    return queries.deals_heard(
        session,
        f"{theme.subject.value}_id",
        theme.subject_id,
        theme.direction,
        explained_by(theme.direction),
        period,
    )


def _share(deals: Sequence[HeardDeal]) -> Interval:
    return wilson(math.fsum(deal.naming / deal.interviews for deal in deals), len(deals))
