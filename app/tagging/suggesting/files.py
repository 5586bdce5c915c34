"""Labelled sentences, sentences to suggest for, and seed words, as files have them. Pure.

Sentences are JSON, one object a line: `{"text", "tags": [...]}` to learn from, `{"id", "text"}` to
suggest for. Seed words are a reason list's YAML, or JSON, JSON lines or CSV with a tag and its
words.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from app.tagging.codebook_files import read_codebook
from app.tagging.suggesting.examples import Example

#: What the fields of an entry may be called, by what they are.
_TAG = ("tag", "key", "id", "category", "label", "reason", "name")
_WORDS = ("seeds", "seed_words", "seedwords", "keywords", "words", "terms")
_LANGUAGE = "en"

SeedWords = dict[str, dict[str, list[str]]]


class UnreadableLines(ValueError):
    """A file is not as it should be; the message names the line and is for a person."""


@dataclass(frozen=True)
class Training:
    """What a file to learn from holds: examples, and lines that give a tag its seed words."""

    examples: list[Example] = field(default_factory=list)
    seeds: SeedWords = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """A sentence to suggest for, with its own name in the file."""

    id: Any
    text: str


def read_training(text: str) -> Training:
    """Raises UnreadableLines."""
    training = Training()
    for number, value in _objects(text):
        if "text" not in value and _named(value, _WORDS) is not None:
            tag, seeds = _entry(value, number)
            training.seeds[tag] = seeds
            continue
        tags = value.get("tags", value.get("labels"))
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            raise UnreadableLines(f'line {number}: "tags" must be a list of names, [] for none.')
        group = value.get("interview") or value.get("group") or ""
        training.examples.append(Example(_text(value, number), frozenset(tags), str(group)))
    if not training.examples:
        raise UnreadableLines('it holds no example: {"text": "...", "tags": ["..."]} on each line.')
    return training


def read_sentences(text: str) -> list[Sentence]:
    """A sentence without an id is known by its line. Raises UnreadableLines."""
    return [
        Sentence(value.get("id", number), _text(value, number)) for number, value in _objects(text)
    ]


def read_seed_words(text: str, filename: str) -> SeedWords:
    """Seed words by tag and language, in the order of the file. Raises UnreadableLines, or
    UnreadableFileError for a reason list's YAML."""
    ending = filename.rpartition(".")[2].lower()
    if ending in ("yaml", "yml"):
        reasons = read_codebook(text, filename).reasons
        return {
            reason.key: _with_name(
                reason.name, {lang: list(words) for lang, words in reason.seeds.items()}
            )
            for reason in reasons
        }
    if ending == "csv":
        rows = enumerate(csv.DictReader(StringIO(text)), 2)
        return dict(_entry(dict(row), number) for number, row in rows)
    if ending == "jsonl":
        return dict(_entry(value, number) for number, value in _objects(text))
    return _json_seeds(text)


def seeds_for(training: Training, codebook: SeedWords | None) -> SeedWords:
    """Every tag there may be, with its words: those of the codebook and of the training file; a
    tag that neither knows has its own name."""
    known = {**(codebook or {}), **training.seeds}
    used = sorted({tag for example in training.examples for tag in example.tags} - known.keys())
    return known | {tag: _with_name(tag, {}) for tag in used}


def _json_seeds(text: str) -> SeedWords:
    try:
        value = json.loads(text)
    except ValueError as problem:
        raise UnreadableLines(f"it is not JSON: {problem}.") from problem
    if isinstance(value, dict):
        value = next((value[key] for key in ("tags", "codebook", "reasons", "categories")
                      if isinstance(value.get(key), list)), value)  # fmt: skip
    if isinstance(value, dict):
        value = [_as_entry(tag, entry) for tag, entry in value.items()]
    if not isinstance(value, list):
        raise UnreadableLines('it must be {"tag": ["word", ...]} or a list of tags with "seeds".')
    return dict(_entry(entry, number) for number, entry in enumerate(value, 1))


def _as_entry(tag: str, entry: Any) -> dict[str, Any]:
    if isinstance(entry, Mapping) and _named(entry, _WORDS) is not None:
        return {**entry, "tag": tag}
    return {"tag": tag, "seeds": entry}


def _entry(value: Any, number: int) -> tuple[str, dict[str, list[str]]]:
    tag = _named(value, _TAG) if isinstance(value, Mapping) else None
    if not isinstance(tag, str) or not tag:
        raise UnreadableLines(f'entry {number}: give its "tag", and "seeds" for its words.')
    name = value.get("name")
    return tag, _with_name(name if isinstance(name, str) else tag, _languages(value, number))


def _languages(value: Mapping[str, Any], number: int) -> dict[str, list[str]]:
    """Words as a list, as a text with commas, semicolons or bars between, or either by language."""
    words = _named(value, _WORDS) or []
    by_language = words if isinstance(words, Mapping) else {_LANGUAGE: words}
    return {str(language): _split(some, number) for language, some in by_language.items()}


def _split(words: Any, number: int) -> list[str]:
    if isinstance(words, str):
        words = words.replace(";", ",").replace("|", ",").split(",")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise UnreadableLines(f'entry {number}: "seeds" must be a list of words.')
    return [word.strip() for word in words if word.strip()]


def _with_name(name: str, seeds: dict[str, list[str]]) -> dict[str, list[str]]:
    """The name is a seed word too, of the first language."""
    language = next(iter(seeds), _LANGUAGE)
    name = name.replace("_", " ").strip()
    return {**seeds, language: list(dict.fromkeys([name, *seeds.get(language, [])]))}


def _named(value: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((value[name] for name in names if value.get(name) is not None), None)


def _text(value: Mapping[str, Any], number: int) -> str:
    text = value.get("text")
    if not isinstance(text, str):
        raise UnreadableLines(f'line {number}: "text" is missing.')
    return text


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as problem:
            raise UnreadableLines(f"line {number} is not JSON: {problem}.") from problem
        if not isinstance(value, dict):
            raise UnreadableLines(f"line {number} must be an object in braces.")
        yield number, value
