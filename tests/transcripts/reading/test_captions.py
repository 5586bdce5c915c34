"""WebVTT, SRT and SBV, as programs and people write them."""

from __future__ import annotations

import pytest

from app.transcripts.reading import Format, NotATranscript, Segment, read_transcript

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.500
Ada Brandt: What happened in spring?

2
00:00:04.000 --> 00:00:09.000
Jonas Weber (Fleetwise): Our old contract ended: we had three months.

3
00:00:09.500 --> 00:00:11.000
Ada Brandt: And then?
"""


def read(text: str, name: str = "call.vtt"):
    return read_transcript(text.encode(), name)


def said(text: str, name: str = "call.vtt") -> list[tuple[str, str]]:
    return [(each.speaker, each.text) for each in read(text, name).segments]


def cue(words: str, times: str = "00:00:01.000 --> 00:00:02.000") -> str:
    return f"WEBVTT\n\n{times}\n{words}\n"


def problems(text: str, name: str = "call.vtt") -> list[tuple[int, bool]]:
    return [(each.line, each.is_left_out) for each in read(text, name).problems]


def test_zoom_names_who_speaks_before_a_colon():
    transcript = read(ZOOM)
    assert transcript.format is Format.VTT
    assert transcript.segments == (
        Segment(1000, 3500, "Ada Brandt", "What happened in spring?"),
        Segment(
            4000,
            9000,
            "Jonas Weber (Fleetwise)",
            "Our old contract ended: we had three months.",
        ),
        Segment(9500, 11000, "Ada Brandt", "And then?"),
    )
    assert transcript.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_any_unicode_encoding_is_read(encoding: str):
    content = ZOOM.replace("spring", "März").encode(encoding)
    assert "März" in read_transcript(content, "call.vtt").segments[0].text


@pytest.mark.parametrize("line_end", ["\r", "\r\n"])
def test_any_line_end_is_read(line_end: str):
    content = ZOOM.replace("\n", line_end).encode()
    assert read_transcript(content, "call.vtt").segments == read(ZOOM).segments


def test_an_older_encoding_is_guessed_and_said():
    words = "Gürtel, Straße, Größe und Übermaß. " * 5
    content = f"Ada: {words}\nBen: {words}\nAda: schön.\n".encode("cp1252")
    transcript = read_transcript(content, "call.txt")
    assert "Straße" in transcript.segments[0].text
    assert "does not say how its letters are written" in transcript.problems[0].message


def test_teams_names_who_speaks_in_a_tag():
    text = cue("<v Weber, Jonas>It was slow.</v>").replace("\n00", "\nguid-7/12-0\n00")
    assert said(text) == [("Weber, Jonas", "It was slow.")]


def test_two_voices_in_one_caption_are_two_segments():
    assert said(cue("<v Ada>Why?</v> <v.loud Ben>Price.")) == [("Ada", "Why?"), ("Ben", "Price.")]


def test_notes_styles_and_regions_are_no_words():
    asides = "NOTE checked by Ada\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:left\n\n"
    transcript = read(cue("Hello").replace("WEBVTT\n\n", f"WEBVTT\n\n{asides}"))
    assert [each.text for each in transcript.segments] == ["Hello"]
    assert transcript.problems == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<i>It</i> was <c.red>slow</c>", "It was slow"),
        ("R&amp;D &lt;3 caf&eacute;", "R&D <3 café"),
        ("&lt;b&gt;", "<b>"),
        ("It<00:00:01.500> was slow", "It was slow"),
        ("if a < b then c", "if a < b then c"),
        ("{\\an8}It was slow", "It was slow"),
        ("It was\nslow", "It was slow"),
        ("- Why?\n- Price.", "- Why?\n- Price."),
    ],
)
def test_markup_is_resolved_and_words_stay(words: str, expected: str):
    assert said(cue(words)) == [("", expected)]


def test_hours_may_be_left_out():
    assert read(cue("Hi", "01:02.500 --> 01:03.000")).segments[0].start_ms == 62_500


def test_overlapping_captions_stay_in_the_order_of_the_file():
    text = cue("First", "00:01.000 --> 00:09.000") + "\n00:02.000 --> 00:03.000\nSecond\n"
    assert [each.text for each in read(text).segments] == ["First", "Second"]


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        ("00:05.000 --> 00:05.000", 5000, 5000),
        ("00:05.000 --> 00:04.000", 5000, None),
        ("-00:01.000 --> 00:04.000", 0, 4000),
        ("00:05 --> 00:06.5", 5000, 6500),
    ],
)
def test_odd_times_keep_their_words(times: str, start: int, end: int | None):
    segment = read(cue("Hi", times)).segments[0]
    assert (segment.start_ms, segment.end_ms, segment.text) == (start, end, "Hi")


def test_a_time_that_cannot_be_read_is_said_by_its_line_with_its_words():
    text = cue("Lost words", "00:00:0x.000 --> 00:00:02.000") + "\n00:03.000 --> 00:04.000\nKept\n"
    transcript = read(text)
    assert [each.text for each in transcript.segments] == ["Kept"]
    assert [(each.line, each.is_left_out) for each in transcript.problems] == [(3, True)]
    assert "Lost words" in transcript.problems[0].message


def test_words_under_no_time_are_said_by_their_line():
    assert problems(cue("First\n\nlost")) == [(6, True)]


def test_captions_without_an_empty_line_between_them_are_told_apart():
    assert [t for _, t in said(cue("One\n00:02.000 --> 00:03.000\nTwo"))] == ["One", "Two"]


def test_srt_is_known_by_its_times():
    srt = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nThere\n"
    transcript = read(srt, "call.txt")
    assert transcript.format is Format.SRT
    assert [each.start_ms for each in transcript.segments] == [1000, 3000]


def test_sbv_is_known_by_its_times():
    transcript = read("0:00:01.000,0:00:02.000\nHello\nthere\n", "call.sbv")
    assert (transcript.format, transcript.segments[0].text) == (Format.SBV, "Hello there")


def test_captions_without_a_name_go_on_with_whoever_spoke_and_that_is_said():
    text = (
        cue("Ada: One", "00:01.000 --> 00:02.000")
        + "\n00:02.000 --> 00:03.000\ntwo\n\n00:03.000 --> 00:04.000\nAda: three\n"
    )
    assert said(text) == [("Ada", "One"), ("Ada", "two"), ("Ada", "three")]
    assert problems(text) == [(6, False)]


def test_a_colon_alone_makes_no_speaker():
    text = cue("So: it was slow", "00:01.000 --> 00:02.000") + "\n00:03.000 --> 00:04.000\nYes\n"
    assert said(text) == [("", "So: it was slow"), ("", "Yes")]
    assert problems(text) == [(4, False)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "call.vtt"),
        (b"WEBVTT\n", "call.vtt"),
        (b"just words", "call.srt"),
        (b"", "call.txt"),
        (bytes(range(256)) * 4, "call.txt"),
    ],
)
def test_what_holds_no_words_is_refused(content: bytes, name: str):
    with pytest.raises(NotATranscript):
        read_transcript(content, name)


def test_a_nul_never_reaches_the_database():
    assert "\0" not in read(cue("a\0b")).segments[0].text


def test_a_file_too_large_is_refused():
    with pytest.raises(NotATranscript, match="20 MB"):
        read_transcript(b"x" * ((20 << 20) + 1), "call.txt")


def test_a_line_of_a_million_letters_is_only_long():
    assert len(read("x" * 1_000_000, "call.txt").segments[0].text) == 1_000_000
