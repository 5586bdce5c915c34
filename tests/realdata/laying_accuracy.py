"""How often a stretch of the interviewer's talk is laid at the question it asks, on stretches of
eleven real interviews, each labelled before it was looked at with the product. The first four were
tuned on; the second four were looked at once, and then tuned on too; the last three were kept.

`python -m tests.realdata.laying_accuracy FOLDER [first|second|kept]` prints the figures of
docs/transcripts.md. FOLDER holds the Changelog's transcripts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analytics.stats.proportions import wilson
from app.transcripts.laying import Planned, lay
from app.transcripts.reading import read_transcript
from app.transcripts.stretches import Said, stretches_of

LABELS = Path(__file__).with_name("laying_labels.json")


@dataclass(frozen=True)
class Case:
    """A labelled stretch: the question it asks (None: none of the guide), and the one laid."""

    file: str
    segment: int
    asks: str | None
    laid: str | None
    is_sure: bool

    @property
    def is_right(self) -> bool:
        return self.asks == self.laid


def cases(folder: Path, half: str) -> Iterator[Case]:
    labels: dict[str, Any] = json.loads(LABELS.read_text())
    for name, label in labels.items():
        if label["half"] == half:
            yield from _cases(folder / f"{name}.md", label)


def _cases(path: Path, label: dict[str, Any]) -> Iterator[Case]:
    segments = read_transcript(path.read_bytes(), path.name).segments
    said = [
        Said(position, segment.text, segment.speaker not in label["buyers"])
        for position, segment in enumerate(segments)
    ]
    stretches = stretches_of(said)
    guide = [Planned(each["id"], each["say"], tuple(each["probes"])) for each in label["guide"]]
    laid = lay([each.asked for each in stretches], guide)
    asks = {int(segment): question for segment, question in label["asks"].items()}
    asks |= dict.fromkeys(label["asks_nothing_planned"])
    for segment, question in sorted(asks.items()):
        at = next(i for i, each in enumerate(stretches) if each.first <= segment <= each.last)
        yield Case(path.stem, segment, question, laid[at].question, laid[at].is_sure)


def share(cases: list[Case]) -> str:
    right = sum(case.is_right for case in cases)
    interval = wilson(right, len(cases))
    share = right / len(cases)
    return f"{right} of {len(cases)} = {share:.0%} ({interval.low:.0%} to {interval.high:.0%})"


def report(folder: Path, half: str) -> str:
    found = list(cases(folder, half))
    lines = [
        f"{half}: {share(found)}",
        f"  asks a planned question: {share([case for case in found if case.asks])}",
        f"  asks none of the guide: {share([case for case in found if not case.asks])}",
        f"  sure: {share([case for case in found if case.is_sure])}",
    ]
    lines += [
        f"    {case.file} {case.segment}: asks {case.asks}, laid at {case.laid}"
        for case in found
        if not case.is_right and half != "kept"
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for half in sys.argv[2:] or ("first", "second", "kept"):
        sys.stdout.write(report(Path(sys.argv[1]), half))
