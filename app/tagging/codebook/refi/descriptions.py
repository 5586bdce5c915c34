"""All that the list says of a reason, as the one description that REFI-QDA has for a code, and
read back from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.core.marked_yaml import LANGUAGE
from app.tagging.codebook.entries import Entry

_ALSO = "Also counts"
_NOT = "Does not count"
_EXAMPLES = "Examples"
_WORDS = "Words that buyers say"
_NAMES = "Also called"
_RETIRED = "No longer in use"
_KEY = "Key"
_LABEL = re.compile(
    rf"({_ALSO}|{_NOT}|{_EXAMPLES}|{_WORDS} \(([^()]+)\)|{_NAMES}|{_RETIRED}|{_KEY}):(?: |$)"
)
#: A line of a person's text that would read as a label is written with a backslash before it.
_TAKEN = re.compile(rf"\\*{_LABEL.pattern}")
_GAP = "\n\n"


def description_of(entry: Entry) -> str:
    """'What it means', and then what else is said, each under its label."""
    parts = [_escaped(entry.definition)]
    if entry.includes:
        parts.append(f"{_ALSO}: {_escaped(entry.includes)}")
    if entry.excludes:
        parts.append(f"{_NOT}: {_escaped(entry.excludes)}")
    if entry.examples:
        parts.append(f"{_EXAMPLES}:\n{_list(entry.examples)}")
    parts += [f"{_WORDS} ({language}):\n{_list(words)}" for language, words in entry.seeds.items()]
    if entry.aliases:
        parts.append(f"{_NAMES}:\n{_list(entry.aliases)}")
    if entry.is_retired:
        parts.append(f"{_RETIRED}: yes")
    parts.append(f"{_KEY}: {entry.key}")
    return _GAP.join(parts)


def with_description(entry: Entry, description: str) -> Entry:
    """The entry with what its description says; another program's is the definition alone."""
    definition, parts = _parts(description)
    seeds: dict[str, tuple[str, ...]] = {}
    values: dict[str, object] = {"definition": definition}
    for label, language, text in parts:
        if language and LANGUAGE.fullmatch(language):
            seeds[language] = tuple(_items(text))
        elif label == _ALSO:
            values["includes"] = text
        elif label == _NOT:
            values["excludes"] = text
        elif label == _EXAMPLES:
            values["examples"] = tuple(_items(text))
        elif label == _NAMES:
            values["aliases"] = tuple(_items(text))
        elif label == _RETIRED:
            values["is_retired"] = text.strip() == "yes"
        elif label == _KEY:
            values["key"] = text.strip()
    return replace(entry, seeds=seeds, **values)  # type: ignore[arg-type]


def _parts(description: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text before the first label, and each label with its language and its text."""
    definition: list[str] = []
    parts: list[tuple[str, str, list[str]]] = []
    for line in description.split("\n"):
        label = _LABEL.match(line)
        if label:
            begun = _unescaped(line[label.end() :])
            is_text = line[: label.end()].endswith(" ")
            parts.append((label[1], label[2] or "", [begun] if is_text else []))
        else:
            (parts[-1][2] if parts else definition).append(_unescaped(line))
    said = [
        (label, language, _without_gap(lines, is_last=number == len(parts)))
        for number, (label, language, lines) in enumerate(parts, 1)
    ]
    return _without_gap(definition, is_last=not parts), said


def _without_gap(lines: list[str], *, is_last: bool) -> str:
    """The text of a part without the empty line before the next label."""
    return "\n".join(lines if is_last or not lines or lines[-1] else lines[:-1])


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _items(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        item = line.removeprefix("- ")
        if item.strip():
            yield item


def _escaped(text: str) -> str:
    return "\n".join("\\" + line if _TAKEN.match(line) else line for line in text.split("\n"))


def _unescaped(line: str) -> str:
    return line[1:] if line.startswith("\\") and _TAKEN.match(line) else line
