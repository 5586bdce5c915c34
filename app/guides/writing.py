"""Writing a guide's YAML in one canonical form, so that what is written reads as it was. Pure.

It takes the plain content rather than a `Guide`, because a draft under way is written too: reading
it again is what tells whether the draft is a guide by now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from app.guides.content import content_of
from app.guides.reading import Guide

_HEADER = "# yaml-language-server: $schema=guide.schema.json"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_PRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SIMPLE = re.compile(r"\w[\w .'&/+()-]*")
"""What may stand in a list in brackets without quotes; readers differ over the rest."""

Content = Mapping[str, Any]
Lines = Iterator[str]


def write_guide(guide: Guide) -> str:
    """The guide's YAML; `read_guide` makes the same guide of it."""
    return write_content(content_of(guide))


def write_content(content: Content) -> str:
    """The YAML of a guide's content, whether or not a guide can be read from it yet."""
    return "\n".join([_HEADER, *_guide(content)]) + "\n"


def _guide(content: Content) -> Lines:
    for key in ("id", "title", "about", "language"):
        yield _line(key, content[key])
    if content.get("languages"):
        yield _flow("languages", content["languages"])
    if content.get("channel"):
        yield _line("channel", content["channel"])
    yield _flow("outcomes", content["outcomes"])
    yield from _block("opening", content["opening"])
    yield from _translations(content, "title", "about", "opening")
    if not content["sections"]:
        yield "sections: []"
        return
    yield "sections:"
    for index, section in enumerate(content["sections"]):
        if index:
            yield ""
        yield from _item(_section(section))


def _section(content: Content) -> Lines:
    yield _line("id", content["id"])
    yield _line("title", content["title"])
    yield f"minutes: {content['minutes']}"
    yield from _translations(content, "title")
    if not content["questions"]:
        yield "questions: []"
        return
    yield "questions:"
    for question in content["questions"]:
        yield from _item(_question(question))


def _question(content: Content) -> Lines:
    yield _line("id", content["id"])
    yield _line("kind", content["kind"])
    if content["must"]:
        yield "must: true"
    yield from _words("say", content["say"])
    yield from _words("why", content["why"])
    yield from _probes(content["probes"])
    if content["clarifies"]:
        yield _flow("clarifies", content["clarifies"])
    yield from _condition(content["when"])
    yield from _translations(content, "say", "probes")


def _condition(when: Content) -> Lines:
    lists = [
        _flow(key, when[key])
        for key in ("outcome", "buying_role", "competitor_met", "product")
        if when[key]
    ]
    if when["first_deal"] is not None:
        lists.append(f"first_deal: {'true' if when['first_deal'] else 'false'}")
    if lists:
        yield "when:"
        yield from _indented(lists)


def _translations(content: Content, *keys: str) -> Lines:
    """The words under `in`, without the languages in which nothing is said."""
    written = {
        language: list(_translated(words, keys))
        for language, words in content.get("in", {}).items()
    }
    if any(written.values()):
        yield "in:"
        for language, lines in written.items():
            if lines:
                yield f"  {_plain_or_quoted(language)}:"
                yield from _indented(lines, by=4)


def _translated(words: Content, keys: Sequence[str]) -> Lines:
    for key in keys:
        if not words.get(key):
            continue
        if key == "probes":
            yield from _probes(words[key])
        elif key == "opening":
            yield from _block(key, words[key])
        else:
            yield from _words(key, words[key])


def _probes(probes: Sequence[str]) -> Lines:
    if probes:
        yield "probes:"
        yield from (f"  - {_plain_or_quoted(probe)}" for probe in probes)


def _line(key: str, text: str) -> str:
    return f"{key}: {_plain_or_quoted(text)}"


def _words(key: str, text: str) -> Lines:
    """On one line; what has several is a block."""
    if "\n" in text:
        yield from _block(key, text)
    else:
        yield _line(key, text)


def _block(key: str, text: str) -> Lines:
    """The text as it is read, line by line under its key, where YAML can carry it so."""
    lines = [f"{key}: |", *(f"  {line}" if line else "" for line in text.split("\n"))]
    if _reads_as("\n".join(lines) + "\n", {key: text + "\n"}):
        yield from lines
    else:
        yield _line(key, text)


def _flow(key: str, words: Sequence[str]) -> str:
    items = (
        word if _SIMPLE.fullmatch(word) and _reads_as(f"[{word}]", [word]) else _quoted(word)
        for word in words
    )
    return f"{key}: [{', '.join(items)}]"


def _plain_or_quoted(text: str) -> str:
    plain = not {"\n", "\t"} & set(text) and _reads_as(f"- {text}\n", [text])
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """In double quotes, where YAML can say anything."""
    return _NOT_PRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character.group()):04x}"


def _reads_as(written: str, meant: object) -> bool:
    """Whether any reader of YAML makes of it what was meant."""
    try:
        return bool(yaml.load(written, Loader=_LOADER) == meant)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError):
        return False


def _item(lines: Lines) -> Lines:
    """One entry of a list of mappings, its first line after the dash."""
    for index, line in enumerate(lines):
        yield f"{'    ' if index else '  - '}{line}" if line else ""


def _indented(lines: Sequence[str], by: int = 2) -> Lines:
    yield from (" " * by + line if line else "" for line in lines)
