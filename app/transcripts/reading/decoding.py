"""From the bytes of a file to its lines: encodings, line ends and NULs."""

from __future__ import annotations

import codecs

from app.transcripts.reading.transcript import NotATranscript, Notes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 256 << 10
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def read_text(content: bytes, notes: Notes) -> str:
    """The text with LF at its line ends. What had to be guessed or replaced is said."""
    text = _decoded(content, notes)
    damaged = text.find(_REPLACEMENT)
    if damaged >= 0:
        notes.say(text.count("\n", 0, damaged) + 1, "Some letters here could not be read.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", _REPLACEMENT)


def _decoded(content: bytes, notes: Notes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return content.decode(unmarked, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, notes)


def _utf16_without_mark(content: bytes) -> str:
    """Letters of Latin scripts leave every other byte nought."""
    sample = content[:2000]
    if len(sample) < 4 or len(content) % 2:
        return ""
    for encoding, nought, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[nought::2].count(0) * 10 > 9 * len(sample[nought::2]) and any(sample[letter::2]):
            return encoding
    return ""


def _guessed(content: bytes, notes: Notes) -> str:
    from charset_normalizer import from_bytes  # loaded only for files that need it

    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise NotATranscript("This file holds no text that can be read.")
    notes.say(
        1,
        "The file does not say how its letters are written; it was read as"
        f" {best.encoding.replace('_', '-')}. Look at letters with accents.",
    )
    return content.decode(best.encoding, errors="replace")
