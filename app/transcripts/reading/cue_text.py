"""The words of a cue: tags and entities resolved, voices told apart.

A '<' that opens no tag of WebVTT or HTML stays, for programs that write captions often forget to
escape it, and what follows are words.
"""

from __future__ import annotations

import html
import re

from app.transcripts.reading.transcript import UNKNOWN

_NAMES = "c|i|b|u|ruby|rt|v|lang|font|span|em|strong|br|p|div|s"
_TAG = re.compile(
    rf"(?<!<)<+(?:(?P<voice>v(?:[.\s][^>]*)?)|(?:{_NAMES})(?:[.\s][^>]*)?/?|/[^>]*|[\d:.\s\ufffd]*|)(?:>|\Z)",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"[<.\s]*\Z")
_POSITION = re.compile(r"\{\\a[^}\n]{0,40}\}")


def voices(lines: list[str]) -> list[tuple[str | None, str]]:
    """What was said, each with the voice that says it; None where no voice is named."""
    source = _POSITION.sub("", "\n".join(lines))
    if "<" not in source:
        return [(None, _tidy(html.unescape(source)))]
    spoken: list[tuple[str | None, str]] = []
    voice: str | None = None
    at = 0
    for tag in _TAG.finditer(source):
        spoken.append((voice, html.unescape(source[at : tag.start()])))
        at = tag.end()
        if tag["voice"] is not None:
            voice = _voice_name(tag["voice"])
        elif tag[0].lower().startswith("</v"):
            voice = None
    rest = source[at:]
    if not _NO_WORDS.match(rest):
        spoken.append((voice, html.unescape(rest)))
    return [(who, words) for who, text in _joined(spoken) if (words := _tidy(text))]


def _voice_name(inside: str) -> str:
    """'Mary Smith' of 'v.loud Mary Smith'."""
    _, _, name = inside.replace("\n", " ").replace("\t", " ").partition(" ")
    return " ".join(html.unescape(name).split()) or UNKNOWN


def _joined(spoken: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """Pieces of one voice between its tags, made one."""
    joined: list[tuple[str | None, str]] = []
    for who, text in spoken:
        if joined and (joined[-1][0] == who or not text.strip()):
            joined[-1] = (joined[-1][0], joined[-1][1] + text)
        elif text:
            joined.append((who, text))
    return joined


def _tidy(text: str) -> str:
    """A cue's lines are its layout: they become one, unless each begins with a dash of its own."""
    lines = [line.strip(" \t\f") for line in text.split("\n")]
    kept = [line for line in lines if line]
    dashed = any(line.startswith(("-", "–")) for line in kept)
    return ("\n" if dashed else " ").join(kept)
