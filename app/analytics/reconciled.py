"""Our win rate beside the CRM's own: which deals make the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.analytics.counted import ByCrm
from app.analytics.decided import CONTESTED
from app.analytics.stats.proportions import Interval, wilson
from app.deals.models import Outcome

_RENEWALS = (Outcome.RENEWED, Outcome.CHURNED)
_WON_IN_CRM = (Outcome.WON, Outcome.RENEWED)


@dataclass(frozen=True)
class Step:
    """Deals that one rate has and the other has not; `outcomes` find them in the list of deals."""

    words: str
    deals: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Reconciled:
    crm: Interval
    steps: tuple[Step, ...]
    ours: Interval

    @property
    def differs(self) -> bool:
        return any(step.deals for step in self.steps)


def reconciled(rows: Iterable[ByCrm]) -> Reconciled:
    """From every deal that the CRM closed to those of our win rate.

    The CRM's own rate is what it says without asking more: won, or renewed, of all that it closed.
    """
    listed = list(rows)

    def count(*outcomes: Outcome, in_crm: bool | None = True) -> int:
        return sum(
            row.deals
            for row in listed
            if row.outcome in outcomes and (in_crm is None or row.is_in_crm is in_crm)
        )

    return Reconciled(
        crm=wilson(count(*_WON_IN_CRM), count(*(o for o in Outcome))),
        steps=(
            Step(
                "Duplicates, tests and the like: not counted",
                -count(Outcome.INVALID),
                (Outcome.INVALID,),
            ),
            Step("Renewals and churn: a question of their own", -count(*_RENEWALS), _RENEWALS),
            Step("Added by hand: not in the CRM", count(*CONTESTED, in_crm=False), ()),
        ),
        ours=wilson(count(Outcome.WON, in_crm=None), count(*CONTESTED, in_crm=None)),
    )
