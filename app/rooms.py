"""The rooms of the house, lowest first. A room imports itself and earlier rooms only."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

ROOMS: tuple[str, ...] = (
    "core",
    "audit",
    "identity",
    "market",
    "deals",
    "guides",
    "interviews",
    "tagging",
    "analytics",
    "reports",
    "home",
    "demo",
)


def room_modules(file: str) -> list[ModuleType]:
    """The module `file` of every room that has one, in the order of ROOMS."""
    names = [f"app.{room}.{file}" for room in ROOMS]
    return [import_module(name) for name in names if find_spec(name) is not None]


def import_models() -> None:
    """Import every room's tables, so that the metadata is whole."""
    room_modules("models")
