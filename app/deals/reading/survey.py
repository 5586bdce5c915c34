"""One pass over a file of deals: what it holds, how it writes it, and what has to be asked."""

import shlex
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from app.deals.reading.answers import ZERO_IS_AN_AMOUNT, Answers
from app.deals.reading.dates import DateEvidence, OrderFinding
from app.deals.reading.facts import FactColumn, FactEvidence
from app.deals.reading.files import Row, Table
from app.deals.reading.headers import Mapping
from app.deals.reading.likeness import LikelyMatch, likely_matches
from app.deals.reading.money import DecimalMarks, is_zero
from app.deals.reading.outcomes import BLANK_STAGE, OUTCOMES, decide_outcome
from app.deals.reading.triage import sound_rows

DATE_FIELDS = ("opened_on", "closed_on")
_MOST_PRODUCTS = 5_000


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given, in words, and the option of the command line that gives it."""

    value: str
    label: str
    option: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can say. Nothing is imported while one is open."""

    key: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many deals stand in a stage, and what it means (None: to be asked, or refused)."""

    stage: str
    deals: int
    outcome: str | None


@dataclass(frozen=True)
class Survey:
    """What one pass over the file found; `read_deals` reads by it."""

    rows: int
    stages: tuple[StageCount, ...]
    questions: tuple[Question, ...]
    likely_products: tuple[LikelyMatch, ...]
    date_orders: dict[str, OrderFinding]
    decimal_marks: DecimalMarks
    facts: tuple[FactColumn, ...]
    repeated_ids: frozenset[int]
    """Hashes (of this process) of the external ids that stand on more than one row."""


@dataclass
class _StageTally:
    deals: int = 0
    amounts: int = 0
    zeros: int = 0


@dataclass
class _Evidence:
    """What gathers while the rows pass; its size does not grow with the file but for 8 bytes
    an id."""

    rows: int = 0
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    stages: dict[tuple[str, str, str], _StageTally] = field(default_factory=dict)
    products: Counter[str] = field(default_factory=Counter)
    dates: dict[str, DateEvidence] = field(default_factory=dict)
    marks: DecimalMarks = field(default_factory=DecimalMarks)
    facts: list[FactEvidence] = field(default_factory=list)

    def count_product(self, name: str) -> None:
        if name and (name in self.products or len(self.products) < _MOST_PRODUCTS):
            self.products[name] += 1


def survey_deals(
    table: Table, mapping: Mapping, answers: Answers, *, known_products: Iterable[str] = ()
) -> Survey:
    """Read the file once and ask what cannot be known from it."""
    missing = _missing_columns(mapping)
    evidence = _gather(table, mapping, answers) if not missing else _Evidence()
    dates = {name: found.order for name, found in evidence.dates.items()}
    return Survey(
        rows=evidence.rows,
        stages=tuple(_stage_counts(evidence, answers)),
        questions=(
            *missing,
            *_stage_questions(evidence, answers),
            *_date_questions(evidence, mapping, answers),
            *_zero_questions(evidence, answers),
        ),
        likely_products=tuple(likely_matches(evidence.products, known_products)),
        date_orders=dates,
        decimal_marks=evidence.marks,
        facts=tuple(fact.column() for fact in evidence.facts),
        repeated_ids=_repeated(evidence.ids),
    )


def _gather(table: Table, mapping: Mapping, answers: Answers) -> _Evidence:
    columns = mapping.columns
    evidence = _Evidence(
        dates={name: DateEvidence() for name in DATE_FIELDS if name in columns},
        facts=[FactEvidence(index, header) for index, header in mapping.unmapped],
    )
    dates = [(columns[name], found) for name, found in evidence.dates.items()]
    id_column = columns["external_id"]
    stage, won, closed, amount, product = (
        columns.get(name) for name in ("stage", "is_won", "is_closed", "amount", "product")
    )
    for row in sound_rows(table, mapping, "external_id"):
        if not isinstance(row, Row):
            continue
        cells = row.cells
        evidence.rows += 1
        evidence.ids.append(hash(cells[id_column].strip()))
        key = (
            "" if stage is None else cells[stage],
            "" if won is None else cells[won],
            "" if closed is None else cells[closed],
        )
        tally = evidence.stages.get(key)
        if tally is None:
            tally = evidence.stages[key] = _StageTally()
        tally.deals += 1
        if amount is not None and not answers.is_no_amount(cells[amount]):
            evidence.marks.observe(cells[amount])
            tally.amounts += 1
            tally.zeros += is_zero(cells[amount])
        for index, found in dates:
            found.observe(cells[index])
        if product is not None:
            evidence.count_product(cells[product].strip())
        for fact in evidence.facts:
            if not fact.is_text:
                fact.observe(cells[fact.index])
    return evidence


def _repeated(ids: "array[int]") -> frozenset[int]:
    ordered = sorted(ids)
    return frozenset(one for one, next_one in pairwise(ordered) if one == next_one)


def _missing_columns(mapping: Mapping) -> list[Question]:
    headers = mapping.headers
    missing = []
    if "external_id" not in mapping.columns:
        missing.append(("external_id", "Which column holds the deal's id in the CRM?"))
    if not mapping.columns.keys() & {"stage", "is_won"}:
        missing.append(("stage", "Which column says whether a deal was won or lost?"))
    return [
        Question(f"map:{name}", text, tuple(_column_choice(name, header) for header in headers))
        for name, text in missing
    ]


def _column_choice(name: str, header: str) -> Choice:
    return Choice(header, header, f"--map {shlex.quote(f'{name}={header}')}")


def _stage_counts(evidence: _Evidence, answers: Answers) -> list[StageCount]:
    counts: Counter[tuple[str, str | None]] = Counter()
    for key, tally in evidence.stages.items():
        outcome = decide_outcome(*key, answers.outcomes).outcome
        counts[key[0].strip() or BLANK_STAGE, outcome] += tally.deals
    return [StageCount(stage, deals, outcome) for (stage, outcome), deals in counts.most_common()]


def _stage_questions(evidence: _Evidence, answers: Answers) -> list[Question]:
    unknown: Counter[str] = Counter()
    for key, tally in evidence.stages.items():
        if decide_outcome(*key, answers.outcomes).ask:
            unknown[key[0].strip()] += tally.deals
    return [
        Question(
            f"outcome:{stage}",
            f"What does the stage '{stage}' mean ({_deals(count)})?",
            tuple(
                Choice(outcome, outcome, f"--outcome {shlex.quote(f'{stage}={outcome}')}")
                for outcome in OUTCOMES
            ),
        )
        for stage, count in unknown.most_common()
    ]


def _date_questions(evidence: _Evidence, mapping: Mapping, answers: Answers) -> list[Question]:
    if answers.date_format is not None:
        return []
    questions = []
    for name, found in evidence.dates.items():
        if found.order != "ambiguous":
            continue
        separator = next(character for character in found.example if character in "/-.")
        year = "%Y" if len(found.example.split()[0].split(separator)[2]) == 4 else "%y"
        formats = (
            ("day first", separator.join(("%d", "%m", year))),
            ("month first", separator.join(("%m", "%d", year))),
        )
        questions.append(
            Question(
                f"date_order:{name}",
                f"In the column '{mapping.column_of(name)}', is {found.example} day first or "
                "month first? No date in it has a day above 12.",
                tuple(Choice(form, label, f"--date-format {form}") for label, form in formats),
            )
        )
    return questions


def _zero_questions(evidence: _Evidence, answers: Answers) -> list[Question]:
    if answers.zero_means_none is not None:
        return []
    lost = [
        tally
        for key, tally in evidence.stages.items()
        if decide_outcome(*key, answers.outcomes).outcome == "lost"
    ]
    zeros = sum(tally.zeros for tally in lost)
    if not zeros or zeros != sum(tally.amounts for tally in lost):
        return []
    return [
        Question(
            "no_amount",
            f"Every lost deal with an amount has 0 ({_deals(zeros)}): is 0 'no amount'?",
            (
                Choice("0", "0 means no amount", "--no-amount 0"),
                Choice(ZERO_IS_AN_AMOUNT, "the amount was 0", f"--no-amount {ZERO_IS_AN_AMOUNT}"),
            ),
        )
    ]


def _deals(count: int) -> str:
    return "1 deal" if count == 1 else f"{count:,} deals"
