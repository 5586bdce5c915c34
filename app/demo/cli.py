"""`because demo load`: the believable company, and the generator for measuring."""

from __future__ import annotations

from datetime import date, datetime

import click

from app.core import migrations
from app.core.commandline import application, print_json, refuse
from app.demo import story
from app.demo.generator import Size
from app.demo.operations import load_demo, today

_QUARTERS = 5
_MOST_TAGS = 1_000_000


@click.group("demo")
def demo() -> None:
    """A made-up company to look around in, or to measure with."""


@demo.command("load")
@click.option(
    "--deals",
    type=click.IntRange(1, 1_000_000),
    default=_QUARTERS * story.DEALS_A_QUARTER,
    show_default=True,
    help="How many deals: a hundred a quarter, up to ten years back.",
)
@click.option(
    "--interviews",
    type=click.IntRange(0, 1_000_000),
    default=None,
    help="How many interviews. [default: 28 of 100 deals]",
)
@click.option(
    "--tags",
    type=click.IntRange(1, _MOST_TAGS),
    default=None,
    help="About how many tags in all, for measuring. [default: as many as were said]",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other deals.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The last day of the story. [default: today]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def load(
    deals: int,
    interviews: int | None,
    tags: int | None,
    seed: int,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Fill an empty workspace. The same options make the same company."""
    if interviews is None:
        interviews = round(deals * story.HEARD_SHARE)
    per_interview = None if tags is None else max(1, round(tags / max(1, interviews)))
    last_day: date = until.date() if until is not None else today()
    with application() as (_, db):
        migrations.upgrade(db)
        try:
            loaded = load_demo(
                db,
                Size(deals, interviews, per_interview),
                seed=seed,
                until=last_day,
                progress=_say if not as_json else _say_nothing,
            )
        except ValueError as problem:
            refuse(str(problem))
    if as_json:
        print_json(vars(loaded))
    else:
        click.echo(
            f"{loaded.deals:,} deals, {loaded.interviews:,} interviews, {loaded.tags:,} tags."
        )


def _say(done: int, total: int) -> None:
    if done % 10_000 == 0:
        click.echo(f"{done:,} of {total:,} deals ...", err=True)


def _say_nothing(_done: int, _total: int) -> None:
    pass


commands: list[click.Command] = [demo]
