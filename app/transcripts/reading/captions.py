"""WebVTT, SRT and SBV: blocks of a time and its words. The blocks are cut as the WebVTT standard
cuts them; what belongs to no cue is said by its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.transcripts.reading.cue_text import voices
from app.transcripts.reading.labels import Labels, Prefix, choose_names, prefix_of
from app.transcripts.reading.times import TimeRange, sbv_range, time_range
from app.transcripts.reading.transcript import UNKNOWN, Format, Notes, Segment, Transcript

_ARROW = "-->"
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t]|\Z)")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\Z")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)|Region: id=")
_NUMBER = re.compile(r"\s*\d+\s*\Z")


@dataclass
class _Cue:
    line: int
    start_ms: int
    end_ms: int | None
    #: The words with their lines, and who says them, where a voice tag tells.
    spoken: list[tuple[str | None, str]] = field(default_factory=list)


def has_signature(lines: list[str]) -> bool:
    return bool(lines) and _SIGNATURE.match(lines[0]) is not None


def is_time_line(line: str) -> bool:
    return _ARROW in line and time_range(line) is not None


def read_vtt(lines: list[str], notes: Notes) -> Transcript:
    at, language = _after_header(lines)
    cues = list(_cues(lines, at, notes, _reads_arrow))
    return Transcript(Format.VTT, _segments(cues, notes), tuple(notes.problems), language)


def read_srt(lines: list[str], notes: Notes) -> Transcript:
    cues = list(_cues(lines, 0, notes, _reads_arrow))
    return Transcript(Format.SRT, _segments(cues, notes), tuple(notes.problems))


def read_sbv(lines: list[str], notes: Notes) -> Transcript:
    cues = list(_cues(lines, 0, notes, _reads_sbv))
    return Transcript(Format.SBV, _segments(cues, notes), tuple(notes.problems))


#: Whether a line stands for a time, and which, if it can be read.
_Reader = Callable[[str], tuple[bool, TimeRange | None]]


def _reads_arrow(line: str) -> tuple[bool, TimeRange | None]:
    return (True, time_range(line)) if _ARROW in line else (False, None)


def _reads_sbv(line: str) -> tuple[bool, TimeRange | None]:
    found = sbv_range(line)
    looks_so = found is not None or re.match(r"\d+:\d+:[^ ]{1,12},\d+:", line) is not None
    return looks_so, found


def _after_header(lines: list[str]) -> tuple[int, str]:
    """The header ends at an empty line, or where a cue begins without one."""
    language = ""
    at = 1
    while at < len(lines) and lines[at] and _ARROW not in lines[at]:
        if found := _LANGUAGE.match(lines[at]):
            language = found[1]
        at += 1
    return at, language


def _cues(lines: list[str], at: int, notes: Notes, read: _Reader) -> Iterator[_Cue]:
    """Cut the lines into blocks: an empty line ends one, and so does the time of the next."""
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        begin = at
        time_at: int | None = None
        while at < len(lines) and lines[at]:
            if read(lines[at])[0]:
                if time_at is not None or at > begin + 1:
                    break
                time_at = at
            at += 1
        if time_at is None:
            _say_without_time(lines[begin:at], begin + 1, notes)
            continue
        cue = _cue(lines[time_at:at], time_at + 1, read(lines[time_at])[1], notes)
        if cue is not None:
            yield cue


def _say_without_time(block: list[str], line: int, notes: Notes) -> None:
    words = [text for text in block if not _NUMBER.match(text)]
    if words and not _ASIDE.match(block[0]):
        notes.left_out(line, "These words stand under no time, and were left out:", " ".join(words))


def _cue(block: list[str], line: int, times: TimeRange | None, notes: Notes) -> _Cue | None:
    words = block[1:]
    if times is None:
        unread = f"This time cannot be read: '{block[0].strip()[:60]}'. Left out"
        notes.left_out(
            line, f"{unread} with its words:" if words else f"{unread}.", " ".join(words)
        )
        return None
    spoken = voices(words)
    if not any(text for _, text in spoken):
        notes.say(line, "No words stand under this time.")
        return None
    if times.is_negative:
        notes.say(line, "A time before the beginning was read as the beginning.")
    if times.is_short:
        notes.say(line, f"The time is written short, and was read as {_clock(times.start_ms)}.")
    end: int | None = times.end_ms
    if times.end_ms < times.start_ms:
        notes.say(line, "The end lies before the beginning; only the beginning was kept.")
        end = None
    return _Cue(line, times.start_ms, end, spoken)


def _segments(cues: list[_Cue], notes: Notes) -> tuple[Segment, ...]:
    if any(who is not None for cue in cues for who, _ in cue.spoken):
        return tuple(
            Segment(cue.start_ms, cue.end_ms, who or UNKNOWN, text)
            for cue in cues
            for who, text in cue.spoken
        )
    return tuple(_by_prefix(cues, notes))


def _by_prefix(cues: list[_Cue], notes: Notes) -> Iterator[Segment]:
    """Zoom's way: 'Name: words'. A cue without a name goes on with whoever spoke before."""
    found = [prefix_of(text) for cue in cues for _, text in cue.spoken]
    labels = choose_names(found, in_captions=True)
    speaker = UNKNOWN
    carried = said = 0
    for cue, prefix in zip(cues, found, strict=True):
        _, text = cue.spoken[0]
        _say_doubtful(prefix, labels, cue.line + 1, notes)
        if prefix is not None and labels.is_name(prefix):
            speaker, text = prefix.label, text[prefix.end :]
        elif labels.names:
            carried, said = carried + 1, said or cue.line
        if text:
            yield Segment(cue.start_ms, cue.end_ms, speaker, text)
        else:
            notes.say(cue.line, f"{speaker} says no words here.")
    if carried:
        notes.say(
            said,
            f"From here on, {carried} captions without a name were read as words of whoever"
            " spoke before.",
        )


def _say_doubtful(prefix: Prefix | None, labels: Labels, line: int, notes: Notes) -> None:
    if prefix is not None and prefix.label in labels.doubtful:
        notes.say(line, f"'{prefix.label}:' could be a speaker; it was read as words.")


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{ms % 1000:03}"
