"""What a person says about a file beforehand, or in answer to its questions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.deals.reading.currencies import is_currency
from app.deals.reading.money import is_zero
from app.deals.reading.outcomes import OUTCOMES, plain_stage

NO_AMOUNT_ALWAYS = frozenset(
    {"", "-1", "-1.0", "-1.00", "-", "–", "n/a", "na", "null", "none", "nan"}
)
ZERO_IS_AN_AMOUNT = "none"


class BadOption(ValueError):
    """An option whose value cannot be taken; says which, and what it takes."""

    def __init__(self, option: str, why: str) -> None:
        super().__init__(f"{option}: {why}")
        self.option = option
        self.why = why


@dataclass(frozen=True)
class Answers:
    """A person's decisions about a file. `currency` is that of amounts which name none."""

    currency: str
    outcomes: dict[str, str] = field(default_factory=dict)
    date_format: str | None = None
    no_amount: frozenset[str] = frozenset()
    zero_means_none: bool | None = None
    """Whether an amount of 0 means no amount; None while nobody has said."""

    def is_no_amount(self, text: str) -> bool:
        """Whether a cell of the amount column stands for 'no amount'."""
        plain = text.strip().casefold()
        if plain in NO_AMOUNT_ALWAYS or plain in self.no_amount:
            return True
        return self.zero_means_none is True and is_zero(plain)


def read_answers(
    *,
    currency: str,
    outcomes: Iterable[str] = (),
    date_format: str | None = None,
    no_amount: Iterable[str] = (),
) -> Answers:
    """Check the options of the command line or the page; raise BadOption where one is wrong.

    `--no-amount 0` says that 0 means no amount; `--no-amount none` that 0 is an amount.
    """
    code = currency.strip().upper()
    if not is_currency(code):
        raise BadOption("--currency", f"{currency} is not a code of ISO 4217, such as EUR.")
    if date_format is not None:
        _check_date_format(date_format)
    values = [value.strip().casefold() for value in no_amount]
    zero_means_none = True if any(map(is_zero, values)) else None
    if zero_means_none is None and ZERO_IS_AN_AMOUNT in values:
        zero_means_none = False
    return Answers(
        currency=code,
        outcomes=dict(_read_outcome(text) for text in outcomes),
        date_format=date_format,
        no_amount=frozenset(values),
        zero_means_none=zero_means_none,
    )


def read_assignments(option: str, texts: Iterable[str]) -> dict[str, str]:
    """Read options of the form FIELD=COLUMN."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadOption(option, f"{text} has no '='.")
        pairs[name.strip()] = value.strip()
    return pairs


def _read_outcome(text: str) -> tuple[str, str]:
    stage, equals, outcome = text.rpartition("=")
    token = outcome.strip().casefold().replace(" ", "_")
    if not equals:
        raise BadOption("--outcome", f"{text} has not the form STAGE=OUTCOME.")
    if token not in OUTCOMES:
        raise BadOption("--outcome", f"{outcome} is none of {', '.join(OUTCOMES)}.")
    return plain_stage(stage), token


def _check_date_format(date_format: str) -> None:
    day = dt.datetime(2017, 11, 23, tzinfo=dt.UTC)
    try:
        read_back = dt.datetime.strptime(day.strftime(date_format), date_format)  # noqa: DTZ007
    except ValueError as error:
        raise BadOption("--date-format", f"{date_format} is not a date format ({error}).") from None
    if read_back.date() != day.date():
        raise BadOption("--date-format", f"{date_format} needs day, month and year: %d/%m/%Y.")
