"""The reason list as the codes of a REFI-QDA file: .qdc holds nothing else."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Collection, Sequence
from dataclasses import replace

from app.tagging.codebook.entries import Entry, UnreadableList
from app.tagging.codebook.refi.descriptions import description_of, with_description
from app.tagging.codebook.refi.xml import document, element, parse

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Because"
_IN_USE = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}/in-use"))
_BROUGHT_IN = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}/brought-in"))
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_SHORT_COLOUR = re.compile(r"#[0-9a-fA-F]{3}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def write_qdc(entries: Sequence[Entry]) -> bytes:
    """The list as a .qdc file. Raises ValueError for an empty list, which the format does not
    allow."""
    if not entries:
        raise ValueError("a codebook holds at least one code")
    root = element("CodeBook", origin=ORIGIN)
    root.append(codes_of(entries))
    root.append(_sets(entries))
    return document(root, NAMESPACE)


def read_qdc(content: bytes) -> list[Entry]:
    """Raises UnreadableList."""
    codes = parse(content, "CodeBook").find("Codes")
    entries = read_codes(codes)
    if not entries:
        raise UnreadableList(["The file holds no codes."])
    return gathered(entries, known=())


def codes_of(entries: Sequence[Entry]) -> ET.Element:
    """The Codes element, nested as the list is."""
    codes = element("Codes")
    made: list[ET.Element] = []
    for entry in entries:
        code = element(
            "Code",
            guid=entry.guid,
            name=entry.name,
            isCodable="false" if entry.is_category else "true",
            color=entry.colour,
        )
        code.append(element("Description", description_of(entry)))
        made.append(code)
        (codes if entry.under is None else made[entry.under]).append(code)
    return codes


def _sets(entries: Sequence[Entry]) -> ET.Element:
    """One set, of the reasons in use: other programs show it as a filter."""
    in_use = element("Set", guid=_IN_USE, name="Reasons in use")
    for entry in entries:
        if not entry.is_category and not entry.is_retired:
            in_use.append(element("MemberCode", guid=entry.guid))
    sets = element("Sets")
    sets.append(in_use)
    return sets


def read_codes(codes: ET.Element | None) -> list[Entry]:
    """The entries of a Codes element, parents before what stands under them."""
    entries: list[Entry] = []
    for code in codes if codes is not None else ():
        _add(entries, code, None)
    return entries


def _add(entries: list[Entry], code: ET.Element, under: int | None) -> None:
    if code.tag != "Code":
        return
    name = " ".join(code.get("name", "").split())
    if not name:
        raise UnreadableList(["A code has no name."])
    entry = Entry(
        guid=guid(code.get("guid", "")),
        key="",
        name=name,
        is_category=under is None and code.get("isCodable", "true") in ("false", "0"),
        under=under,
        colour=_colour(code.get("color", "")),
    )
    place = len(entries)
    entries.append(with_description(entry, code.findtext("Description") or ""))
    for child in code:
        _add(entries, child, place)


def gathered(entries: list[Entry], known: Collection[str]) -> list[Entry]:
    """With a category, named for where they come from, above the codes at the top that can be
    given to words; those whose ids are known have their place."""
    loose = {
        number
        for number, entry in enumerate(entries)
        if entry.under is None and not entry.is_category and entry.guid not in known
    }
    if not loose:
        return entries
    first = Entry(guid=_BROUGHT_IN, key="", name="Brought in", is_category=True)
    moved = [
        replace(
            entry, under=0 if number in loose else None if entry.under is None else entry.under + 1
        )
        for number, entry in enumerate(entries)
    ]
    return [first, *moved]


def guid(text: str) -> str:
    """A GUID as it is kept: in small letters, without braces. Raises UnreadableList."""
    found = _GUID.fullmatch(text.strip())
    if found is None:
        raise UnreadableList([f"‘{text}’ is no GUID."])
    return found[1].lower()


def _colour(text: str) -> str:
    colour = text.strip().lower()
    if _SHORT_COLOUR.fullmatch(colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour if _COLOUR.fullmatch(colour) else ""
