"""Which rows of a file mean a deal that was added by hand before the CRM's came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.deals.models import Deal, Outcome, StagedState
from app.deals.queries import match_handmade
from app.market.models import name_key

SAME_ACCOUNT, SAME_PERSON = 1, 2


@dataclass
class _Candidate:
    """A deal of the file that may be one of these deals added by hand."""

    deals: list[Deal]
    people: set[str] = field(default_factory=set)


class HandmadeMatches:
    """Watches the staged rows pass, and says at the end who joins whom. A join is certain or
    does not happen: where one deal may be several, a person must say."""

    def __init__(
        self, by_account: Mapping[str, list[Deal]], people: Mapping[int, Set[str]]
    ) -> None:
        self._by_account = by_account
        self._people = people
        self._candidates: dict[str, _Candidate] = {}

    @property
    def external_ids(self) -> list[str]:
        return list(self._candidates)

    def observe(self, staged: Mapping[str, Any]) -> None:
        """Take note of one staged row."""
        content = staged["content"]
        if staged["state"] == StagedState.JOINING:
            candidate = self._candidates.get(staged["belongs_to"])
        elif staged["state"] == StagedState.STAGED:
            candidate = self._candidate(content)
        else:
            candidate = None
        if candidate is not None:
            for _, name, email, *_ in content.get("people", ()):
                candidate.people |= {(name or "").lower(), email or ""} - {""}

    def joins(self, known: Set[str]) -> tuple[dict[str, int], list[str]]:
        """External id -> the deal it joins, and the names of the deals that may be several.
        `known` are external ids that have a deal already."""
        pairs = [
            (external_id, deal, self._strength(candidate, deal))
            for external_id, candidate in self._candidates.items()
            if external_id not in known
            for deal in candidate.deals
        ]
        joined: dict[str, int] = {}
        for strength in (SAME_PERSON, SAME_ACCOUNT):
            taken = set(joined.values())
            open_pairs = [
                (external_id, deal.id)
                for external_id, deal, found in pairs
                if found >= strength and external_id not in joined and deal.id not in taken
            ]
            rows = Counter(external_id for external_id, _ in open_pairs)
            deals = Counter(deal_id for _, deal_id in open_pairs)
            joined |= {
                external_id: deal_id
                for external_id, deal_id in open_pairs
                if rows[external_id] == 1 and deals[deal_id] == 1
            }
        taken = set(joined.values())
        unsure = {deal.id: deal.name for _, deal, _ in pairs if deal.id not in taken}
        return joined, list(unsure.values())

    def _candidate(self, content: Mapping[str, Any]) -> _Candidate | None:
        account = content.get("account")
        by_hand = self._by_account.get(name_key(account[1])) if account and account[1] else None
        if not by_hand:
            return None
        values = content["deal"]
        closed_on = date.fromisoformat(values["closed_on"]) if values["closed_on"] else None
        outcome = Outcome(values["outcome"])
        deals = [deal for deal in by_hand if match_handmade([deal], outcome, closed_on)]
        if not deals:
            return None
        return self._candidates.setdefault(content["id"], _Candidate(deals))

    def _strength(self, candidate: _Candidate, deal: Deal) -> int:
        same_person = candidate.people & self._people.get(deal.id, set())
        return SAME_PERSON if same_person else SAME_ACCOUNT
