"""What REFI-QDA 1.5 demands of a file, rule by rule: which elements stand in which, in what order
and how often, which attributes they have, and what a value looks like."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
GUID = re.compile(rf"{_GUID}|\{{{_GUID}\}}")
COLOUR = re.compile(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
BOOLEAN = re.compile(r"true|false|1|0")
INTEGER = re.compile(r"[+-]?\d+")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
VARIABLE = re.compile(r"Text|Boolean|Integer|Float|Date|DateTime")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TEXT = re.compile(r".*", re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """Children in their order, as 'Name', 'Name?', 'Name*' or 'Name+'; attributes that must stand
    and those that may; whether the element holds text alone."""

    children: str = ""
    required: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    allowed: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    text: re.Pattern[str] | None = None


_HAS_GUID = {"guid": GUID}
_REF = Rule(required={"targetGUID": GUID})
_MADE = {"creatingUser": GUID, "creationDateTime": INSTANT}
_CHANGED = _MADE | {"modifyingUser": GUID, "modifiedDateTime": INSTANT}
_CODE = {"guid": GUID, "name": TEXT, "isCodable": BOOLEAN}
_SOURCE = Rule(
    "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
    _HAS_GUID,
    _CHANGED | {"name": TEXT, "richTextPath": TEXT, "plainTextPath": TEXT},
)

CODEBOOK = {
    "CodeBook": Rule("Codes Sets?", allowed={"origin": TEXT}),
    "Codes": Rule("Code+"),
    "Code": Rule("Description? Code*", _CODE, {"color": COLOUR}),
    "Description": Rule(text=TEXT),
    "Sets": Rule("Set+"),
    "Set": Rule("Description? MemberCode*", {"guid": GUID, "name": TEXT}),
    "MemberCode": Rule(required=_HAS_GUID),
}
PROJECT = {
    "Project": Rule(
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description?"
        " NoteRef*",
        {"name": TEXT},
        {
            "origin": TEXT,
            "creatingUserGUID": GUID,
            "creationDateTime": INSTANT,
            "modifyingUserGUID": GUID,
            "modifiedDateTime": INSTANT,
            "basePath": TEXT,
        },
    ),
    "Users": Rule("User+"),
    "User": Rule("", _HAS_GUID, {"name": TEXT, "id": TEXT}),
    "CodeBook": Rule("Codes"),
    "Codes": Rule("Code+"),
    "Code": Rule("Description? NoteRef* Code*", _CODE, {"color": COLOUR}),
    "Description": Rule(text=TEXT),
    "Variables": Rule("Variable+"),
    "Variable": Rule("Description?", {"guid": GUID, "name": TEXT, "typeOfVariable": VARIABLE}),
    "Cases": Rule("Case+"),
    "Case": Rule(
        "Description? CodeRef* VariableValue* SourceRef* SelectionRef*", _HAS_GUID, {"name": TEXT}
    ),
    "VariableValue": Rule("VariableRef TextValue? DateValue?"),
    "TextValue": Rule(text=TEXT),
    "DateValue": Rule(text=DAY),
    "Sources": Rule("TextSource+"),
    "TextSource": _SOURCE,
    "PlainTextContent": Rule(text=TEXT),
    "PlainTextSelection": Rule(
        "Description? Coding* NoteRef*",
        {"guid": GUID, "startPosition": INTEGER, "endPosition": INTEGER},
        _CHANGED | {"name": TEXT},
    ),
    "Coding": Rule("CodeRef NoteRef*", _HAS_GUID, _MADE),
    "Notes": Rule("Note+"),
    "Note": _SOURCE,
    "CodeRef": _REF,
    "NoteRef": _REF,
    "SourceRef": _REF,
    "SelectionRef": _REF,
    "VariableRef": _REF,
}


def broken_rules(content: bytes, namespace: str, rules: Mapping[str, Rule]) -> list[str]:
    """Every rule that the file breaks; also references to nothing, and GUIDs that stand twice."""
    root = ET.fromstring(content)
    first = next(iter(rules))
    if root.tag != f"{{{namespace}}}{first}":
        return [f"the root is {root.tag}"]
    broken = list(_broken(root, namespace, rules))
    guids = [
        each.get("guid", "").strip("{}").lower()
        for each in root.iter()
        if each.get("guid") and not each.tag.endswith("}MemberCode")
    ]
    broken += [f"{guid} stands twice" for guid in set(guids) if guids.count(guid) > 1]
    targets = {each.get("targetGUID", "").strip("{}").lower() for each in root.iter()} - {""}
    broken += [f"{target} is referred to and not there" for target in targets - set(guids)]
    return broken


def _broken(element: ET.Element, namespace: str, rules: Mapping[str, Rule]) -> Iterator[str]:
    name = element.tag.removeprefix(f"{{{namespace}}}")
    rule = rules.get(name)
    if rule is None:
        yield f"{name} is no element of the standard"
        return
    children = [child.tag.removeprefix(f"{{{namespace}}}") for child in element]
    order = "".join(_as_pattern(part) for part in rule.children.split())
    if not re.fullmatch(order, "".join(f"{child} " for child in children)):
        yield f"{name} holds {children}"
    for attribute in rule.required:
        if attribute not in element.attrib:
            yield f"{name} has no {attribute}"
    shapes = {**rule.allowed, **rule.required}
    for attribute, value in element.attrib.items():
        shape = shapes.get(attribute)
        if shape is None or not shape.fullmatch(value):
            yield f"{name} has {attribute}={value!r}"
    text = element.text or ""
    if (text.strip() and rule.text is None) or (rule.text and not rule.text.fullmatch(text)):
        yield f"{name} holds the text {text!r}"
    for child in element:
        yield from _broken(child, namespace, rules)


def _as_pattern(part: str) -> str:
    name, often = (part[:-1], part[-1]) if part[-1] in "?*+" else (part, "")
    return f"(?:{name} ){often}"
