"""The five first steps of an empty workspace: which are behind, which is next."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass


class Step(enum.StrEnum):
    COMPANY = "company"
    MARKET = "market"
    DEALS = "deals"
    COLLEAGUES = "colleagues"
    INTERVIEW = "interview"


STEP_NAMES: dict[Step, str] = {
    Step.COMPANY: "Company",
    Step.MARKET: "Competitors and strengths",
    Step.DEALS: "Deals",
    Step.COLLEAGUES: "Colleagues",
    Step.INTERVIEW: "First interview",
}


@dataclass(frozen=True)
class Progress:
    """Which steps were done, and which were put aside."""

    done: frozenset[Step]
    skipped: frozenset[Step]

    @classmethod
    def of(
        cls, done: Collection[str], skipped: Collection[str], *, deals: bool, interviews: bool
    ) -> Progress:
        """Deals and interviews may also have come by another way than these pages."""
        finished = {Step(step) for step in done}
        if deals:
            finished.add(Step.DEALS)
        if interviews:
            finished.add(Step.INTERVIEW)
        return cls(frozenset(finished), frozenset(Step(s) for s in skipped) - finished)

    @property
    def open(self) -> list[Step]:
        """The steps still ahead, in order."""
        return [step for step in Step if step not in self.done | self.skipped]

    @property
    def is_beginning(self) -> bool:
        """Whether the first steps come before anything else: until an interview is planned."""
        return bool(self.open) and Step.INTERVIEW not in self.done

    def after(self, step: Step) -> Step | None:
        """The next open step behind this one, or else the first that was left open."""
        later = [other for other in self.open if list(Step).index(other) > list(Step).index(step)]
        rest = [other for other in self.open if other is not step]
        return next(iter(later or rest), None)

    def state_of(self, step: Step) -> str | None:
        if step in self.done:
            return "done"
        return "skipped" if step in self.skipped else None
