"""How many interviews the deals at hand are likely to bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.deals.models import Outcome

#: Of the buyers who are asked, how many agree. A customer talks to a supplier anyway, and has a
#: wish or two; somebody who turned us down owes us nothing. These are cautious rules of thumb of
#: the trade, to plan by until the programme has rates of its own.
AGREE_WHO_BOUGHT = 0.40
AGREE_WHO_DID_NOT = 0.25

_BOUGHT = (Outcome.WON, Outcome.RENEWED)


@dataclass(frozen=True)
class ClosedDeals:
    """The deals of one outcome, and those of them with somebody who can be written to."""

    outcome: Outcome
    deals: int
    with_email: int


@dataclass(frozen=True)
class Expectation:
    closed: int
    with_email: int
    interviews: int


def expect(closed: Iterable[ClosedDeals]) -> Expectation:
    """What asking all of them would bring."""
    rows = list(closed)
    return Expectation(
        closed=sum(row.deals for row in rows),
        with_email=sum(row.with_email for row in rows),
        interviews=round(sum(row.with_email * _share_who_agree(row.outcome) for row in rows)),
    )


def _share_who_agree(outcome: Outcome) -> float:
    return AGREE_WHO_BOUGHT if outcome in _BOUGHT else AGREE_WHO_DID_NOT
