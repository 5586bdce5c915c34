"""Commands of the house itself."""

from __future__ import annotations

import click

from app.core import migrations
from app.core.commandline import application
from app.core.selftest import selftest


@click.group("database")
def database() -> None:
    """The database's tables."""


@database.command("migrate")
def migrate() -> None:
    """Bring the database to the newest version."""
    with application() as (_, db):
        migrations.upgrade(db)
    click.echo("The database is up to date.")


@database.command("check")
def check() -> None:
    """Exit with 1 where models and migrations differ."""
    with application() as (_, db):
        migrations.check(db)


commands: list[click.Command] = [database, selftest]
