"""Reading what a page sent about one change. Pure: no database, no web."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Token = TypeVar("Token", bound=enum.StrEnum)

MOST_LINE = 300
MOST_TEXT = 200_000
_MOST_IDS = 50
_MOST_NUMBER = 2**31 - 1


class Refused(ValueError):
    """The change cannot be made, and sending it again would not help; the message is for the
    person who made it."""


@dataclass(frozen=True)
class Fields:
    """The fields of one change by name. Each reader raises Refused for what is no such value."""

    sent: Mapping[str, Any]

    def line(self, name: str, *, most: int = MOST_LINE) -> str:
        """One line, trimmed; "" where it was left out."""
        text = self._string(name).strip()
        if "\n" in text or "\r" in text:
            raise Refused(f"One line is enough for '{name}'.")
        return _at_most(text, most)

    def text(self, name: str, *, most: int = MOST_TEXT) -> str:
        """Text as it was typed, its line ends LF; "" where it was left out."""
        text = self._string(name).replace("\r\n", "\n").replace("\r", "\n")
        return _at_most(text, most)

    def number(self, name: str, *, default: int = 0) -> int:
        value = self.sent.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_NUMBER:
            raise Refused(f"'{name}' is no number from 0.")
        return value

    def switch(self, name: str, *, default: bool = False) -> bool:
        value = self.sent.get(name, default)
        if not isinstance(value, bool):
            raise Refused(f"'{name}' is neither yes nor no.")
        return value

    def token(self, name: str, tokens: type[Token]) -> Token:
        try:
            return tokens(self.sent.get(name, ""))
        except ValueError as error:
            raise Refused(f"'{name}' takes {', '.join(tokens)}.") from error

    def optional_token(self, name: str, tokens: type[Token]) -> Token | None:
        """None where it was left out or is null."""
        return None if self.sent.get(name) in (None, "") else self.token(name, tokens)

    def id(self, name: str) -> str:
        """A UUID that the browser made."""
        return _as_id(self.sent.get(name), name)

    def ids(self, name: str) -> tuple[str, ...]:
        value = self.sent.get(name, [])
        if not isinstance(value, list) or len(value) > _MOST_IDS:
            raise Refused(f"'{name}' is no list of ids.")
        return tuple(_as_id(one, name) for one in value)

    def _string(self, name: str) -> str:
        value = self.sent.get(name, "")
        if not isinstance(value, str):
            raise Refused(f"'{name}' is no text.")
        if "\0" in value:
            raise Refused("The text holds a character that cannot be kept (NUL).")
        # Half of a pair of UTF-16 is no character; a browser sends one only by mistake.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused(f"This is longer than can be kept: at most {most:,} characters.")
    return text


def _as_id(value: Any, name: str) -> str:
    try:
        return str(uuid.UUID(value))
    except (ValueError, AttributeError, TypeError) as error:
        raise Refused(f"'{name}' is no id.") from error
