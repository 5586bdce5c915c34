"""What a transcript is once it was read, whatever the file looked like."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: Nobody's name stands beside these words.
UNKNOWN = ""


class Format(StrEnum):
    VTT = "vtt"
    SRT = "srt"
    SBV = "sbv"
    OTTER = "otter"
    TEAMS = "teams"
    MARKDOWN = "markdown"
    LABELLED = "labelled"
    UNLABELLED = "unlabelled"


class NotATranscript(ValueError):
    """Nothing can be made of the file; the message is for the person who gave it."""


@dataclass(frozen=True)
class Segment:
    """What one speaker said in one go, in the order of the file."""

    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str


@dataclass(frozen=True)
class Problem:
    """What was noticed at a line of the file: words that were left out, or how something was
    read that could have been read otherwise."""

    line: int
    message: str
    is_left_out: bool = False


@dataclass(frozen=True)
class Transcript:
    format: Format
    segments: tuple[Segment, ...]
    problems: tuple[Problem, ...] = ()
    language: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Each label once, in the order of speaking."""
        return tuple(dict.fromkeys(segment.speaker for segment in self.segments))


@dataclass
class Notes:
    """Gathers problems while a file is read."""

    problems: list[Problem] = field(default_factory=list)

    def say(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, message))

    def left_out(self, line: int, message: str, words: str = "") -> None:
        shown = f" '{shortened(words)}'" if words.strip() else ""
        self.problems.append(Problem(line, f"{message}{shown}", is_left_out=True))


def shortened(words: str, most: int = 80) -> str:
    """The words on one line, as much of them as reminds a person of the place."""
    line = " ".join(words[: most * 4].split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
