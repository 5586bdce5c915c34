"""Tokens of a transcript in the plain words of the pages, and times as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from app.transcripts.reading import Format

FORMATS: Mapping[Format, str] = {
    Format.VTT: "WebVTT captions",
    Format.SRT: "SRT captions",
    Format.SBV: "SBV captions",
    Format.OTTER: "Otter",
    Format.TEAMS: "Teams",
    Format.MARKDOWN: "Markdown with names",
    Format.LABELLED: "Text with names",
    Format.UNLABELLED: "Text without names",
}


def clock(ms: int | None) -> str:
    """'1:02:03', '4:05'; empty where no time is known."""
    if ms is None:
        return ""
    minutes, seconds = divmod(ms // 1000, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
