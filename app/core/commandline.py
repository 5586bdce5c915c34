"""What commands share: the application, questions without a terminal, results as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask import Flask

from app.core.application import build
from app.core.db import Database
from config import load_settings

EXIT_REFUSED = 1
EXIT_QUESTION = 3


@contextmanager
def application() -> Iterator[tuple[Flask, Database]]:
    """The app and its database, inside an application context."""
    app = build(load_settings())
    with app.app_context():
        yield app, app.extensions["because_database"]


def refuse(message: str) -> NoReturn:
    """End with exit code 1 and say why."""
    click.echo(f"because: {message}", err=True)
    sys.exit(EXIT_REFUSED)


def needs_answer(question: str, option: str) -> NoReturn:
    """End with exit code 3: only a person can answer, and `option` is how."""
    click.echo(f"{question}\nAnswer with: {option}", err=True)
    sys.exit(EXIT_QUESTION)


def is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def print_json(result: Any) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))
