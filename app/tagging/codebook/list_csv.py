"""The reason list as CSV, written and read back with nothing lost. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from app.core.spreadsheets import BYTE_ORDER_MARK
from app.tagging import seed_words
from app.tagging.codebook.entries import Entry, UnreadableList

#: The columns; `under` is the key, or the name, of the entry that it stands under.
COLUMNS = (
    "key",
    "under",
    "name",
    "definition",
    "includes",
    "excludes",
    "examples",
    "seeds",
    "aliases",
    "colour",
    "in_use",
    "id",
)
_MOST_PROBLEMS = 20
#: What a spreadsheet would run, however often it was guarded before.
_RUNS = re.compile(r"'* *[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+ *[=+\-@\t\r\n]")
_COLOUR = re.compile(r"(#[0-9a-f]{6})?")


def write_csv(entries: Sequence[Entry]) -> str:
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_guarded(cell) for cell in _cells(entry, entries)])
    return buffer.getvalue()


def _cells(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    return [
        entry.key,
        entries[entry.under].key if entry.under is not None else "",
        entry.name,
        entry.definition,
        entry.includes,
        entry.excludes,
        "\n".join(entry.examples),
        _seeds_written(entry.seeds),
        "\n".join(entry.aliases),
        entry.colour,
        "no" if entry.is_retired else "yes",
        entry.guid,
    ]


def read_csv(content: bytes) -> list[Entry]:
    """Raises UnreadableList with each mistake and its row."""
    rows = _rows(content)
    problems: list[str] = []
    places: dict[str, int] = {}
    entries: list[Entry] = []
    for number, row in rows:
        try:
            entry = _entry(row, places)
        except ValueError as problem:
            problems.append(f"Row {number}: {problem}")
            continue
        for name in (entry.key, entry.name):
            if name:
                places.setdefault(name.casefold(), len(entries))
        entries.append(entry)
    if not entries and not problems:
        problems.append("The file has no rows below its headings.")
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS:] = [f"And {len(problems) - _MOST_PROBLEMS} more."]
    if problems:
        raise UnreadableList(problems)
    return entries


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableList(["The file is not UTF-8. Save it as ‘CSV UTF-8’."]) from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = [cell.strip().casefold() for cell in next(reader, [])]
        if "name" not in headings or "under" not in headings:
            raise UnreadableList(["The first row has no headings ‘name’ and ‘under’."])
        for row in reader:
            cells = {head: _unguarded(cell) for head, cell in zip(headings, row, strict=False)}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as problem:
        raise UnreadableList([f"This is not a CSV file: {problem}."]) from None


def _entry(row: Mapping[str, str], places: Mapping[str, int]) -> Entry:
    """Raises ValueError with what is wrong."""
    name = " ".join(row["name"].split())
    if not name:
        raise ValueError("there is no name.")
    under = row.get("under", "").strip()
    place = places.get(under.casefold()) if under else None
    if under and place is None:
        raise ValueError(f"‘{name}’ stands under ‘{under}’, which no row above it is called.")
    colour = row.get("colour", "").strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"‘{colour}’ is no colour; it takes one such as #1f7a8c.")
    return Entry(
        guid=row.get("id", "").strip().lower(),
        key=row.get("key", "").strip(),
        name=name,
        is_category=not under,
        under=place,
        definition=row.get("definition", ""),
        includes=row.get("includes", ""),
        excludes=row.get("excludes", ""),
        examples=_lines(row.get("examples", "")),
        seeds=_seeds_read(row.get("seeds", "")),
        aliases=_lines(row.get("aliases", "")),
        colour=colour,
        is_retired=_is_retired(row.get("in_use", "")),
    )


def _is_retired(text: str) -> bool:
    said = text.strip().casefold()
    if said not in ("", "yes", "no"):
        raise ValueError(f"‘{text}’ stands under in_use, which takes yes or no.")
    return said == "no"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _seeds_written(seeds: Mapping[str, Sequence[str]]) -> str:
    """As a person writes them, or as JSON where a comma or a colon stands within the words."""
    lines = seed_words.written(seeds)
    if _as_lists(seed_words.read(lines)) == _as_lists(seeds):
        return lines
    return json.dumps(_as_lists(seeds), ensure_ascii=False)


def _seeds_read(text: str) -> dict[str, tuple[str, ...]]:
    if text.lstrip().startswith("{"):
        try:
            seeds = json.loads(text)
            return {str(language): tuple(map(str, words)) for language, words in seeds.items()}
        except (ValueError, TypeError, AttributeError):
            raise ValueError("the words that buyers say cannot be read as JSON.") from None
    return {language: tuple(words) for language, words in seed_words.read(text).items()}


def _as_lists(seeds: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {language: list(words) for language, words in seeds.items()}


def _guarded(cell: str) -> str:
    return "'" + cell if _RUNS.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
