"""How well tags are suggested, and how fast.

    python -m benchmarks.suggest_tags [--sets-only | --speed-only]

Quality is measured on the real data (BECAUSE_REALDATA): macro-F1 on MAMS-ACSA with 50, 200 and
1,000 training sentences, mean of five draws; polarity of the statements for and against options,
each repository by a model that saw the others. Beside each: plain logistic regression on words,
and the ratio to it. Speed: 10,000 invented tags of 60 reasons, with out-of-fold thresholds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.tagging.suggesting.examples import Example
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Model
from app.tagging.suggesting.thresholds import macro_f1
from app.tagging.suggesting.training import train
from config import ROOT

REALDATA = Path(os.environ.get("BECAUSE_REALDATA", ROOT.parent / "shared" / "data"))
DRAWS = 5

#: Ten words for each category of MAMS-ACSA, as somebody who keeps such a list would choose them.
RESTAURANT_WORDS: Mapping[str, str] = {
    "ambience": "atmosphere ambience decor music noise romantic cozy crowded loud lighting",
    "food": "food dish meal taste delicious chicken sauce pizza sushi dessert",
    "menu": "menu wine list selection specials drinks options choices appetizer entree",
    "miscellaneous": "dinner night time friends birthday back recommend experience weekend people",
    "place": "place restaurant table room bar location seating space outdoor patio",
    "price": "price expensive cheap bill cost $ worth pay value dollars",
    "service": "service wait minutes order served slow prompt attentive seated reservation",
    "staff": "staff waiter waitress server bartender manager hostess friendly rude chef",
}
POLES = ("bad", "good")


def mams(name: str) -> list[Example]:
    """The sentences of train.xml or val.xml with their categories."""
    root = ElementTree.parse(REALDATA / "labelled" / "mams-acsa" / name)
    return [
        Example(
            sentence.findtext("text", ""),
            frozenset(one.attrib["category"] for one in sentence.iter("aspectCategory")),
        )
        for sentence in root.iter("sentence")
    ]


def restaurant_keywords(*, with_seeds: bool) -> Keywords:
    return Keywords(
        {
            tag: {"en": [tag, *(words.split() if with_seeds else ())]}
            for tag, words in RESTAURANT_WORDS.items()
        }
    )


def f1_of(model: Model, examples: Sequence[Example]) -> float:
    """Macro-F1 of the sure suggestions."""
    names = model.keywords.tags
    found = model.suggest([one.text for one in examples])
    sure = [{one.tag for one in some if one.is_sure} for some in found]
    truth = np.array([[tag in one.tags for tag in names] for one in examples])
    return macro_f1(truth, np.array([[tag in one for tag in names] for one in sure]))


def mams_f1(count: int, *, with_seeds: bool, draws: int = DRAWS) -> list[float]:
    """One figure a draw of `count` training sentences."""
    pool, held = mams("train.xml"), mams("val.xml")
    keywords = restaurant_keywords(with_seeds=with_seeds)
    return [
        f1_of(train(random.Random(draw).sample(pool, count), keywords), held)
        for draw in range(draws)
    ]


def statements() -> list[dict[str, Any]]:
    """Those for and against options; the few neutral ones are left out."""
    text = (REALDATA / "decisions" / "pros_cons.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return [row for row in rows if row["label"] in POLES]


def polarity_by_repository() -> dict[str, tuple[int, float, float]]:
    """Statements, macro-F1 and share right of each repository, by a model of the others."""
    rows = statements()
    keywords = Keywords({pole: {"en": [pole]} for pole in POLES})
    result = {}
    for repository in sorted({row["repo"] for row in rows}):
        held = [_statement(row) for row in rows if row["repo"] == repository]
        others = [_statement(row) for row in rows if row["repo"] != repository]
        model = train(others, keywords)
        found = model.suggest([one.text for one in held])
        right = sum(
            {tag.tag for tag in some if tag.is_sure} == one.tags
            for some, one in zip(found, held, strict=True)
        )
        result[repository] = (len(held), f1_of(model, held), right / len(held))
    return result


def plain_polarity() -> float:
    """Share right of plain tf-idf words and logistic regression, split the same way."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = statements()
    right = 0
    for repository in {row["repo"] for row in rows}:
        held = [row for row in rows if row["repo"] == repository]
        others = [row for row in rows if row["repo"] != repository]
        terms = TfidfVectorizer(ngram_range=(1, 2))
        fitted = LogisticRegression().fit(
            terms.fit_transform([row["text"] for row in others]), [row["label"] for row in others]
        )
        said = fitted.predict(terms.transform([row["text"] for row in held]))
        right += sum(said == np.array([row["label"] for row in held]))
    return right / len(rows)


