"""`bin/because selftest`: whether this installation works, a line for each part of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import text

from app.core import migrations
from app.core.commandline import application, refuse
from app.core.db import Database
from app.core.edge import settings
from app.core.glyphs import Fonts
from app.core.jobs import Queue
from app.core.storage import Storage
from config import ROOT

Check = Callable[[Flask, Database], str]
_ROUNDS = ROOT / "tests" / "browser" / "test_nothing_is_lost.py"
_A_LINE = "Because prints: Größe, čas, naïve, 84 %."


@click.command("selftest")
@click.option("--long", "is_long", is_flag=True, help="300 random rounds in a real browser, too.")
@click.option("--rounds", default=300, show_default=True, help="How many, with --long.")
def selftest(is_long: bool, rounds: int) -> None:
    """Check the installation; exits with 1 where something is not in order."""
    with application() as (app, db):
        told = [_told(name, check, app, db) for name, check in CHECKS.items()]
    is_fine = all(told)
    if is_long:
        is_fine = _hold_rounds(rounds) and is_fine
    if not is_fine:
        sys.exit(1)


def _told(name: str, check: Check, app: Flask, db: Database) -> bool:
    try:
        found = check(app, db)
    except Exception as problem:  # whatever it is, the other parts are still worth a look
        click.echo(f"not ok  {name}: {str(problem) or type(problem).__name__}")
        return False
    click.echo(f"ok      {name}: {found}")
    return True


def _database(_app: Flask, db: Database) -> str:
    with db.reading() as session:
        session.execute(text("SELECT 1"))
    return "SQLite answers" if db.is_sqlite else "PostgreSQL answers"


def _tables(_app: Flask, db: Database) -> str:
    missing = migrations.missing(db)
    if missing:
        raise LookupError(f"{missing}; run bin/because database migrate")
    return "at the newest version"


def _writing(_app: Flask, db: Database) -> str:
    session = db.open_writer()
    try:
        session.execute(text("CREATE TABLE selftest (word VARCHAR(9))"))
    finally:
        session.rollback()
        session.close()
    return "a table was made and given up again"


def _instance(_app: Flask, _db: Database) -> str:
    folder: Path = settings().instance
    probe = folder / f".selftest-{os.getpid()}"
    probe.write_bytes(b"kept")
    probe.unlink()
    return f"{folder} can be written"


def _storage(app: Flask, _db: Database) -> str:
    storage: Storage = app.extensions["because_storage"]
    key = storage.put("selftest", b"kept")
    try:
        if b"".join(storage.open_range(key)) != b"kept":
            raise OSError("a file came back changed")
    finally:
        storage.delete(key)
    return "a file was kept, read and deleted"


def _queue(app: Flask, _db: Database) -> str:
    queue: Queue = app.extensions["because_queue"]
    return f"answers, {len(queue.huey)} waiting"


def _pdf(_app: Flask, _db: Database) -> str:
    # Loaded here: no other command needs the renderer.
    from app.core.pdf import print_pdf

    def compose(fonts: Fonts) -> str:
        style = f"<style>{fonts.css}</style>"
        return f"<html lang=en><title>Selftest</title>{style}<p>{_A_LINE}</p></html>"

    return f"a line in the shipped fonts makes {len(print_pdf(compose)) // 1024} KB"


CHECKS: dict[str, Check] = {
    "database": _database,
    "tables": _tables,
    "writing": _writing,
    "instance folder": _instance,
    "files": _storage,
    "queue": _queue,
    "fonts and PDF": _pdf,
}


def _hold_rounds(rounds: int) -> bool:
    """The browser test of the same name, as many times; its failures name their seeds."""
    if not _ROUNDS.exists() or find_spec("playwright") is None or find_spec("pytest") is None:
        refuse("--long needs a checkout with its tests, set up by bin/setup --dev, and Chromium.")
    click.echo(f"{rounds} rounds in a browser, some seconds each ...")
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-m", "pytest", "-q", "--tb=short", str(_ROUNDS)],
        cwd=ROOT,
        env={"BECAUSE_SEED": str(random.randrange(1_000_000)), **os.environ}
        | {"BECAUSE_ROUNDS": str(rounds)},
        check=False,
    )
    return done.returncode == 0
