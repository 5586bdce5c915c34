"""What a person is told where something cannot be: the refusal's own words, at their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash
from wtforms import Field


@contextmanager
def told(done: str, refusal: type[Exception]) -> Iterator[None]:
    """Above the next page stands `done`, or why it could not be done."""
    try:
        yield
    except refusal as why:
        flash(str(why), "error")
    else:
        flash(done, "success")


@contextmanager
def told_at(field: Field, refusal: type[Exception]) -> Iterator[None]:
    """Why it could not be done stands at this field, and the form is shown again."""
    try:
        yield
    except refusal as why:
        field.errors = [str(why)]
