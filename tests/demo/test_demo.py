"""The demo company: the same every time, of ordinary size, and right in its places."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.deals.models import Deal, Outcome
from app.demo import story
from app.demo.generator import Size, draw
from app.demo.operations import load_demo
from app.guides.operations import SHIPPED
from app.guides.reading import read_guide
from app.interviews.models import Interview, State
from app.tagging import evidence
from app.tagging.codebook_files import SHIPPED as REASON_LISTS
from app.tagging.codebook_files import read_codebook
from app.tagging.models import Tag, TagEvidence, Verbatim

UNTIL = date(2026, 11, 20)
SIZE = Size(deals=120, interviews=40)


def test_a_seed_makes_the_same_company_every_time_and_another_seed_another():
    first, again = list(draw(SIZE, seed=1, until=UNTIL)), list(draw(SIZE, seed=1, until=UNTIL))
    assert first == again
    assert first != list(draw(SIZE, seed=2, until=UNTIL))


def test_the_default_size_hears_as_many_as_an_ordinary_company():
    deals = list(draw(Size(500, 140), seed=1, until=UNTIL))
    assert sum(len(deal.interviews) for deal in deals) == 140
    outcomes = Counter(deal.outcome for deal in deals)
    assert 0.33 < outcomes[Outcome.WON] / 500 < 0.43
    assert min(deal.closed_on for deal in deals) > date(2025, 8, 1)
    assert max(deal.closed_on for deal in deals) == UNTIL


def test_every_tag_of_an_answer_stands_on_its_sentence():
    for deal in draw(Size(200, 200, tags_per_interview=12), seed=3, until=UNTIL):
        for interview in deal.interviews:
            for answer in interview.answers:
                for tag in answer.tags:
                    words = answer.text[tag.start : tag.end]
                    assert words == words.strip()
                    assert words.endswith(".")
                assert "{" not in answer.text


def test_lines_answer_questions_of_the_guides_in_their_kind_and_name_reasons_of_the_list():
    kinds = {
        question.id: question.kind
        for path in SHIPPED.glob("*.yaml")
        for question in read_guide(path.read_text(), path.name).questions
    }
    path = REASON_LISTS / "starter.yaml"
    reasons = {reason.key for reason in read_codebook(path.read_text(), path.name).reasons}
    lines = story.load_lines()
    wrong = [
        line.say
        for spoken in lines.values()
        for line in spoken
        if kinds.get(line.question) != line.kind
    ]
    assert wrong == []
    assert {reason for reason, _ in lines} <= reasons
    behind = {(one.reason, one.direction) for row in story.BEHIND.values() for one in row}
    assert behind <= set(lines)


def test_the_demo_is_loaded_with_its_evidence(db: Database, session: Session):
    loaded = load_demo(db, SIZE, seed=1, until=UNTIL)
    assert (loaded.deals, loaded.interviews) == (120, 40)
    assert session.scalar(select(func.count()).select_from(Deal)) == 120
    # Settling what two people gave differently adds a few.
    assert loaded.tags <= len(session.scalars(select(Tag.id)).all()) < loaded.tags + 20
    states = Counter(session.scalars(select(Interview.state)))
    assert states[State.SCHEDULED] == 3
    assert states[State.HELD] > 0
    ids = session.scalars(select(Interview.id)).all()
    assert session.scalar(select(func.count()).select_from(TagEvidence)) == len(
        evidence.rebuilt(session, ids)
    )
    for verbatim in session.scalars(select(Verbatim)):
        assert verbatim.answer.text[verbatim.start : verbatim.end] == verbatim.text


def test_the_demo_needs_a_workspace_of_its_own(db: Database):
    load_demo(db, replace(SIZE, interviews=0), seed=1, until=UNTIL)
    with pytest.raises(ValueError, match="users already"):
        load_demo(db, SIZE, seed=1, until=UNTIL)
