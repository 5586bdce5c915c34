"""YAML read with the place of every value, so that a mistake is shown where it stands.

Readers of files that people write (guides, reason lists) take values out of a `Record`, key by
key. A mistake is noted and reading goes on, so that one run shows all of them; `finish` and
`Problems.raise_if_any` end the reading.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import yaml

Choice = TypeVar("Choice", bound=StrEnum)

SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# Ten times as fast as the one in Python, with the same marks; not in every build of PyYAML.
_FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING_TAG = "tag:yaml.org,2002:str"
_NULL_TAG = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands (from line 1, column 1), what is wrong and what it takes."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class UnreadableFileError(ValueError):
    """A file that cannot be used, with all that was found wrong in it, in the file's order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.column)))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """Collects the mistakes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []

    def add(self, path: str, message: str, *, line: int = 0, column: int = 0) -> None:
        """Note a mistake at a line and column counted from 0, as the parser does."""
        self._found.append(Problem(self.file, line + 1, column + 1, path, message))

    def raise_if_any(self) -> None:
        """End the reading: raise `UnreadableFileError` if anything was noted."""
        if self._found:
            raise UnreadableFileError(self._found)


class Record:
    """One mapping of the file. Values are taken by key; a key nobody took is unknown."""

    def __init__(self, node: yaml.MappingNode, path: str, name: str, problems: Problems) -> None:
        self._node = node
        self._path = path
        self._name = name
        self._problems = problems
        self._values: dict[str, yaml.Node] = {}
        self._key_nodes: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in self._values:
                self._note(key_node, key, f"{key} is given twice")
                continue
            self._values[key] = value_node
            self._key_nodes[key] = key_node

    def field_names(self) -> Iterator[str]:
        """The keys as they stand in the file."""
        return iter(self._values)

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as a known key from now on."""
        self._ask(key)
        return key in self._values

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at the value of a key, or at the record when the key is not there."""
        self._note(self._values.get(key, self._node), key, message)

    def complain_about_key(self, key: str, message: str) -> None:
        """Note a mistake at the key itself."""
        self._note(self._key_nodes[key], key, message)

    def text(self, key: str, *, required: bool = True) -> str:
        """Words for people, without surrounding space."""
        node = self._take(key, required)
        return "" if node is None else self._text_of(node, key)

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of words for people."""
        return tuple(self._text_of(node, key) for node in self._list(key, required))

    def slug(self, key: str) -> str:
        """A lasting name for machines: small letters, digits and underscores."""
        takes = "small letters, digits and single underscores, beginning with a letter"
        return self._matching(key, SLUG, takes)

    def language(self, key: str) -> str:
        """A language tag."""
        return self._matching(key, LANGUAGE, "a language tag such as en, de or pt-BR")

    def languages(self, key: str) -> tuple[str, ...]:
        """A list of language tags, each once; none where the key is absent."""
        tags: list[str] = []
        for node in self._list(key, required=False):
            tag = _scalar(node) or ""
            if not LANGUAGE.fullmatch(tag):
                takes = "language tags such as de, fr or pt-BR"
                self._note(node, key, f"{key} names {_shown(node)}; it takes {takes}")
            elif tag in tags:
                self._note(node, key, f"{key} names {tag} twice")
            else:
                tags.append(tag)
        return tuple(tags)

    def positive_number(self, key: str) -> int:
        """A whole number above zero."""
        node = self._take(key, required=True)
        if node is None:
            return 0
        value = _scalar(node)
        if value is None or not re.fullmatch(r"[1-9][0-9]{0,5}", value):
            self._note(node, key, f"{key} is {_shown(node)}; it takes a whole number from 1 up")
            return 0
        return int(value)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        return self.optional_flag(key) or False

    def optional_flag(self, key: str) -> bool | None:
        """True or false; None where the key is absent."""
        node = self._take(key, required=False)
        if node is None:
            return None
        value = _scalar(node)
        if value not in ("true", "false"):
            self._note(node, key, f"{key} is {_shown(node)}; it takes true or false")
        return value == "true"

    def choice(self, key: str, among: type[Choice]) -> Choice:
        """One of a fixed set of words."""
        node = self._take(key, required=True)
        chosen = None if node is None else self._choice_of(node, key, among)
        return chosen or next(iter(among))

    def choices(
        self, key: str, among: type[Choice], *, required: bool = True
    ) -> tuple[Choice, ...]:
        """A list of words out of a fixed set, each once."""
        chosen: list[Choice] = []
        for node in self._list(key, required):
            word = self._choice_of(node, key, among)
            if word in chosen:
                self._note(node, key, f"{key} names {word} twice")
            elif word is not None:
                chosen.append(word)
        return tuple(chosen)

    def record(self, key: str, *, required: bool = True) -> Record | None:
        """A mapping inside this one."""
        node = self._take(key, required)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self._note(node, key, f"{key} is {_shown(node)}; it takes 'key: value' lines")
            return None
        return Record(node, self._path_to(key), self._name, self._problems)

    def records(self, key: str, what: str, named_by: str) -> list[Record]:
        """A list of mappings, each called '`what` <its name>' in messages."""
        records = []
        for index, node in enumerate(self._list(key, required=True)):
            if not isinstance(node, yaml.MappingNode):
                takes = f"a {what}: 'key: value' lines, the first after a dash"
                self._note(node, key, f"{what} {index + 1} is {_shown(node)}; it takes {takes}")
                continue
            name = f"{what} {_named(node, named_by) or index + 1}"
            records.append(Record(node, f"{self._path_to(key)}[{index}]", name, self._problems))
        return records

    def finish(self) -> None:
        """Note the keys that nobody took, with the likely one."""
        for key, node in self._key_nodes.items():
            if key in self._asked:
                continue
            near = difflib.get_close_matches(key.lower(), self._asked, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it takes {one_of(self._asked)}"
            self._note(node, key, f"unknown key {key!r}; {hint}")

    def _ask(self, key: str) -> None:
        if key not in self._asked:
            self._asked.append(key)

    def _take(self, key: str, required: bool) -> yaml.Node | None:
        self._ask(key)
        node = self._values.get(key)
        if node is None and required:
            self._note(self._node, key, f"{key} is missing")
        return node

    def _list(self, key: str, required: bool) -> list[yaml.Node]:
        node = self._take(key, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            takes = "a list: one entry a line, each after a dash"
            self._note(node, key, f"{key} is {_shown(node)}; it takes {takes}")
            return []
        if not node.value:
            self._note(node, key, f"{key} is an empty list; it takes at least one entry")
        return list(node.value)

    def _text_of(self, node: yaml.Node, key: str) -> str:
        if _scalar(node) is None:
            self._note(node, key, f"{key} is {_shown(node)}; it takes words")
            return ""
        if node.tag == _NULL_TAG or not node.value.strip():
            self._note(node, key, f"{key} is empty; it takes words")
        elif node.tag != _STRING_TAG:
            hint = "put it in quotes to have it read as words"
            self._note(node, key, f"{key} is {_shown(node)}; {hint}")
        return str(node.value).strip()

    def _choice_of(self, node: yaml.Node, key: str, among: type[Choice]) -> Choice | None:
        words = [member.value for member in among]
        value = _scalar(node)
        if value in words:
            return among(value)
        near = difflib.get_close_matches(value or "", words, n=1, cutoff=0.75)
        hint = f"; did you mean {near[0]}?" if near and len(words) > 4 else ""
        self._note(node, key, f"{key} is {_shown(node)}; it takes {one_of(words)}{hint}")
        return None

    def _matching(self, key: str, pattern: re.Pattern[str], takes: str) -> str:
        node = self._take(key, required=True)
        if node is None:
            return ""
        value = _scalar(node) or ""
        if not pattern.fullmatch(value):
            self._note(node, key, f"{key} is {_shown(node)}; it takes {takes}")
        return value

    def _path_to(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _note(self, node: yaml.Node, key: str, message: str) -> None:
        prefix = f"{self._name}: " if self._name else ""
        mark = node.start_mark
        self._problems.add(self._path_to(key), prefix + message, line=mark.line, column=mark.column)


def open_record(text: str, problems: Problems) -> Record:
    """Parse a file whose whole is one mapping; what is not YAML raises `UnreadableFileError`."""
    node = _compose(text.removeprefix("\ufeff"), problems)
    if not isinstance(node, yaml.MappingNode):
        found = "the file is empty" if node is None else f"the file is {_shown(node)}"
        problems.add("", f"{found}; it takes 'key: value' lines, such as 'title: Loss'")
        problems.raise_if_any()
    assert isinstance(node, yaml.MappingNode)
    return Record(node, "", "", problems)


def one_of(words: Sequence[str]) -> str:
    """'a', 'a or b', 'a, b or c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _compose(text: str, problems: Problems) -> yaml.Node | None:
    try:
        fast: yaml.Node | None = yaml.compose(text, Loader=_FAST_LOADER)
    except yaml.YAMLError:
        return _compose_or_explain(text, problems)
    return fast


