"""Whom we asked, who talked with us, and whom we did not hear."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.analytics.responses import queries
from app.analytics.responses.roads import Fate, Road, Tally, Used, compare
from app.analytics.responses.wordings import wordings
from app.core import clock
from app.core.access import Viewer
from app.core.db import Database
from app.core.periods import Period
from app.deals.models import Deal
from app.identity.models import Role
from app.interviews.models import Channel
from app.invitations.models import Ended, Invitation, Letter
from app.invitations.wording import Step
from app.programmes.models import Exclusion, ExclusionKind, Objection, Reach
from tests.deals.viewers import viewer_of
from tests.factories import Factory, sign_in_as

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
CLOSED = date(2026, 9, 1)
PERIOD = Period(date(2026, 7, 1), date(2026, 9, 30))


def road(number: int = 1, **values: Any) -> Road:
    given = {
        "deal_id": number,
        "outcome": "lost",
        "segment": "",
        "region": "",
        "seller": "",
        "programme": "",
        "wording": "",
        "fate": Fate.ASKED,
    }
    return Road(**(given | values))


def asked(**values: Any) -> Road:
    """Reached by a letter, long enough ago."""
    given = {"is_invited": True, "is_delivered": True, "is_net": True, "is_settled": True}
    return road(**(given | values))


@pytest.fixture
def who(make: Factory) -> Viewer:
    make.workspace()
    return viewer_of(make.user(Role.PROGRAMME_MANAGER))


def invite(make: Factory, deal: Deal, state: str = "planned", **values: Any) -> Invitation:
    """A letter was written five days after closing."""
    interview = make.interview(
        deal, state, contact=make.contact(deal.account), channel=values.pop("channel", "video")
    )
    invitation = make.add(Invitation(interview=interview, ended=values.pop("ended", None)))
    written_at = datetime(2026, 9, 6, 9, tzinfo=UTC)
    make.add(
        Letter(
            invitation=invitation,
            step=Step.INVITATION,
            to_address="buyer@example.com",
            sent_by_hand_by_name="Ada",
            written_at=values.pop("written_at", written_at),
            **({"wording": "a"} | values),
        )
    )
    return invitation


def only_road(make: Factory, who: Viewer) -> Road:
    with clock.frozen(NOW):
        (found,) = queries.roads(make.session, who, PERIOD)
    return found


def test_net_rates_leave_out_letters_that_came_back_and_those_still_fresh():
    tally = Tally.of(
        [
            asked(is_held=True, said_yes=True),
            asked(),
            asked(said_no=True),
            asked(is_net=False),
            asked(is_settled=False),
        ]
    )
    assert (tally.heard.count, tally.heard.n) == (1, 3)
    assert (tally.answered.count, tally.answered.n) == (2, 3)


def test_two_wordings_differ_only_where_the_interval_says_so():
    few = [used("old", 10, 2, 1), used("new", 10, 4, 20)]
    found = compare(few)
    assert found is not None
    assert not found.is_reliable
    many = [used("old", 400, 80, 1), used("new", 400, 160, 20)]
    found = compare(many)
    assert found is not None
    assert found.is_reliable
    assert found.newer.wording == "new"


def test_a_wording_that_nobody_had_time_to_answer_is_not_compared():
    fresh = Used("new", "", date(2026, 9, 9), Tally.of([asked(is_settled=False)]))
    assert compare([used("old", 10, 2, 1), fresh]) is None


def used(wording: str, reached: int, heard: int, day: int) -> Used:
    roads = [asked(number=one, is_held=one < heard) for one in range(reached)]
    return Used(wording, "", date(2026, 9, day), Tally.of(roads))


def test_a_deal_that_was_heard_and_how_long_it_took(make: Factory, who: Viewer):
    deal = make.deal(closed_on=CLOSED)
    invite(make, deal, "held", ended=Ended.BOOKED)
    found = only_road(make, who)
    assert found.fate is Fate.HEARD
    assert found.is_held
    assert (found.invited_after, found.held_after) == (5, 0)


@pytest.mark.parametrize(
    ("state", "ended", "fate"),
    [
        ("planned", None, Fate.ASKED),
        ("planned", Ended.NO_ANSWER, Fate.NO_ANSWER),
        ("declined", Ended.DECLINED, Fate.SAID_NO),
        ("declined", Ended.OPTED_OUT, Fate.SAID_NO),
        ("planned", Ended.UNREACHABLE, Fate.NOT_REACHED),
        ("scheduled", Ended.BOOKED, Fate.BOOKED),
        ("cancelled", Ended.CALLED_OFF, Fate.LEFT_OUT),
    ],
)
def test_what_became_of_those_asked(
    make: Factory, who: Viewer, state: str, ended: Ended | None, fate: Fate
):
    invite(make, make.deal(closed_on=CLOSED), state, ended=ended)
    assert only_road(make, who).fate is fate


def test_a_letter_that_came_back_reached_nobody(make: Factory, who: Viewer):
    invite(make, make.deal(closed_on=CLOSED), bounced_at=NOW - timedelta(days=50))
    found = only_road(make, who)
    assert (found.fate, found.is_delivered, found.is_net) == (Fate.NOT_REACHED, False, False)


def test_what_was_stopped_by_us_counts_against_nobody(make: Factory, who: Viewer):
    invite(make, make.deal(closed_on=CLOSED), ended=Ended.STOPPED)
    assert not only_road(make, who).is_net


def test_an_answer_in_writing_is_an_answer_of_its_own(make: Factory, who: Viewer):
    invite(make, make.deal(closed_on=CLOSED), "held", channel=Channel.WRITTEN, ended=Ended.WROTE)
    found = only_road(make, who)
    assert (found.wrote, found.said_yes) == (True, False)


def test_objections_and_exclusions_are_told_apart(make: Factory, who: Viewer):
    objected, excluded = make.deal(closed_on=CLOSED), make.deal(closed_on=CLOSED)
    untouched = make.deal(closed_on=CLOSED)
    make.add(Objection(deal=objected, reason="Not now"))
    make.add(Exclusion(deal=excluded, reach=Reach.ASKING, kind=ExclusionKind.LEGAL))
    with clock.frozen(NOW):
        found = {one.deal_id: one.fate for one in queries.roads(make.session, who, PERIOD)}
    assert found == {
        objected.id: Fate.OBJECTED,
        excluded.id: Fate.LEFT_OUT,
        untouched.id: Fate.NOT_CHOSEN,
    }


def test_wordings_are_compared_among_deals_that_ended_alike(make: Factory, who: Viewer):
    invite(make, make.deal("lost", closed_on=CLOSED), ended=Ended.NO_ANSWER)
    invite(make, make.deal("won", closed_on=CLOSED), ended=Ended.NO_ANSWER, wording="b")
    with clock.frozen(NOW):
        found = wordings(make.session, queries.roads(make.session, who, PERIOD))
    assert [(one.about.value, len(one.used), one.compared) for one in found] == [
        ("lost", 1, None),
        ("won", 1, None),
    ]


@pytest.mark.parametrize("by", ["outcome", "segment", "region", "seller", "programme", "nonsense"])
def test_the_page_sorts_by_each_trait(app: Flask, db: Database, make: Factory, by: str):
    make.workspace()
    seller = make.seller("Jonas Weber")
    deal = make.deal(closed_on=CLOSED, seller=seller)
    make.add(Objection(deal=deal, seller=seller, reason="Not now"))
    user = make.user(Role.LEADERSHIP)
    make.commit()
    page = sign_in_as(app, db, user).get(f"/figures/responses?span=all&by={by}")
    assert page.status_code == 200
    assert ("Jonas Weber" in page.text) == (by == "seller")
    assert "A seller objected" in page.text


def test_its_tables_are_had_as_files(app: Flask, db: Database, make: Factory):
    make.workspace()
    invite(make, make.deal(closed_on=CLOSED), ended=Ended.NO_ANSWER)
    user = make.user(Role.PROGRAMME_MANAGER)
    make.commit()
    text = sign_in_as(app, db, user).get("/figures/files/responses.csv?span=all").text
    assert "Did not answer" in text


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.PRODUCT])
def test_it_is_for_those_who_run_the_programme_and_for_leadership(
    app: Flask, db: Database, make: Factory, role: Role
):
    make.workspace()
    make.deal(closed_on=CLOSED, seller=make.seller("Jonas Weber"))
    user = make.user(role)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/figures/responses").status_code in (403, 404)
    assert "Whom we hear" not in client.get("/figures").text
    assert "Jonas" not in client.get("/figures/files/responses.csv?span=all").text
