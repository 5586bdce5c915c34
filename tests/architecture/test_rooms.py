"""The rooms stand in one order: imports go down it, and inside a room from left to right."""

from __future__ import annotations

from app.rooms import ROOMS
from tests.architecture.source import APP, imports_of, name_of, python_files, room_of

#: What stands outside the rooms and puts them together.
_ASSEMBLY = {"app", "app.__main__", "app.cli", "app.rooms", "app.serve", "app.core.application"}
_LEFT_TO_RIGHT = ("models", "queries", "operations", "forms", "routes")
_EDGES = {"routes", "cli", "jobs", "room"}


def test_every_folder_of_app_is_a_room():
    folders = {path.name for path in APP.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(ROOMS)


def test_a_room_imports_itself_and_earlier_rooms_only():
    upward = [
        f"{name_of(path)}:{line} imports {module}"
        for path in python_files()
        if name_of(path) not in _ASSEMBLY
        for module, line in imports_of(path)
        if _is_later(room_of(module), room_of(name_of(path)))
    ]
    assert upward == []


def test_inside_a_room_imports_go_from_left_to_right():
    backward = [
        f"{name_of(path)}:{line} imports {module}"
        for path in python_files()
        if path.stem in _LEFT_TO_RIGHT
        for module, line in imports_of(path)
        if room_of(module) == room_of(name_of(path))
        and module.rsplit(".", 1)[-1] in _LEFT_TO_RIGHT
        and _LEFT_TO_RIGHT.index(module.rsplit(".", 1)[-1]) > _LEFT_TO_RIGHT.index(path.stem)
    ]
    assert backward == []


def test_nothing_within_a_room_imports_its_edges():
    """Routes, commands and jobs are where a request, a command or a job comes in."""
    wrong = [
        f"{name_of(path)}:{line} imports {module}"
        for path in python_files()
        if path.stem not in _EDGES
        and not path.stem.endswith("_routes")
        and name_of(path) not in _ASSEMBLY
        for module, line in imports_of(path)
        if module.startswith("app.") and module.rsplit(".", 1)[-1] in {"routes", "cli", "room"}
    ]
    assert wrong == []


def test_no_file_is_named_for_being_miscellaneous():
    names = {"util", "utils", "helper", "helpers", "common", "misc", "main"}
    assert [str(path) for path in python_files() if path.stem in names] == []


def test_a_long_file_is_split_by_subject():
    most = 450
    long = {
        name_of(path): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > most
    }
    assert long == {}


def _is_later(other: str | None, own: str | None) -> bool:
    if other not in ROOMS or own not in ROOMS:
        return False
    return ROOMS.index(other) > ROOMS.index(own)
