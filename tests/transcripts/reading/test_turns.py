"""Text exports: Otter, Markdown, 'Name: words', words alone."""

from __future__ import annotations

from app.transcripts.reading import Format, Problem, Segment, read_transcript


def read(text: str, name: str = "call.txt", as_format: Format | None = None):
    return read_transcript(text.encode(), name, as_format)


def said(text: str) -> list[tuple[str, str]]:
    return [(each.speaker, each.text) for each in read(text).segments]


def test_otter_has_the_name_and_time_above_the_words():
    transcript = read(
        "Ada Brandt  0:03  \nWhat happened?\n\nUnknown Speaker  1:02:07  \nIt was slow.\n\n"
        "And dear.\n\nTranscribed by https://otter.ai\n"
    )
    assert transcript.format is Format.OTTER
    assert transcript.segments == (
        Segment(3000, None, "Ada Brandt", "What happened?"),
        Segment(3_727_000, None, "Unknown Speaker", "It was slow."),
        Segment(None, None, "Unknown Speaker", "And dear."),
    )
    assert [each.line for each in transcript.problems] == [9]


def test_otter_in_markdown_has_stars_around_the_name():
    transcript = read("**Ada**  0:00  \nWhy?\n\n**Ben**  0:04  \nPrice.\n", "call.md")
    assert [(each.speaker, each.text) for each in transcript.segments] == [
        ("Ada", "Why?"),
        ("Ben", "Price."),
    ]


def test_markdown_has_bold_names_times_in_brackets_and_further_paragraphs():
    transcript = read(
        "**Ada Brandt:** What *happened* with [us](https://us.example)?\n\n"
        "**Ben**: \\[04:05\\] It was slow. \\[laughs\\]\n\nAnd dear. \\[05:00\\] Yes.\n\n"
        "**Break:** \\[06:00\\]\n"
    )
    assert transcript.format is Format.MARKDOWN
    assert transcript.segments == (
        Segment(None, None, "Ada Brandt", "What happened with us?"),
        Segment(245_000, None, "Ben", "It was slow. [laughs]"),
        Segment(None, None, "Ben", "And dear."),
        Segment(300_000, None, "Ben", "Yes."),
    )
    assert [each.line for each in transcript.problems] == [7]


def test_plain_text_has_names_before_colons():
    transcript = read(
        "Ada: What happened?\nBen: It was slow:\n40 days.\n\n[00:01:05] Ada: And then?\n"
        "Ben (01:10): We left.\n"
    )
    assert transcript.format is Format.LABELLED
    assert transcript.segments == (
        Segment(None, None, "Ada", "What happened?"),
        Segment(None, None, "Ben", "It was slow:"),
        Segment(None, None, "Ben", "40 days."),
        Segment(65_000, None, "Ada", "And then?"),
        Segment(70_000, None, "Ben", "We left."),
    )


def test_words_before_a_colon_that_are_no_name_stay_words_and_are_said():
    text = "Ada: Why?\nBen: It was simple.\nthe problem: it was slow\nBen: Yes.\nAda: I see."
    assert said(text)[2] == ("Ben", "the problem: it was slow")
    assert read(text).problems == (
        Problem(3, "'the problem:' could be a speaker; it was read as words."),
    )


def test_a_name_written_small_counts_where_it_comes_twice():
    text = "Ada: Why?\nvitalik: Slow.\nAda: I see.\nwell, no.\nvitalik: Yes."
    assert said(text)[1] == ("vitalik", "Slow.")


def test_words_without_names_are_one_unknown_speaker():
    transcript = read("We looked at two others.\n\nThe price was fine.\n")
    assert transcript.format is Format.UNLABELLED
    assert transcript.speakers == ("",)
    assert [each.text for each in transcript.segments] == [
        "We looked at two others.",
        "The price was fine.",
    ]
    assert "No speakers are named" in transcript.problems[0].message


def test_a_person_may_name_the_format():
    text = "Price: high.\nSpeed: low."
    assert read(text).speakers == ("",)
    assert read(text, as_format=Format.LABELLED).speakers == ("Price", "Speed")