def _compose_or_explain(text: str, problems: Problems) -> yaml.Node | None:
    """With the parser in Python, whose messages can be put in plain words."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        assert mark is not None
        message = _plainly(error.problem or str(error))
        problems.add("", message, line=mark.line, column=mark.column)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        message = "a character that cannot be printed; remove it"
        column = len(before) - before.rfind("\n") - 1
        problems.add("", message, line=before.count("\n"), column=column)
    except RecursionError:
        problems.add("", "the file is nested too deeply")
    else:
        return node
    problems.raise_if_any()
    raise AssertionError("unreachable")


def _plainly(parser_message: str) -> str:
    """The parser's commonest messages in the words of somebody who writes a guide."""
    plain = {
        "mapping values are not allowed here": (
            "a colon in the middle of words; put the whole sentence in quotes"
        ),
        "could not find expected ':'": "a line without 'key:'; is its indentation right?",
        "expected <block end>": (
            "the indentation does not fit the lines above, or words that begin with a brace"
            " or a quotation mark need quotes around the whole"
        ),
        "found character '\\t'": "a tab; indent with spaces",
        "cannot start any token": "words that begin with this character need quotes",
        "but found another document": "a second document (a line of ---); keep one a file",
        "found undefined alias": "a word beginning with *; put it in quotes",
        "expected ',' or ']'": "a list in brackets went wrong; write one entry a line after a dash",
        "found unexpected end of stream": "a quotation mark is opened and not closed",
    }
    for start, words in plain.items():
        if start in parser_message:
            return words
    return f"not readable as YAML: {parser_message}"


def _scalar(node: yaml.Node) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a group of 'key: value' lines"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    value = str(node.value)
    if not value.strip():
        return "empty"
    return repr(value if len(value) <= 40 else f"{value[:39]}…")


def _named(node: yaml.MappingNode, named_by: str) -> str:
    for key_node, value_node in node.value:
        if key_node.value == named_by and isinstance(value_node, yaml.ScalarNode):
            return repr(str(value_node.value)) if value_node.value else ""
    return ""
