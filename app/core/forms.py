"""The base of every form: the shape of the input, and its messages at their field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import Length, ValidationError
from wtforms.widgets import EmailInput, TextInput

from app.core.time_zones import find_time_zone, time_zones

_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")
_LONGEST_EMAIL = 320


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a CSRF token that lives as long as the session."""


def options(pairs: Iterable[tuple[Any, Any]], *, of: str | None = None) -> list[Any]:
    """What a field offers to choose from: each value with its words; `of` is their heading."""
    return [SelectChoice(value, words, optgroup=of) for value, words in pairs]


def strip(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


class LineField(StringField):
    """One line of text, trimmed, of a bounded length (300 unless told)."""

    def __init__(self, label: str, validators: list[Any] | None = None, **options: Any) -> None:
        most = options.pop("most", 300)
        super().__init__(
            label,
            [*(validators or []), Length(max=most, message=f"At most {most} characters.")],
            filters=[strip],
            **options,
        )

    @property
    def text(self) -> str:
        return self.data or ""


def is_email(text: str) -> bool:
    """Whether it has the shape of an address; only a letter that arrives proves more."""
    return len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


class EmailField(LineField):
    """An e-mail address."""

    widget = EmailInput()

    def __init__(self, label: str, validators: list[Any] | None = None, **options: Any) -> None:
        super().__init__(label, validators, most=_LONGEST_EMAIL, **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not validation_stopped and not is_email(self.data):
            raise ValidationError("Enter an address in the form name@example.com.")


class _TimeZoneInput(TextInput):
    """A line to type in, with every zone to pick from."""

    def __call__(self, field: Field, **attributes: Any) -> Markup:
        options = Markup("").join(
            Markup('<option value="{}"></option>').format(name) for name in time_zones()
        )
        listed = f"{field.id}-zones"
        box = super().__call__(field, list=listed, autocomplete="off", **attributes)
        return Markup('{}<datalist id="{}">{}</datalist>').format(box, listed, options)


class TimeZoneField(LineField):
    """A time zone by its IANA name; a city alone is enough where it is unmistakable."""

    widget = _TimeZoneInput()

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.data or validation_stopped:
            return
        found = find_time_zone(self.data)
        if found is None:
            raise ValidationError("Pick a time zone from the list, such as Europe/Berlin.")
        self.data = found


class ProseField(TextAreaField):
    """Text of several lines, kept as typed but for its line ends, which become LF."""

    def __init__(self, label: str, validators: list[Any] | None = None, **options: Any) -> None:
        most = options.pop("most", 20_000)
        super().__init__(
            label,
            [*(validators or []), Length(max=most, message=f"At most {most:,} characters.")],
            filters=[with_line_feeds],
            **options,
        )

    @property
    def text(self) -> str:
        return self.data or ""


class SecretField(PasswordField):
    """A password: neither shown again nor trimmed."""

    @property
    def text(self) -> str:
        return self.data or ""


def with_line_feeds(value: str | None) -> str | None:
    """CRLF and CR become LF; nothing else is changed."""
    if value is None:
        return None
    return value.replace("\r\n", "\n").replace("\r", "\n")
