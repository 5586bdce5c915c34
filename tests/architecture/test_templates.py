"""The content security policy forbids inline style and script: no template holds any."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((ROOT / "app").rglob("templates/**/*.html"))
LOCK = ROOT / "app/static/vendor/vendor.lock.json"
CHARTS = ROOT / "app/core/templates/components/charts.html"

FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^<>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "markup taken for safe": re.compile(r"autoescape\s+false", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"<(?:script|link|img)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//"
    ),
}


def faults(markup: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(markup)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "app")))
def test_a_template_holds_no_inline_style_or_script(template: Path) -> None:
    assert faults(template.read_text()) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<p class="x" style="color: red">', "a style attribute"),
        ("<style>p { color: red }</style>", "a style element"),
        ('<button onclick="go()">', "an event attribute"),
        ('<div hx-on:click="go()">', "an event attribute"),
        ("<script>go()</script>", "a script without src"),
        ('<a href="javascript:go()">', "a javascript address"),
        ('<script src="https://cdn.example/x.js">', "a file from elsewhere"),
    ],
)
def test_each_fault_is_seen(markup: str, fault: str) -> None:
    assert fault in faults(markup)


def test_every_chart_has_its_table_and_its_words() -> None:
    macros = set(re.findall(r"macro (\w+)\(", CHARTS.read_text()))
    kinds = {name.removesuffix("_svg") for name in macros if name.endswith("_svg")}
    assert kinds == {"interval_dots", "bars", "line", "coverage", "confusion"}
    for kind in kinds:
        assert {kind, f"{kind}_table", f"{kind}_words"} <= macros


def locked_files() -> dict[str, str]:
    packages = json.loads(LOCK.read_text())["packages"]
    return {file["path"]: file["sha256"] for package in packages for file in package["files"]}


def test_every_vendored_file_is_the_locked_one() -> None:
    for path, digest in locked_files().items():
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == digest, path


def test_nothing_is_vendored_beside_the_lock() -> None:
    own = {"vendor.lock.json", "fonts.json"}
    present = {
        str(path.relative_to(ROOT))
        for folder in ("app/static/vendor", "tests/browser/vendor")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name not in own
    }
    assert present == set(locked_files())


def test_every_vendored_licence_is_permissive() -> None:
    packages = json.loads(LOCK.read_text())["packages"]
    assert {p["licence"] for p in packages} <= {"OFL-1.1", "0BSD", "MPL-2.0", "MIT", "Apache-2.0"}
