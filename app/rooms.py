"""The rooms of the house, lowest first. A room imports itself and earlier rooms only."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_APP = Path(__file__).parent

ROOMS: tuple[str, ...] = (
    "core",
    "audit",
    "identity",
    "mail",
    "calendars",
    "market",
    "deals",
    "guides",
    "interviews",
    "transcripts",
    "recordings",
    "feedback",
    "tagging",
    "search",
    "programmes",
    "buyer",
    "scheduling",
    "invitations",
    "thanks",
    "analytics",
    "actions",
    "reports",
    "home",
    "demo",
)


def room_modules(file: str) -> list[ModuleType]:
    """The module `file` of every room that has one, in the order of ROOMS."""
    names = [f"app.{room}.{file}" for room in ROOMS]
    return [import_module(name) for name in names if find_spec(name) is not None]


def import_models() -> None:
    """Import every room's tables, also those of its folders, so that the metadata is whole."""
    for room in ROOMS:
        for path in sorted((_APP / room).rglob("models.py")):
            import_module(".".join(("app", *path.relative_to(_APP).parent.parts, "models")))
