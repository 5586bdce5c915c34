"""How far those heard reach: how many, in which part of the decision, and whether further
interviews still bring new themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from app.analytics.decided import CONTESTED
from app.analytics.figures import SubjectFigures
from app.analytics.heard import ROLES, Heard
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


def reach(
    session: Session, found: SubjectFigures, heard: Heard, narrowed: Narrowed = ALL
) -> tuple[Reach, ...]:
    """By outcome, of reasons found among those heard, in the same window and narrowed alike."""
    roles = _roles(heard)
    named = _themes_in_order(session, found.window.period, narrowed)
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


def _roles(heard: Heard) -> dict[Outcome, dict[BuyingRole | None, int]]:
    """Interviews by buying role, those of which it is not known last."""
    import numpy as np

    stratum = heard.stratum_of[heard.deal_of]
    found = {}
    for outcome in CONTESTED:
        is_theirs = np.array([one is outcome for one, _ in heard.strata], dtype=bool)
        counts = np.bincount(heard.roles[is_theirs[stratum]], minlength=len(ROLES)).tolist()
        known = dict(zip(ROLES, counts, strict=True))
        found[outcome] = {role: known[role] for role in (*BuyingRole, None) if known[role]}
    return found


def _themes_in_order(
    session: Session, period: Period, narrowed: Narrowed
) -> dict[Outcome, list[set[str]]]:
    """The reasons that each of the first interviews names, in the order held."""
    first = [
        select(Interview.id, Interview.held_on, Deal.outcome)
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome == outcome,
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
        .order_by(Interview.held_on, Interview.id)
        .limit(_FIRST)
        .subquery()
        for outcome in CONTESTED
    ]
    every = union_all(*(select(one) for one in first)).order_by("held_on", "id")
    ordered = session.execute(every).all()
    named = _named_by(session, [row.id for row in ordered], narrowed)
    found: dict[Outcome, list[set[str]]] = defaultdict(list)
    for row in ordered:
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
