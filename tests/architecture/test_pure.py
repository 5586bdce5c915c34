"""Statistics and parsers are pure: no web, no database, no room behind their back."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PURE = (
    "app/analytics/four_questions.py",
    "app/analytics/phrases/finding.py",
    "app/analytics/phrases/small_words.py",
    "app/analytics/stats/*.py",
    "app/*/reading.py",
    "app/*/reading/**/*.py",
    "app/guides/linting/**/*.py",
    "app/interviews/change_fields.py",
    "app/interviews/held_lines.py",
    "app/interviews/json_records.py",
    "app/feedback/talk.py",
    "app/buyer/placing.py",
    "app/buyer/tokens.py",
    "app/guides/checking.py",
    "app/guides/comparing.py",
    "app/guides/content.py",
    "app/guides/drafting.py",
    "app/guides/languages.py",
    "app/guides/writing.py",
    "app/tagging/agreement/*.py",
    "app/tagging/codebook/entries.py",
    "app/tagging/codebook/list_csv.py",
    "app/tagging/codebook/refi/*.py",
    "app/tagging/codebook/tree.py",
    "app/tagging/codebook_files.py",
    "app/tagging/marks.py",
    "app/tagging/offers.py",
    "app/tagging/seed_words.py",
    "app/tagging/sentences.py",
    "app/tagging/suggesting/*.py",
    "app/interviews/clarity.py",
    "app/interviews/price_words.py",
    "app/interviews/spans.py",
    "app/market/mentions.py",
    "app/market/ordinary_words.py",
    "app/market/stages.py",
    "app/programmes/rules.py",
    "app/search/stems.py",
    "app/programmes/selecting.py",
    "app/transcripts/composing.py",
    "app/transcripts/laying.py",
    "app/transcripts/like_words.py",
    "app/transcripts/naming.py",
    "app/transcripts/stretches.py",
)
"""Files that know of no page and no table, as patterns; `reading` is what a room parses with."""

OPEN_TO_PURE = ("app.core.",)
"""Project code outside PURE that pure code may use, as long as nothing forbidden is behind it."""

FORBIDDEN = ("flask", "sqlalchemy", "werkzeug", "wtforms", "jinja2", "alembic", "huey")

PURE_FILES = sorted({path for pattern in PURE for path in ROOT.glob(pattern)})


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PURE_MODULES = {module_name(path) for path in PURE_FILES}


def file_of(module: str) -> Path | None:
    """Return the project file behind a dotted name; None for the libraries'."""
    place = ROOT.joinpath(*module.split("."))
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names of every module a file imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                submodule = f"{base}.{alias.name}"
                yield submodule if file_of(submodule) else base


def faults(path: Path) -> list[str]:
    """Return a way from a file to each thing forbidden, through the project's own imports."""
    found, seen = [], {path}
    queue = deque([(path, (module_name(path),))])
    while queue:
        file, way = queue.popleft()
        for module in imports(file):
            own = file_of(module)
            if own is None:
                if module.split(".")[0].startswith(FORBIDDEN):
                    found.append(" -> ".join([*way, module]))
            elif module not in PURE_MODULES and not module.startswith(OPEN_TO_PURE):
                found.append(" -> ".join([*way, module]))
            elif own not in seen:
                seen.add(own)
                queue.append((own, (*way, module)))
    return found


@pytest.mark.parametrize("path", PURE_FILES, ids=module_name)
def test_pure_code_imports_no_web_no_database_and_no_room(path: Path) -> None:
    assert faults(path) == []


def test_the_statistics_are_among_the_pure() -> None:
    assert "app.analytics.stats.proportions" in PURE_MODULES


def test_what_is_forbidden_is_found_at_any_distance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    for name, text in {
        "app/deals/reading/__init__.py": "from app.core import marks\nfrom .. import models",
        "app/deals/models.py": "",
        "app/core/marks.py": "def late():\n    import app.core.rows",
        "app/core/rows.py": "from sqlalchemy.orm import Session",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert faults(tmp_path / "app/deals/reading/__init__.py") == [
        "app.deals.reading -> app.deals.models",
        "app.deals.reading -> app.core.marks -> app.core.rows -> sqlalchemy.orm",
    ]


def test_importing_the_statistics_loads_no_heavy_library() -> None:
    """They are loaded by the first estimate, so that other processes do not carry them."""
    stats = sorted(name for name in PURE_MODULES if name.startswith("app.analytics.stats"))
    script = f"import sys, {', '.join(stats)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"numpy", "scipy", "statsmodels", "pandas"}.isdisjoint(done.stdout.split())
