"""How well tags are suggested on sets that others labelled: the aims of docs/performance.md.

Fewer draws than the benchmark makes, so each bound leaves room for the draw.
"""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from benchmarks import suggest_tags

pytestmark = pytest.mark.realdata


@pytest.fixture(autouse=True)
def _data(realdata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_tags, "REALDATA", realdata)


def test_restaurant_sentences_find_their_categories() -> None:
    assert statistics.fmean(suggest_tags.mams_f1(1000, with_seeds=True, draws=2)) >= 0.80
    assert statistics.fmean(suggest_tags.mams_f1(1000, with_seeds=False, draws=2)) >= 0.78


def test_few_examples_are_no_worse_than_the_keywords() -> None:
    keywords = suggest_tags.f1_of(
        suggest_tags.Model(suggest_tags.restaurant_keywords(with_seeds=True)),
        suggest_tags.mams("val.xml"),
    )
    assert suggest_tags.mams_f1(50, with_seeds=True, draws=1)[0] >= keywords - 0.05


def test_statements_say_which_way_they_speak_in_repositories_not_seen() -> None:
    result = suggest_tags.polarity_by_repository()
    total = sum(count for count, _, _ in result.values())
    assert sum(count * right for count, _, right in result.values()) / total >= 0.80
    assert statistics.fmean(f1 for _, f1, _ in result.values()) >= 0.80
