"""The formats in which the reason list goes out and comes in, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from app.core.marked_yaml import UnreadableFileError
from app.tagging.codebook.entries import Entry, UnreadableList
from app.tagging.codebook.list_csv import read_csv, write_csv
from app.tagging.codebook.refi.codes import read_qdc, write_qdc
from app.tagging.codebook_files import read_codebook


@dataclass(frozen=True)
class Written:
    """A file to send."""

    content: bytes
    mimetype: str


def _csv(entries: Sequence[Entry]) -> Written:
    return Written(write_csv(entries).encode(), "text/csv; charset=utf-8")


def _qdc(entries: Sequence[Entry]) -> Written:
    return Written(write_qdc(entries), "application/xml")


WRITERS: Mapping[str, Callable[[Sequence[Entry]], Written]] = {"csv": _csv, "qdc": _qdc}


def read_list(content: bytes, filename: str) -> list[Entry]:
    """Raises UnreadableList."""
    ending = PurePath(filename).suffix.lower().removeprefix(".")
    if ending == "csv":
        return read_csv(content)
    if ending == "qdc":
        return read_qdc(content)
    if ending in ("yaml", "yml"):
        return _read_yaml(content, filename)
    raise UnreadableList(["It takes a file that ends in .csv, .qdc or .yaml."])


def _read_yaml(content: bytes, filename: str) -> list[Entry]:
    try:
        codebook = read_codebook(content.decode("utf-8"), filename)
    except UnicodeDecodeError:
        raise UnreadableList(["The file is not UTF-8."]) from None
    except UnreadableFileError as refusal:
        raise UnreadableList([str(problem) for problem in refusal.problems]) from None
    entries: list[Entry] = []
    for category in codebook.categories:
        place = len(entries)
        entries.append(Entry("", category.key, category.name, True, definition=category.definition))
        entries += [
            Entry(
                guid="",
                key=reason.key,
                name=reason.name,
                is_category=False,
                under=place,
                definition=reason.definition,
                includes=reason.includes,
                excludes=reason.excludes,
                seeds=reason.seeds,
            )
            for reason in category.reasons
        ]
    return entries
