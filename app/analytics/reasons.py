"""Everything that the page of reasons shows, of one window and narrowed alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.analytics.at_stake import AtStake, Stake, at_stake_among
from app.analytics.comparing import Joined
from app.analytics.figures import SubjectFigure, SubjectFigures, compared_among
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.heard import Heard, read_heard
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import explained_by
from app.analytics.reach import Reach, reach
from app.analytics.stats.poststratify import Poststratified, poststratified_share
from app.analytics.stats.theme import COUNTS_ONLY_UNDER, SetApart
from app.analytics.window import Window
from app.deals.models import Outcome
from app.tagging.models import Direction

_COMPARED_FIRST = 5
Key = tuple[int, Direction]


@dataclass(frozen=True)
class Weighted:
    """The reasons' shares weighted to all closed deals, for who did not answer."""

    shares: Mapping[Key, Poststratified]
    #: Whether the reasons that weigh most stand in another order then.
    changes_order: Mapping[Direction, bool]
    #: Outcomes and segments in which deals closed and nobody was heard.
    unheard: tuple[tuple[Outcome, str], ...]

    @property
    def changes_any(self) -> bool:
        return any(self.changes_order.values())


@dataclass(frozen=True)
class Reasons:
    """What was said of each reason; what one view alone shows is counted when it is asked for."""

    found: SubjectFigures
    _session: Session
    _heard: Heard
    _narrowed: Narrowed

    @cached_property
    def weighted(self) -> Weighted:
        return weighted(self.found)

    @cached_property
    def money(self) -> AtStake:
        period = self.found.window.period
        return at_stake_among(self._session, period, self._heard, self._narrowed)

    @cached_property
    def reach(self) -> tuple[Reach, ...]:
        return reach(self._session, self.found, self._heard, self._narrowed)

    def stake(self, figure: SubjectFigure) -> Stake | None:
        """What the reason cost; None for one that speaks for us, or that turned no deal."""
        if figure.direction is not Direction.AGAINST:
            return None
        return self.money.by_reason.get(figure.subject_id)

    @property
    def stakes(self) -> list[tuple[SubjectFigure, Stake]]:
        """The reasons that cost anything, the largest amount first."""
        found = [(figure, self.stake(figure)) for figure in self.found.figures]
        known = [(figure, stake) for figure, stake in found if stake is not None]
        return sorted(known, key=lambda pair: -pair[1].minor)

    def apart(self, figure: SubjectFigure) -> SetApart | None:
        """How it sets won and lost apart; None where it was not tested."""
        comparison = self.found.comparison
        key = f"{figure.public_id}:{figure.direction.value}"
        tested = comparison.tested if comparison else ()
        return next((one for one in tested if one.reason == key), None)

    def together(self) -> list[tuple[Joined, SetApart]]:
        """Reasons tested as one, because each alone was named too seldom."""
        comparison = self.found.comparison
        tested = {one.reason: one for one in comparison.tested} if comparison else {}
        return [(one, tested[one.key]) for one in self.found.joined if one.key in tested]

    def in_order(self, direction: Direction) -> list[SubjectFigure]:
        """Those that decided or contributed, most first; weighted where that changes the order."""
        figures = [f for f in self.found.one_way(direction) if f.focus.named > 0]
        if not self.weighted.changes_order.get(direction):
            return figures
        return sorted(figures, key=lambda figure: -(self._weighted_point(figure)))

    def expected(self, direction: Direction) -> list[SubjectFigure]:
        """Those that somebody called expected of everybody."""
        return [f for f in self.found.one_way(direction) if f.everywhere.expected]

    def _weighted_point(self, figure: SubjectFigure) -> float:
        return self.weighted.shares[figure.subject_id, figure.direction].share.point or 0.0


def reasons(session: Session, window: Window, filters: Filters = EVERYTHING) -> Reasons:
    narrowed = narrow(session, filters)
    heard = read_heard(session, window.period, window.latest_period, narrowed)
    return Reasons(compared_among(session, window, heard, narrowed), session, heard, narrowed)


@dataclass(frozen=True)
class Theme:
    """One reason said one way: everything that its verdict rests on."""

    figure: SubjectFigure
    weighted: Poststratified
    stake: Stake | None
    apart: SetApart | None
    currency: str


def theme(
    session: Session, window: Window, filters: Filters, reason_id: int, direction: Direction
) -> Theme | None:
    """None where nobody says it. A verdict is of every outcome: filters by outcome are left
    aside."""
    filters = filters.without("outcome")
    page = reasons(session, window, filters)
    figure = next((f for f in page.found.one_way(direction) if f.subject_id == reason_id), None)
    if figure is None:
        return None
    return Theme(
        figure=figure,
        weighted=page.weighted.shares[reason_id, direction],
        stake=page.stake(figure),
        apart=page.apart(figure),
        currency=page.money.currency,
    )


def weighted(found: SubjectFigures) -> Weighted:
    """Each deal heard stands for the closed deals of its outcome and segment."""
    shares = {
        (figure.subject_id, figure.direction): _weighted(found, figure) for figure in found.figures
    }
    return Weighted(
        shares=shares,
        changes_order={
            way: _changes_order(found, way, shares) for way in (Direction.AGAINST, Direction.FOR)
        },
        unheard=tuple(key for key, count in found.strata.items() if not count.heard),
    )


def _weighted(found: SubjectFigures, figure: SubjectFigure) -> Poststratified:
    explained = explained_by(figure.direction)
    strata = {key: count for key, count in found.strata.items() if key[0] in explained}
    return poststratified_share(
        {_name(key): figure.by_stratum.get(key, 0.0) for key in strata},
        {_name(key): count.heard for key, count in strata.items()},
        {_name(key): count.decided for key, count in strata.items()},
    )


def _name(stratum: tuple[Outcome, str]) -> str:
    return "|".join(stratum)


def _changes_order(
    found: SubjectFigures, direction: Direction, shares: Mapping[Key, Poststratified]
) -> bool:
    """Whether the first ones are other ones, or stand otherwise."""
    figures = [f for f in found.one_way(direction) if f.focus.named > 0]
    if not figures or figures[0].focus.heard < COUNTS_ONLY_UNDER:
        return False
    by_weight = sorted(figures, key=lambda f: -(shares[f.subject_id, direction].share.point or 0.0))
    first = [f.subject_id for f in figures[:_COMPARED_FIRST]]
    return first != [f.subject_id for f in by_weight[:_COMPARED_FIRST]]
