"""A theme's figures: as they stood when a decision was taken, and before and after it shipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions import queries
from app.actions.models import Decision
from app.analytics import figures
from app.analytics.figures import SubjectFigure
from app.analytics.queries import (
    NamedInDeal,
    Subject,
    decided_deals,
    explained_by,
    named_in_deals,
)
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
    opened_since = queries.deals_opened_since(session, shipped_on)
    before, _ = _counted(session, theme, earlier, only=None)
    after, left_out = _counted(session, theme, later, only=opened_since)
    return Remeasured(before, after, change(before.count, before.n, after.count, after.n), left_out)


def _as_merged(reason: Reason) -> Reason:
    while reason.merged_into is not None:
        reason = reason.merged_into
    return reason


def _counted(
    session: Session, theme: Theme, period: Period, *, only: set[int] | None
) -> tuple[Interval, int]:
    """The share of the deals heard that the theme explains, and how many heard were left out."""
    outcomes = explained_by(theme.direction)
    heard = {
        deal.deal_id: deal.interviews
        for deal in decided_deals(session, period)
        if deal.interviews and deal.outcome in outcomes
    }
    counted = heard if only is None else {key: n for key, n in heard.items() if key in only}
    named = sum(
        row.influencing / counted[row.deal_id]
        for row in named_in_deals(session, theme.subject, period)
        if _says(row, theme) and row.deal_id in counted
    )
    return wilson(named, len(counted)), len(heard) - len(counted)


def _says(row: NamedInDeal, theme: Theme) -> bool:
    return row.subject_id == theme.subject_id and row.direction is theme.direction
