"""Teams writes .docx; and anything may call itself a .docx."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from app.transcripts.reading import Format, NotATranscript, Segment, read_transcript


def document(*paragraphs: str) -> bytes:
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def archive(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return file.getvalue()


def test_teams_has_the_name_and_time_above_the_words():
    transcript = read_transcript(
        document(
            "Interview with Fleetwise",
            "26 November 2026, 10:00",
            "Ada Brandt started transcription",
            "Ada Brandt   0:03\nWhat happened?",
            "Weber, Jonas   0:07\nIt was slow.",
            "Ada Brandt stopped transcription",
        ),
        "call.docx",
    )
    assert transcript.format is Format.TEAMS
    assert transcript.segments == (
        Segment(3000, None, "Ada Brandt", "What happened?"),
        Segment(7000, None, "Weber, Jonas", "It was slow."),
    )
    assert [each.line for each in transcript.problems] == [1, 8]


def test_teams_of_earlier_years_has_ranges_of_time():
    transcript = read_transcript(
        document("00:00:03.000 --> 00:00:05.500\nAda Brandt\nWhat\nhappened?"), "call.docx"
    )
    assert transcript.segments == (Segment(3000, 5500, "Ada Brandt", "What happened?"),)


def test_another_document_is_read_as_text():
    transcript = read_transcript(document("Ada: Why?", "Ben: Price.", "Ada: I see."), "call.docx")
    assert (transcript.format, transcript.speakers) == (Format.LABELLED, ("Ada", "Ben"))


def test_a_document_that_unpacks_to_far_too_much_is_refused_unopened():
    bomb = archive("word/document.xml", b"\0" * (101 << 20))
    assert len(bomb) < 1 << 20
    with pytest.raises(NotATranscript, match="too large"):
        read_transcript(bomb, "call.docx")


def test_entities_are_never_resolved():
    declared = (
        b'<!DOCTYPE d [<!ENTITY a "bomb"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>Ada: &a;&f; Why?</w:t></w:r></w:p></w:body></w:document>"
    )
    whole = document("x")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            new.writestr(part, declared if part == "word/document.xml" else old.read(part))
    try:
        text = " ".join(each.text for each in read_transcript(file.getvalue(), "a.docx").segments)
    except NotATranscript:
        return
    assert "bomb" not in text
    assert "root" not in text


@pytest.mark.parametrize(
    "content", [archive("other.txt", b"hello"), b"PK\x03\x04 not an archive", document()[:2000]]
)
def test_what_is_no_document_is_refused(content: bytes):
    with pytest.raises(NotATranscript):
        read_transcript(content, "call.docx")
