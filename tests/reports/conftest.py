"""A deal that was heard, told in rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from app.deals.models import BuyingRole, Deal, Outcome
from app.interviews.models import Interview, Scope, State, Taken
from app.tagging import evidence
from app.tagging.models import Direction, Reason, Weight
from tests.factories import Factory


@dataclass
class Story:
    """Makes heard deals whose quotes are tagged and counted."""

    make: Factory
    reasons: dict[str, Reason]

    def reason(self, name: str) -> Reason:
        if name not in self.reasons:
            self.reasons[name] = self.make.reason(name)
        return self.reasons[name]

    def heard(self, deal: Deal, **values: Any) -> Interview:
        contact = self.make.contact(
            deal.account,
            name=values.pop("name", "Ingrid Holm"),
            job_title=values.pop("job_title", "Head of operations"),
        )
        return self.make.interview(
            deal,
            values.pop("state", State.TAGGED),
            contact=contact,
            buying_role=BuyingRole.DECISION_MAKER,
            **{"scope": Scope.NAME, "held_on": deal.closed_on} | values,
        )

    def said(self, interview: Interview, words: str, reason: str, **values: Any) -> None:
        answer = self.make.answer(
            interview,
            words,
            taken=values.pop("taken", Taken.TRANSCRIPT),
            kind=values.pop("kind", "fact"),
        )
        quote = self.make.verbatim(answer, scope=values.pop("scope", None))
        self.make.tag(
            quote,
            self.reason(reason),
            **{"direction": Direction.AGAINST, "weight": Weight.DECISIVE} | values,
        )
        evidence.refresh_interviews(self.make.session, [interview.id])

    def year(self, quarter_ends: int = 2026) -> None:
        """A year of decided deals, a third of them heard."""
        outcomes = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION)
        for number in range(48):
            outcome = outcomes[number % 3]
            deal = self.make.deal(
                outcome, closed_on=date(quarter_ends, 1 + 3 * (number % 4), 10 + number % 15)
            )
            if number % 4 in (0, 3):
                interview = self.heard(deal)
                way = Direction.FOR if outcome is Outcome.WON else Direction.AGAINST
                name = "Customs filed for us" if way is Direction.FOR else "Security answers late"
                self.said(interview, f"It was the {number}th thing we saw.", name, direction=way)


@pytest.fixture
def story(make: Factory) -> Story:
    make.workspace()
    return Story(make, {})
