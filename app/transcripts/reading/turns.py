"""Transcripts as people and programs write them in text: Otter's exports, Markdown with bold
names, 'Name: words', and words of which nobody says whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.transcripts.reading.labels import Labels, Prefix, choose_names, prefix_of
from app.transcripts.reading.times import MOMENT, moment
from app.transcripts.reading.transcript import UNKNOWN, Format, Notes, Segment, Transcript

#: 'Anna Smith  0:03', with or without stars around the name.
_HEADER = re.compile(
    r"[ \t]{0,8}(?:\*\*)?(?P<label>[^\s*#>\d][^*\n]{0,79}?)(?:\*\*)?:?[ \t]{1,8}"
    rf"(?P<time>{MOMENT})[ \t]*\Z"
)
_FOOTER = re.compile(r"\s*Transcribed by https?://otter\.ai\s*\Z", re.IGNORECASE)
_BOLD = re.compile(r"\s{0,3}\*\*(?P<label>[^*\n]{1,60}?)\s{0,3}(?::\*\*|\*\*:)\s*")
_MARK = re.compile(rf"\\?\[({MOMENT})\\?\]")
_ONLY_TIMES = re.compile(rf"(?:\s|to|–|-|\\?\[{MOMENT}\\?\])*\Z")
_BREAK = re.compile(rf"\**(?:Ad )?Break\**:?\**:?\s*(?:\s|to|\\?\[{MOMENT}\\?\])*\Z", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^)\n]{0,1000})\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,500}?)(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|<&-])")


def otter_header(line: str) -> tuple[str, int] | None:
    found = _HEADER.match(line) if len(line) < 200 else None
    return (found["label"].strip(), moment(found["time"])) if found else None


def is_bold_label(line: str) -> bool:
    return _BOLD.match(line) is not None


def read_otter(lines: list[str], notes: Notes, as_format: Format = Format.OTTER) -> Transcript:
    """A header with name and time, then the words, in paragraphs."""
    segments: list[Segment] = []
    speaker, start, header_line = UNKNOWN, None, 0
    for line, paragraph in _paragraphs(lines, notes):
        if header := otter_header(paragraph):
            _say_silent(speaker, header_line, notes)
            (speaker, start), header_line = header, line
            continue
        if not segments and not header_line:
            notes.say(line, "These words stand before the first name; nobody is named for them.")
        segments.append(Segment(start, None, speaker, paragraph))
        start, header_line = None, -1
    _say_silent(speaker, header_line, notes)
    return Transcript(as_format, tuple(segments), tuple(notes.problems))


def _say_silent(speaker: str, header_line: int, notes: Notes) -> None:
    if header_line > 0:
        notes.say(header_line, f"{speaker} says no words here.")


def _paragraphs(lines: list[str], notes: Notes) -> Iterator[tuple[int, str]]:
    """Headers by themselves; other lines joined up to an empty one."""
    gathered: list[str] = []
    begin = 0
    for number, line in enumerate([*lines, ""], 1):
        is_header = otter_header(line) is not None
        if gathered and (is_header or not line.strip()):
            yield begin, " ".join(gathered)
            gathered = []
        if is_header:
            yield number, line
        elif _FOOTER.match(line):
            notes.say(number, "Otter's own line at the end was left out.")
        elif line.strip():
            begin = begin if gathered else number
            gathered.append(line.strip())


def read_markdown(lines: list[str], notes: Notes) -> Transcript:
    """'**Name:** words'; further paragraphs go on with the same person; [mm:ss] is a time."""
    segments: list[Segment] = []
    speaker = UNKNOWN
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _BREAK.match(line):
            notes.say(number, "A break, without words.")
            continue
        if found := _BOLD.match(line):
            speaker, line = found["label"].strip(), line[found.end() :]
        elif speaker == UNKNOWN:
            notes.say(number, "These words stand before the first name; nobody is named for them.")
        if _ONLY_TIMES.match(line):
            notes.say(number, f"{speaker} says no words here.")
            continue
        segments.extend(_timed(line, speaker))
    return Transcript(Format.MARKDOWN, tuple(segments), tuple(notes.problems))


def _timed(line: str, speaker: str) -> Iterator[Segment]:
    """The paragraph, cut where a time stands in it."""
    start, at = None, 0
    for mark in [*_MARK.finditer(line), None]:
        words = without_markup(line[at : mark.start() if mark else len(line)]).strip()
        if words:
            yield Segment(start, None, speaker, words)
            start = None
        if mark:
            start, at = moment(mark[1]), mark.end()


def without_markup(text: str) -> str:
    """The words alone: links by their text, without stars and backslashes."""
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)


def names_in(lines: list[str]) -> Labels:
    """The names of 'Name: words'."""
    return choose_names(prefix_of(line) for line in lines)


def read_labelled(lines: list[str], notes: Notes) -> Transcript:
    """'Name: words'. A line without a name goes on with whoever spoke before."""
    labels = names_in(lines)
    if not labels.names:  # a person says that they are
        labels = Labels(labels.doubtful, frozenset())
    segments: list[Segment] = []
    speaker = UNKNOWN
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        prefix = prefix_of(line)
        start, words = None, line.strip()
        if prefix is not None and labels.is_name(prefix):
            speaker, start, words = prefix.label, prefix.start_ms, line[prefix.end :].strip()
            if not words:
                continue  # the words begin on the next line
        else:
            _say_doubtful(prefix, labels, number, notes)
            if speaker == UNKNOWN:
                notes.say(number, "These words stand before the first name.")
        segments.append(Segment(start, None, speaker, words))
    return Transcript(Format.LABELLED, tuple(segments), tuple(notes.problems))


def _say_doubtful(prefix: Prefix | None, labels: Labels, line: int, notes: Notes) -> None:
    if prefix is not None and prefix.label in labels.doubtful:
        notes.say(line, f"'{prefix.label}:' could be a speaker; it was read as words.")


def read_unlabelled(lines: list[str], notes: Notes) -> Transcript:
    """Words without names: a paragraph a segment, all by one speaker whom nobody names."""
    labels = names_in(lines)
    for number, line in enumerate(lines, 1):
        _say_doubtful(prefix_of(line), labels, number, notes)
    segments = tuple(Segment(None, None, UNKNOWN, line.strip()) for line in lines if line.strip())
    if segments:
        notes.say(1, "No speakers are named: all words were read as those of one person.")
    return Transcript(Format.UNLABELLED, segments, tuple(notes.problems))
