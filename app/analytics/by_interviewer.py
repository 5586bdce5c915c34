"""Whether buyers say the same to whoever sold the deal and to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analytics.figures import SubjectFigure, SubjectFigures, subject_figures
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.queries import Subject, explained_by
from app.analytics.stats.proportions import Difference, Interval, newcombe, wilson
from app.interviews.models import Relation
from app.tagging.models import Direction

_MOST = 8
_OTHERS = tuple(relation for relation in Relation if relation is not Relation.OWNER)
_Key = tuple[int, Direction]


@dataclass(frozen=True)
class Compared:
    """A reason's share where the seller asked, where somebody else did, and the difference."""

    figure: SubjectFigure
    to_seller: Interval
    to_others: Interval
    difference: Difference


@dataclass(frozen=True)
class ByInterviewer:
    """Deals heard by whoever sold them, deals heard by others, and what was said most in both."""

    deals_heard_by_seller: int
    deals_heard_by_others: int
    rows: tuple[Compared, ...]

    @property
    def can_be_compared(self) -> bool:
        return bool(self.deals_heard_by_seller and self.deals_heard_by_others)


def by_interviewer(
    session: Session, found: SubjectFigures, filters: Filters = EVERYTHING
) -> ByInterviewer:
    """Of reasons found narrowed alike, but for who asked: that is what is compared."""
    decided = {key: count.decided for key, count in found.strata.items()}

    def heard_by(*relations: Relation) -> SubjectFigures:
        asked = [("relation", one.value) for one in relations]
        theirs = Filters.parse([*filters.without("relation").pairs, *asked])
        return subject_figures(session, found.window, Subject.REASON, theirs, decided)

    seller, others = heard_by(Relation.OWNER), heard_by(*_OTHERS)
    sides = _by_key(seller), _by_key(others)
    every = {**sides[0], **sides[1]}
    weight = {key: sum(side[key].focus.named for side in sides if key in side) for key in every}
    leading = sorted(every, key=lambda key: (-weight[key], every[key].name))[:_MOST]
    return ByInterviewer(
        seller.counts.all_heard,
        others.counts.all_heard,
        tuple(
            _compared(every[key], _share(sides[0], seller, key), _share(sides[1], others, key))
            for key in leading
            if weight[key]
        ),
    )


def _by_key(found: SubjectFigures) -> dict[_Key, SubjectFigure]:
    return {
        (figure.subject_id, figure.direction): figure
        for figure in found.figures
        if figure.direction is not Direction.NEUTRAL
    }


def _share(figures: Mapping[_Key, SubjectFigure], found: SubjectFigures, key: _Key) -> Interval:
    """None of those heard, where nobody on this side says it."""
    heard = sum(found.counts.heard.get(outcome, 0) for outcome in explained_by(key[1]))
    return wilson(figures[key].focus.named if key in figures else 0, heard)


def _compared(figure: SubjectFigure, seller: Interval, others: Interval) -> Compared:
    difference = newcombe(seller.count, seller.n, others.count, others.n)
    return Compared(figure, seller, others, difference)
