"""How well the linter does on questions that a person labelled apart from it, and how fast.

    python -m benchmarks.measure_linter [--write]

For each set and each part of the linter: precision, recall and false alarms on good questions,
with 95 % intervals. Then what each rule finds, what it alone finds, and what it alone doubts
wrongly; then questions a second. `--write` puts the tables into docs/questions.md.

Lines of a set hold `bad`, `kind`, `half` and `text`, or `source` and `line` of the real data
(BECAUSE_REALDATA); `second` is what another reading found.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.analytics.stats.proportions import wilson
from app.guides.linting import RULES, Level, lint
from app.guides.linting.measuring import PARTS, Counts, Labelled, count
from app.guides.linting.model import resembled_rule
from app.guides.linting.reading import read_question
from app.guides.linting.rules import OF_ENGLISH, OF_EVERY_LANGUAGE
from benchmarks.keyword_rules import keyword_findings
from config import ROOT

SETS = ROOT / "tests" / "guides" / "linting"
LABELLED = SETS / "labelled.jsonl"
WRITTEN = SETS / "written.jsonl"
DOCUMENT = ROOT / "docs" / "questions.md"
_REAL = Path(os.environ.get("BECAUSE_REALDATA", ROOT.parent / "shared" / "data"))


@dataclass(frozen=True)
class Row(Labelled):
    half: str
    second: bool | None


def read_labelled(path: Path) -> list[Row]:
    """Those whose text can be had: questions of the real data are referred to by their line."""
    sources: dict[str, list[str]] = {}
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        text = value.get("text")
        if text is None:
            source = _REAL / value["source"]
            if not source.is_file():
                continue
            lines = sources.setdefault(str(source), source.read_text("utf-8").splitlines())
            text = json.loads(lines[value["line"] - 1])["question"]
        rows.append(Row(text, value["kind"], value["bad"], value["half"], value.get("second")))
    return rows


def _keywords(row: Labelled) -> bool:
    notes = {"usually", "opening_why"}
    return any(rule not in notes for rule, _ in keyword_findings(row.text, row.kind))


def sets() -> Iterator[tuple[str, list[Row]]]:
    labelled, written = read_labelled(LABELLED), read_labelled(WRITTEN)
    for half in ("open", "kept"):
        yield f"200 from guides, {half} half", [row for row in labelled if row.half == half]
    agreed = [row for row in labelled if row.bad == row.second]
    yield "200 from guides, where both readings agree", agreed
    for half in ("first", "second", "third"):
        yield f"written hard, {half} set", [row for row in written if row.half == half]
    yield "by another pen", [row for row in written if row.half == "another pen"]
    for half in ("open", "kept"):
        of_fourth = [row for row in written if row.half == f"fourth, {half}"]
        yield f"many fields, {half} half", of_fourth


def quality() -> list[str]:
    lines = [
        "| set | part | precision | recall | false alarms |",
        "|---|---|---|---|---|",
    ]
    parts: dict[str, Callable[[Labelled], bool]] = {"key words alone": _keywords} | PARTS
    for name, rows in sets():
        bad = sum(row.bad for row in rows)
        shown = f"{name} ({len(rows)}, {bad} bad)"
        for part, finds in parts.items():
            counts = count(rows, finds)
            lines.append(f"| {shown} | {part} | {' | '.join(_figures(counts))} |")
            shown = ""
    return lines


def _figures(counts: Counts) -> Iterator[str]:
    yield _share(counts.found, counts.found + counts.doubted)
    yield _share(counts.found, counts.bad)
    yield _share(counts.doubted, counts.good)


def _share(part: int, whole: int) -> str:
    interval = wilson(part, max(whole, 1))
    return f"{part / max(whole, 1):.2f} ({interval.low:.2f} to {interval.high:.2f})"


def _which(row: Labelled) -> set[str]:
    """Name the rules that find fault with a question; the model only where none does."""
    question = read_question(row.text)
    found = {
        rule.__name__
        for rule in OF_EVERY_LANGUAGE + OF_ENGLISH
        if any(RULES[hit.rule].level is not Level.NOTE for hit in rule(question, row.kind))
    }
    return found or ({"model"} if resembled_rule(question, row.kind) else set())


def ablation() -> list[str]:
    """What would be missed, and what would not be doubted, without each rule."""
    rows = [row for name, rows in sets() if "agree" not in name for row in rows]
    which = [(row, _which(row)) for row in rows]
    bad, good = sum(row.bad for row in rows), sum(not row.bad for row in rows)
    names = [rule.__name__ for rule in OF_EVERY_LANGUAGE + OF_ENGLISH] + ["model"]
    lines = [
        f"| of {bad} bad and {good} good questions | finds | nothing else finds"
        " | doubts wrongly, alone |",
        "|---|---|---|---|",
    ]
    for name in names:
        finds = sum(row.bad and name in found for row, found in which)
        alone = sum(row.bad and found == {name} for row, found in which)
        wrong = sum(not row.bad and found == {name} for row, found in which)
        lines.append(
            f"| {name.replace('_', ' ')} | {finds} | {_share(alone, bad)} | {_share(wrong, good)} |"
        )
    return lines


def speed() -> float:
    """Questions in a second of processor time, so that a busy machine measures the same."""
    texts = [(row.text, row.kind) for _, rows in sets() for row in rows] * 5
    lint("So?")
    began = time.process_time()
    for text, kind in texts:
        lint(text, kind)
    return len(texts) / (time.process_time() - began)


def write(name: str, lines: Sequence[str]) -> None:
    """Put lines between the two marks of a name in the document."""
    document = DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    shown = "\n".join((begin, *lines, end))
    DOCUMENT.write_text(pattern.sub(lambda _: shown, document), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into the document")
    options = parser.parse_args()
    for name, lines in (("quality", quality()), ("ablation", ablation())):
        print("\n".join(lines), end="\n\n")
        if options.write:
            write(name, lines)
    print(f"{speed():.0f} questions a second of processor time")


if __name__ == "__main__":
    main()
