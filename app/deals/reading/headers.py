"""Which column of a file holds which field, and which system wrote the file."""

import hashlib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass

from app.deals.reading.answers import BadOption
from app.deals.reading.labels import HUBSPOT_MARKS, SALESFORCE_MARKS, Labels, plain_label

SOURCES = ("auto", "salesforce", "hubspot", "generic")

# A file that a data pipeline wrote carries its own book-keeping; that says nothing of the deal.
_PIPELINE_PREFIX = "_fivetran"


@dataclass(frozen=True)
class Mapping:
    """Where each field stands in a row; the other columns become facts."""

    source: str
    headers: tuple[str, ...]
    columns: dict[str, int]

    def column_of(self, field: str) -> str:
        """The header of a field's column, or the field's own name where it has none."""
        index = self.columns.get(field)
        return field if index is None else self.headers[index]

    @property
    def unmapped(self) -> tuple[tuple[int, str], ...]:
        """Index and header of each column that is no field."""
        taken = set(self.columns.values())
        return tuple(
            (index, header)
            for index, header in enumerate(self.headers)
            if index not in taken and not header.startswith(_PIPELINE_PREFIX)
        )

    def by_name(self) -> dict[str, str]:
        """Field -> header, to be remembered and given again as overrides."""
        return {field: self.headers[index] for field, index in self.columns.items()}


def map_columns(
    headers: Sequence[str],
    labels: Labels,
    *,
    source: str = "auto",
    overrides: MappingOf[str, str] | None = None,
) -> Mapping:
    """Find each field's column by its label; `overrides` (field -> column) go before.

    An override with an empty column leaves its field out. Raises BadOption for a field or
    a column that does not exist.
    """
    if source not in SOURCES:
        raise BadOption("--source", f"{source} is none of {', '.join(SOURCES)}.")
    by_label: dict[str, list[int]] = {}
    for index, header in enumerate(headers):
        by_label.setdefault(plain_label(header), []).append(index)
    columns = _overridden(headers, by_label, labels, overrides or {})
    taken = set(columns.values())
    for field, known in labels.items():
        if field in columns or (overrides and field in overrides):
            continue
        candidates = (index for label in known.split() for index in by_label.get(label, ()))
        found = next((index for index in candidates if index not in taken), None)
        if found is not None:
            columns[field] = found
            taken.add(found)
    found_source = recognise_source(headers) if source == "auto" else source
    return Mapping(found_source, tuple(headers), columns)


def recognise_source(headers: Sequence[str]) -> str:
    """Name the system whose own labels stand in the header."""
    plain = {plain_label(header) for header in headers}
    salesforce, hubspot = len(plain & SALESFORCE_MARKS), len(plain & HUBSPOT_MARKS)
    if any(header.startswith(("property_", "properties.")) for header in headers):
        hubspot += 1
    if salesforce == hubspot:
        return "generic"
    return "salesforce" if salesforce > hubspot else "hubspot"


def header_signature(headers: Sequence[str]) -> str:
    """A key under which a mapping is remembered for files with the same header."""
    joined = "\x1f".join(sorted(header.casefold() for header in headers))
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def _overridden(
    headers: Sequence[str],
    by_label: MappingOf[str, list[int]],
    labels: Labels,
    overrides: MappingOf[str, str],
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for field, header in overrides.items():
        if field not in labels:
            raise BadOption("--map", f"{field} is no field. Fields: {', '.join(labels)}.")
        if not header:
            continue
        if header in headers:
            columns[field] = list(headers).index(header)
        elif found := by_label.get(plain_label(header)):
            columns[field] = found[0]
        else:
            raise BadOption("--map", f"there is no column {header}. Columns: {', '.join(headers)}.")
    return columns
