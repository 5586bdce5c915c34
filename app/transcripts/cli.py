"""`bin/because transcripts import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.core.commandline import application, needs_answer, print_json, refuse
from app.core.formats import plural
from app.interviews.models import Interview
from app.transcripts import queries
from app.transcripts.operations import (
    CannotImport,
    Imported,
    OtherTranscript,
    import_transcript,
    read_file,
)
from app.transcripts.reading import MOST_BYTES, TOO_LARGE, Format, NotATranscript

COMMAND_LINE = Actor(None, "Command line")
_LISTED = 20


@click.group("transcripts")
def transcripts() -> None:
    """Transcripts of interviews."""


@transcripts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--interview", "interview_id", required=True, help="Its id, as in its address.")
@click.option(
    "--format",
    "as_format",
    type=click.Choice([each.value for each in Format]),
    help="Say it where the file was taken for something else.",
)
@click.option("--replace", is_flag=True, help="Take the place of the transcript that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(
    file: Path, interview_id: str, as_format: str | None, replace: bool, as_json: bool
) -> None:
    """Import FILE as the transcript of an interview: WebVTT, SRT, Otter, Teams, Markdown or text.

    The same file again changes nothing. Exits with 1 where nothing could be read, and with 3 where
    another transcript is there and --replace was not given.
    """
    if file.stat().st_size > MOST_BYTES:
        refuse(TOO_LARGE)
    try:
        read = read_file(file.read_bytes(), file.name, Format(as_format) if as_format else None)
        with application() as (_, db), db.writing() as session:
            interview = queries.interview_named(session, interview_id)
            if interview is None:
                refuse(f"there is no interview '{interview_id}'.")
            imported = import_transcript(session, COMMAND_LINE, interview, read, replace=replace)
            result = _result(session, interview, imported)
    except OtherTranscript as other:
        needs_answer(str(other), "--replace")
    except (CannotImport, NotATranscript) as problem:
        refuse(str(problem))
    if as_json:
        print_json(result)
    else:
        _say(result)


def _result(session: Session, interview: Interview, imported: Imported) -> dict[str, Any]:
    transcript = imported.transcript
    counts = queries.count_segments(session, transcript)
    speakers = queries.speakers_of(session, transcript)
    return {
        "result": imported.outcome.value,
        "interview": interview.public_id,
        "file": transcript.file_name,
        "format": transcript.format.value,
        "segments": sum(counts.values()),
        "speakers": [
            {
                "label": speaker.label,
                "segments": counts.get(speaker.id, 0),
                "part": speaker.part.value if speaker.part else None,
            }
            for speaker in speakers
        ],
        "problems": [
            {"line": line, "message": message, "left_out": left_out}
            for line, message, left_out in transcript.problems
        ],
    }


def _say(result: dict[str, Any]) -> None:
    did = {"imported": "Imported", "replaced": "Replaced", "unchanged": "Nothing to change in"}
    click.echo(
        f"{did[result['result']]} {result['file']} ({result['format']}):"
        f" {plural(result['segments'], 'segment')},"
        f" {plural(len(result['speakers']), 'speaker')}."
    )
    for speaker in result["speakers"]:
        click.echo(f"  {speaker['label'] or '(nobody named)'}: {speaker['segments']}")
    for problem in result["problems"][:_LISTED]:
        click.echo(f"  line {problem['line']}: {problem['message']}")
    if len(result["problems"]) > _LISTED:
        click.echo(f"  and {len(result['problems']) - _LISTED} more; --json lists them all.")


commands: list[click.Command] = [transcripts]
