"""A recording is played from any place of the transcript, and from any quote that it holds."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.db import Database
from app.interviews.models import Scope, State
from app.recordings.media import MediaType
from app.recordings.models import Recording, RecordingState
from app.search import indexing
from app.tagging.evidence import refresh_interviews
from app.tagging.models import Verbatim
from tests.factories import Factory, sign_in_as
from tests.transcripts.calls import Call


class House:
    """A call whose transcript begins two seconds into its recording."""

    def __init__(self, session: Session, make: Factory, app: Flask, db: Database) -> None:
        self.make, self.app, self.db = make, app, db
        self.call = Call(session, make, scope=Scope.NAME)
        self.call.lay_out()
        self.manager = make.user("programme_manager")
        self.recording: Recording = make.add(
            Recording(
                interview=self.call.interview,
                file_name="call.mp3",
                media_type=MediaType.MP3,
                size=10,
                part_size=10,
                state=RecordingState.COMPLETE,
                transcript_at_ms=2000,
            )
        )

    def quote(self, words: str, **values: object) -> Verbatim:
        """Of the answer that was said from 0:16 on."""
        answer = self.call.accept("start")
        quote: Verbatim = self.make.verbatim(answer, words, **values)
        reason = self.make.reason("Time lost")
        self.make.tag(quote, reason, direction="against", weight="decisive")
        self.reason_id = reason.public_id
        return quote

    def page(self, address: str) -> str:
        self.make.commit()
        client = sign_in_as(self.app, self.db, self.manager)
        return str(client.get(address).text)

    def at(self, where: str) -> str:
        return f"/interviews/{self.call.interview.public_id}/{where}"


@pytest.fixture
def house(session: Session, make: Factory, app: Flask, db: Database) -> House:
    return House(session, make, app, db)


def played_at(html: str) -> list[str]:
    return re.findall(r'data-from="(\d+)"', html)


def test_each_turn_and_each_draft_of_a_transcript_can_be_played(house: House):
    html = house.page(house.at("transcript"))
    assert 'data-player data-shift="2000"' in html
    turns = re.findall(r'<p class="speaks">.*?data-play-at="(\d+)"', html)
    assert turns[:3] == ["1000", "5000", "10000"]
    assert 'data-play-at="16000" data-draft-key="p"' in html
    assert 'data-at="21500"' in html


def test_without_a_recording_nothing_offers_to_play(house: House):
    house.recording.state = RecordingState.ARRIVING
    html = house.page(house.at("transcript"))
    assert "data-play" not in html


def test_a_quote_is_played_from_the_segment_that_it_begins_in(house: House):
    house.quote("We lost two days a week")
    assert played_at(house.page(house.at("tag"))) == ["23"]


def test_the_quotes_behind_a_number_are_played(house: House):
    house.quote("Our old contract ended")
    house.call.interview.state = State.TAGGED
    refresh_interviews(house.call.session, [house.call.interview.id])
    address = f"/figures/reasons/{house.reason_id}?way=against&to=2026Q3"
    assert played_at(house.page(address)) == ["18"]


def test_the_quotes_of_a_deal_are_played(house: House):
    house.quote("Our old contract ended")
    house.call.interview.state = State.TAGGED
    html = house.page(f"/deals/{house.call.interview.deal.public_id}")
    assert played_at(html) == ["18"]
    assert "js/playing.js" in html


def test_what_was_searched_for_is_played(house: House):
    house.quote("Our old contract ended")
    indexing.index_interview(house.call.session, house.call.interview.id)
    assert played_at(house.page("/search?q=contract&in=quote")) == ["18"]
    html = house.page("/search?q=contract&in=segment")
    assert played_at(html) == ["18"]
    assert "js/playing.js" in html


def test_a_quote_without_the_name_is_not_heard_by_others(house: House):
    house.quote("Our old contract ended", scope=Scope.COUNT)
    assert played_at(house.page(house.at("tag"))) == []


def test_words_that_were_typed_are_not_played(house: House):
    answer = house.make.answer(house.call.interview, "We moved in May.", question_id="price")
    quote = house.make.verbatim(answer)
    house.make.tag(quote, house.make.reason("Moving"), direction="against", weight="mentioned")
    assert played_at(house.page(house.at("tag"))) == []
