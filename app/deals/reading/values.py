"""Single values out of cells: what is written, or why it cannot be read."""

import re
from collections.abc import Sequence

_TRUE = frozenset({"1", "true", "yes", "y", "t", "x", "ja", "wahr", "oui", "vrai", "si", "sí"})
_FALSE = frozenset({"0", "false", "no", "n", "f", "nein", "falsch", "non", "faux"})
_EMAIL = re.compile(r"[^@\s<>(),;:\"]+@[^@\s<>(),;:\"]+\.[^@\s<>(),;:\".]{2,}")
_NAME_WITH_EMAIL = re.compile(r"(?P<name>.*?)\s*[(<](?P<email>[^()<>\s]+@[^()<>\s]+)[)>]\s*")
_COMPANY_SUFFIX = re.compile(r"^(inc|ltd|llc|corp|co|gmbh|ag|plc|s\.?a|bv|b\.v|kg|llp|lp)\b", re.I)


class Unreadable(ValueError):
    """A value that cannot be read; the message is for the person who owns the file."""


def read_boolean(text: str) -> bool | None:
    """Read yes or no; a blank says neither."""
    word = text.strip().casefold()
    if not word:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Unreadable("is neither yes nor no")


def read_email(text: str) -> str | None:
    """Read one e-mail address; a blank is none."""
    address = text.strip().removeprefix("mailto:")
    if not address:
        return None
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise Unreadable("is not an e-mail address")
    return address


def read_text(text: str) -> str:
    """Free text as it was written, with LF at the end of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_label(text: str) -> str | None:
    """A name or a short label, on one line and without blanks around it; None when blank."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(text.split()) or None


def split_several(text: str) -> list[str]:
    """Cut a cell that holds several values, separated by semicolons, bars or lines."""
    if not text:
        return []
    return [part.strip() for part in re.split(r"[;|\n]", read_text(text)) if part.strip()]


def split_names(text: str) -> tuple[str, ...]:
    """Cut a cell that names several companies; the comma of 'Acme, Inc.' stays."""
    names: list[str] = []
    for part in split_several(text):
        for piece in (piece.strip() for piece in part.split(",")):
            if names and _COMPANY_SUFFIX.match(piece):
                names[-1] = f"{names[-1]}, {piece}"
            elif piece:
                names.append(piece)
    return tuple(dict.fromkeys(names))


def split_name_and_email(text: str) -> tuple[str, str]:
    """Part 'Ada Byron (ada@example.com)', as HubSpot writes associated contacts."""
    if match := _NAME_WITH_EMAIL.fullmatch(text):
        return match["name"], match["email"]
    return text, ""


def at(values: Sequence[str], index: int) -> str:
    """The value at an index, or blank past the end."""
    return values[index] if index < len(values) else ""