def plain_mams_f1(count: int) -> float:
    """Plain tf-idf words and logistic regression at one half, mean of the draws."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    pool, held = mams("train.xml"), mams("val.xml")
    tags = sorted(RESTAURANT_WORDS)
    truth = np.array([[tag in one.tags for tag in tags] for one in held])
    figures = []
    for draw in range(DRAWS):
        some = random.Random(draw).sample(pool, count)
        labels = np.array([[int(tag in one.tags) for tag in tags] for one in some])
        terms = TfidfVectorizer()
        fitted = OneVsRestClassifier(LogisticRegression()).fit(
            terms.fit_transform([one.text for one in some]), labels
        )
        said = fitted.predict(terms.transform([one.text for one in held])).astype(bool)
        figures.append(macro_f1(truth, said))
    return statistics.fmean(figures)


def _statement(row: Mapping[str, Any]) -> Example:
    return Example(row["text"], frozenset([row["label"]]))


def invented(tags: int = 10_000, reasons: int = 60) -> list[Example]:
    """Sentences of about 25 words with one or two of the reasons, each with words of its own."""
    draw = random.Random(7)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en")]
    common = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(6000)]
    own = [["".join(draw.choices(syllables, k=3)) for _ in range(25)] for _ in range(reasons)]
    often = [1 / (rank + 3) for rank in range(reasons)]
    common_often = [1 / (rank + 5) for rank in range(len(common))]
    made: list[Example] = []
    given = 0
    while given < tags:
        chosen = set(draw.choices(range(reasons), often, k=draw.choice([1, 1, 1, 2])))
        words = draw.choices(common, common_often, k=22)
        for reason in chosen:
            words += draw.choices(own[reason], k=2)
        draw.shuffle(words)
        made.append(Example(" ".join(words), frozenset(f"reason {one}" for one in chosen)))
        given += len(chosen)
    return made


def print_quality() -> None:
    print("MAMS-ACSA (val), macro-F1, mean of 5 draws; plain: tf-idf words, logistic regression")
    for count in (50, 200, 1000):
        plain = plain_mams_f1(count)
        for with_seeds in (True, False):
            figures = mams_f1(count, with_seeds=with_seeds)
            mean, spread = statistics.fmean(figures), statistics.stdev(figures)
            words = "ten seed words" if with_seeds else "names alone"
            print(
                f"  {count:>5} sentences, {words:<14} {mean:.3f} (s.d. {spread:.3f}); "
                f"plain {plain:.3f}, ratio {mean / plain:.2f}"
            )
    keywords = f1_of(Model(restaurant_keywords(with_seeds=True)), mams("val.xml"))
    print(f"      0 sentences, ten seed words {keywords:.3f}")
    print("Statements for and against options, each repository by a model of the others")
    result = polarity_by_repository()
    for repository, (count, f1, share) in result.items():
        print(f"  {repository:<28} {count:>4}  macro-F1 {f1:.3f}  right {share:.3f}")
    total = sum(count for count, _, _ in result.values())
    share = sum(count * right for count, _, right in result.values()) / total
    mean = statistics.fmean(f1 for _, f1, _ in result.values())
    plain = plain_polarity()
    print(f"  all: mean macro-F1 {mean:.3f}, right {share:.3f}; plain {plain:.3f}, ", end="")
    print(f"ratio {share / plain:.2f}")


def print_speed() -> None:
    examples = invented()
    names = sorted({tag for one in examples for tag in one.tags})
    begun = time.perf_counter()
    cpu = time.process_time()
    model = train(examples, Keywords({name: {"en": [name]} for name in names}))
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    confirmed = sum(len(one.tags) for one in examples)
    print(f"{confirmed:,} tags of {len(names)} reasons in {len(examples):,} sentences: trained in ")
    print(f"  {took:.1f} s ({cpu:.1f} s of processor), at most {peak:.0f} MB; ", end="")
    print(f"out-of-fold macro-F1 {model.learnt_f1:.2f}")
    texts = [one.text for one in examples]
    begun = time.perf_counter()
    model.suggest(texts)
    print(f"  suggested for {len(texts) / (time.perf_counter() - begun):,.0f} sentences a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets-only", action="store_true")
    parser.add_argument("--speed-only", action="store_true")
    asked = parser.parse_args()
    if not asked.sets_only:
        print_speed()
    if not asked.speed_only:
        print_quality()


if __name__ == "__main__":
    main()
