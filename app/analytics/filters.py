"""What the figures are narrowed to, as an address says it.

Every page of figures, report and file takes the same filters. They are kept as pairs of a key and
a value, in the order of KEYS: two addresses that mean the same read the same. A key that stands
several times asks for either value; different keys are all asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from app.deals.models import DECIDED, BuyingRole, Outcome
from app.interviews.models import Kind, Relation, Taken
from app.programmes.rules import FACT, Compare, Condition, day_of

#: Keys of the address that ask for one of a deal's values, and the field of a rule that they mean.
DEAL_FIELDS = {
    "outcome": "outcome",
    "segment": "segment",
    "region": "region",
    "industry": "industry",
    "product": "product",
    "competitor": "competitor",
    "seller": "owner",
    "source": "source",
}
AMOUNTS = {"amount_from": Compare.AT_LEAST, "amount_to": Compare.AT_MOST}
FACT_FROM, FACT_TO, FACT_HAS = "fact_from:", "fact_to:", "fact_has:"
_FACT_KEYS = (FACT, FACT_FROM, FACT_TO, FACT_HAS)
#: Keys that hold one value: a second one takes the first one's place.
_SINGLE = (*AMOUNTS, FACT_FROM, FACT_TO, FACT_HAS, "evidence")
KEYS = (
    *DEAL_FIELDS,
    *AMOUNTS,
    "team",
    "programme",
    *_FACT_KEYS,
    "role",
    "taken",
    "relation",
    "evidence",
)
_OF_INTERVIEWS = ("role", "taken", "relation")
_LONGEST = 300
_MOST = 60


@dataclass(frozen=True)
class Filters:
    """What is asked for. Without a pair, everything is."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, items: Iterable[tuple[str, str]]) -> Filters:
        """From the items of an address; those that are no filter, or empty, are passed over.
        Raises ValueError for a value that there cannot be."""
        kept: dict[tuple[str, str], None] = {}
        for key, value in items:
            if _rank(key) is None or not value.strip():
                continue
            if _is_single(key):
                kept = {pair: None for pair in kept if pair[0] != key}
            kept[key, value[:_LONGEST]] = None
        pairs = sorted(list(kept)[:_MOST], key=lambda pair: (_rank(pair[0]), pair))
        filters = cls(tuple(pairs))
        filters._check()
        return filters

    def _check(self) -> None:
        """Raises ValueError for a token that there is not."""
        if not set(self.outcomes) <= set(DECIDED):
            raise ValueError("only decided deals are counted")
        _ = self.roles, self.taken, self.relations
        if self.values("evidence") not in ((), (Kind.FACT.value,)):
            raise ValueError("evidence is narrowed to facts, or not at all")

    def values(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == key)

    @property
    def query(self) -> dict[str, list[str]]:
        """As the arguments of url_for."""
        return {key: list(self.values(key)) for key, _ in self.pairs}

    def without(self, *keys: str) -> Filters:
        return replace(self, pairs=tuple(pair for pair in self.pairs if pair[0] not in keys))

    def only(self, key: str, value: str | None = None) -> Filters:
        """What one key asks for, or one of its values."""
        return replace(
            self,
            pairs=tuple(one for one in self.pairs if one[0] == key and value in (None, one[1])),
        )

    def without_pair(self, pair: tuple[str, str]) -> Filters:
        return replace(self, pairs=tuple(one for one in self.pairs if one != pair))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(Outcome(value) for value in self.values("outcome"))

    @property
    def roles(self) -> tuple[BuyingRole, ...]:
        return tuple(BuyingRole(value) for value in self.values("role"))

    @property
    def taken(self) -> tuple[Taken, ...]:
        return tuple(Taken(value) for value in self.values("taken"))

    @property
    def relations(self) -> tuple[Relation, ...]:
        return tuple(Relation(value) for value in self.values("relation"))

    @property
    def facts_only(self) -> bool:
        return "evidence" in self.query

    @property
    def narrows_people(self) -> bool:
        """Whether it picks some buyers out of all: then few of them could be known."""
        return any(key not in ("outcome", "evidence") for key, _ in self.pairs)

    @cached_property
    def of_deals(self) -> tuple[Condition, ...]:
        """What a deal must be, as conditions of a rule; all of them hold."""
        found = [
            Condition(field, Compare.IS, self.values(key))
            for key, field in DEAL_FIELDS.items()
            if self.values(key)
        ]
        found += [
            Condition("amount", test, self.values(key))
            for key, test in AMOUNTS.items()
            if self.values(key)
        ]
        for key in dict.fromkeys(key for key, _ in self.pairs if key.startswith(_FACT_KEYS)):
            found.append(_of_fact(key, self.values(key)))
        return tuple(found)


#: Nothing is narrowed.
EVERYTHING = Filters()


def _of_fact(key: str, values: tuple[str, ...]) -> Condition:
    prefix, _, name = key.partition(":")
    asked = Condition(FACT + name, Compare.IS, values)
    is_day = day_of(asked) is not None
    test = {
        FACT: Compare.IS,
        FACT_HAS: Compare.CONTAINS,
        FACT_FROM: Compare.SINCE if is_day else Compare.AT_LEAST,
        FACT_TO: Compare.UNTIL if is_day else Compare.AT_MOST,
    }[f"{prefix}:"]
    return replace(asked, test=test)


def _prefix(key: str) -> str:
    return f"{key.partition(':')[0]}:" if ":" in key else key


def _rank(key: str) -> int | None:
    """The key's place among KEYS; None where it is no filter."""
    prefix = _prefix(key)
    return KEYS.index(prefix) if prefix in KEYS else None


def _is_single(key: str) -> bool:
    return _prefix(key) in _SINGLE
