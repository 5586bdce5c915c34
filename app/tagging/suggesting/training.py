"""Learning from what people confirmed; runs in the worker or in a command. Pure.

Balanced logistic regression (C = 10) for each tag. Five folds give every sentence a score by a
model that has not seen it; on those the thresholds are set, the probabilities calibrated, and the
model compared with the keywords.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.tagging.suggesting.examples import Example
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Learnt, Measured, Model, predicted
from app.tagging.suggesting.thresholds import best_threshold, macro_f1, platt, sure_from
from app.tagging.suggesting.vectors import Vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: A tag with fewer examples stays with its keywords.
FEWEST_EXAMPLES = 5
#: Confirmed tags before which no percentage is said.
FEWEST_FOR_PERCENT = 200
_FOLDS = 5
_SEED = 5
_STRENGTH = 10
#: Sentences without a tag from which it is learnt.
_MOST_OTHERS = 1500


def train(examples: Sequence[Example], keywords: Keywords) -> Model:
    """What suggests best by these examples. `keywords` names every tag there may be."""
    counts = Counter(tag for example in examples for tag in example.tags)
    confirmed = sum(counts.values())
    tags = tuple(
        tag
        for tag in keywords.tags
        if FEWEST_EXAMPLES <= counts[tag] <= len(examples) - FEWEST_EXAMPLES
    )
    if not tags:
        return Model(keywords, confirmed=confirmed)
    texts = [example.text for example in examples]
    truth = np.array([[tag in example.tags for tag in tags] for example in examples])
    vectors = Vectors.learnt(texts, keywords)
    table = vectors.matrix(texts)
    folds = _folds(examples)
    unseen = _unseen_scores(table, truth, folds)
    picks_one = all(len(example.tags) == 1 for example in examples) and len(tags) == len(counts)
    said = _said_unseen(unseen, truth, folds, picks_one=picks_one)
    by_keywords = _said_by_keywords(texts, tags, keywords)
    learnt_f1, keywords_f1 = macro_f1(truth, said), macro_f1(truth, by_keywords)
    wins = learnt_f1 > keywords_f1
    learnt = None
    if wins:
        slope, shift = platt(truth, unseen)
        weights, shifts = _fit(table, truth)
        learnt = Learnt(
            tags=tags,
            vectors=vectors,
            weights=weights,
            shifts=shifts,
            thresholds=_thresholds(truth, unseen),
            slope=slope,
            shift=shift,
            says_percent=confirmed >= FEWEST_FOR_PERCENT,
            sure_from=sure_from(truth[said], unseen[said]),
            picks_one=picks_one,
        )
    measured = _measured(tags, truth, said if wins else by_keywords)
    return Model(keywords, learnt, keywords_f1, learnt_f1, confirmed, measured)


def _folds(examples: Sequence[Example]) -> NDArray[np.int_]:
    """The fold of each example, dealt always the same way."""
    names = [example.group or str(at) for at, example in enumerate(examples)]
    groups = sorted(set(names))
    random.Random(_SEED).shuffle(groups)
    fold = {group: at % _FOLDS for at, group in enumerate(groups)}
    return np.array([fold[name] for name in names])


def _unseen_scores(table: csr_matrix[Any], truth: Bools, folds: NDArray[np.int_]) -> Floats:
    scores = np.zeros(truth.shape)
    for fold in range(_FOLDS):
        held = folds == fold
        if held.any():
            weights, shifts = _fit(table[~held], truth[~held])
            scores[held] = table[held] @ weights + shifts
    return scores


def _thresholds(truth: Bools, scores: Floats) -> Floats:
    return np.array([best_threshold(truth[:, at], scores[:, at]) for at in range(truth.shape[1])])


def _said_unseen(
    unseen: Floats, truth: Bools, folds: NDArray[np.int_], *, picks_one: bool
) -> Bools:
    """What the model says of each fold, at thresholds set on the others: set on all of them they
    would flatter it, the more the fewer the examples."""
    said = np.zeros(truth.shape, dtype=bool)
    for fold in range(_FOLDS):
        held = folds == fold
        if held.any():
            thresholds = _thresholds(truth[~held], unseen[~held])
            said[held] = predicted(unseen[held], thresholds, picks_one=picks_one)
    return said


def _fit(table: csr_matrix[Any], truth: Bools) -> tuple[NDArray[np.float32], Floats]:
    """Weights, one column a tag, and shifts."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((table.shape[1], truth.shape[1]), dtype=np.float32)
    shifts = np.zeros(truth.shape[1])
    for at in range(truth.shape[1]):
        here = truth[:, at]
        if here.all() or not here.any():
            shifts[at] = 1.0 if here.all() else -1.0
            continue
        rows = _rows_to_learn_from(here)
        fitted: Any = LogisticRegression(
            C=_STRENGTH, class_weight="balanced", solver="liblinear"
        ).fit(table[rows], here[rows])
        weights[:, at] = fitted.coef_[0]
        shifts[at] = fitted.intercept_[0]
    return weights, shifts


def _rows_to_learn_from(here: Bools) -> NDArray[np.intp]:
    """All that have the tag, and of the others enough: balanced weights make a draw of them speak
    for all, and a rare tag is learnt in a fraction of the time."""
    having, others = np.flatnonzero(here), np.flatnonzero(~here)
    most = max(_MOST_OTHERS, 3 * len(having))
    if len(others) > most:
        others = np.random.default_rng(_SEED).choice(others, most, replace=False)
    return np.sort(np.concatenate([having, others]))


def _said_by_keywords(texts: Sequence[str], tags: Sequence[str], keywords: Keywords) -> Bools:
    column = {keywords.tags.index(tag): at for at, tag in enumerate(tags)}
    said = np.zeros((len(texts), len(tags)), dtype=bool)
    for row, text in enumerate(texts):
        for hit in keywords.hits(text):
            if hit.place in column:
                said[row, column[hit.place]] = True
    return said


def _measured(tags: Sequence[str], truth: Bools, said: Bools) -> dict[str, Measured]:
    right, true, all_said = (truth & said).sum(0), truth.sum(0), said.sum(0)
    return {
        tag: Measured(
            precision=float(right[at] / max(all_said[at], 1)),
            recall=float(right[at] / true[at]),
            examples=int(true[at]),
        )
        for at, tag in enumerate(tags)
    }
