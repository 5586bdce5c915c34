"""What the tests of the reading share: files made on the spot, and the whole way through."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.deals.reading.answers import Answers, read_answers
from app.deals.reading.deals import read_deals
from app.deals.reading.files import Table, open_table
from app.deals.reading.headers import Mapping, map_columns
from app.deals.reading.labels import DEAL_LABELS
from app.deals.reading.records import DealItem, DealRecord, Ignored, MoreContacts, Refusal
from app.deals.reading.survey import Survey, survey_deals

HEADER = ("Deal ID", "Stage", "Amount", "Created", "Close Date")


def csv_table(rows: Iterable[Sequence[str]], filename: str = "deals.csv") -> Table:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return open_table(io.BytesIO(text.getvalue().encode()), filename)


@dataclass
class Reading:
    mapping: Mapping
    survey: Survey
    items: list[DealItem]

    @property
    def deals(self) -> list[DealRecord]:
        return [item for item in self.items if isinstance(item, DealRecord)]

    @property
    def refusals(self) -> list[Refusal]:
        return [item for item in self.items if isinstance(item, Refusal)]

    @property
    def ignored(self) -> list[Ignored]:
        return [item for item in self.items if isinstance(item, Ignored)]

    @property
    def more_contacts(self) -> list[MoreContacts]:
        return [item for item in self.items if isinstance(item, MoreContacts)]

    @property
    def questions(self) -> list[str]:
        return [question.key for question in self.survey.questions]


def read(
    table: Table,
    *,
    answers: Answers | None = None,
    source: str = "auto",
    overrides: dict[str, str] | None = None,
) -> Reading:
    mapping = map_columns(table.headers, DEAL_LABELS, source=source, overrides=overrides)
    answers = answers or read_answers(currency="EUR")
    survey = survey_deals(table, mapping, answers)
    return Reading(mapping, survey, list(read_deals(table, mapping, answers, survey)))


def read_rows(
    header: Sequence[str], *rows: Sequence[str], answers: Answers | None = None
) -> Reading:
    return read(csv_table([header, *rows]), answers=answers)
