"""The deals of a file, one record a row, by what the survey found and a person answered."""

import datetime as dt
from collections.abc import Iterator

from app.deals.reading.answers import Answers
from app.deals.reading.currencies import is_currency
from app.deals.reading.dates import DateReader
from app.deals.reading.facts import FactReader
from app.deals.reading.files import Row, Table
from app.deals.reading.headers import Mapping
from app.deals.reading.money import Money, read_money
from app.deals.reading.outcomes import BLANK_STAGE, Decision, decide_outcome
from app.deals.reading.people import CONTACT_FIELDS, flagged_email, read_contacts
from app.deals.reading.records import (
    DealContact,
    DealItem,
    DealRecord,
    Fact,
    Flag,
    Ignored,
    MoreContacts,
    Problem,
    Refusal,
)
from app.deals.reading.repeats import MORE_PEOPLE, Repeats
from app.deals.reading.survey import DATE_FIELDS, Survey
from app.deals.reading.triage import sound_rows
from app.deals.reading.values import Unreadable, read_label, read_text, split_names

# What the deal's own columns hold; a longer value is a sign of shifted columns.
_LONGEST = {
    "external_id": 200,
    "name": 300,
    "account": 300,
    "account_external_id": 200,
    "product": 200,
    "stage": 120,
    "seller": 200,
    "seller_external_id": 200,
    "lead_source": 120,
    "segment": 120,
    "region": 120,
    "won_by": 200,
    "replaced": 200,
}


def read_deals(
    table: Table, mapping: Mapping, answers: Answers, survey: Survey
) -> Iterator[DealItem]:
    """Read the file's rows in order; each gives exactly one item.

    A deal's first row gives its DealRecord, a later one with other people MoreContacts, a
    later one that says the same Ignored, and one that contradicts it a Refusal. Reading the
    same file again gives the same items, so that an import can go on after any line.
    """
    reader = _DealReader(mapping, answers, survey)
    repeats = Repeats(mapping, survey.repeated_ids)
    id_column = mapping.columns["external_id"]
    for row in sound_rows(table, mapping, "external_id"):
        if not isinstance(row, Row):
            yield row
            continue
        external_id = row.cells[id_column].strip()
        finding = repeats.judge(external_id, row)
        if isinstance(finding, Ignored):
            yield finding
        elif isinstance(finding, Problem):
            yield Refusal(row.line, (finding,), tuple(row.cells))
        elif finding == MORE_PEOPLE:
            contacts, flags = reader.contacts(row.cells)
            yield MoreContacts(row.line, external_id, contacts, flags)
        else:
            item = reader.read(external_id, row)
            if isinstance(item, DealRecord):
                repeats.remember(external_id, row)
            yield item


