"""Real transcripts of three kinds, and the conformance cases of caption readers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.transcripts.reading import Format, Transcript, read_transcript
from tests.realdata.caption_cases import CUE_TEXT, CUES, MORE, cue_texts, ours

pytestmark = pytest.mark.realdata


def read(path: Path) -> Transcript:
    return read_transcript(path.read_bytes(), path.name)


@pytest.fixture
def folder(realdata: Path) -> Path:
    return realdata / "transcripts"


@pytest.mark.parametrize("name", CUES)
def test_a_conformance_case_gives_the_cues_it_should(folder: Path, name: str):
    assert ours(folder / "edge-cases" / name) == MORE.get(name, CUES[name])


@pytest.mark.parametrize("name", CUE_TEXT)
def test_the_words_of_a_cue_are_those_of_its_tree(folder: Path, name: str):
    wrong = []
    for number, (text, words) in enumerate(cue_texts(folder / "edge-cases", name)):
        block = text.split("\n\n")[0]
        file = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{block}\n\n00:01.000 --> 00:02.000\nend\n"
        read = read_transcript(file.encode(), "case.vtt").segments[:-1]
        got = "".join(segment.text for segment in read)
        if got.split() != words.split():
            wrong.append((number, text, words, got))
    assert wrong == []


#: Cues and speakers of each meeting, counted with grep; captions that name nobody; who spoke most.
ZOOM = {
    "acdc/2026-07-23_183": (467, 26, "Parithosh Jayanthi"),
    "acdt/2026-08-10_091": (454, 20, "Mario Vega"),
    "bal/2026-02-11_012": (448, 15, "Toni Wahrstätter"),
    "fcr/2026-05-12_007": (311, 7, "Mikhail Kalinin"),
    "glamsterdamrepricings/2026-02-04_001": (400, 9, "Maria Silva"),
    "one-off-1954/2026-03-05_001": (493, 14, "Felix (Geth)"),
    "one-off-1985/2026-03-25_002": (378, 11, "lightclient"),
}


@pytest.mark.parametrize("name", ["transcript.vtt", "transcript_corrected.vtt"])
@pytest.mark.parametrize("meeting", ZOOM)
def test_zoom(folder: Path, meeting: str, name: str):
    transcript = read(folder / "zoom" / meeting / name)
    most = Counter(segment.speaker for segment in transcript.segments).most_common(1)[0][0]
    assert (len(transcript.segments), len(transcript.speakers), most) == ZOOM[meeting]
    assert transcript.format is Format.VTT
    assert transcript.problems == ()
    assert all(segment.start_ms is not None for segment in transcript.segments)


#: Paragraphs with words, and speakers; breaks have neither.
CHANGELOG = {
    "changelog--friends-52": (272, 3, "Shawn Wang"),
    "founders-talk-57": (191, 2, "David Cramer"),
    "founders-talk-76": (166, 2, "Mitch Wainer"),
    "ship-it-39": (343, 2, "Gerhard Lazu"),
    "the-changelog-153": (260, 3, "Daniel Stenberg"),
    "the-changelog-322": (175, 3, "Manish R Jain"),
    "the-changelog-371": (203, 2, "David Cramer"),
    "the-changelog-405": (296, 3, "Zeno Rocha"),
    "the-changelog-492": (377, 3, "Jesse Grosjean"),
    "the-changelog-510": (195, 3, "Nikita Shamgunov"),
    "the-changelog-535": (200, 3, "Cory Doctorow"),
    "the-changelog-562": (178, 2, "Philipp Heckel"),
    "the-changelog-566": (101, 3, "Ben Cohen"),
    "the-changelog-607": (326, 3, "Jerod Santo"),
    "the-changelog-661": (201, 2, "Evan You"),
}


@pytest.mark.parametrize("episode", CHANGELOG)
def test_changelog(folder: Path, episode: str):
    transcript = read(folder / "changelog" / f"{episode}.md")
    most = Counter(segment.speaker for segment in transcript.segments).most_common(1)[0][0]
    assert (len(transcript.segments), len(transcript.speakers), most) == CHANGELOG[episode]
    assert transcript.format is Format.MARKDOWN
    assert {problem.message for problem in transcript.problems} == {"A break, without words."}
    assert not any(mark in each.text for each in transcript.segments for mark in ("\\[", "**"))


OTTER = {
    "16-javascript-frameworks": (121, {"Ali": 41, "Emma": 45, "Kelly": 35}),
    "29-building-a-resume": (93, {"Ali": 23, "Emma": 31, "Kelly": 22, "Unknown Speaker": 17}),
    "44-mobile-dev": (122, {"Ali": 18, "Timirah James": 56, "Unknown Speaker": 48}),
    "53-accessibility": (109, {"Emma": 54, "Kelly": 2, "Unknown Speaker": 27, "Wendy Fox": 26}),
    "62-security": (
        162,
        {"Emma": 58, "Kelly": 3, "Sidney": 19, "Tailor": 1, "Unknown Speaker": 81},
    ),
    "65-cloud-101": (139, {"Ali": 50, "Emma": 1, "Kelly": 45, "Unknown Speaker": 43}),
    "69-intermediate-react": (
        137,
        {"Ali": 43, "Emma": 54, "Kelly": 2, "Sidney": 20, "Unknown Speaker": 18},
    ),
}


@pytest.mark.parametrize("episode", OTTER)
def test_otter(folder: Path, episode: str):
    transcript = read(folder / "otter" / f"{episode}.md")
    counts = Counter(segment.speaker for segment in transcript.segments)
    assert (len(transcript.segments), dict(counts)) == OTTER[episode]
    assert transcript.format is Format.OTTER
    assert not any(problem.is_left_out for problem in transcript.problems)
