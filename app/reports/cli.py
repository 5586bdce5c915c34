"""`because report`: a deal's summary, a quarter's report and its loss themes, as PDF and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app.analytics.filters import Filters
from app.core.commandline import application, refuse
from app.core.glyphs import CannotPrint
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.interviews.confidence import Audience
from app.reports import as_json, printing, queries
from app.reports.audiences import WRITTEN_FOR
from app.reports.deal import deal_summary
from app.reports.models import ReportKind
from app.reports.quarter import quarter_report
from app.reports.themes import TooFewBuyers, themes_report

_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group("report")
def report() -> None:
    """A deal's summary, a quarter's report, or why deals were lost."""


def _outputs(kind: ReportKind) -> Callable[[Any], Any]:
    def with_outputs(command: Any) -> Any:
        for option in (
            click.option(
                "--audience",
                type=click.Choice([audience.value for audience in Audience]),
                default=WRITTEN_FOR[kind].value,
                show_default=True,
                help="For whom it is: this decides whose words and names it may hold.",
            ),
            click.option("--json", "json_path", type=_FILE, help="Write its data here."),
            click.option("--pdf", "pdf_path", type=_FILE, help="Write the PDF here."),
        ):
            command = option(command)
        return command

    return with_outputs


@report.command("deal")
@click.argument("external_id")
@_outputs(ReportKind.DEAL)
def deal(external_id: str, pdf_path: Path | None, json_path: Path | None, audience: str) -> None:
    """The summary of one deal, named by its id in the CRM."""
    _ask_for_an_output(pdf_path, json_path)
    with application() as (_, db), db.reading() as session:
        found = queries.deal_by_external_id(session, external_id)
        if found is None:
            near = queries.similar_external_ids(session, external_id)
            refuse(f"No deal has the id '{external_id}'." + _perhaps(near))
        summary = deal_summary(session, found, Audience(audience))
        company = workspace(session).company
        _write(
            pdf_path, json_path, printing.deal_html(summary, company), as_json.deal_json(summary)
        )


@report.command("quarter")
@click.argument("quarter")
@_outputs(ReportKind.QUARTER)
def quarter(quarter: str, pdf_path: Path | None, json_path: Path | None, audience: str) -> None:
    """The report of a quarter of the fiscal year, such as 2017Q3, with the three before it."""
    _ask_for_an_output(pdf_path, json_path)
    with application() as (_, db), db.reading() as session:
        data = quarter_report(session, _quarter(session, quarter), Audience(audience))
        _write(pdf_path, json_path, printing.quarter_html(data), as_json.quarter_json(data))


@report.command("themes")
@click.argument("quarter")
@click.option(
    "--only",
    multiple=True,
    metavar="KEY=VALUE",
    help="Narrow it, as the address of its page does: --only product=Desk --only segment=Mid.",
)
@_outputs(ReportKind.THEMES)
def themes(
    quarter: str,
    only: tuple[str, ...],
    pdf_path: Path | None,
    json_path: Path | None,
    audience: str,
) -> None:
    """Why deals were lost or left undecided in the four quarters up to QUARTER, such as 2017Q3."""
    _ask_for_an_output(pdf_path, json_path)
    with application() as (_, db), db.reading() as session:
        wanted = _quarter(session, quarter)
        try:
            data = themes_report(session, wanted, Audience(audience), _filters(only))
        except TooFewBuyers as refusal:
            refuse(str(refusal))
        _write(pdf_path, json_path, printing.themes_html(data), as_json.themes_json(data))


def _quarter(session: Session, token: str) -> Quarter:
    try:
        return Quarter.parse(token, workspace(session).fiscal_year_first_month)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="QUARTER") from None


def _filters(only: tuple[str, ...]) -> Filters:
    pairs = [(key, value) for key, _, value in (pair.partition("=") for pair in only)]
    try:
        filters = Filters.parse(pairs)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--only") from None
    if unknown := [key for key, value in pairs if value not in filters.values(key)]:
        raise click.BadParameter(f"'{unknown[0]}' is no filter.", param_hint="--only")
    return filters


def _ask_for_an_output(pdf_path: Path | None, json_path: Path | None) -> None:
    if pdf_path is None and json_path is None:
        raise click.UsageError("Say where to write it: --pdf FILE, --json FILE, or both.")


def _write(
    pdf_path: Path | None, json_path: Path | None, compose: printing.Compose, data: dict[str, Any]
) -> None:
    try:
        if json_path is not None:
            text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
            json_path.write_text(f"{text}\n", encoding="utf-8")
        if pdf_path is not None:
            pdf_path.write_bytes(printing.print_report(compose))
    except CannotPrint as problem:
        refuse(str(problem))
    except OSError as problem:
        refuse(f"Cannot write {problem.filename}: {problem.strerror}.")


def _perhaps(near: list[str]) -> str:
    return f" Did you mean {' or '.join(near)}?" if near else ""


commands: list[click.Command] = [report]
