"""Reading a transcript, whatever program wrote it. Pure: bytes in, a Transcript out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.transcripts.reading.captions import (
    has_signature,
    is_time_line,
    read_sbv,
    read_srt,
    read_vtt,
)
from app.transcripts.reading.decoding import read_text
from app.transcripts.reading.times import sbv_range
from app.transcripts.reading.transcript import (
    UNKNOWN,
    Format,
    NotATranscript,
    Notes,
    Problem,
    Segment,
    Transcript,
)
from app.transcripts.reading.turns import (
    is_bold_label,
    names_in,
    otter_header,
    read_labelled,
    read_markdown,
    read_otter,
    read_unlabelled,
)
from app.transcripts.reading.word import is_teams, is_word, lines_of_word, read_teams

__all__ = [
    "MOST_BYTES",
    "TOO_LARGE",
    "UNKNOWN",
    "Format",
    "NotATranscript",
    "Problem",
    "Segment",
    "Transcript",
    "read_transcript",
]

#: No transcript comes near it: three hours of talk are less than one megabyte.
MOST_BYTES = 20 << 20
TOO_LARGE = f"This file is larger than {MOST_BYTES >> 20} MB, which no transcript is."
_CAPTION_ENDINGS = (".vtt", ".srt", ".sbv")

_READERS: Mapping[Format, Callable[[list[str], Notes], Transcript]] = {
    Format.VTT: read_vtt,
    Format.SRT: read_srt,
    Format.SBV: read_sbv,
    Format.OTTER: read_otter,
    Format.TEAMS: read_teams,
    Format.MARKDOWN: read_markdown,
    Format.LABELLED: read_labelled,
    Format.UNLABELLED: read_unlabelled,
}


def read_transcript(content: bytes, name: str, as_format: Format | None = None) -> Transcript:
    """Read a file. The format is told by what the file holds, unless a person names it.

    Raises NotATranscript where it is too large, cannot be opened, or holds no words.
    """
    if len(content) > MOST_BYTES:
        raise NotATranscript(TOO_LARGE)
    notes = Notes()
    if is_word(content):
        lines = lines_of_word(content)
        found = as_format or (Format.TEAMS if is_teams(lines) else _format_of(lines, name))
    else:
        lines = read_text(content, notes).split("\n")
        found = as_format or _format_of(lines, name)
    if found is Format.SRT and name.lower().endswith(".vtt") and as_format is None:
        notes.say(1, "The first line does not say WEBVTT; the times were read all the same.")
    if found is Format.TEAMS and not is_teams(lines):
        raise NotATranscript("This file holds no names with times, as Teams writes them.")
    transcript = _READERS[found](lines, notes)
    if not transcript.segments:
        raise NotATranscript(_why_empty(transcript))
    return transcript


def _format_of(lines: list[str], name: str) -> Format:
    if has_signature(lines):
        return Format.VTT
    if any(is_time_line(line) for line in lines):
        return Format.SRT
    if any(sbv_range(line) for line in lines):
        return Format.SBV
    if name.lower().endswith(_CAPTION_ENDINGS):
        raise NotATranscript(f"'{name}' is named as captions, but no line of it is a time.")
    if sum(otter_header(line) is not None for line in lines) >= 2:
        return Format.OTTER
    if sum(is_bold_label(line) for line in lines) >= 2:
        return Format.MARKDOWN
    return Format.LABELLED if names_in(lines).names else Format.UNLABELLED


def _why_empty(transcript: Transcript) -> str:
    if not transcript.problems:
        return "This file holds no words."
    first = min(transcript.problems, key=lambda problem: problem.line)
    return f"Nothing in this file could be read. Line {first.line}: {first.message}"
