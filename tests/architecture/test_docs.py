"""The documents lead where they say, and each of them can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[Path]:
    """The files that a page leads to; addresses elsewhere are not ours to hold."""
    targets = _LINK.findall(page.read_text())
    return [(page.parent / target).resolve() for target in targets if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    assert [str(target) for target in links(page) if not target.exists()] == []


def test_every_document_is_linked_to():
    linked = {target for page in PAGES for target in links(page)}
    pages = {page.resolve() for page in PAGES if page.is_relative_to(ROOT / "docs")}
    assert sorted(str(page) for page in pages - linked) == []
