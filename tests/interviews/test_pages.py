"""The pages: who sees what, and an interview from plan to answers without any script."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.access import SYSTEM
from app.core.db import Database
from app.deals.models import Deal
from app.guides.operations import SHIPPED, publish
from app.guides.reading import Guide, read_guide
from app.identity.models import Role, User
from app.interviews.models import Answer, Interview, Scope, State
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

NEW = {
    "company": "Halden Logistics",
    "person": "Ingrid Sørli",
    "outcome": "lost",
    "on": "2026-10-06",
    "at": "10:00",
    "zone": "Europe/Oslo",
    "minutes": "30",
    "channel": "video",
    "buying_role": "",
}


@dataclass
class House:
    """An app with a workspace and guides, and a way to sign somebody in."""

    app: Flask
    db: Database
    make: Factory

    def client(self, role: Role | str = Role.INTERVIEWER, **values) -> tuple[FlaskClient, User]:
        user = self.make.user(role, **values)
        self.make.commit()
        return sign_in_as(self.app, self.db, user), user

    def fresh(self, kind, **values):
        """The row as it is in the database now."""
        with self.db.reading() as session:
            return session.scalars(select(kind).filter_by(**values)).one()

    def begun(self, user: User, **values) -> Interview:
        deal = self.make.deal("lost", name="Halden renewal")
        values = {"interviewer": user, "contact": self.make.contact(deal.account)} | values
        interview = self.make.interview(deal, State.IN_PROGRESS, **values)
        self.make.commit()
        return interview


@cache
def shipped_guides() -> list[Guide]:
    paths = (SHIPPED / "loss.yaml", SHIPPED / "short.yaml")
    return [read_guide(path.read_text(), path.name) for path in paths]


@pytest.fixture
def house(app: Flask, db: Database, make: Factory) -> House:
    make.workspace()
    for guide in shipped_guides():
        publish(make.session, SYSTEM, guide)
    make.commit()
    return House(app, db, make)


class TestPlanning:
    def test_company_person_outcome_and_time_are_enough(self, house: House):
        client, user = house.client()
        response = client.post("/interviews/new", data=NEW)
        assert response.status_code == 303
        interview = house.fresh(Interview)
        assert interview.scheduled_at == datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
        assert (interview.state, interview.interviewer_id) == (State.SCHEDULED, user.id)
        page = client.get(response.location).text
        assert "Interview with Ingrid Sørli" in page
        assert "10:00" in page

    def test_without_a_time_it_is_only_planned(self, house: House):
        client, _ = house.client()
        client.post("/interviews/new", data=NEW | {"on": "", "at": ""})
        assert house.fresh(Interview).state is State.PLANNED

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("company", "", "Enter the company."),
            ("person", " ", "Enter the person&#39;s name."),
            ("on", "", "Enter both the day and the time, or neither."),
            ("at", "", "Enter both the day and the time, or neither."),
            ("minutes", "3", "From 5 to 240 minutes."),
            ("email", "ingrid at halden", "Enter an address like name@example.com."),
        ],
    )
    def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(
        self, field: str, value: str, message: str, house: House
    ):
        client, _ = house.client()
        page = client.post("/interviews/new", data=NEW | {"job_title": "CFO", field: value}).text
        assert message in page
        assert 'value="CFO"' in page

    def test_from_a_deal_its_contacts_are_offered(self, house: House):
        client, user = house.client()
        deal = house.make.deal(seller=house.make.seller(user=user))
        contact = house.make.contact(deal.account, name="Ingrid Sørli")
        house.make.deal_contact(deal, contact, buying_role="champion")
        house.make.commit()
        address = f"/interviews/new?deal={deal.public_id}"
        assert "Ingrid Sørli" in client.get(address).text
        client.post(address, data=NEW | {"contact": contact.public_id, "person": ""})
        interview = house.fresh(Interview)
        assert (interview.contact_id, interview.deal_id) == (contact.id, deal.id)
        assert (interview.buying_role, interview.relation) == ("champion", "owner")

    def test_somebody_new_joins_the_deal(self, house: House):
        client, user = house.client()
        deal = house.make.deal(seller=house.make.seller(user=user))
        house.make.commit()
        client.post(f"/interviews/new?deal={deal.public_id}", data=NEW | {"contact": "new"})
        assert house.fresh(Interview, deal_id=deal.id).contact_id is not None

    def test_only_who_assigns_interviews_names_another_interviewer(self, house: House):
        client, user = house.client()
        other = house.make.user()
        house.make.commit()
        client.post("/interviews/new", data=NEW | {"interviewer": str(other.id)})
        assert house.fresh(Interview).interviewer_id == user.id

        manager, _ = house.client(Role.PROGRAMME_MANAGER)
        manager.post(
            "/interviews/new", data=NEW | {"company": "Else", "interviewer": str(other.id)}
        )
        assert house.fresh(Interview, interviewer_id=other.id)

    def test_a_new_time_is_set_and_the_wrong_one_told(self, house: House):
        client, user = house.client()
        interview = house.make.interview(state="planned", interviewer=user)
        house.make.commit()
        address = f"/interviews/{interview.public_id}/schedule"
        assert "Enter the day." in client.post(address, data=NEW | {"on": ""}).text
        assert client.post(address, data=NEW | {"relation": "owner"}).status_code == 303
        assert house.fresh(Interview).state is State.SCHEDULED

    def test_called_off_and_planned_again(self, house: House):
        client, user = house.client()
        interview = house.make.interview(state="scheduled", interviewer=user)
        house.make.commit()
        address = f"/interviews/{interview.public_id}/move"
        for to in ("no_show", "planned", "cancelled"):
            assert client.post(address, data={"to": to}).status_code == 303
            assert house.fresh(Interview).state == to
        assert client.post(address, data={"to": "tagged"}).status_code == 404
        client.post(address, data={"to": "no_show"})
        assert house.fresh(Interview).state == "cancelled"
        assert "cannot become a no-show" in client.get(f"/interviews/{interview.public_id}").text


class TestHolding:
    def test_it_begins_with_what_the_buyer_allows(self, house: House):
        client, user = house.client()
        interview = house.make.interview(
            house.make.deal("lost"), "scheduled", interviewer=user, scope=None
        )
        house.make.commit()
        home = f"/interviews/{interview.public_id}"
        assert client.post(f"{home}/begin").location == f"{home}/consent"
        assert "May we quote you?" in client.get(f"{home}/consent").text
        assert "Choose what the buyer said." in client.post(f"{home}/consent", data={}).text
        answer = client.post(
            f"{home}/consent",
            data={"scope": "name", "seller_may_read": "no", "taken": "notes", "language": "en"},
        )
        assert answer.location == f"{home}/capture"
        kept = house.fresh(Interview)
        assert (kept.scope, kept.seller_may_read, kept.taken) == (Scope.NAME, False, "notes")
        assert house.fresh(Deal).is_anonymous is False
        page = client.get(answer.location).text
        assert "Which other ways" in page

    def test_plain_forms_save_and_lead_on(self, house: House):
        client, user = house.client()
        home = self._begin(house, client, user)
        page = client.get(f"{home}/capture").text
        first, second = questions(page)[:2]
        sent = {"text": "We moved.", "base": "0", "revision": str(uuid.uuid4()), "taken": "typed"}
        response = client.post(f"{home}/answers/{first}", data=sent | {"then": "next"})
        assert response.location == f"{home}/capture/{second}"
        assert house.fresh(Answer).text == "We moved."
        assert "We moved." in client.get(f"{home}/capture/{first}").text
        response = client.post(
            f"{home}/answers/{second}",
            data=sent | {"text": "", "revision": str(uuid.uuid4()), "then": "skip"},
        )
        assert house.fresh(Answer, question_id=second).is_skipped

    def test_a_plain_form_shows_both_versions_of_a_conflict(self, house: House):
        client, user = house.client()
        home = self._begin(house, client, user)
        address = f"{home}/answers/what_changed"
        sent = {"text": "We moved.", "base": "0", "taken": "typed"}
        client.post(address, data=sent | {"revision": str(uuid.uuid4())})
        page = client.post(
            address, data=sent | {"text": "We grew.", "revision": str(uuid.uuid4())}
        ).text
        assert "Somebody else wrote here meanwhile" in page
        assert "We moved." in page
        assert "We grew." in page
        client.post(
            address, data=sent | {"text": "We grew.", "revision": str(uuid.uuid4()), "base": "1"}
        )
        assert house.fresh(Answer).text == "We grew."

    def test_what_cannot_be_saved_is_refused_and_still_shown(self, house: House):
        client, user = house.client()
        home = self._begin(house, client, user)
        sent = {"text": "We moved.", "base": "0", "revision": "no id", "taken": "typed"}
        response = client.post(f"{home}/answers/what_changed", data=sent)
        assert response.status_code == 422
        assert "We moved." in response.text
        assert client.post(f"{home}/answers/none", data=sent).status_code == 404

    def test_a_question_of_ones_own(self, house: House):
        client, user = house.client()
        home = self._begin(house, client, user)
        response = client.post(
            f"{home}/questions", data={"say": "Who called?", "after": "what_changed"}
        )
        page = client.get(response.location).text
        assert "Who called?" in page
        own = response.location.rsplit("/", 1)[1]
        ids = questions(page)
        assert ids[ids.index("what_changed") + 1] == own
        assert "Write the question." in client.post(f"{home}/questions", data={"say": ""}).text

    def _begin(self, house: House, client: FlaskClient, user: User) -> str:
        deal = house.make.deal("lost")
        interview = house.make.interview(deal, "planned", interviewer=user, scope=Scope.NAME)
        house.make.commit()
        home = f"/interviews/{interview.public_id}"
        assert client.post(f"{home}/begin").location == f"{home}/capture"
        return home


class TestWhoSeesWhat:
    def test_a_stranger_among_sellers_does_not_see_the_interview(self, house: House):
        owner, user = house.client()
        interview = house.begun(user)
        stranger, _ = house.client()
        home = f"/interviews/{interview.public_id}"
        assert owner.get(home).status_code == 200
        for address in (home, f"{home}/capture", f"{home}/consent", f"{home}/schedule"):
            assert stranger.get(address).status_code == 404
        assert stranger.post(f"{home}/answers/what_changed").status_code == 404

    def test_whoever_interviews_a_deal_sees_it(self, house: House):
        client, user = house.client()
        interview = house.begun(user)
        assert interview.deal.seller is None
        assert "Halden renewal" in client.get(f"/interviews/{interview.public_id}").text

    def test_the_seller_of_the_deal_sees_it_but_not_words_that_are_only_counted(self, house: House):
        seller, user = house.client()
        _, ada = house.client()
        interview = house.begun(ada, scope=Scope.COUNT)
        interview.deal.seller = house.make.seller(user=user)
        house.make.answer(interview, "We were never called back.")
        interview.state = State.HELD
        house.make.commit()
        page = seller.get(f"/interviews/{interview.public_id}").text
        assert "never called back" not in page
        assert "The words are not shown" in page
        assert seller.get(f"/interviews/{interview.public_id}/capture").status_code == 404

    @pytest.mark.parametrize("role", [Role.PRODUCT, Role.LEADERSHIP])
    def test_product_and_leadership_read_words_by_role_without_the_name(
        self, role: Role, house: House
    ):
        client, _ = house.client(role)
        _, ada = house.client()
        interview = house.begun(ada, scope=Scope.ROLE)
        interview.deal.is_anonymous = True
        interview.deal.account.name = "Secret Ltd"
        interview.contact.name = "Ingrid Sørli"
        interview.contact.job_title = "Head of operations"
        interview.state = State.HELD
        house.make.answer(interview, "We were never called back.")
        house.make.commit()
        for page in (
            client.get(f"/interviews/{interview.public_id}").text,
            client.get("/interviews?standing=heard&whose=all").text,
        ):
            assert "Secret Ltd" not in page
            assert "Ingrid" not in page
            assert "Halden renewal" not in page
            assert "Head of operations" in page
        assert "never called back" in client.get(f"/interviews/{interview.public_id}").text
        found = client.get("/interviews?standing=heard&whose=all&q=ingrid").text
        assert "No interview fits" in found

    def test_product_does_not_plan_interviews(self, house: House):
        client, _ = house.client(Role.PRODUCT)
        assert client.get("/interviews/new").status_code == 403


class TestTheDealsPage:
    def test_it_shows_its_interviews_and_the_way_to_a_new_one(self, house: House):
        client, user = house.client()
        interview = house.begun(user)
        page = client.get(f"/deals/{interview.deal.public_id}").text
        assert f"/interviews/{interview.public_id}" in page
        assert "In progress" in page
        assert f"/interviews/new?deal={interview.deal.public_id}" in page


class TestTheList:
    def test_it_shows_ones_own_ahead_by_time(self, house: House):
        client, user = house.client()
        for hour, name in ((12, "Later"), (9, "Sooner")):
            house.make.interview(
                house.make.deal(account=house.make.account(name)),
                "scheduled",
                interviewer=user,
                scheduled_at=datetime(2026, 10, 6, hour, tzinfo=UTC),
            )
        house.make.interview(
            house.make.deal(account=house.make.account("Theirs")),
            "scheduled",
            interviewer=house.make.user(),
        )
        house.make.commit()
        page = client.get("/interviews").text
        assert page.index("Sooner") < page.index("Later")
        assert "Theirs" not in page

    @pytest.mark.parametrize("standing", ["ahead", "heard", "called_off"])
    def test_every_page_shows_the_next_and_none_twice(
        self, standing: str, house: House, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("app.interviews.queries.PAGE", 3)
        state = {"ahead": "planned", "heard": "held", "called_off": "cancelled"}[standing]
        client, _ = house.client(Role.PROGRAMME_MANAGER)
        names = {f"Account {letter}" for letter in "ABCDEFGH"}
        for name in names:
            house.make.interview(house.make.deal(account=house.make.account(name)), state)
        house.make.commit()
        seen: list[str] = []
        address: str | None = f"/interviews?standing={standing}&whose=all"
        while address:
            page = client.get(address).text
            seen += re.findall(r"Account [A-H]", page)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            address = found[1].replace("&amp;", "&") if found else None
        assert sorted(seen) == sorted(names)

    def test_it_asks_a_fixed_number_of_times(self, house: House):
        client, user = house.client()
        for _ in range(5):
            house.begun(user)
        with query_budget(house.db, 4):
            client.get("/interviews")

    def test_it_is_narrowed_by_company_and_outcome(self, house: House):
        client, _ = house.client(Role.PROGRAMME_MANAGER)
        for name, outcome in (("Alder", "won"), ("Birch", "lost")):
            house.make.interview(
                house.make.deal(outcome, account=house.make.account(name)), "planned"
            )
        house.make.commit()
        page = client.get("/interviews?whose=all&outcome=won").text
        assert "Alder" in page
        assert "Birch" not in page
        page = client.get("/interviews?whose=all&q=BIR").text
        assert "Birch" in page
        assert "Alder" not in page
        assert client.get("/interviews?after=nonsense").status_code == 404


def questions(page: str) -> list[str]:
    """The ids of the questions of a capture page, in order."""
    return re.findall(r'data-turn="([^"]+)"', page)
