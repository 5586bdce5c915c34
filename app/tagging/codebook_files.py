"""Reason lists as YAML files: what is in one, and how it is read. Pure: no database, no web."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from app.core.marked_yaml import LANGUAGE, Problems, Record, open_record

SHIPPED = Path(__file__).parent / "codebooks"


@dataclass(frozen=True)
class ReasonEntry:
    """One reason: a neutral dimension that may speak for us or against us."""

    key: str
    name: str
    definition: str
    includes: str
    excludes: str
    #: Words that buyers say, by language; each belongs to one reason.
    seeds: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Category:
    """A group of reasons."""

    key: str
    name: str
    definition: str
    reasons: tuple[ReasonEntry, ...]


@dataclass(frozen=True)
class Codebook:
    """One reason list as its file has it."""

    id: str
    title: str
    about: str
    categories: tuple[Category, ...]

    @property
    def reasons(self) -> tuple[ReasonEntry, ...]:
        """All reasons in the order of the file."""
        return tuple(reason for category in self.categories for reason in category.reasons)

    @property
    def checksum(self) -> str:
        """Changes with the content alone, not with comments, layout or the order of keys."""
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def shipped_codebook(name: str) -> Codebook:
    """A reason list that comes with the product; raises KeyError where there is none."""
    path = SHIPPED / f"{name}.yaml"
    if name not in shipped_ids():
        raise KeyError(name)
    return read_codebook(path.read_text(encoding="utf-8"), path.name)


def shipped_ids() -> tuple[str, ...]:
    """The names of the shipped lists, the starter first."""
    names = sorted(path.stem for path in SHIPPED.glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != "starter"))


def read_codebook(text: str, filename: str) -> Codebook:
    """Read a reason list's YAML; raises `UnreadableFileError` with all its mistakes."""
    problems = Problems(filename)
    record = open_record(text, problems)
    codebook = Codebook(
        id=record.slug("id"),
        title=record.text("title"),
        about=record.text("about"),
        categories=_categories(record),
    )
    record.finish()
    problems.raise_if_any()
    return codebook


class _Taken:
    """What was used before in this file, and by whom: nothing may stand for two things."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.seeds: dict[tuple[str, str], str] = {}


def _categories(codebook: Record) -> tuple[Category, ...]:
    taken = _Taken()
    categories = []
    for record in codebook.records("categories", what="category", named_by="key"):
        key = _unique(record, "key", record.slug("key"), taken.keys)
        categories.append(
            Category(
                key=key,
                name=_unique(record, "name", record.text("name"), taken.names),
                definition=record.text("definition"),
                reasons=tuple(
                    _reason(reason, taken)
                    for reason in record.records("reasons", what="reason", named_by="key")
                ),
            )
        )
        record.finish()
    return tuple(categories)


def _reason(record: Record, taken: _Taken) -> ReasonEntry:
    key = _unique(record, "key", record.slug("key"), taken.keys)
    reason = ReasonEntry(
        key=key,
        name=_unique(record, "name", record.text("name"), taken.names),
        definition=record.text("definition"),
        includes=record.text("includes"),
        excludes=record.text("excludes"),
        seeds=_seeds(record, key, taken.seeds),
    )
    record.finish()
    return reason


def _seeds(
    reason: Record, key: str, taken: dict[tuple[str, str], str]
) -> dict[str, tuple[str, ...]]:
    seeds: dict[str, tuple[str, ...]] = {}
    record = reason.record("seeds")
    if record is None:
        return seeds
    for language in record.field_names():
        words = record.texts(language)
        if not LANGUAGE.fullmatch(language):
            takes = "seeds take a language tag such as en or de, then a list of words"
            record.complain_about_key(language, f"{language!r} is not a language; {takes}")
        for word in words:
            other = taken.setdefault((language, word.casefold()), key)
            if other != key or words.count(word) > 1:
                record.complain(language, f"{word!r} is already a seed of {other!r}")
        seeds[language] = words
    if not seeds:
        reason.complain("seeds", "seeds is empty; it takes a language, then a list of words")
    return seeds


def _unique(record: Record, field: str, value: str, taken: dict[str, str]) -> str:
    folded = value.casefold()
    if folded in taken:
        record.complain(field, f"{field} {value!r} is used twice; each stands for one thing")
    taken[folded] = value
    return value
