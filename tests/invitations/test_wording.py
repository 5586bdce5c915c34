"""The letters: shipped in every language, filled in safely, and never without a way to say no."""

from __future__ import annotations

import itertools
import re

import pytest

from app.buyer.languages import LANGUAGES
from app.invitations.composing import Filling, Footer, Way, Ways, compose
from app.invitations.wording import (
    PLACEHOLDERS,
    About,
    Step,
    Wording,
    faults_of_subject,
    faults_of_text,
    fill,
    shipped,
)

ALL = list(itertools.product(About, LANGUAGES, Step))
WAYS = Ways(
    times=[Way("Tuesday 8 December, 10:00", "https://b.example/1")],
    lead="Times in Berlin:",
    others=[Way("No, thank you", "https://b.example/no")],
)
FILLING = Filling(
    values={name: name.upper() for name in PLACEHOLDERS},
    ways=WAYS,
    words=Way("What is kept", "https://b.example/words"),
    footer=Footer("You decided about it.", Way("No more letters", "https://b.example/stop")),
)


@pytest.mark.parametrize(("about", "language", "step"), ALL)
def test_what_is_shipped_holds_to_what_we_ask_of_others(about: About, language: str, step: Step):
    wording = shipped(about, language, step)
    assert faults_of_subject(wording.subject) == ""
    assert faults_of_text(wording.text, step) == ""
    assert "{sender}" in wording.text
    assert "{name}" in wording.text


@pytest.mark.parametrize(("about", "language", "step"), ALL)
def test_what_is_shipped_is_short_and_no_pitch(about: About, language: str, step: Step):
    wording = shipped(about, language, step)
    assert len(wording.text.split()) <= 130
    assert len(wording.subject) <= 60
    assert "!" not in wording.text + wording.subject


def test_a_won_a_lost_and_an_undecided_deal_are_spoken_of_differently():
    for language in LANGUAGES:
        texts = {shipped(about, language, Step.INVITATION).text for about in About}
        assert len(texts) == len(About)


def test_a_name_with_braces_stays_a_name():
    assert (
        fill("Dear {name}, {sender}", {"name": "{sender}", "sender": "Ada"}) == "Dear {sender}, Ada"
    )


def test_a_letter_is_text_and_html():
    letter = compose(Wording("About {product}", "Dear {name},\n\n{ways}\n\nAda\nHalden"), FILLING)
    assert letter.subject == "About PRODUCT"
    assert letter.text.split("\n") == [
        "Dear NAME,",
        "",
        "Times in Berlin:",
        "",
        "Tuesday 8 December, 10:00:",
        "https://b.example/1",
        "",
        "No, thank you:",
        "https://b.example/no",
        "",
        "Ada",
        "Halden",
        "",
        "-- ",
        "You decided about it. No more letters: https://b.example/stop",
        "",
    ]
    assert '<li><a href="https://b.example/no">No, thank you</a></li>' in letter.html
    assert "<p>Ada<br>\nHalden</p>" in letter.html


def test_a_letter_holds_nothing_that_tells_whether_it_was_opened():
    html = compose(shipped(About.LOST, "en", Step.INVITATION), FILLING).html
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br", "ul", "li", "a", "hr", "small"}


def test_markup_in_a_name_is_text():
    values = {**FILLING.values, "name": '<img src="//evil">'}
    html = compose(Wording("x", "{name}\n\n{ways}"), Filling(values, WAYS)).html
    assert "<img" not in html


def test_a_line_break_in_a_name_makes_no_header():
    values = {**FILLING.values, "product": "A\r\nBcc: all@example.com"}
    assert "\n" not in compose(Wording("{product}", "{ways}"), Filling(values, WAYS)).subject


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{ways} or {wais}", "Nothing fills in {wais}."),
        ("Dear {name}", "{ways} is missing"),
        ("Choose {ways} please", "a line of its own"),
        ("{}\n{ways}", "Nothing fills in {}."),
    ],
)
def test_what_cannot_be_filled_in_is_said(text: str, fault: str):
    assert fault in faults_of_text(text, Step.INVITATION)


def test_a_subject_takes_no_block():
    assert "Nothing fills in {ways}" in faults_of_subject("{ways}")
    assert faults_of_subject("{name}: {product}") == ""
