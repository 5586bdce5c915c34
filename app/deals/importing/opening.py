"""The files of an import, opened: what each column is, and what has to be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.deals.importing.options import Options
from app.deals.reading import headers
from app.deals.reading.answers import Answers, read_answers
from app.deals.reading.files import FileProblem, Table, open_table
from app.deals.reading.headers import header_signature, map_columns
from app.deals.reading.labels import (
    ACCOUNT_LABELS,
    CONTACT_LABELS,
    DEAL_LABELS,
    LINK_LABELS,
    Labels,
)
from app.deals.reading.survey import Question, Survey, survey_deals

COMPANIONS: dict[str, Labels] = {
    "accounts": ACCOUNT_LABELS,
    "contacts": CONTACT_LABELS,
    "links": LINK_LABELS,
}
_NEEDED = {
    "accounts": (("name",),),
    "contacts": (("external_id", "email"), ("name", "last_name", "email")),
    "links": (("deal_external_id",), ("contact_external_id",)),
}
_BLOCK = 1 << 20


@dataclass(frozen=True)
class InputFile:
    """A file as it lies on disk, and what its owner calls it."""

    path: Path
    name: str

    def digest(self) -> str:
        """The same for the same content."""
        found = hashlib.sha256()
        with self.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
        return found.hexdigest()


Files = Mapping[str, InputFile]
"""By what they hold: 'deals', and where given 'accounts', 'contacts', 'links'."""


@dataclass(frozen=True)
class OpenTable:
    """A file's rows and what its columns hold."""

    table: Table
    mapping: headers.Mapping


@dataclass(frozen=True)
class Remembered:
    """What a person said of an earlier file with the same header."""

    columns: dict[str, str]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """Everything known of the files; they can be imported once `questions` is empty."""

    deals: OpenTable
    companions: dict[str, OpenTable]
    answers: Answers
    survey: Survey
    chosen: dict[str, str]
    """The columns that a person chose, now or an earlier time, where they differ."""
    outcomes: tuple[str, ...]
    """What stages mean, as a person said, now or an earlier time."""

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.survey.questions

    @property
    def signature(self) -> str:
        return header_signature(self.deals.table.headers)

    @property
    def fact_names(self) -> list[str]:
        names = [fact.name for fact in self.survey.facts]
        return [*names, self.deals.mapping.column_of("closed_on")]


def open_deals(file: InputFile) -> Table:
    """The deal file alone. Raises FileProblem."""
    return open_table(file.path, file.name)


def open_files(
    files: Files, options: Options, remembered: Remembered | None, known_products: Iterable[str]
) -> Opened:
    """Open and survey the files. Raises FileProblem, or BadOption where an option is wrong."""
    outcomes = (*(remembered.outcomes if remembered else ()), *options.outcomes)
    answers = read_answers(
        currency=options.currency,
        outcomes=outcomes,
        date_format=options.date_format,
        no_amount=options.no_amount,
    )
    table = open_deals(files["deals"])
    chosen = (remembered.columns if remembered else {}) | options.columns
    mapping = map_columns(table.headers, DEAL_LABELS, source=options.source, overrides=chosen)
    return Opened(
        deals=OpenTable(table, mapping),
        companions={
            kind: _open_companion(kind, files[kind], labels)
            for kind, labels in COMPANIONS.items()
            if kind in files
        },
        answers=answers,
        survey=survey_deals(table, mapping, answers, known_products=known_products),
        chosen=chosen,
        outcomes=outcomes,
    )


def _open_companion(kind: str, file: InputFile, labels: Labels) -> OpenTable:
    table = open_table(file.path, file.name)
    mapping = map_columns(table.headers, labels)
    for alternatives in _NEEDED[kind]:
        if not mapping.columns.keys() & set(alternatives):
            raise FileProblem(
                f"{file.name} has no column for the {kind}' {' or '.join(alternatives)}. "
                f"Its columns: {', '.join(table.headers)}."
            )
    return OpenTable(table, mapping)
