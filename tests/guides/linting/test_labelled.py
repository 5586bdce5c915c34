"""On questions that a person labelled apart from the rules, the linter does at least this well."""

from __future__ import annotations

import subprocess
import sys

from app.guides.linting import Level, lint
from app.guides.linting.measuring import PARTS, count
from app.guides.linting.model import WEIGHTS, shipped
from benchmarks.measure_linter import LABELLED, WRITTEN, read_labelled
from config import ROOT


def counts(level: Level) -> tuple[int, int, int]:
    """Bad ones found, good ones found fault with, bad ones in all; of those written for this."""
    hits = alarms = bad = 0
    for row in read_labelled(LABELLED):
        found = any(finding.level is level for finding in lint(row.text, row.kind))
        bad += row.bad
        hits += row.bad and found
        alarms += found and not row.bad
    return hits, alarms, bad


def test_errors_are_right_far_more_often_than_not():
    hits, alarms, bad = counts(Level.ERROR)
    assert hits / (hits + alarms) > 0.8
    assert hits / bad > 0.5


def test_on_hard_questions_that_nothing_was_mended_by_most_are_found_and_few_doubted():
    third = [row for row in read_labelled(WRITTEN) if row.half == "third"]
    alone = count(third, PARTS["errors alone"])
    assert alone.precision > 0.85
    assert alone.recall > 0.5
    together = count(third, PARTS["rules and model"])
    assert together.recall > 0.85
    assert together.false_alarms < 0.15


def test_the_model_ships_and_is_small():
    assert shipped() is not None
    assert WEIGHTS.stat().st_size < 1_000_000


def test_the_model_warns_and_never_stops_a_guide():
    findings = [finding for row in read_labelled(LABELLED) for finding in lint(row.text, row.kind)]
    doubts = [finding for finding in findings if finding.why.startswith("It is like")]
    assert doubts
    assert {finding.level for finding in doubts} == {Level.WARNING}


def test_looking_over_a_question_loads_no_heavy_library():
    script = "import sys; from app.guides.linting import lint; lint('So?'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"nltk", "numpy", "scipy", "sklearn"}.isdisjoint(done.stdout.split())
