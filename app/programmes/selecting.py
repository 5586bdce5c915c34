"""Whom to ask of the deals that wait: everybody where that gives fewer interviews than wished,
else by lot within the mix, fresh decisions first. Pure: the same seed draws the same lots."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: Days since closing that end a band; within a band the lot decides, a fresher band comes first.
_BANDS = (7, 30, 90)
#: How many cases the first assumption weighs, against those measured here.
_ASSUMPTION_WEIGHS = 20


@dataclass(frozen=True)
class Candidate:
    """A closed deal that may be asked about."""

    deal_id: int
    outcome: str
    closed_on: date
    account_id: int | None


@dataclass(frozen=True)
class Measured:
    """How many of one outcome were asked long enough ago to tell, and how many of them talked."""

    asked: int = 0
    heard: int = 0


@dataclass(frozen=True)
class Choice:
    """The deals to ask about, in order; and what they were chosen from."""

    deal_ids: Sequence[int]
    asked_everybody: bool
    #: Interviews that asking everybody who waits would give.
    expected: float
    #: Interviews still wished before this choice.
    wished: float


def rate(measured: Measured, assumed: float) -> float:
    """The share of those asked who talk with us: what was assumed at first, then more and more
    what was measured here."""
    return (measured.heard + assumed * _ASSUMPTION_WEIGHS) / (measured.asked + _ASSUMPTION_WEIGHS)


def choose(
    candidates: Iterable[Candidate],
    *,
    per_week: float,
    already: Mapping[str, float],
    mix: Mapping[str, int],
    rates: Mapping[str, float],
    today: date,
    seed: str,
    one_per_account: bool = True,
) -> Choice:
    """`already` is what the last seven days' choices are expected to give, by outcome."""
    lots = random.Random(seed)
    pots = _pots([one for one in candidates if mix.get(one.outcome, 0) > 0], today, lots)
    if one_per_account:
        pots = _one_of_each_account(pots)
    expected = sum(rates[outcome] * len(pot) for outcome, pot in pots.items())
    wished = max(per_week - sum(already.values()), 0.0)
    if expected <= wished:
        everybody = [one for pot in pots.values() for one in pot]
        everybody.sort(key=lambda one: (one.closed_on, one.deal_id), reverse=True)
        return Choice([one.deal_id for one in everybody], True, expected, wished)
    chosen = _draw(pots, per_week, already, mix, rates)
    return Choice([one.deal_id for one in chosen], False, expected, wished)


def _pots(
    candidates: Iterable[Candidate], today: date, lots: random.Random
) -> dict[str, list[Candidate]]:
    """The deals of each outcome in the order of the draw."""
    pots: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: one.deal_id):
        pots[one.outcome].append(one)
    for outcome in sorted(pots):
        lots.shuffle(pots[outcome])
        pots[outcome].sort(key=lambda one: _band(one, today))
    return {outcome: pots[outcome] for outcome in sorted(pots)}


def _band(one: Candidate, today: date) -> int:
    age = (today - one.closed_on).days
    return sum(age > last for last in _BANDS)


def _one_of_each_account(
    pots: Mapping[str, Sequence[Candidate]],
) -> dict[str, list[Candidate]]:
    """Nobody is asked about two deals at once: of an account's deals the first in the order stays,
    of whichever outcome comes first in it."""
    met: set[int] = set()
    kept: dict[str, list[Candidate]] = {outcome: [] for outcome in pots}
    longest = max((len(pot) for pot in pots.values()), default=0)
    for place in range(longest):
        for outcome, pot in pots.items():
            if place < len(pot) and pot[place].account_id not in met:
                one = pot[place]
                kept[outcome].append(one)
                if one.account_id is not None:
                    met.add(one.account_id)
    return kept


def _draw(
    pots: Mapping[str, Sequence[Candidate]],
    per_week: float,
    already: Mapping[str, float],
    mix: Mapping[str, int],
    rates: Mapping[str, float],
) -> list[Candidate]:
    """One after the other from the outcome that lacks the most, until the week is full; where an
    outcome has no more, the others fill its place."""
    whole = sum(mix.values())
    lacking = {
        outcome: per_week * mix[outcome] / whole - already.get(outcome, 0.0) for outcome in pots
    }
    left = {outcome: list(reversed(pot)) for outcome, pot in pots.items() if pot}
    wished = per_week - sum(already.values())
    chosen: list[Candidate] = []
    while left:
        outcome = max(left, key=lambda each: lacking[each])
        if wished < rates[outcome] / 2:
            break
        chosen.append(left[outcome].pop())
        lacking[outcome] -= rates[outcome]
        wished -= rates[outcome]
        if not left[outcome]:
            del left[outcome]
    return chosen
