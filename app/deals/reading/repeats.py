"""Rows that name a deal again: the same once more, another contact, or a contradiction."""

from array import array
from dataclasses import dataclass, field
from typing import Final, Literal

from app.deals.reading.files import Row
from app.deals.reading.headers import Mapping
from app.deals.reading.people import CONTACT_FIELDS
from app.deals.reading.records import Ignored, Problem

FIRST: Final = "first"
MORE_PEOPLE: Final = "more people"
Finding = Literal["first", "more people"] | Ignored | Problem


@dataclass
class _First:
    """What is kept of a deal's first row: hashes, not words, so that a million fit."""

    line: int
    cells: "array[int]"
    contacts: set[int] = field(default_factory=set)


class Repeats:
    """Compares each row of a deal that stands on several rows with the deal's first."""

    def __init__(self, mapping: Mapping, repeated_ids: frozenset[int]) -> None:
        columns = mapping.columns
        people = {columns[name] for name in CONTACT_FIELDS if name in columns}
        fields = sorted(set(columns.values()) - people)
        facts = [index for index, _ in mapping.unmapped]
        self._mapping = mapping
        self._people = sorted(people)
        self._compared = fields + facts
        self._field_count = len(fields)
        self._repeated_ids = repeated_ids
        self._first: dict[str, _First] = {}

    def remember(self, external_id: str, row: Row) -> None:
        """Keep a deal's first row, if others follow."""
        if hash(external_id) in self._repeated_ids:
            self._first[external_id] = _First(row.line, self._hashes(row), {self._person(row)})

    def judge(self, external_id: str, row: Row) -> Finding:
        """Compare a row with its deal's first."""
        first = self._first.get(external_id)
        if first is None:
            return FIRST
        person = self._person(row)
        another_person = person not in first.contacts
        # A contact-role report has columns about the contact among the facts.
        compared = self._field_count if another_person else len(self._compared)
        hashes = self._hashes(row)
        if hashes[:compared] != first.cells[:compared]:
            pairs = zip(self._compared, hashes, first.cells, strict=True)
            index = next(index for index, here, there in pairs if here != there)
            return Problem(
                self._field_at(index),
                row.cells[index],
                f"Line {first.line} has the same deal {external_id} with another "
                f"{self._mapping.headers[index]}.",
            )
        if not another_person:
            return Ignored(row.line, external_id, f"the same as line {first.line}")
        first.contacts.add(person)
        return MORE_PEOPLE

    def _hashes(self, row: Row) -> "array[int]":
        cells = row.cells
        return array("q", [hash(cells[index].strip()) for index in self._compared])

    def _person(self, row: Row) -> int:
        return hash(tuple(row.cells[index].strip() for index in self._people))

    def _field_at(self, index: int) -> str:
        for name, column in self._mapping.columns.items():
            if column == index:
                return name
        return self._mapping.headers[index]
