"""What is different between two frozen reports of one kind, from their data; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.analytics.stats.proportions import Interval, wilson
from app.analytics.stats.theme import Movement, change, in_words

_SUBJECTS = ("reasons", "differentiators", "competitors")
_WAYS = {"for": "for us", "against": "against us", "neutral": "neither for nor against us"}


@dataclass(frozen=True)
class Row:
    """One figure in both reports; None where a report does not have it."""

    label: str
    before: Interval | None
    after: Interval | None

    @property
    def before_words(self) -> str:
        return in_words(self.before) if self.before else "not named"

    @property
    def after_words(self) -> str:
        return in_words(self.after) if self.after else "not named"

    @property
    def movement(self) -> Movement:
        """Between closed periods; a figure that one report lacks is compared with nothing."""
        if self.before is None or self.after is None:
            return Movement.NOT_HEARD
        return change(self.before.count, self.before.n, self.after.count, self.after.n).movement

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Group:
    heading: str
    rows: tuple[Row, ...]


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Group]:
    """Every share that either report states, side by side."""
    groups = [Group("Win rate and deals heard", tuple(_whole(before, after)))]
    for subject in _SUBJECTS:
        rows = tuple(_shares(subject, before, after))
        if rows:
            groups.append(Group(subject.capitalize(), rows))
    return groups


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The figures that changed, in sentences; 'The figures are the same.' where none did."""
    changed = [
        f"{row.label}: {row.before_words} before, {row.after_words} now."
        for group in compared(before, after)
        for row in group.rows
        if not row.is_same
    ]
    if not changed:
        return ["The figures are the same."]
    return changed


def _whole(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    for label, key in (("Win rate over four quarters", "four_quarters"),):
        if key in before or key in after:
            yield Row(label, _share(before, "win_rate", key), _share(after, "win_rate", key))
    yield Row("Decided deals heard", _heard(before), _heard(after))


def _heard(data: Mapping[str, Any]) -> Interval | None:
    counts = data.get("four_quarters", data)
    return wilson(counts["heard"], counts["decided"]) if "decided" in counts else None


def _shares(subject: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    earlier, later = _by_name(before.get(subject, ())), _by_name(after.get(subject, ()))
    for key in [*later, *(key for key in earlier if key not in later)]:
        name, way = key
        yield Row(f"{name}, {_WAYS[way]}", earlier.get(key), later.get(key))


def _by_name(figures: Any) -> dict[tuple[str, str], Interval]:
    return {
        (one["name"], one["direction"]): _interval(one["share"])
        for one in figures
        if isinstance(one.get("share"), Mapping)
    }


def _share(data: Mapping[str, Any], *path: str) -> Interval | None:
    for key in path:
        data = data.get(key) or {}
    return _interval(data) if "of" in data else None


def _interval(kept: Mapping[str, Any]) -> Interval:
    point = kept["share"]
    low = kept["low"] if point is not None else 0.0
    high = kept["high"] if point is not None else 1.0
    return Interval(low, high, point, kept["of"], kept["count"])
