"""A whole REFI-QDA project (.qdpx): a ZIP of project.qde and the texts. An interview is a text, an
answer a selection with its question as code, a quote a selection with its reasons as codes, and
what a tag says beyond its reason stands in the note of the coding. Who speaks in a text is a case
of its own, with the selections of what they said.

Positions are code points from the start of the text, the end exclusive."""

from __future__ import annotations

import io
import re
import uuid
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.tagging.codebook.entries import Entry, UnreadableList
from app.tagging.codebook.refi.codes import ORIGIN, codes_of, guid, read_codes
from app.tagging.codebook.refi.xml import document, element, fit, parse

NAMESPACE = "urn:QDA-XML:project:1.0"
_FILE = "project.qde"
_FOLDER = "sources/"
_INTERNAL = "internal://"
_BACKSLASH, _LINE_END = "\\", "\n"
_ESCAPED = re.compile(r"\\([\\n])")
_MOST_BYTES = 200 * 1024 * 1024
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)


def stable_guid(*parts: str) -> str:
    """Always the same for the same parts."""
    return str(uuid.uuid5(_OURS, "\n".join(parts)))


QUESTIONS = Entry(stable_guid("questions"), "", "Questions", True, definition="What was asked.")
NO_REASON = stable_guid("no reason yet")


@dataclass(frozen=True)
class Coding:
    """A code given to a span, and what its note says as names and values."""

    guid: str
    code: str
    by: str = ""
    at: datetime | None = None
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """Words of a text: code points [start, end)."""

    guid: str
    start: int
    end: int
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class Document:
    """A text with its selections, and what is known of its case; or with `of`, a further text of
    that text's case."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    of: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who speaks: the guids of the selections that hold their words, in whatever text."""

    guid: str
    name: str
    said: tuple[str, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    name: str
    codes: tuple[Entry, ...]
    documents: tuple[Document, ...]
    people: tuple[Person, ...] = ()


def write_project(project: Project) -> bytes:
    root = element("Project", name=project.name, origin=ORIGIN)
    _append_users(root, project)
    if project.codes:
        book = ET.SubElement(root, "CodeBook")
        book.append(codes_of(project.codes))
    _append_cases(root, project)
    _append_sources(root, project)
    _append_notes(root, project)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_FILE, document(root, NAMESPACE))
        for each in project.documents:
            archive.writestr(f"{_FOLDER}{each.guid}.txt", fit(each.text).encode())
    return file.getvalue()


