"""axe-core, run on a page as it stands. Its file is vendored: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"

#: What another width or another theme can change.
LAID_OUT = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block")
COLOURED = ("color-contrast", "link-in-text-block")

_RUN = """
async (only) => {
  const options = { resultTypes: ["violations"] };
  if (only.length) options.runOnly = { type: "rule", values: only };
  else options.runOnly = {
    type: "tag",
    values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  };
  const { violations } = await axe.run(document, options);
  return violations.map((v) => ({
    id: v.id,
    nodes: v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary),
  }));
}
"""


@cache
def _source() -> str:
    return _SOURCE.read_text()


def faults(page: Page, only: Sequence[str] = ()) -> list[str]:
    """One line for each thing axe holds against the page; `only` names the rules to run."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, list(only))
    return [f"{fault['id']}: {node}" for fault in found for node in fault["nodes"][:4]]
