"""Pages and reports speak plain words: docs/words.md holds the pairs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import APP, ROOT

#: Whole words that nobody but us should have to know.
_NEVER = [
    "verbatim",
    "verbatims",
    "codebook",
    "kappa",
    "alpha",
    "MASI",
    "saturation",
    "surface",
    "probed",
    "wilson",
    "newcombe",
    "fisher",
    "p-value",
    "payload",
    "UUID",
    "null",
    "no_decision",
    "would_do",
    "table_stakes",
]
_TEMPLATES = sorted(APP.rglob("*.html"))
#: How figures are counted may name the formulas; it is headed so.
_HOW_COUNTED = {"method.html", "how_counted.html", "_method.html"}


def visible_words(template: str) -> str:
    """What a person reads of a template: no comments, tags, attributes that are not shown, or
    expressions."""
    template = re.sub(r"\{#.*?#\}", " ", template, flags=re.S)
    template = re.sub(r"\{%.*?%\}", " ", template, flags=re.S)
    template = re.sub(r"\{\{.*?\}\}", " ", template, flags=re.S)
    shown = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', template)
    return " ".join([re.sub(r"<[^>]*>", " ", template), *shown])


def test_the_pairs_are_documented():
    page = (ROOT / "docs" / "words.md").read_text().casefold()
    missing = [
        word for word in _NEVER if word.casefold().replace("_", " ") not in page.replace("_", " ")
    ]
    assert [word for word in missing if word != "verbatims"] == []


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: str(path.relative_to(APP)))
def test_a_template_uses_none_of_our_terms(path: Path):
    if path.name in _HOW_COUNTED:
        pytest.skip("it says how figures are counted")
    words = visible_words(path.read_text())
    found = [w for w in _NEVER if re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", words, re.I)]
    assert found == []


def test_the_reader_of_templates_sees_text_and_labels_only():
    template = '{# verbatim #}<p class="verbatim" title="A quote">{{ verbatim.text }} said</p>'
    assert visible_words(template).split() == ["said", "A", "quote"]
