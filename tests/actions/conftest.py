"""Reasons that buyers named in deals decided before and after something shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.actions import operations
from app.actions.evidence import Theme
from app.actions.models import Decision
from app.actions.operations import Plan
from app.actions.reminding import today_of
from app.analytics.queries import Subject
from app.analytics.window import Window
from app.core import clock
from app.core.access import SYSTEM
from app.core.periods import Quarter
from app.deals.models import Deal
from app.interviews.models import Interview, Scope, State, Taken
from app.tagging import evidence
from app.tagging.models import Direction, Reason, Weight
from tests.factories import Factory

TODAY = date(2026, 9, 30)


@dataclass
class Buyers:
    """Says things against us, and takes decisions about them."""

    make: Factory
    reason: Reason

    def heard(self, closed_on: date, *, says_it: bool, opened_on: date | None = None) -> Interview:
        deal: Deal = self.make.deal(
            "lost", closed_on=closed_on, opened_on=opened_on or closed_on - timedelta(days=60)
        )
        contact = self.make.contact(deal.account)
        interview: Interview = self.make.interview(
            deal, State.TAGGED, contact=contact, scope=Scope.ROLE
        )
        answer = self.make.answer(interview, "The answers came late.", taken=Taken.TRANSCRIPT)
        if says_it:
            self.make.tag(
                self.make.verbatim(answer),
                self.reason,
                direction=Direction.AGAINST,
                weight=Weight.DECISIVE,
            )
        evidence.refresh_interviews(self.make.session, [interview.id])
        return interview

    def spring(self, *, said: int, of: int) -> None:
        """So many of the deals of spring 2026 named it."""
        for number in range(of):
            self.heard(date(2026, 4, 1) + timedelta(days=number), says_it=number < said)

    @property
    def theme(self) -> Theme:
        return Theme(Subject.REASON, self.reason.id, Direction.AGAINST)

    def decide(self, words: str = "Answer within a week.", **plan: object) -> Decision:
        return operations.take(
            self.make.session,
            SYSTEM,
            Plan(words, **plan),  # type: ignore[arg-type]
            theme=self.theme,
            window=Window.year_to(Quarter(2026, 3)),
            today=today_of(self.make.session),
        )


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    with clock.frozen(datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def buyers(make: Factory) -> Buyers:
    make.workspace()
    return Buyers(make, make.reason("Security answers late"))
