"""What a person is told of an import: counts, refused rows, what is odd, whom one could ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.core.spreadsheets import csv_lines
from app.deals.importing import queries
from app.deals.importing.applying import judge
from app.deals.importing.by_hand import HandmadeMatches
from app.deals.importing.content import IncomingDeal, incoming
from app.deals.importing.opening import COMPANIONS, Opened
from app.deals.importing.operations import BATCH
from app.deals.importing.parties import CREATED, UPDATED
from app.deals.importing.staging import staged_rows
from app.deals.models import DealImport, StagedState
from app.deals.queries import handmade_deals

MOST_LISTED = 100
_COUNTED = ("rows", "created", "updated", "unchanged", "rejected", "ignored")


@dataclass(frozen=True)
class Told:
    """A row of which there is something to tell."""

    file: str
    line: int
    field: str
    value: str
    why: str

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "value": self.value,
            "why": self.why,
        }


def summary(session: Session, row: DealImport) -> dict[str, Any]:
    """The result as `--json` prints it."""
    return {
        "import": row.public_id,
        **counts(row.counts),
        "refused": [each.as_json() for each in told(session, row, StagedState.REFUSED)],
        "flags": [each.as_json() for each in told(session, row, StagedState.APPLIED)],
        "repeated": [each.as_json() for each in told(session, row, StagedState.IGNORED)],
    }


def counts(kept: dict[str, Any]) -> dict[str, Any]:
    """The counts in the words of the result; `kept` is DealImport.counts."""
    deals = kept.get("deals", {})
    return {
        **{name: deals.get(name, 0) for name in _COUNTED},
        "by_outcome": kept.get("by_outcome", {}),
        "further_contacts": deals.get("people", 0),
        "joined_by_hand": kept.get("joined_by_hand", 0),
        "unsure_by_hand": kept.get("unsure", []),
        "drafts": kept.get("drafts", []),
        "likely_products": kept.get("likely_products", []),
        **{
            kind: {name: kept[kind].get(name, 0) for name in _COUNTED}
            for kind in COMPANIONS
            if kind in kept
        },
    }


def told(
    session: Session, row: DealImport, state: StagedState, most: int | None = MOST_LISTED
) -> list[Told]:
    """The first rows kept in this state: refused, ignored, or applied with a flag."""
    return [
        Told(each.file, each.line, *problem)
        for each in queries.told_rows(session, row.id, state, most)
        for problem in each.problems
    ]


def refused_csv(session: Session, row: DealImport) -> Iterator[str]:
    """The refused rows with their cells, line by line, to be corrected and imported again."""
    headers = row.mapping.get("headers", [])
    return csv_lines(["File", "Line", "Field", "Value", "Why", *headers], _refused(session, row))


def rehearse(session: Session, opened: Opened) -> tuple[dict[str, Any], list[Told], list[Told]]:
    """What an import would do to the deals, without doing it: counts, refusals, flags. What only
    adds people to a deal that is there counts as unchanged here."""
    by_account = handmade_deals(session)
    ids = [deal.id for deals in by_account.values() for deal in deals]
    matches = HandmadeMatches(by_account, queries.people_of_deals(session, ids))
    found = _Rehearsal(session)
    for each in staged_rows(opened):
        if by_account:
            matches.observe(each)
        found.take(each)
    found.judge()
    joins, unsure = matches.joins(queries.known_external_ids(session, matches.external_ids))
    found.deals[CREATED] -= len(joins)
    found.deals[UPDATED] += len(joins)
    likely = opened.survey.likely_products
    kept = {
        "deals": dict(found.deals),
        "by_outcome": dict(found.by_outcome),
        "joined_by_hand": len(joins),
        "unsure": unsure,
        "likely_products": [
            {"name": match.name, "count": match.count, "likely": match.likely} for match in likely
        ],
    }
    return kept, found.refused, found.flags


class _Rehearsal:
    """Counts the staged rows as they pass, a batch of deals at a time."""

    def __init__(self, session: Session) -> None:
        self.deals: Counter[str] = Counter()
        self.by_outcome: Counter[str] = Counter()
        self.refused: list[Told] = []
        self.flags: list[Told] = []
        self._session = session
        self._batch: list[IncomingDeal] = []

    def take(self, staged: dict[str, Any]) -> None:
        state, of_deals = staged["state"], staged["file"] == "deals"
        self.deals["rows"] += of_deals
        if state == StagedState.REFUSED:
            self.deals["rejected"] += of_deals
            self._tell(self.refused, staged)
        elif state == StagedState.IGNORED:
            self.deals["ignored"] += of_deals
        elif state == StagedState.JOINING:
            self.deals["people"] += of_deals
            self._tell(self.flags, staged)
        else:
            self._tell(self.flags, staged)
            self._batch.append(incoming(0, staged["content"], []))
            if len(self._batch) == BATCH:
                self.judge()

    def judge(self) -> None:
        _, verdicts = judge(self._session, self._batch, {})
        self.deals.update(verdicts.values())
        self.by_outcome.update(deal.values["outcome"] for deal in self._batch)
        self._batch = []

    def _tell(self, told: list[Told], staged: dict[str, Any]) -> None:
        if len(told) < MOST_LISTED:
            told.extend(Told(staged["file"], staged["line"], *each) for each in staged["problems"])


def _refused(session: Session, row: DealImport) -> Iterable[Sequence[object]]:
    for each in queries.told_rows(session, row.id, StagedState.REFUSED):
        cells = each.content.get("cells", []) if each.file == "deals" else []
        for problem in each.problems:
            yield [each.file, each.line, *problem, *cells]
