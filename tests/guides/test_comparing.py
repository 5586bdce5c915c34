"""What changed from one version to another, word by word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.guides.comparing import Change, Difference, compare, word_pieces
from app.guides.reading import Condition, Guide, Outcome, QuestionWords, read_guide

SHORT = Path("interview_guides/short.yaml")


def short() -> Guide:
    return read_guide(SHORT.read_text(encoding="utf-8"), SHORT.name)


def with_question(guide: Guide, question_id: str, **values: object) -> Guide:
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(q, **values) if q.id == question_id else q for q in section.questions
            ),
        )
        for section in guide.sections
    )
    return replace(guide, sections=sections)


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(str(each.change), each.aspect, each.note) for each in found]


def test_the_same_guide_shows_nothing():
    assert compare(short(), short()) == []


def test_words_are_compared_one_by_one():
    pieces = word_pieces("What did it cost you?", "What, if anything, did it cost?")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        ("", "What"),
        ("ins", ", if anything,"),
        ("", " did it cost"),
        ("del", " you"),
        ("", "?"),
    ]


def test_putting_the_kept_and_the_new_pieces_together_gives_the_new_text():
    old, new = "One thing, then another.", "Another thing – then one!"
    pieces = word_pieces(old, new)
    assert "".join(p.text for p in pieces if p.mark != "del") == new
    assert "".join(p.text for p in pieces if p.mark != "ins") == old


def test_a_reworded_question_shows_its_words():
    new = with_question(short(), "tipped", say="What tipped the decision?")
    [found] = compare(short(), new)
    assert (found.change, found.aspect) == (Change.REWORDED, "words")
    assert any(piece.mark == "del" for piece in found.pieces)


def test_added_and_removed_questions_are_told_with_their_section():
    old = short()
    close = old.sections[-1]
    new = replace(old, sections=(*old.sections[:-1], replace(close, questions=close.questions[1:])))
    assert told(compare(old, new)) == [("removed", "", "was in ‘Close’")]
    assert told(compare(new, old)) == [("added", "", "in ‘Close’, think")]


def test_moving_one_question_tells_of_that_one_alone():
    old = short()
    close = old.sections[-1]
    first, *rest = close.questions
    new = replace(old, sections=(*old.sections[:-1], replace(close, questions=(*rest, first))))
    [found] = compare(old, new)
    assert (found.change, found.subject) == (Change.MOVED, first.say)


def test_moving_to_another_section_names_both():
    old = short()
    *before, decision, close = old.sections
    moved = close.questions[0]
    new = replace(
        old,
        sections=(
            *before,
            replace(decision, questions=(*decision.questions, moved)),
            replace(close, questions=close.questions[1:]),
        ),
    )
    assert ("moved", "place", "from ‘Close’ to ‘The decision’") in told(compare(old, new))


def test_conditions_are_told_in_plain_words():
    when = Condition(outcome=(Outcome.WON, Outcome.NO_DECISION), first_deal=True)
    new = with_question(short(), "without_it", when=when)
    assert told(compare(short(), new)) == [
        ("changed", "asked only by outcome", "now also no decision; no longer renewed"),
        ("changed", "asked only by first deal", "either, now the first deal"),
    ]


def test_kind_must_and_minutes_are_told():
    new = with_question(short(), "tipped", must=False)
    assert told(compare(short(), new)) == [("changed", "must ask", "now it may be")]
    sections = (replace(short().sections[0], minutes=4), *short().sections[1:])
    assert told(compare(short(), replace(short(), sections=sections))) == [
        ("changed", "minutes", "3, now 4")
    ]


def test_a_translation_that_came_is_told_by_its_language():
    old = with_question(short(), "tipped", translations={})
    new = with_question(short(), "tipped", translations={"de": QuestionWords("Was gab es?")})
    [found] = compare(old, new)
    assert found.aspect == "words in de"
