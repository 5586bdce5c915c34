"""Further columns of the CRM as typed facts: a column is a number or a date if all of it is."""

import re
from dataclasses import dataclass, field

from app.deals.reading.dates import DateEvidence, DateReader, OrderFinding
from app.deals.reading.labels import plain_label
from app.deals.reading.money import DecimalMarks, read_number
from app.deals.reading.records import Fact, FactKind
from app.deals.reading.values import Unreadable, read_text

_NUMBER = re.compile(r"[-−+(]?(?:0|[1-9][\d.,'’\u00a0]*|0?[.,]\d+)\s?%?\)?")
# Digits that are a name rather than a quantity.
_NAMES_OF_THINGS = ("id", "phone", "fax", "zip", "postalcode", "plz", "number")


@dataclass(frozen=True)
class FactColumn:
    """A column that becomes a fact, and how to read it."""

    index: int
    name: str
    kind: FactKind
    order: OrderFinding
    marks: DecimalMarks


@dataclass
class FactEvidence:
    """What the values of a column allow it to be."""

    index: int
    name: str
    maybe_number: bool = True
    maybe_date: bool = True
    filled: bool = False
    marks: DecimalMarks = field(default_factory=DecimalMarks)
    dates: DateEvidence = field(default_factory=DateEvidence)

    def __post_init__(self) -> None:
        self.maybe_number = not plain_label(self.name).endswith(_NAMES_OF_THINGS)

    @property
    def is_text(self) -> bool:
        """Whether no further value can change that it is text."""
        return not (self.maybe_number or self.maybe_date)

    def observe(self, text: str) -> None:
        """Take note of one value of the column."""
        if not text:
            return
        self.filled = True
        if self.maybe_number:
            self.maybe_number = _NUMBER.fullmatch(text.strip()) is not None
            self.marks.observe(text)
        if self.maybe_date:
            self.dates.observe(text)
            self.maybe_date = not self.dates.unreadable

    def column(self) -> FactColumn:
        """Decide: a number, else a date whose order is certain, else text."""
        order = self.dates.order
        kind: FactKind = "text"
        if self.filled and self.maybe_number:
            kind = "number"
        elif self.filled and self.maybe_date and order not in ("ambiguous", "both"):
            kind = "date"
        return FactColumn(self.index, self.name, kind, order, self.marks)


class FactReader:
    """Reads one column's cells; what does not fit the column's kind stays text."""

    def __init__(self, column: FactColumn) -> None:
        self.index = column.index
        self._column = column
        self._dates = DateReader(column.order)

    def read(self, text: str) -> Fact | None:
        """The fact in a cell; None when blank."""
        if not text or text.isspace():
            return None
        column = self._column
        try:
            if column.kind == "number":
                return Fact(column.name, "number", text, number=read_number(text, column.marks))
            if column.kind == "date":
                return Fact(column.name, "date", text, date=self._dates.read(text))
        except Unreadable:
            pass
        return Fact(column.name, "text", read_text(text))
