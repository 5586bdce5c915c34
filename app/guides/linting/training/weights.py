"""From the questions beside this file to the weights that ship."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.guides.linting.findings import RULES, Level
from app.guides.linting.measuring import Counts
from app.guides.linting.model import Model
from app.guides.linting.reading import read_question
from app.guides.linting.rules import hits
from app.guides.linting.training.examples import Example, read_examples
from app.guides.linting.training.learning import learn, scores_unseen, threshold_for


def learn_weights(path: Path) -> dict[str, Counts]:
    """Write the weights; return what rules find, and with the model, of groups not learnt from."""
    examples = read_examples()
    by_rules = [_found(example) for example in examples]
    scores = scores_unseen(examples)
    quiet_and_good = [
        score
        for example, score, found in zip(examples, scores, by_rules, strict=True)
        if not example.bad and not found
    ]
    threshold = threshold_for(quiet_and_good)
    together = [found or score > threshold for found, score in zip(by_rules, scores, strict=True)]
    _write(learn(examples, threshold), path)
    return {
        "rules alone": _counts(examples, by_rules),
        "rules and model": _counts(examples, together),
    }


def _found(example: Example) -> bool:
    """Whether a rule, not the model, finds fault."""
    found = hits(read_question(example.text), example.kind, english=True)
    return any(RULES[hit.rule].level is not Level.NOTE for hit in found)


def _counts(examples: Sequence[Example], found: Sequence[bool]) -> Counts:
    bad = sum(example.bad for example in examples)
    return Counts(
        sum(example.bad and hit for example, hit in zip(examples, found, strict=True)),
        bad,
        sum(not example.bad and hit for example, hit in zip(examples, found, strict=True)),
        len(examples) - bad,
    )


def _write(model: Model, path: Path) -> None:
    text = json.dumps(asdict(model), sort_keys=True, separators=(",", ":"))
    # Without time and name in it, so that the same examples give the same bytes.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(text.encode())