def read_project(content: bytes) -> Project:
    """Raises UnreadableList."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise UnreadableList(
            ["This is not a .qdpx file: it cannot be opened as a ZIP."]
        ) from problem


# Writing


def _codings(project: Project) -> Iterable[Coding]:
    for each in project.documents:
        for selection in each.selections:
            yield from selection.codings


def _append_users(root: ET.Element, project: Project) -> None:
    names = sorted({coding.by for coding in _codings(project)} - {""})
    if names:
        users = ET.SubElement(root, "Users")
        for name in names:
            users.append(element("User", guid=_user(name), name=name))


def _append_cases(root: ET.Element, project: Project) -> None:
    facts = [each.facts for each in project.documents] + [each.facts for each in project.people]
    names = sorted({name for each in facts for name in each})
    if names:
        variables = ET.SubElement(root, "Variables")
        for name in names:
            variables.append(
                element("Variable", guid=_variable(name), name=name, typeOfVariable="Text")
            )
    if project.documents:
        cases = ET.SubElement(root, "Cases")
        for each in (one for one in project.documents if not one.of):
            case = _case(stable_guid("case", each.guid), each.name, each.facts)
            texts = [each, *(one for one in project.documents if one.of == each.guid)]
            for text in texts:
                case.append(element("SourceRef", targetGUID=text.guid))
            cases.append(case)
        for person in project.people:
            case = _case(person.guid, person.name, person.facts)
            for selection in person.said:
                case.append(element("SelectionRef", targetGUID=selection))
            cases.append(case)


def _case(guid: str, name: str, facts: Mapping[str, str]) -> ET.Element:
    case = element("Case", guid=guid, name=name)
    for variable, value in facts.items():
        said = ET.SubElement(case, "VariableValue")
        said.append(element("VariableRef", targetGUID=_variable(variable)))
        said.append(element("TextValue", value))
    return case


def _append_sources(root: ET.Element, project: Project) -> None:
    if not project.documents:
        return
    sources = ET.SubElement(root, "Sources")
    for each in project.documents:
        path = f"{_INTERNAL}{each.guid}.txt"
        source = element("TextSource", guid=each.guid, name=each.name, plainTextPath=path)
        for selection in each.selections:
            source.append(_selection(each, selection))
        sources.append(source)


def _selection(each: Document, selection: Selection) -> ET.Element:
    made = element(
        "PlainTextSelection",
        guid=selection.guid,
        name=" ".join(each.text[selection.start : selection.end].split())[:80],
        startPosition=str(selection.start),
        endPosition=str(selection.end),
    )
    for coding in selection.codings:
        given = element(
            "Coding",
            guid=coding.guid,
            creatingUser=_user(coding.by) if coding.by else None,
            creationDateTime=coding.at.isoformat() if coding.at else None,
        )
        given.append(element("CodeRef", targetGUID=coding.code))
        if coding.says:
            given.append(element("NoteRef", targetGUID=_note(coding.says)))
        made.append(given)
    return made


def _append_notes(root: ET.Element, project: Project) -> None:
    """Codings that say the same share a note."""
    notes = {_note(coding.says): coding.says for coding in _codings(project) if coding.says}
    if notes:
        listed = ET.SubElement(root, "Notes")
        for note, says in notes.items():
            made = element("Note", guid=note, name=", ".join(says.values())[:80])
            made.append(element("PlainTextContent", _lines(says)))
            listed.append(made)


def _lines(says: Mapping[str, str]) -> str:
    """One line a value: its own backslashes and line ends are written with a backslash."""
    return "\n".join(
        f"{name}: {value.replace(_BACKSLASH, _BACKSLASH * 2).replace(_LINE_END, _BACKSLASH + 'n')}"
        for name, value in says.items()
    )


def _note(says: Mapping[str, str]) -> str:
    return stable_guid("note", _lines(says))


def _user(name: str) -> str:
    return stable_guid("user", name)


def _variable(name: str) -> str:
    return stable_guid("variable", name)


# Reading


def _read(archive: zipfile.ZipFile) -> Project:
    if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
        raise UnreadableList(["The file is larger than 200 MB when it is unpacked."])
    names = {info.filename.lower(): info.filename for info in archive.infolist()}
    main = next((name for name in names if name.endswith(".qde") and "/" not in name), None)
    if main is None:
        raise UnreadableList(["The file holds no project.qde."])
    root = parse(archive.read(names[main]), "Project")
    notes = {
        guid(note.get("guid", "")): _says(note.findtext("PlainTextContent") or "")
        for note in root.iterfind("Notes/Note")
    }
    users = {
        guid(user.get("guid", "")): user.get("name", "") for user in root.iterfind("Users/User")
    }
    variables = {
        guid(each.get("guid", "")): each.get("name", "")
        for each in root.iterfind("Variables/Variable")
    }
    facts, further = _facts(root, variables)
    documents = [
        _document(source, archive, names, notes, users, facts, further)
        for source in root.iterfind("Sources/TextSource")
    ]
    return Project(
        name=root.get("name", ""),
        codes=tuple(read_codes(root.find("CodeBook/Codes"))),
        documents=tuple(documents),
        people=tuple(_people(root, variables)),
    )


def _facts(
    root: ET.Element, variables: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What the cases say, by the guid of their first text; and that text's guid, by those of their
    further texts."""
    found: dict[str, dict[str, str]] = {}
    further: dict[str, str] = {}
    for case in root.iterfind("Cases/Case"):
        texts = [_target(ref) for ref in case.iterfind("SourceRef")]
        if texts:
            found.setdefault(texts[0], {}).update(_values(case, variables))
            further |= dict.fromkeys(texts[1:], texts[0])
    return found, further


