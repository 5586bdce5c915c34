"""A small linear model beside the rules: it warns where a question resembles bad ones.

Its weights lie in weights.json.gz, made by `because questions train` from the questions in
training/. Scoring is a sum over the features that are there; nothing is loaded before the first
question that no rule finds fault with.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.guides.linting.features import features
from app.guides.linting.question import Question

#: A fragment says too little to be like anything.
_FEWEST_WORDS = 9

WEIGHTS = Path(__file__).with_name("weights.json.gz")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of 'bad' per feature; per rule, which features speak for it."""

    bias: float
    threshold: float
    bad: dict[str, float]
    rules: dict[str, dict[str, float]]

    def score(self, seen: set[str]) -> float:
        """Return how much the features speak for a bad question; above 0, more than against."""
        bad = self.bad
        return self.bias + sum(bad[name] for name in seen if name in bad)

    def resembles(self, seen: set[str]) -> str:
        """Return the rule whose examples the features are nearest to."""
        return max(
            self.rules,
            key=lambda rule: (
                sum(self.rules[rule].get(name, 0.0) for name in seen)
                + self.rules[rule].get("", 0.0)
            ),
        )


@cache
def shipped() -> Model | None:
    """Return the model that ships; None where there is none."""
    if not WEIGHTS.is_file():
        return None
    with gzip.open(WEIGHTS, "rt", encoding="utf-8") as file:
        return Model(**json.load(file))


def resembled_rule(question: Question, kind: str | None) -> str:
    """Return the rule that a question seems to break, '' where it seems good."""
    model = shipped()
    if model is None or len(question.low) < _FEWEST_WORDS:
        return ""
    seen = features(question, kind)
    return model.resembles(seen) if model.score(seen) > model.threshold else ""
