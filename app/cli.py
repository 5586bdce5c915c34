"""`bin/because`: the command line. Exit codes: 0 done, 1 refused or failed, 2 wrong use,
3 a question that only a person can answer, printed with the option that answers it."""

from __future__ import annotations

import sys

import click

from app.core.migrations import DatabaseIsNewer
from app.rooms import room_modules
from app.serve import serve
from config import BadSetting


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def because() -> None:
    """Because: win/loss and post-decision interviews."""


def _assemble() -> click.Group:
    because.add_command(serve)
    for module in room_modules("cli"):
        for command in module.commands:
            because.add_command(command)
    return because


def main() -> None:
    try:
        _assemble()(prog_name="because")
    except (BadSetting, DatabaseIsNewer) as problem:
        click.echo(f"because: {problem}", err=True)
        sys.exit(1)
