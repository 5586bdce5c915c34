"""Learning the weights: logistic regression on the features, with scikit-learn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.guides.linting.features import features
from app.guides.linting.findings import RULES, Level
from app.guides.linting.model import Model
from app.guides.linting.reading import read_question
from app.guides.linting.training.examples import Example

FOLDS = 10
MOST_FALSE_ALARMS = 0.01
"""Share of good questions, of those that no rule finds fault with, that the model may doubt."""
_RARE = 2
_STRENGTH = 0.35
_BY_KIND = {"hypothetical", "opinion_in_fact"}
_NOTES = {rule.name for rule in RULES.values() if rule.level is Level.NOTE}


def seen_in(example: Example) -> set[str]:
    return features(read_question(example.text), example.kind)


def without_kind(examples: Sequence[Example]) -> list[Example]:
    """Return the examples once more without their kind, where they stay as good or as bad."""
    return [
        Example(e.text, None, e.bad, e.rules, e.group)
        for e in examples
        if e.kind is not None and not _BY_KIND & set(e.rules)
    ]


def learn(examples: Sequence[Example], threshold: float = 0.0, *, name_rules: bool = True) -> Model:
    """Fit what tells bad from good and, if asked, rule from rule."""
    rows = [*examples, *without_kind(examples)]
    seen = [seen_in(row) for row in rows]
    counts = Counter(name for names in seen for name in names)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    table = _table(seen, names)
    bad, bias = _fit(table, [row.bad for row in rows], names, _STRENGTH)
    rules = {}
    for rule in RULES if name_rules else ():
        here = [rule in row.rules for row in rows]
        if rule not in _NOTES and sum(here) >= 5:
            weights, start = _fit(table, here, names, _STRENGTH)
            strongest = sorted(weights.items(), key=lambda item: -abs(item[1]))[:600]
            rules[rule] = {"": start} | dict(strongest)
    return Model(bias, threshold, bad, rules)


def _table(seen: Sequence[set[str]], names: Sequence[str]) -> Any:
    from scipy.sparse import csr_matrix

    place = {name: at for at, name in enumerate(names)}
    pairs = [(row, place[n]) for row, known in enumerate(seen) for n in known if n in place]
    ones = [1.0] * len(pairs)
    rows, columns = zip(*pairs, strict=True)
    return csr_matrix((ones, (rows, columns)), shape=(len(seen), len(names)))


def _fit(
    table: Any, labels: Sequence[bool], names: Sequence[str], strength: float
) -> tuple[dict[str, float], float]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, max_iter=2000).fit(table, labels)
    weights = {
        name: round(float(weight), 3)
        for name, weight in zip(names, fitted.coef_[0], strict=True)
        if abs(weight) >= 0.02
    }
    return weights, round(float(fitted.intercept_[0]), 3)


def folds(examples: Sequence[Example], count: int = FOLDS) -> list[set[str]]:
    """Deal the groups into folds, always the same way."""
    groups = sorted({example.group for example in examples})
    random.Random(1).shuffle(groups)
    return [set(groups[at::count]) for at in range(count)]


def scores_unseen(examples: Sequence[Example]) -> list[float]:
    """Return each example's score by a model that has not seen its group."""
    scores = [0.0] * len(examples)
    for held in folds(examples):
        model = learn(
            [example for example in examples if example.group not in held], name_rules=False
        )
        for at, example in enumerate(examples):
            if example.group in held:
                scores[at] = model.score(seen_in(example))
    return scores


def threshold_for(good_scores: Sequence[float]) -> float:
    """Return the score that only few good questions exceed."""
    ranked = sorted(good_scores, reverse=True)
    return round(ranked[int(len(ranked) * MOST_FALSE_ALARMS)], 3) if ranked else 0.0