class _DealReader:
    def __init__(self, mapping: Mapping, answers: Answers, survey: Survey) -> None:
        self._mapping = mapping
        self._columns = mapping.columns
        self._answers = answers
        self._survey = survey
        self._decisions: dict[tuple[str, str, str], Decision] = {}
        self._dates = {
            name: DateReader(survey.date_orders.get(name, "none"), answers.date_format)
            for name in DATE_FIELDS
        }
        self._facts = [FactReader(column) for column in survey.facts]
        self._limited = [
            (name, mapping.columns[name], limit)
            for name, limit in _LONGEST.items()
            if name in mapping.columns
        ]
        self._people = [
            (name, mapping.columns[name]) for name in CONTACT_FIELDS if name in mapping.columns
        ]

    def read(self, external_id: str, row: Row) -> DealRecord | Refusal:
        cells = row.cells
        problems: list[Problem] = []
        self._check_lengths(cells, problems)
        if not external_id:
            problems.append(
                Problem("external_id", "", "is blank: the deal could not be found again")
            )
        decision = self._decide(cells, problems)
        amount = self._amount(cells, problems)
        opened_on = self._date("opened_on", cells, problems)
        closed_on = self._date("closed_on", cells, problems)
        if problems or decision.outcome is None:
            return Refusal(row.line, tuple(problems), tuple(cells))
        contacts, flags = self.contacts(cells)
        seller_email, email_flag = flagged_email("seller_email", self._cell(cells, "seller_email"))
        flags += email_flag
        facts = self._read_facts(cells)
        if decision.outcome == "open":
            facts += self._expected_close(cells, closed_on)
            closed_on = None
        else:
            flags += self._odd_dates(cells, opened_on, closed_on)
        if amount is not None and amount.minor < 0:
            flags += (Flag("amount", self._cell(cells, "amount"), "is below nought"),)
        account, product = self._label(cells, "account"), self._label(cells, "product")
        return DealRecord(
            line=row.line,
            external_id=external_id,
            name=self._label(cells, "name") or _composed_name(account, product, external_id),
            outcome=decision.outcome,
            stage=self._cell(cells, "stage").strip(),
            account=account,
            account_external_id=self._label(cells, "account_external_id"),
            product=product,
            amount=amount,
            opened_on=opened_on,
            closed_on=closed_on,
            seller=self._label(cells, "seller"),
            seller_email=seller_email,
            seller_external_id=self._label(cells, "seller_external_id"),
            lead_source=self._label(cells, "lead_source"),
            segment=self._label(cells, "segment"),
            region=self._label(cells, "region"),
            competitors=split_names(self._cell(cells, "competitors")),
            won_by=self._label(cells, "won_by"),
            replaced=self._label(cells, "replaced"),
            stated_reason=read_text(self._cell(cells, "stated_reason")) or None,
            contacts=contacts,
            facts=facts,
            flags=flags,
        )

    def contacts(self, cells: list[str]) -> tuple[tuple[DealContact, ...], tuple[Flag, ...]]:
        return read_contacts({name: cells[index] for name, index in self._people})

    def _cell(self, cells: list[str], field: str) -> str:
        index = self._columns.get(field)
        return "" if index is None else cells[index]

    def _label(self, cells: list[str], field: str) -> str | None:
        index = self._columns.get(field)
        return None if index is None else read_label(cells[index])

    def _check_lengths(self, cells: list[str], problems: list[Problem]) -> None:
        for field, index, limit in self._limited:
            if len(cells[index]) > limit:
                why = f"has more than {limit} characters"
                problems.append(Problem(field, cells[index], why))

    def _decide(self, cells: list[str], problems: list[Problem]) -> Decision:
        stage = self._cell(cells, "stage")
        key = (stage, self._cell(cells, "is_won"), self._cell(cells, "is_closed"))
        decision = self._decisions.get(key)
        if decision is None:
            decision = self._decisions[key] = decide_outcome(*key, self._answers.outcomes)
        if decision.outcome is None:
            problems.append(Problem("stage", stage or BLANK_STAGE, decision.why))
        return decision

    def _amount(self, cells: list[str], problems: list[Problem]) -> Money | None:
        text = self._cell(cells, "amount")
        if self._answers.is_no_amount(text):
            return None
        code = self._cell(cells, "currency").strip().upper()
        if code and not is_currency(code):
            problems.append(Problem("currency", code, "is not a currency code such as EUR"))
            return None
        try:
            return read_money(
                text,
                self._survey.decimal_marks,
                code or self._answers.currency,
                stated=bool(code),
            )
        except Unreadable as error:
            problems.append(Problem("amount", text, str(error)))
            return None

    def _date(self, field: str, cells: list[str], problems: list[Problem]) -> dt.date | None:
        text = self._cell(cells, field)
        if not text:
            return None
        try:
            return self._dates[field].read(text)
        except Unreadable as error:
            problems.append(Problem(field, text, str(error)))
            return None

    def _read_facts(self, cells: list[str]) -> tuple[Fact, ...]:
        facts = (reader.read(cells[reader.index]) for reader in self._facts)
        return tuple(fact for fact in facts if fact is not None)

    def _expected_close(self, cells: list[str], day: dt.date | None) -> tuple[Fact, ...]:
        """The closing date of an open deal is a hope, not the day on which it closed."""
        if day is None:
            return ()
        name = self._mapping.column_of("closed_on")
        return (Fact(name, "date", self._cell(cells, "closed_on"), date=day),)

    def _odd_dates(
        self, cells: list[str], opened_on: dt.date | None, closed_on: dt.date | None
    ) -> tuple[Flag, ...]:
        if closed_on is None:
            return (Flag("closed_on", "", "the deal is closed, but has no closing date"),)
        if opened_on is not None and closed_on < opened_on:
            why = f"the deal closed before it was opened, on {opened_on.isoformat()}"
            return (Flag("closed_on", self._cell(cells, "closed_on"), why),)
        return ()


def _composed_name(account: str | None, product: str | None, external_id: str) -> str:
    """A name for a deal that has none in the CRM."""
    return ": ".join(part for part in (account, product) if part) or external_id
