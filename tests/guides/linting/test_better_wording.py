"""A better wording is offered where the words at hand make one, and never a wrong-headed one."""

from __future__ import annotations

import pytest

from app.guides.linting import Level, lint

OFFERED = [
    ("think", "What is Fenwick's strategy?", "What do you think of Fenwick's strategy?"),
    ("fact", "Why did your CFO veto the plan?", "What do you think led your CFO to veto the plan?"),
    ("think", "What did the board want?", "What do you think the board wanted?"),
    ("fact", "Did you compare prices?", "How did you compare prices?"),
    ("feel", "Are you happy with it?", "How satisfied are you with it?"),
    ("fact", "What would you pay for a visit?", "What did you pay for a visit?"),
    ("think", "Don't you think our demo was clearer?", "What did you think of our demo?"),
    ("think", "How good was our consultant?", "How was our consultant?"),
    ("fact", "What did it cost, and how long did it take?", "What did it cost?"),
    ("fact", "How and why did you pick them?", "How did you pick them?"),
    ("fact", "Who signed? Who paid?", "Who signed?"),
    (
        "feel",
        "How satisfied were you with the price and the support?",
        "How satisfied were you with the price?",
    ),
    ("feel", "How did the painful migration go?", "How did the migration go?"),
    ("feel", "What scared you about it?", "What, if anything, scared you about it?"),
    (
        "feel",
        "How worried were you about the migration?",
        "What, if anything, worried you about the migration?",
    ),
    ("think", "What problems did you have?", "What problems, if any, did you have?"),
    ("think", "Why did you choose Fenwick?", "What led you to choose Fenwick?"),
]


@pytest.mark.parametrize(("kind", "text", "better"), OFFERED)
def test_a_better_wording_is_offered(kind: str, text: str, better: str):
    assert better in [finding.attempt for finding in lint(text, kind)]


@pytest.mark.parametrize(("kind", "text", "better"), OFFERED)
def test_what_is_offered_passes(kind: str, text: str, better: str):
    rules = {finding.rule for finding in lint(text, kind)}
    asked_as = "think" if "knowledge" in rules else kind
    assert [f for f in lint(better, asked_as) if f.level is not Level.NOTE] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fact", "Would you pay more for faster delivery?"),
        ("fact", "Did you hear of any problems?"),
        ("think", "The handover went well, didn't it?"),
        ("think", "How important were price and delivery to you?"),
        ("fact", "Can I show you what we built?"),
    ],
)
def test_no_wording_is_better_than_a_wrong_one(kind: str, text: str):
    found = lint(text, kind)
    assert found
    assert [finding.attempt for finding in found if finding.attempt] == []
