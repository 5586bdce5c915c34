"""Which way suggested words speak, of whom, and what becomes of words that somebody had marked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import Actor
from app.core.db import Database
from app.interviews.models import Answer, Interview
from app.market.models import Competitor
from app.tagging import steps
from app.tagging.models import Direction, Reason, Tag
from app.tagging.suggesting.keeping import Suggester
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Model
from app.tagging.suggestions import deciding, making, queries
from app.tagging.suggestions.models import Decision, SuggesterVersion, Suggestion
from tests.factories import Factory, sign_in_as

WORDS = (
    "The price was too expensive. Fenwick had a better price. You were dearer in price than "
    "Fenwick. We spoke of the price."
)


@pytest.fixture
def actor(make: Factory) -> Actor:
    make.workspace()
    mona = make.user("programme_manager", name="Mona")
    return Actor(mona.id, mona.name)


@pytest.fixture
def price(make: Factory) -> Reason:
    return make.reason("Price", parent=make.reason("Money"))


@pytest.fixture
def fenwick(make: Factory) -> Competitor:
    return make.competitor("Fenwick")


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(make.deal("won"), "held")


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS)


@pytest.fixture
def suggested(make, session, interview, answer, price, fenwick) -> list[Suggestion]:
    return suggest(make, session, interview)


def suggest(make: Factory, session: Session, interview: Interview) -> list[Suggestion]:
    """By the word 'price' alone."""
    version = make.add(
        SuggesterVersion(
            confirmed=0, sentences=0, is_learnt=False, measured={}, words_checksum="", file="x"
        )
    )
    suggester = Suggester(Model(Keywords({"price": {"en": ["price"]}})))
    texts = making.texts_of(session, interview.id)
    found = making.find(suggester, texts, making.rivals_of(session))
    making.keep(session, interview.id, version.id, found)
    return list(queries.suggestions_of(session, interview))


def test_the_words_say_which_way_and_of_whom(suggested):
    said = [(one.direction, one.competitor.name if one.competitor else None) for one in suggested]
    assert said == [
        (Direction.AGAINST, None),
        (Direction.AGAINST, "Fenwick"),
        (None, None),
        (None, None),
    ]


def test_what_is_accepted_speaks_so(session, actor, interview, suggested):
    blamed, praised, _, silent = suggested
    tags = [
        deciding.accept(session, actor, interview, one).tags[0] for one in (blamed, praised, silent)
    ]
    assert [tag.direction for tag in tags] == [Direction.AGAINST, Direction.AGAINST, Direction.FOR]
    assert [tag.competitor.name if tag.competitor else None for tag in tags] == [
        None,
        "Fenwick",
        None,
    ]


def test_a_person_goes_before_the_words(session, actor, interview, suggested):
    step = deciding.accept(session, actor, interview, suggested[0], Direction.NEUTRAL)
    assert step.tags[0].direction is Direction.NEUTRAL


def test_the_page_shows_what_is_accepted(app: Flask, db: Database, make, suggested, interview):
    user = make.user("programme_manager")
    make.commit()
    page = sign_in_as(app, db, user).get(f"/interviews/{interview.public_id}/tag").text
    margin = page[page.index("data-suggestion") :]
    assert margin.count("as usual in such deals") == 2
    assert "Fenwick</span>" in margin


def test_what_is_said_more_of_it_begins_with_what_was_suggested(
    app: Flask, db: Database, make, suggested, interview, fenwick
):
    user = make.user("programme_manager")
    make.commit()
    client = sign_in_as(app, db, user)
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    addresses = [unescape(one) for one in re.findall(r'href="([^"]*reason=Price[^"]*)"', page)]
    praised, silent = (client.get(addresses[number]).text for number in (1, 3))
    assert chosen(praised) == {"against", fenwick.public_id}
    assert chosen(silent) == {"for"}


def chosen(form: str) -> set[str]:
    """Of the direction and the competitor, what is chosen in the form."""
    ticked = re.findall(r'<input[^>]*name="direction"[^>]*>', form)
    ways = {re.findall(r'value="([^"]*)"', one)[0] for one in ticked if " checked" in one}
    (select,) = re.findall(r'<select[^>]*name="competitor".*?</select>', form, re.DOTALL)
    options = re.findall(r'<option selected value="([^"]+)"', select)
    return ways | set(options)


def test_marked_words_without_a_reason_are_what_is_suggested_for(
    make, session, interview, answer, price, fenwick
):
    marked = "a better price. You were dearer"
    make.tag(make.verbatim(answer, marked), None, direction="for")
    places = [
        (WORDS[one.start : one.end], one.direction) for one in suggest(make, session, interview)
    ]
    assert places == [
        ("The price was too expensive.", Direction.AGAINST),
        (marked, Direction.FOR),
        ("We spoke of the price.", None),
    ]


def test_accepting_gives_the_waiting_tag_its_reason_and_undo_takes_it_back(
    make, session, actor, interview, answer, price, fenwick
):
    waiting = make.tag(
        make.verbatim(answer, "You were dearer in price than Fenwick."),
        None,
        direction=Direction.AGAINST,
        competitor=fenwick,
        note="Ask again.",
        comes_back=True,
    )
    suggestion = next(
        one
        for one in suggest(make, session, interview)
        if WORDS[one.start : one.end].startswith("You")
    )
    step = deciding.accept(session, actor, interview, suggestion)
    assert session.scalars(select(Tag)).all() == [waiting] == list(step.tags)
    assert (waiting.reason, waiting.direction) == (price, Direction.AGAINST)
    assert (waiting.competitor, waiting.note, waiting.comes_back) == (fenwick, "Ask again.", False)
    assert suggestion.decision is Decision.ACCEPTED

    steps.undo(session, actor, interview.id)
    assert (waiting.reason, waiting.comes_back) == (None, True)
    assert suggestion.decision is Decision.OPEN


def test_what_was_confirmed_teaches_well_and_badly_whomever_it_is_said_of(
    make, session, price, fenwick
):
    full = make.interview(make.deal(), "tagged")
    answer = make.answer(full, WORDS)
    make.tag(make.verbatim(answer, "too expensive"), price, direction="against")
    make.tag(
        make.verbatim(answer, "a better price"), price, direction="against", competitor=fenwick
    )
    make.tag(make.verbatim(answer, "We spoke"), price, direction="neutral")
    assert [(one.text, set(one.tags)) for one in queries.words_directed(session)] == [
        ("too expensive", {"bad"}),
        ("a better price", {"good"}),
    ]
