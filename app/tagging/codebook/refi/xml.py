"""The little of XML that REFI-QDA needs: made without what XML cannot hold, read without what could
do harm."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.tagging.codebook.entries import UnreadableList

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_DEEP = 100


def element(name: str, /, text: str | None = None, **attributes: str | None) -> ET.Element:
    """An element with those attributes that are given."""
    made = ET.Element(name, {key: fit(value) for key, value in attributes.items() if value})
    if text is not None:
        made.text = fit(text)
    return made


def fit(text: str) -> str:
    """The text with a replacement character for what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def document(root: ET.Element, namespace: str) -> bytes:
    root.set("xmlns", namespace)
    written = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n{written}\n'.encode()


def parse(content: bytes, root_name: str) -> ET.Element:
    """The root with its names freed of their namespaces: programs write several. Raises
    UnreadableList."""
    try:
        root: ET.Element = fromstring(content, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError) as problem:
        raise UnreadableList([f"This is not a REFI-QDA file: {problem}."]) from None
    _free_names([root])
    if root.tag != root_name:
        raise UnreadableList([f"This is not a REFI-QDA file: it begins with ‘{root.tag}’."])
    return root


def _free_names(elements: Iterable[ET.Element]) -> None:
    level = list(elements)
    for _ in range(_MOST_DEEP):
        if not level:
            return
        for each in level:
            each.tag = each.tag.rpartition("}")[2]
        level = [child for each in level for child in each]
    raise UnreadableList(["The file is nested too deeply."])
