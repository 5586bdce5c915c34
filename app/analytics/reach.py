"""How far those heard reach: how many, in which part of the decision, and whether further
interviews still bring new themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analytics.decided import CONTESTED
from app.analytics.figures import SubjectFigures
from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import closed_in
from app.analytics.stats.proportions import chance_of_seeing
from app.analytics.stats.saturation import BASE, RUN, NewInformation, new_information, new_themes
from app.analytics.taken import evidence_rows
from app.core.periods import Period
from app.deals.models import BuyingRole, Deal, Outcome
from app.interviews.models import HEARD, Interview

#: A theme of this share is one held by one buyer in five.
ONE_IN_FIVE = 0.2
#: Whether new themes still come is told by the first interviews: the rule stops at the first run
#: that brings hardly any.
_FIRST = 150


@dataclass(frozen=True)
class Reach:
    """Those heard of one outcome."""

    outcome: Outcome
    deals: int
    interviews: int
    #: Interviews by buying role; None where it is not known.
    roles: Mapping[BuyingRole | None, int]
    new: NewInformation
    #: Reasons that one interview alone names.
    heard_once: int

    @property
    def chance_missed(self) -> float:
        """That nobody heard holds a theme held by one buyer in five."""
        return 1 - chance_of_seeing(ONE_IN_FIVE, self.interviews)

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few interviews to tell if new themes still come."""
        return self.interviews < BASE + RUN


def reach(session: Session, found: SubjectFigures, narrowed: Narrowed = ALL) -> tuple[Reach, ...]:
    """By outcome, of reasons found in the same window and narrowed alike."""
    period = found.window.period
    roles = _roles(session, period, narrowed)
    named = _themes_in_order(session, period, narrowed)
    return tuple(
        Reach(
            outcome=outcome,
            deals=found.counts.heard.get(outcome, 0),
            interviews=sum(roles[outcome].values()),
            roles=roles[outcome],
            new=new_information(new_themes(named[outcome])),
            heard_once=_heard_once(found, outcome),
        )
        for outcome in CONTESTED
    )


def _heard_once(found: SubjectFigures, outcome: Outcome) -> int:
    interviews: dict[int, int] = defaultdict(int)
    for figure in found.figures:
        interviews[figure.subject_id] += figure.share(outcome).interviews
    return sum(count == 1 for count in interviews.values())


def _roles(
    session: Session, period: Period, narrowed: Narrowed
) -> dict[Outcome, dict[BuyingRole | None, int]]:
    rows = session.execute(
        select(Deal.outcome, Interview.buying_role, func.count())
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(CONTESTED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .group_by(Deal.outcome, Interview.buying_role)
    )
    found: dict[Outcome, dict[BuyingRole | None, int]] = defaultdict(dict)
    for outcome, role, count in rows:
        found[outcome][role] = count
    return found


def _themes_in_order(
    session: Session, period: Period, narrowed: Narrowed
) -> dict[Outcome, list[set[str]]]:
    """The reasons that each of the first interviews names, in the order held."""
    place = func.row_number().over(
        partition_by=Deal.outcome, order_by=(Interview.held_on, Interview.id)
    )
    ordered = (
        select(Interview.id.label("id"), Deal.outcome.label("outcome"), place.label("place"))
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(CONTESTED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .subquery()
    )
    first = session.execute(
        select(ordered.c.id, ordered.c.outcome)
        .where(ordered.c.place <= _FIRST)
        .order_by(ordered.c.place)
    ).all()
    named = _named_by(session, [row.id for row in first], narrowed)
    found: dict[Outcome, list[set[str]]] = defaultdict(list)
    for row in first:
        found[row.outcome].append(named.get(row.id, set()))
    return found


def _named_by(
    session: Session, interview_ids: Sequence[int], narrowed: Narrowed
) -> dict[int, set[str]]:
    said = evidence_rows(narrowed)
    rows = session.execute(
        select(said.interview_id, said.reason_id)
        .where(said.interview_id.in_(interview_ids), said.reason_id.is_not(None))
        .distinct()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for interview_id, reason_id in rows:
        found[interview_id].add(str(reason_id))
    return found
