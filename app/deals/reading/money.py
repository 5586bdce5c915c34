"""Amounts of money and plain numbers, in the styles that people and programs write them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from app.deals.reading.currencies import minor_units, read_currency
from app.deals.reading.values import Unreadable

DecimalMark = Literal[".", ","]

_SCALES = {
    "": 1, "k": 10**3, "tsd": 10**3, "m": 10**6, "mm": 10**6, "mio": 10**6, "mn": 10**6,
    "million": 10**6, "b": 10**9, "bn": 10**9, "mrd": 10**9,
}  # fmt: skip

_NUMBER = re.compile(r"[.,]?\d(?:[\d.,]|['’\u00a0\u202f ](?=\d))*")
_GROUPED = {
    ".": re.compile(r"(?:\d{1,3}(?:,\d{2,3})*|\d+)?(?:\.\d*)?"),
    ",": re.compile(r"(?:\d{1,3}(?:\.\d{2,3})*|\d+)?(?:,\d*)?"),
}
_MARKS = str.maketrans("", "", "'’\u00a0\u202f ")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit."""

    minor: int
    currency: str


@dataclass
class DecimalMarks:
    """Which decimal marks a column's values prove, gathered while they pass."""

    seen: set[DecimalMark] = field(default_factory=set)

    def observe(self, text: str) -> None:
        """Take note of one value of the column."""
        if "." in text or "," in text:
            match = _NUMBER.search(text)
            mark = decimal_mark(match[0].translate(_MARKS)) if match else None
            if mark:
                self.seen.add(mark)


def decimal_mark(digits: str) -> DecimalMark | None:
    """The decimal mark that a number proves; '1.234' and '1,234' prove none."""
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if not dots and not commas:
        return None
    mark: DecimalMark = "." if dots else ","
    if dots + commas > 1:
        return "," if mark == "." else "."
    before, _, after = digits.partition(mark)
    could_be_thousands = len(after) == 3 and 0 < len(before) <= 3 and before != "0"
    return None if could_be_thousands else mark


def read_number(text: str, marks: DecimalMarks) -> Decimal:
    """Read a number without unit; '18.00%' is 18."""
    body = text.strip().removesuffix("%").rstrip()
    negative, body = _take_sign(body)
    value = _read_digits(body, marks)
    return -value if negative else value


def read_money(text: str, marks: DecimalMarks, currency: str, *, stated: bool = False) -> Money:
    """Read an amount; `currency` is for plain numbers, and binding when the row states it."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return Money(minor_units(Decimal(plain), currency), currency)
    if "%" in plain:
        raise Unreadable("is a percentage, not an amount")
    negative, body = _take_sign(plain)
    match = _NUMBER.search(body)
    if match is None:
        raise Unreadable("is not an amount")
    before, after = body[: match.start()].strip(), body[match.end() :].strip()
    if not negative and before.endswith(("-", "−")):
        negative, before = True, before[:-1].strip()
    scale, after = _take_scale(after)
    if before and after:
        raise Unreadable("is not an amount")
    symbol = before or after
    said = read_currency(symbol, currency) if symbol else currency
    if stated and said != currency:
        raise Unreadable(f"is in {said}, but the row's currency is {currency}")
    value = _read_digits(match[0], marks) * scale
    return Money(minor_units(-value if negative else value, said), said)


def is_zero(text: str) -> bool:
    """Whether an amount is nought, however it is written."""
    digits = [character for character in text if character.isdigit()]
    return bool(digits) and all(digit == "0" for digit in digits)


def _take_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith(("-", "−")):
        return True, text[1:].strip()
    if text.endswith(("-", "−")):
        return True, text[:-1].strip()
    return False, text.removeprefix("+").strip()


def _take_scale(after: str) -> tuple[int, str]:
    word, _, rest = after.partition(" ")
    scale = _SCALES.get(word.rstrip(".").casefold())
    if scale is not None:
        return scale, rest.strip()
    # '164K€': the letter and the symbol stand together.
    if len(word) > 1 and not word[1].isalpha() and word[0].casefold() in _SCALES:
        return _SCALES[word[0].casefold()], after[1:].strip()
    return 1, after


def _read_digits(text: str, marks: DecimalMarks) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise Unreadable("is not a number")
    digits = text.translate(_MARKS)
    mark = decimal_mark(digits)
    if mark is None:
        mark = _mark_of_thousands(digits, marks)
    if not _GROUPED[mark].fullmatch(digits):
        raise Unreadable("is not a number: its digits are grouped unevenly")
    grouping = "," if mark == "." else "."
    return Decimal(digits.replace(grouping, "").replace(mark, "."))


def _mark_of_thousands(digits: str, marks: DecimalMarks) -> DecimalMark:
    """For '1.234': the column's own decimal mark; where nothing proves one, thousands."""
    if "." not in digits and "," not in digits:
        return "."
    if len(marks.seen) > 1:
        raise Unreadable("could have thousands or decimals: this column writes both ways")
    if marks.seen:
        return next(iter(marks.seen))
    return "," if "." in digits else "."
