"""Calendar files read by others than who wrote them: vobject, and libical through Debian's own
Python. (ical.js reads them in a browser: tests/browser/test_calendar_files.py.)"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SYSTEM_PYTHON = "/usr/bin/python3"
_LIBICAL = Path(__file__).with_name("read_with_libical.py")


@dataclass(frozen=True)
class Read:
    """What a reader makes of a file with one event; instants in seconds since 1970."""

    method: str
    uid: str
    sequence: int
    starts: int
    ends: int
    summary: str
    status: str
    organizer: str
    attendees: list[str]
    alarm_minutes: int | None

    @classmethod
    def of(cls, found: dict[str, Any]) -> Read:
        return cls(**found)

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_with_vobject(text: str) -> Read:
    import vobject

    calendar = vobject.readOne(text)
    event = calendar.vevent
    alarms = event.contents.get("valarm", [])
    return Read(
        method=calendar.method.value,
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        starts=int(_aware(event.dtstart.value).timestamp()),
        ends=int(_aware(event.dtend.value).timestamp()),
        summary=event.summary.value,
        status=event.status.value,
        organizer=event.organizer.value,
        attendees=sorted(one.value for one in event.contents["attendee"]),
        alarm_minutes=int(-alarms[0].trigger.value.total_seconds() // 60) if alarms else None,
    )


def _aware(moment: datetime) -> datetime:
    assert moment.tzinfo is not None
    return moment


def has_vobject() -> bool:
    return find_spec("vobject") is not None


@cache
def has_libical() -> bool:
    if not Path(_SYSTEM_PYTHON).exists():
        return False
    asked = subprocess.run([_SYSTEM_PYTHON, _LIBICAL, "--there"], capture_output=True, check=False)
    return asked.returncode == 0


def read_with_libical(text: str) -> Read:
    done = subprocess.run(
        [_SYSTEM_PYTHON, _LIBICAL], input=text.encode(), capture_output=True, check=True
    )
    return Read.of(json.loads(done.stdout))
