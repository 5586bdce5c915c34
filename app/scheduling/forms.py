"""The shape of what buyers send about a time, and of what we say about our hours."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.forms import Form, LineField, TimeZoneField, options
from app.scheduling.models import WorkingHours

_AT = "%Y-%m-%dT%H:%MZ"
_PHONE = re.compile(r"[+(]?[\d\s()./-]{4,}(?:\s*(?:ext|x|#)\.?\s*\d+)?", re.IGNORECASE)
_STRETCH = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?")
_LAST_HOUR = 24

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAUSES = (0, 15, 30, 45, 60)
NOTICES = (
    (2, "2 hours"),
    (4, "4 hours"),
    (12, "12 hours"),
    (24, "a day"),
    (48, "2 days"),
    (72, "3 days"),
    (168, "a week"),
)


def parse_at(text: str) -> datetime | None:
    """The moment in an address of ours; None for what we did not write."""
    try:
        return datetime.strptime(text, _AT).replace(tzinfo=UTC)
    except ValueError:
        return None


def format_at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_AT)


class TakeForm(Form):
    """A buyer takes a time. The address is the proof that it is them."""

    class Meta:
        csrf = False

    at = LineField("", [InputRequired()])
    zone = LineField("", [Length(max=64)])
    phone = LineField("", most=60)

    def validate_phone(self, field: Any) -> None:
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError(
                _("Write the number as you would dial it, such as +49 30 1234567.")
            )


def read_stretches(text: str) -> list[list[str]]:
    """'9-12, 13:00-17:30' as stretches of a day. Raises ValueError with what is wrong."""
    found: list[list[str]] = []
    for part in re.split(r"[,;]| and ", text):
        if not part.strip():
            continue
        matched = _STRETCH.fullmatch(part.strip())
        if matched is None:
            raise ValueError("Write it as 9:00-12:00, 13:00-17:00, or leave it empty.")
        begin, end = _minutes(*matched.group(1, 2)), _minutes(*matched.group(3, 4))
        if begin >= end or (found and _clock(begin) < found[-1][1]):
            raise ValueError("Each stretch ends after it begins, and before the next one.")
        found.append([_clock(begin), _clock(end)])
    return found


def _minutes(hour: str, minute: str | None) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or minutes > _LAST_HOUR * 60:
        raise ValueError("A day has the hours from 0:00 to 24:00.")
    return minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def show_stretches(stretches: list[list[str]]) -> str:
    return ", ".join(f"{begin}–{end}" for begin, end in stretches)


class _StretchesField(LineField):
    """The stretches of one day, as one types them."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped:
            return
        try:
            read_stretches(self.text)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class HoursForm(Form):
    day_0 = _StretchesField(WEEKDAYS[0])
    day_1 = _StretchesField(WEEKDAYS[1])
    day_2 = _StretchesField(WEEKDAYS[2])
    day_3 = _StretchesField(WEEKDAYS[3])
    day_4 = _StretchesField(WEEKDAYS[4])
    day_5 = _StretchesField(WEEKDAYS[5])
    day_6 = _StretchesField(WEEKDAYS[6])
    pause_minutes = SelectField(
        "Free before and after each interview",
        choices=options(
            (minutes, f"{minutes} minutes" if minutes else "nothing") for minutes in PAUSES
        ),
        coerce=int,
    )
    notice_hours = SelectField("Not sooner than in", choices=options(NOTICES), coerce=int)
    most_per_day = IntegerField(
        "At most so many a day",
        [
            InputRequired("Enter a number from 1 to 20."),
            NumberRange(1, 20, "Enter a number from 1 to 20."),
        ],
    )
    room = LineField("Your video room", most=500)
    phone = LineField("Your telephone number", most=60)
    time_zone = TimeZoneField("Your time zone")

    def validate_room(self, field: Any) -> None:
        if field.data and not re.match(r"https://\S+$", field.data):
            raise ValidationError(
                "Enter an address such as https://meet.example.com/ada, or leave it empty."
            )

    def validate_phone(self, field: Any) -> None:
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError("Write the number as one would dial it, such as +49 30 1234567.")

    @property
    def days(self) -> list[Any]:
        return [self[f"day_{number}"] for number in range(7)]

    @property
    def working(self) -> WorkingHours:
        stretches = {str(day): read_stretches(field.text) for day, field in enumerate(self.days)}
        return {day: found for day, found in stretches.items() if found}

    def show(self, working: WorkingHours) -> None:
        for day, field in enumerate(self.days):
            field.data = show_stretches(working.get(str(day), []))


class DayOffForm(Form):
    first_day = DateField("From", [InputRequired("Enter the first day.")])
    last_day = DateField("Until, and including", [Optional()])
    name = LineField("What for", most=200)

    def validate_last_day(self, field: Any) -> None:
        first = self.first_day.data
        if field.data and first and field.data < first:
            raise ValidationError("The last day is before the first one.")
        if field.data and first and field.data - first > timedelta(days=366):
            raise ValidationError("At most a year at a time.")

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of what was entered."""
        first = self.first_day.data
        assert first is not None
        return first, self.last_day.data or first
