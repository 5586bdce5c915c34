"""The base of every form: the shape of the input, and its messages at their field."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a CSRF token that lives as long as the session."""


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


def with_line_feeds(value: str | None) -> str | None:
    """CRLF and CR become LF; nothing else is changed."""
    if value is None:
        return None
    return value.replace("\r\n", "\n").replace("\r", "\n")
