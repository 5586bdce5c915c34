"""Deals that ended in no decision: where they stopped, and whether they were worth taking on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.analytics import queries
from app.analytics.decided import CONTESTED
from app.analytics.figures import SubjectFigure, subject_figures
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.four_questions import Against, Lack, Question, Stopped, lacking, stopped_at
from app.analytics.narrowing import Narrowed, narrow
from app.analytics.queries import INFLUENCED, Subject, any_of, counts_in
from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import Change, change
from app.analytics.taken import evidence_rows
from app.analytics.window import Window
from app.core.periods import Period
from app.deals.models import Outcome
from app.tagging.models import Direction, Reason, Weight

_REASONS = 6


@dataclass(frozen=True)
class Nothing:
    """What ended in nothing, of all that was decided and of those heard."""

    undecided: int
    decided: int
    movement: Change
    stopped: Stopped
    lacks: tuple[Lack, ...]
    lacked_any: int
    #: Won deals heard, and those of them that lacked the same.
    won_heard: int
    won_lacking: int
    #: What buyers named against it, the weightiest first.
    reasons: tuple[SubjectFigure, ...]

    @property
    def share(self) -> Interval:
        return wilson(self.undecided, self.decided)

    @property
    def lacking_share(self) -> Interval:
        return wilson(self.lacked_any, self.stopped.heard)

    @property
    def main_question(self) -> Question | None:
        """Where most of them stopped."""
        if not any(self.stopped.at.values()):
            return None
        return max(self.stopped.at, key=lambda question: self.stopped.at[question])


def nothing(session: Session, window: Window, filters: Filters = EVERYTHING) -> Nothing:
    """Filters by outcome are left aside: the page has its own."""
    plain = filters.without("outcome")
    narrowed = narrow(session, plain)
    deals = [d for d in _decided(session, window, narrowed) if d.outcome in CONTESTED]
    before = [d for d in _decided(session, window.before, narrowed) if d.outcome in CONTESTED]
    undecided = [deal for deal in deals if deal.outcome is Outcome.NO_DECISION]
    earlier = sum(deal.outcome is Outcome.NO_DECISION for deal in before)
    heard = {deal.deal_id for deal in undecided if deal.interviews}
    won = {deal.deal_id for deal in deals if deal.interviews and deal.outcome is Outcome.WON}
    against = _against(session, window.period, narrowed)
    lacks, lacked_any, won_lacking = lacking(against, heard, won)
    only = Filters.parse([*plain.pairs, ("outcome", Outcome.NO_DECISION.value)])
    figures = subject_figures(session, window, Subject.REASON, only)
    return Nothing(
        undecided=len(undecided),
        decided=len(deals),
        movement=change(earlier, len(before), len(undecided), len(deals)),
        stopped=stopped_at(against, heard),
        lacks=tuple(lacks),
        lacked_any=lacked_any,
        won_heard=len(won),
        won_lacking=won_lacking,
        reasons=tuple(one for one in figures.one_way(Direction.AGAINST) if one.focus.named > 0)[
            :_REASONS
        ],
    )


def _decided(session: Session, window: Window, narrowed: Narrowed) -> Sequence[queries.DecidedDeal]:
    return queries.decided_deals(session, window.period, narrowed)


def _against(session: Session, period: Period, narrowed: Narrowed) -> list[Against]:
    """The reasons that decided or contributed against each deal heard, with those above them."""
    said, above, top = evidence_rows(narrowed), aliased(Reason), aliased(Reason)
    rows = session.execute(
        select(
            said.deal_id,
            Reason.key,
            above.key,
            top.key,
            any_of(said.weight == Weight.DECISIVE),
        )
        .join(Reason, Reason.id == said.reason_id)
        .outerjoin(above, above.id == Reason.parent_id)
        .outerjoin(top, top.id == above.parent_id)
        .where(
            said.direction == Direction.AGAINST,
            said.weight.in_(INFLUENCED),
            said.outcome.in_((Outcome.NO_DECISION, Outcome.WON)),
            *counts_in(said, period, narrowed),
        )
        .group_by(said.deal_id, Reason.key, above.key, top.key)
    )
    return [
        Against(deal_id, tuple(key for key in keys if key), is_decisive)
        for deal_id, *keys, is_decisive in rows
    ]