def _people(root: ET.Element, variables: Mapping[str, str]) -> Iterable[Person]:
    """The cases of selections."""
    for case in root.iterfind("Cases/Case"):
        said = tuple(_target(ref) for ref in case.iterfind("SelectionRef"))
        if said:
            own = guid(case.get("guid", ""))
            yield Person(own, case.get("name", ""), said, _values(case, variables))


def _values(case: ET.Element, variables: Mapping[str, str]) -> dict[str, str]:
    said = {}
    for value in case.iterfind("VariableValue"):
        ref = value.find("VariableRef")
        name = variables.get(_target(ref), "") if ref is not None else ""
        if name:
            said[name] = next((each.text or "" for each in value if each is not ref), "")
    return said


def _document(
    source: ET.Element,
    archive: zipfile.ZipFile,
    names: Mapping[str, str],
    notes: Mapping[str, Mapping[str, str]],
    users: Mapping[str, str],
    facts: Mapping[str, Mapping[str, str]],
    further: Mapping[str, str],
) -> Document:
    own = guid(source.get("guid", ""))
    raw = _text(source, archive, names)
    selections = [
        _read_selection(each, raw, notes, users) for each in source.iterfind("PlainTextSelection")
    ]
    return Document(
        guid=own,
        name=source.get("name", ""),
        text=raw.replace("\r\n", "\n").replace("\r", "\n"),
        selections=tuple(each for each in selections if each is not None),
        facts=facts.get(own, {}),
        of=further.get(own, ""),
    )


def _text(source: ET.Element, archive: zipfile.ZipFile, names: Mapping[str, str]) -> str:
    within = source.findtext("PlainTextContent")
    if within is not None:
        return within
    path = source.get("plainTextPath", "")
    wanted = f"{_FOLDER}{path.removeprefix(_INTERNAL)}".lower()
    if not path.startswith(_INTERNAL) or wanted not in names:
        raise UnreadableList([f"The text of ‘{source.get('name', '')}’ is not in the file."])
    return archive.read(names[wanted]).decode("utf-8-sig", "replace")


def _read_selection(
    each: ET.Element, raw: str, notes: Mapping[str, Mapping[str, str]], users: Mapping[str, str]
) -> Selection | None:
    """None where it marks no words."""
    start, end = _position(each, "startPosition"), _position(each, "endPosition")
    if not 0 <= start < end <= len(raw):
        return None
    codings = []
    for coding in each.iterfind("Coding"):
        ref = coding.find("CodeRef")
        if ref is None:
            continue
        noted = [notes.get(_target(note), {}) for note in coding.iterfind("NoteRef")]
        codings.append(
            Coding(
                guid=guid(coding.get("guid", "")),
                code=_target(ref),
                by=users.get(coding.get("creatingUser", "").strip("{}").lower(), ""),
                at=_instant(coding.get("creationDateTime", "")),
                says={name: value for note in noted for name, value in note.items()},
            )
        )
    return Selection(
        guid=guid(each.get("guid", "")),
        start=start - raw.count("\r\n", 0, start),
        end=end - raw.count("\r\n", 0, end),
        codings=tuple(codings),
    )


def _says(text: str) -> dict[str, str]:
    pairs: Sequence[tuple[str, str, str]] = [line.partition(": ") for line in text.split("\n")]
    return {name: _ESCAPED.sub(_unescaped, value) for name, colon, value in pairs if colon}


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]


def _target(ref: ET.Element) -> str:
    return guid(ref.get("targetGUID", ""))


def _position(each: ET.Element, name: str) -> int:
    try:
        return int(each.get(name, ""))
    except ValueError:
        raise UnreadableList([f"‘{each.get(name)}’ is no position."]) from None


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
