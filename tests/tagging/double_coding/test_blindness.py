"""Whoever tags an interview a second time sees nowhere what others gave, until both are done."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient

from app.core.access import SYSTEM
from app.core.periods import Quarter
from app.deals.operations import set_competitors
from app.interviews.models import Answer, Scope
from app.market.models import Competitor
from app.tagging.codebook.splitting import split_reason
from app.tagging.double_coding.models import SecondCoding
from app.tagging.models import Reason
from tests.tagging.double_coding.conftest import tagged

SAID = "Security took months."
OTHER = "Another buyer waited for the audit."


class House(NamedTuple):
    """An interview that two people tag, another that one person tags, and what both speak of."""

    twice: Answer
    once: Answer
    security: Reason
    rival: Competitor

    def tag_as(self, client: FlaskClient) -> None:
        for answer, words in ((self.twice, SAID), (self.once, OTHER)):
            start = answer.text.index(words)
            place = {"start": start, "end": start + len(words), "competitor": self.rival.public_id}
            page = f"/interviews/{answer.interview.public_id}"
            data = tagged("The price", "Security") | place
            assert (
                client.post(f"{page}/answers/{answer.public_id}/tag", data=data).status_code == 303
            )


@pytest.fixture
def house(make, session, mona, interview, answer, reasons) -> House:
    rival = make.competitor("Fenwick")
    other = make.interview(make.deal("lost", name="Osprey"), "held", scope=Scope.ROLE)
    for each in (interview, other):
        set_competitors(session, each.deal, [rival])
    make.add(SecondCoding(interview_id=interview.id))
    once = make.answer(other, OTHER, taken="transcript")
    return House(answer, once, reasons["Security"], rival)


@pytest.fixture
def first(house: House, mona, sign_in) -> FlaskClient:
    client: FlaskClient = sign_in(mona)
    house.tag_as(client)
    return client


@pytest.fixture
def second(house: House, first, tom, sign_in) -> FlaskClient:
    client: FlaskClient = sign_in(tom)
    client.post(f"/interviews/{house.twice.interview.public_id}/second/take")
    return client


def quarter(house: House) -> str:
    closed_on = house.twice.interview.deal.closed_on
    assert closed_on is not None
    return Quarter.containing(closed_on, 1).token


def of_project(client: FlaskClient) -> str:
    content = client.get("/reasons/project.qdpx").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


LOOKS: dict[str, Callable[[FlaskClient, House], str]] = {
    "search": lambda who, _: who.get("/search?q=reason:security").text,
    "a search's file": lambda who, _: who.get("/search/quotes.csv?q=reason:security").text,
    "what is behind a figure": lambda who, house: (
        who.get(f"/figures/reasons/{house.security.public_id}?way=against").text
    ),
    "a competitor's best case": lambda who, house: (
        who.get(f"/figures/against/{house.rival.public_id}").text
    ),
    "a project's file": lambda who, _: of_project(who),
}


@pytest.mark.parametrize("place", LOOKS)
def test_what_others_gave_is_shown_to_the_first_and_not_to_the_second(
    place: str, house: House, first: FlaskClient, second: FlaskClient
):
    of_first, of_second = LOOKS[place](first, house), LOOKS[place](second, house)
    assert SAID in of_first
    assert OTHER in of_first
    assert SAID not in of_second
    assert OTHER in of_second


def test_deals_by_reasons_leave_its_deal_out(house, first, second):
    address = f"/reasons/by-deal.csv?to={quarter(house)}"
    assert "Halden TMS" in first.get(address).text
    of_second = second.get(address).text
    assert "Halden TMS" not in of_second
    assert "Osprey" in of_second


def test_the_queue_of_a_split_leaves_its_quotes_out(house, db, mona, first, second):
    with db.writing() as session:
        reason = session.get_one(Reason, house.security.id)
        split = split_reason(session, SYSTEM, reason, ["Audit", "Access"], why="", retires=False)
        address = f"/reasons/splits/{split.public_id}"
    assert SAID in first.get(address).text
    assert SAID not in second.get(address).text
    assert OTHER in second.get(address).text


def test_a_report_leaves_its_quotes_out_for_everybody_and_a_summary_waits(house, first, second):
    address = f"/reports/quarters/{quarter(house)}"
    deal = house.twice.interview.deal.public_id
    for client in (first, second):
        printed = client.get(address).text
        assert SAID not in printed
        assert OTHER in printed
    assert SAID in first.get(f"/reports/deals/{deal}").text
    assert second.get(f"/reports/deals/{deal}").location.endswith(f"/deals/{deal}")
    assert second.post(f"/reports/deals/{deal}/pdf").status_code == 404


def test_once_both_are_done_everything_is_shown(house, first, second):
    page = f"/interviews/{house.twice.interview.public_id}"
    second.post(f"{page}/second/finish")
    assert SAID not in second.get("/search?q=reason:security").text
    first.post(f"{page}/tagged")
    for look in LOOKS.values():
        assert SAID in look(second, house)
