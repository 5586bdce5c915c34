"""The quarters a page or report looks at: the last four with the latest marked, or one alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.periods import Period, Quarter, last_four_quarters


@dataclass(frozen=True)
class Window:
    """Consecutive quarters, oldest first; the last one is the latest."""

    quarters: tuple[Quarter, ...]

    @classmethod
    def year_to(cls, latest: Quarter) -> Window:
        return cls(tuple(last_four_quarters(latest)))

    @classmethod
    def only(cls, quarter: Quarter) -> Window:
        return cls((quarter,))

    @classmethod
    def all_time(cls, first: Quarter, latest: Quarter) -> Window:
        quarters = [first]
        while quarters[-1] < latest:
            quarters.append(quarters[-1].shifted(1))
        return cls(tuple(quarters))

    @property
    def latest(self) -> Quarter:
        return self.quarters[-1]

    @property
    def period(self) -> Period:
        return Period.of_quarters(self.quarters[0], self.quarters[-1])

    @property
    def latest_period(self) -> Period:
        return Period.of_quarters(self.latest, self.latest)

    @property
    def before(self) -> Window:
        """As many quarters just before these."""
        length = len(self.quarters)
        return Window(tuple(quarter.shifted(-length) for quarter in self.quarters))

    @property
    def words(self) -> str:
        """'Third quarter 2026', 'last four quarters to 30 September 2026'."""
        if len(self.quarters) == 1:
            return quarter_words(self.latest)
        last = self.period.last_day
        end = f"{last.day} {last:%B %Y}"
        if len(self.quarters) == 4:
            return f"last four quarters to {end}"
        return f"{self.quarters[0].first_day.year} to {end}"

    def index_of(self, day: date) -> int:
        """Which of the quarters holds the day, from 0; -1 for a day outside them."""
        quarter = Quarter.containing(day, self.latest.first_month)
        return self.quarters.index(quarter) if quarter in self.quarters else -1


_ORDINALS = ("First", "Second", "Third", "Fourth")


def quarter_words(quarter: Quarter) -> str:
    """'Third quarter 2026'."""
    return f"{_ORDINALS[quarter.number - 1]} quarter {quarter.year}"
