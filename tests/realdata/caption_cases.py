"""What each conformance case should give, by those who wrote it: the W3C's tests say which cues
are valid, webvtt-py's and go-astisub's tests how many there are. Counted are cues with words.

`python -m tests.realdata.caption_cases FOLDER` prints the table of docs/transcripts.md, with
webvtt-py beside our reader.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import webvtt

from app.transcripts.reading import NotATranscript, read_transcript

W3C = "w3c-webvtt-js/wpt-file-parsing"
CUES = {
    "webvtt-py/captions_with_bom.vtt": 4,
    "webvtt-py/comments.vtt": 3,
    "webvtt-py/cue_tags.vtt": 3,
    "webvtt-py/empty.vtt": 0,
    "webvtt-py/invalid.vtt": 0,
    "webvtt-py/invalid_format.sbv": 0,
    "webvtt-py/invalid_format1.srt": 0,
    "webvtt-py/invalid_format2.srt": 0,
    "webvtt-py/invalid_format3.srt": 0,
    "webvtt-py/invalid_format4.srt": 0,
    "webvtt-py/invalid_timeframe.sbv": 4,
    "webvtt-py/invalid_timeframe.srt": 4,
    "webvtt-py/invalid_timeframe.vtt": 6,
    "webvtt-py/invalid_timeframe_in_cue_text.vtt": 3,
    "webvtt-py/metadata_headers.vtt": 2,
    "webvtt-py/metadata_headers_multiline.vtt": 2,
    "webvtt-py/missing_caption_text.sbv": 4,
    "webvtt-py/missing_caption_text.srt": 4,
    "webvtt-py/missing_caption_text.vtt": 4,
    "webvtt-py/missing_timeframe.sbv": 4,
    "webvtt-py/missing_timeframe.srt": 4,
    "webvtt-py/missing_timeframe.vtt": 6,
    "webvtt-py/no_captions.vtt": 0,
    "webvtt-py/one_caption.srt": 1,
    "webvtt-py/one_caption.vtt": 1,
    "webvtt-py/sample.sbv": 5,
    "webvtt-py/sample.srt": 5,
    "webvtt-py/sample.vtt": 16,
    "webvtt-py/styles.vtt": 1,
    "webvtt-py/two_captions.sbv": 2,
    "webvtt-py/using_identifiers.vtt": 6,
    "webvtt-py/youtube_dl.vtt": 4,
    "go-astisub/broken-1-in.vtt": 0,
    "go-astisub/example-in-carriage-return.srt": 3,
    "go-astisub/example-in-carriage-return.vtt": 3,
    "go-astisub/example-in-html-entities.srt": 3,
    "go-astisub/example-in-html-entities.vtt": 3,
    "go-astisub/example-in-non-utf8.srt": 6,
    "go-astisub/example-in-non-utf8.vtt": 6,
    "go-astisub/example-in-styled.srt": 10,
    "go-astisub/example-in.srt": 6,
    "go-astisub/example-in.vtt": 6,
    "go-astisub/example-out-html-entities.srt": 3,
    "go-astisub/example-out-html-entities.vtt": 3,
    "go-astisub/example-out-styled.srt": 10,
    "go-astisub/example-out-styled.vtt": 10,
    "go-astisub/example-out.srt": 6,
    "go-astisub/example-out.vtt": 6,
    "go-astisub/missing-sequence-in.srt": 6,
    f"{W3C}/arrows.vtt": 6,
    f"{W3C}/header-garbage.vtt": 1,
    f"{W3C}/header-space.vtt": 1,
    f"{W3C}/header-tab.vtt": 1,
    f"{W3C}/header-timings.vtt": 1,
    f"{W3C}/ids.vtt": 5,
    f"{W3C}/newlines.vtt": 4,
    f"{W3C}/nulls.vtt": 7,
    f"{W3C}/regions-id.vtt": 4,
    f"{W3C}/regions-lines.vtt": 13,
    f"{W3C}/regions-old.vtt": 2,
    f"{W3C}/regions-regionanchor.vtt": 20,
    f"{W3C}/regions-scroll.vtt": 6,
    f"{W3C}/regions-viewportanchor.vtt": 20,
    f"{W3C}/settings-align.vtt": 13,
    f"{W3C}/settings-line.vtt": 46,
    f"{W3C}/settings-multiple.vtt": 2,
    f"{W3C}/settings-position.vtt": 22,
    f"{W3C}/settings-region.vtt": 9,
    f"{W3C}/settings-size.vtt": 16,
    f"{W3C}/settings-vertical.vtt": 8,
    f"{W3C}/signature-bom.vtt": 0,
    f"{W3C}/signature-no-newline.vtt": 0,
    f"{W3C}/signature-space-no-newline.vtt": 0,
    f"{W3C}/signature-space.vtt": 0,
    f"{W3C}/signature-tab-no-newline.vtt": 0,
    f"{W3C}/signature-tab.vtt": 0,
    f"{W3C}/signature-timings.vtt": 0,
    f"{W3C}/stylesheets.vtt": 2,
    f"{W3C}/timings-60.vtt": 2,
    f"{W3C}/timings-eof.vtt": 0,
    f"{W3C}/timings-garbage.vtt": 0,
    f"{W3C}/timings-negative.vtt": 4,
    f"{W3C}/timings-omitted-hours.vtt": 3,
    f"{W3C}/timings-too-long.vtt": 2,
    f"{W3C}/timings-too-short.vtt": 2,
    f"{W3C}/whitespace-chars.vtt": 3,
}
#: Where we read more than the standard: words in unmistakable places are kept, and it is said how.
MORE = {
    "webvtt-py/invalid.vtt": 7,
    "webvtt-py/invalid_timeframe.srt": 5,
    f"{W3C}/timings-garbage.vtt": 1,
    f"{W3C}/timings-too-short.vtt": 8,
}
CUE_TEXT = ("entities", "tags", "text", "timestamps", "tree-building")
_ATTRIBUTE = re.compile(r'^\|\s+\w+="')
_TEXT = re.compile(r'^\|\s+"(.*?)"$', re.MULTILINE | re.DOTALL)


def cue_texts(folder: Path, name: str) -> list[tuple[str, str]]:
    """Each cue of the W3C's cue text tests with the words of the tree it should give."""
    cases = json.loads((folder / f"w3c-webvtt-js/wpt-cue-parsing/{name}.json").read_text())
    return [(case["text"], _words(case["expectedTree"])) for case in cases]


def _words(tree: str) -> str:
    kept = "\n".join(line for line in tree.split("\n") if not _ATTRIBUTE.match(line))
    return "".join(_TEXT.findall(kept))


def ours(path: Path) -> int:
    try:
        return len(read_transcript(path.read_bytes(), path.name).segments)
    except NotATranscript:
        return 0


def theirs(path: Path) -> int:
    """The same by webvtt-py, which is given the text: it reads UTF-8 alone."""
    try:
        reader = {".srt": webvtt.from_srt, ".sbv": webvtt.from_sbv}.get(path.suffix, webvtt.read)
        return sum(bool(caption.text.strip()) for caption in reader(str(path)).captions)
    except Exception:
        return 0


def table(folder: Path) -> str:
    lines = ["| case | should give | ours | webvtt-py |", "|---|---|---|---|"]
    held = {"ours": 0, "webvtt-py": 0}
    for name, cues in CUES.items():
        found = {"ours": ours(folder / name), "webvtt-py": theirs(folder / name)}
        for who, count in found.items():
            held[who] += count == cues
        lines.append(f"| {name} | {cues} | {found['ours']} | {found['webvtt-py']} |")
    return "\n".join([*lines, "", f"{held} of {len(CUES)}", ""])


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1])))
