"""An event of the log in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.models import AuditEvent

_LONGEST_VALUE = 120
#: Kinds of rows whose names run words together.
_CALLED = {
    "onetimelink": "link",
    "dealimport": "import",
    "exchangerate": "exchange rate",
    "finishreason": "reason at the finish",
    "guideversion": "guide version",
    "verbatim": "quote",
}


@dataclass(frozen=True)
class Line:
    """One line of the log, as a person reads it."""

    at: datetime
    who: str
    what: str
    about: str
    details: list[tuple[str, str]]

    @classmethod
    def of(cls, event: AuditEvent) -> Line:
        thing = _CALLED.get(event.subject_type, _spaced(event.subject_type))
        about = f"{thing} {event.subject_id}" if event.subject_id else ""
        details = [(_spaced(name), _value(value)) for name, value in event.details.items()]
        return cls(event.at, event.actor_name, sentence(event.action), about, details)


def sentence(action: str) -> str:
    """'interview.no_show' becomes 'Interview: no show'."""
    thing, _, verb = action.partition(".")
    return (
        f"{_spaced(thing).capitalize()}: {_spaced(verb)}" if verb else _spaced(thing).capitalize()
    )


def _spaced(token: str) -> str:
    return token.replace("_", " ")


def _value(value: Any) -> str:
    """A change, kept as [before, after], or anything else, short enough for a line."""
    if isinstance(value, list) and len(value) == 2:
        return f"{_value(value[0])} → {_value(value[1])}"
    if isinstance(value, list):
        return ", ".join(_value(part) for part in value)
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
