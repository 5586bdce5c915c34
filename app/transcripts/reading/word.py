"""The lines of a .docx, as Teams writes its transcripts. The file comes from anywhere: its size
is looked at before it is unpacked, and entities are never resolved (python-docx sees to that)."""

from __future__ import annotations

import io
import re
import zipfile

from app.transcripts.reading.times import time_range
from app.transcripts.reading.transcript import Format, NotATranscript, Notes, Segment, Transcript
from app.transcripts.reading.turns import otter_header, read_otter

_MOST_UNPACKED = 100 << 20
_MOST_PARTS = 2000
_BODY = "word/document.xml"
_BUSINESS = re.compile(r".{0,200}\b(?:started|stopped) transcription\s*\Z")


def is_word(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def lines_of_word(content: bytes) -> list[str]:
    """The paragraphs' lines. Raises NotATranscript for what is no document, or too large."""
    _check_archive(content)
    from docx import Document  # loaded only for documents
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        paragraphs = Document(io.BytesIO(content)).paragraphs
        return [line for each in paragraphs for line in each.text.split("\n")]
    except (PackageNotFoundError, LxmlError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise NotATranscript("This Word document is damaged, and cannot be opened.") from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise NotATranscript("This file is damaged, and cannot be opened.") from error
    if all(part.filename != _BODY for part in parts):
        raise NotATranscript("This is an archive or another kind of file, and no Word document.")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise NotATranscript("Unpacked, this document is far too large for a transcript.")


def is_teams(lines: list[str]) -> bool:
    return any(otter_header(line) or time_range(line) for line in lines)


def read_teams(lines: list[str], notes: Notes) -> Transcript:
    """'Name   0:03' and the words, as Teams writes now; or a range of time, a name, the words."""
    kept = _without_business(lines, notes)
    if any(time_range(line) for line in kept):
        return _read_ranges(kept, notes)
    return read_otter(kept, notes, Format.TEAMS)


def _without_business(lines: list[str], notes: Notes) -> list[str]:
    """Without title, date and length above the first words, and who started the transcription."""
    first = next(at for at, line in enumerate(lines) if otter_header(line) or time_range(line))
    if any(line.strip() for line in lines[:first]):
        notes.say(1, "Title, date and length of the meeting were left out.")
    kept = [""] * first
    for number, line in enumerate(lines[first:], first + 1):
        if _BUSINESS.match(line):
            notes.say(number, "Who started or stopped the transcription was left out.")
            line = ""
        kept.append(line)
    return kept


def _read_ranges(lines: list[str], notes: Notes) -> Transcript:
    segments = []
    at = 0
    while at < len(lines):
        times = time_range(lines[at])
        if times is None:
            if lines[at].strip():
                notes.left_out(
                    at + 1, "These words stand under no time, and were left out:", lines[at]
                )
            at += 1
            continue
        end = next((to for to in range(at + 1, len(lines)) if time_range(lines[to])), len(lines))
        block = [line.strip() for line in lines[at + 1 : end] if line.strip()]
        if len(block) > 1:
            segments.append(Segment(times.start_ms, times.end_ms, block[0], " ".join(block[1:])))
        else:
            notes.left_out(at + 1, "A name or its words are missing here:", " ".join(block))
        at = end
    return Transcript(Format.TEAMS, tuple(segments), tuple(notes.problems))
