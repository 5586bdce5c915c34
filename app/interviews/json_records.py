"""One JSON object, read field by field: each mistake is noted at its field, and reading goes on.

Pure: no database, no web.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

_LONGEST_NAME = 200
_LONGEST_SHOWN = 60
_ABSENT = (None, "")


@dataclass(frozen=True)
class Problem:
    """What is wrong at one field of a line, and what it takes."""

    field: str
    value: str
    why: str


class Record:
    """Fields are taken by name; `finish` notes those that nobody asked for."""

    def __init__(
        self, content: Any, path: str, problems: list[Problem], ignored: list[str]
    ) -> None:
        self._path = path
        self._problems = problems
        self._ignored = ignored
        self._asked: list[str] = []
        if not isinstance(content, Mapping):
            self.refuse("", content, "it takes an object, such as {…}")
            content = {}
        self._content = content

    def refuse(self, name: str, value: Any, why: str) -> None:
        field = f"{self._path}.{name}" if self._path and name else self._path or name
        self._problems.append(Problem(field, shown(value), why))

    def record(self, name: str, *, required: bool = False) -> Record:
        content = self._take(name)
        if content is None and required:
            self.refuse(name, "", "it is missing")
            # Its fields would be missing too; one message is enough.
            return Record({}, self._below(name), [], [])
        given = {} if content is None else content
        return Record(given, self._below(name), self._problems, self._ignored)

    def records(self, name: str) -> Iterator[Record]:
        content = self._take(name)
        if content is None:
            return
        if not isinstance(content, list):
            self.refuse(name, content, "it takes a list, such as [{…}]")
            return
        for index, each in enumerate(content):
            path = f"{self._below(name)}[{index}]"
            yield Record(each, path, self._problems, self._ignored)

    def text(self, name: str, *, required: bool = False, most: int = _LONGEST_NAME) -> str:
        """A name or another short text, without the space around it."""
        value = self._take(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            self.refuse(name, value, "it takes text in quotation marks")
            return ""
        text = " ".join((value or "").split())
        if required and not text:
            self.refuse(name, "", "it is missing")
        if len(text) > most:
            self.refuse(name, text, f"it takes at most {most} characters")
        return self._clean(name, text)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.refuse(name, value, 'it takes a list of names, such as ["Fenwick"]')
            return ()
        names = [" ".join(each.split()) for each in value]
        return tuple(dict.fromkeys(self._clean(name, each) for each in names if each))

    def words(self, name: str) -> str | None:
        """What somebody said, exactly; None where that was refused."""
        value = self._take(name)
        if value is None:
            self.refuse(name, "", "it is missing")
            return None
        if not isinstance(value, str):
            self.refuse(name, value, "it takes text in quotation marks")
            return None
        return self._clean(name, value) or ("" if not value else None)

    def token(
        self, name: str, tokens: tuple[str, ...], *, default: str = "", required: bool = False
    ) -> str:
        value = self._take(name)
        if value in _ABSENT:
            if required:
                self.refuse(name, "", f"it is missing; it takes {_one_of(tokens)}")
            return default
        if value not in tokens:
            self.refuse(name, value, f"it takes {_one_of(tokens)}")
            return default
        return str(value)

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self._take(name)
        if value in _ABSENT:
            if required:
                self.refuse(name, "", "it is missing; it takes a day such as 2026-10-04")
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(name, value, "it takes a day such as 2026-10-04")
            return None

    def amount(self, name: str) -> Decimal | None:
        value = self._take(name)
        if value in _ABSENT:
            return None
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            amount = Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 15:
            self.refuse(name, value, "it takes a number from 0, such as 84000 or 84000.50")
            return None
        return amount

    def currency(self, name: str) -> str:
        code = self.text(name).upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            self.refuse(name, code, "it takes a code of three letters, such as EUR")
            return ""
        return code

    def offset(self, name: str) -> int | None:
        value = self._take(name)
        if value is None:
            self.refuse(name, "", "it is missing; it takes a number of characters from 0")
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(name, value, "it takes a number of characters from 0")
            return None
        return int(value)

    def finish(self) -> None:
        """Note the fields that nobody asked for, each with the likely one."""
        for name in self._content:
            if name not in self._asked:
                near = difflib.get_close_matches(str(name), self._asked, n=1)
                hint = f" (did you mean {near[0]}?)" if near else ""
                field = re.sub(r"\[\d+\]", "[]", self._below(str(name)))
                self._ignored.append(f"{field}{hint}")

    def _take(self, name: str) -> Any:
        self._asked.append(name)
        return self._content.get(name)

    def _below(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _clean(self, name: str, text: str) -> str:
        """Text that a database can keep."""
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            self.refuse(name, "", "it holds a character that is none (NUL, or half of a pair)")
            return ""
        return text


def _one_of(words: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def shown(value: Any) -> str:
    """A value as a message shows it: on one line, and not all of a long one."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
