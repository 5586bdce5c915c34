"""What each role sees first on a working day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.actions.models import Decision, DecisionState
from app.core import clock
from app.core.db import Database
from app.home.day import SECTIONS, sort_out
from app.identity.models import Role, User
from app.identity.session import SignedIn
from app.interviews.confidence import Audience
from app.interviews.models import Channel, Interview, Scope, State, Taken
from app.invitations.models import Invitation, Needs
from app.invitations.wording import Step
from app.reports.models import Issue, Report, ReportKind, ReportText
from app.tagging import evidence
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

NOON = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def workspace(make: Factory) -> None:
    make.workspace(steps_skipped=["company", "market", "deals", "colleagues", "interview"])


def page_of(app: Flask, db: Database, user: User) -> str:
    with clock.frozen(NOON):
        return sign_in_as(app, db, user).get("/").text


def heading_order(page: str, *headings: str) -> list[str]:
    return sorted((h for h in headings if h in page), key=page.index)


def planned(
    make: Factory, user: User, hours: float | None, account: str, **values: object
) -> Interview:
    at = NOON + timedelta(hours=hours) if hours is not None else None
    state = values.pop("state", State.SCHEDULED if at else State.PLANNED)
    deal = make.deal(account=make.account(account))
    return make.interview(deal, state, interviewer=user, scheduled_at=at, **values)


def test_an_interviewer_sees_today_what_waits_and_what_comes(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.INTERVIEWER)
    planned(make, me, 3, "This afternoon")
    planned(make, me, 30, "Tomorrow night")
    planned(make, me, None, "Some time")
    planned(make, me, -48, "Forgotten")
    planned(make, me, -1, "Begun and unfinished", state=State.IN_PROGRESS)
    planned(make, me, -24, "Done", state=State.HELD)
    planned(make, make.user(), 3, "Somebody else's")
    make.commit()
    page = page_of(app, db, me)
    assert heading_order(
        page,
        "Your interviews today",
        "This afternoon",
        "Waiting to be finished",
        "Forgotten",
        "Begun and unfinished",
        "Your next interviews",
        "Tomorrow night",
        "Some time",
        "Done",
        "Somebody else",
    ) == [
        "Your interviews today",
        "This afternoon",
        "Waiting to be finished",
        "Forgotten",
        "Begun and unfinished",
        "Your next interviews",
        "Tomorrow night",
        "Some time",
    ]


def test_who_is_answering_in_writing_is_not_to_be_finished(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.INTERVIEWER)
    planned(make, me, -48, "Writes", state=State.IN_PROGRESS, channel=Channel.WRITTEN)
    make.commit()
    page = page_of(app, db, me)
    assert "Waiting to be finished" not in page
    assert heading_order(page, "Your next interviews", "Is answering in writing") == [
        "Your next interviews",
        "Is answering in writing",
    ]


def test_an_interview_that_was_begun_leads_straight_to_its_finish(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.INTERVIEWER)
    begun = planned(make, me, -1, "Begun and unfinished", state=State.IN_PROGRESS)
    make.commit()
    assert f"/interviews/{begun.public_id}/finish" in page_of(app, db, me)


def test_today_is_the_viewers_own_day(make: Factory):
    late = make.interview(
        state=State.SCHEDULED, scheduled_at=datetime(2026, 8, 20, 23, 30, tzinfo=UTC)
    )
    with clock.frozen(NOON):
        assert sort_out([late], looking_from("Europe/London")).ahead == [late]
        assert sort_out([late], looking_from("America/New_York")).today == [late]


def looking_from(time_zone: str) -> SignedIn:
    return SignedIn(1, "Jo", "jo@halden.example", "interviewer", False, time_zone, "", 1, NOON)


def test_an_interviewer_without_interviews_is_led_to_the_first(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.INTERVIEWER)
    make.commit()
    page = page_of(app, db, me)
    assert "No interview waits for you" in page
    assert "/interviews/new" in page


def test_a_tagger_of_any_role_sees_the_queue_oldest_first(
    app: Flask, db: Database, make: Factory, workspace: None
):
    tagger = make.user(Role.PRODUCT, is_tagger=True)
    for day, name in ((12, "Younger"), (3, "Older")):
        deal = make.deal(name=name)
        make.interview(deal, State.HELD, held_on=NOON.date().replace(day=day))
    make.commit()
    page = page_of(app, db, tagger)
    assert "2 interviews to tag, oldest first" in page
    assert page.index("Older") < page.index("Younger")


def test_who_does_not_tag_sees_no_queue(app: Flask, db: Database, make: Factory, workspace: None):
    me = make.user(Role.PRODUCT)
    make.interview(state=State.HELD)
    make.commit()
    assert "to tag" not in page_of(app, db, me)


def test_leadership_reads_the_quarter_first_in_the_words_of_a_person(
    app: Flask, db: Database, make: Factory, session: Session, workspace: None
):
    me = make.user(Role.LEADERSHIP)
    make.deal("won")
    make.interview(make.deal("lost"), State.TAGGED)
    session.add(ReportText(subject="quarter:2026Q3", headline="Slow answers lose deals"))
    make.commit()
    page = page_of(app, db, me)
    assert heading_order(page, "Slow answers lose deals", "1 of 2", "What cost us deals") == [
        "Slow answers lose deals",
        "1 of 2",
        "What cost us deals",
    ]


def test_product_reads_the_themes_first(app: Flask, db: Database, make: Factory, workspace: None):
    me = make.user(Role.PRODUCT)
    make.interview(make.deal("lost"), State.TAGGED)
    make.commit()
    page = page_of(app, db, me)
    assert (
        heading_order(page, "Third quarter 2026", "What cost us deals")[0] == "What cost us deals"
    )


def test_without_any_deal_the_page_says_what_will_stand_there(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.LEADERSHIP)
    make.commit()
    assert "Nothing to read yet" in page_of(app, db, me)


def test_every_role_has_its_day():
    assert set(SECTIONS) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_asks_as_often_for_many_as_for_few(
    app: Flask, db: Database, make: Factory, workspace: None, role: Role
):
    me = make.user(role, is_tagger=True)
    fill(make, me, 2)
    client = sign_in_as(app, db, me)
    with clock.frozen(NOON), query_budget(db, 24) as few:
        assert client.get("/").status_code == 200
    fill(make, me, 20)
    with clock.frozen(NOON), query_budget(db, len(few) + 1):
        client.get("/")


def fill(make: Factory, me: User, interviews: int) -> None:
    for _ in range(interviews):
        make.interview(state=State.SCHEDULED, interviewer=me, scheduled_at=NOON)
        make.interview(make.deal("lost"), State.HELD, contact=make.contact())
    make.commit()


def test_a_theme_says_how_many_deals_as_the_figures_do_and_what_to_do(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.PRODUCT)
    security = make.reason("Slow security answers")
    told = [make.interview(make.deal("lost"), State.TAGGED) for _ in range(6)]
    for interview in told[:2]:
        quote = make.verbatim(make.answer(interview))
        make.tag(quote, security, direction="against", weight="decisive")
    told.append(make.interview(told[0].deal, State.TAGGED))  # Half of this deal's buyers say so.
    evidence.refresh_interviews(make.session, [interview.id for interview in told])
    make.commit()
    page = page_of(app, db, me)
    assert "Slow security answers" in page
    assert "1.5 of 6" in page


def test_what_one_promised_stands_before_the_figures_until_it_is_kept(
    app: Flask, db: Database, make: Factory, workspace: None, session: Session
):
    anna, ben = make.user(name="Anna"), make.user(Role.PRODUCT, name="Ben")
    interview = make.interview(make.deal(name="Halden terminals"), interviewer=anna)
    late = make.promise(interview, "The audit report", keeper=ben, due_on=NOON.date())
    late.due_on -= timedelta(days=1)
    make.promise(interview, "A call", keeper=anna)
    make.commit()
    page = page_of(app, db, ben)
    assert heading_order(page, "What cost us deals", "What you promised")[0] == "What you promised"
    assert "The audit report" in page
    assert "late: " in page
    assert "A call" not in page

    client = sign_in_as(app, db, ben)
    address = f"/interviews/{interview.public_id}/promises/{late.public_id}"
    client.post(address, data={"from": "day"})
    assert "What you promised" not in page_of(app, db, ben)
    kept = sign_in_as(app, db, anna).get(f"/interviews/{interview.public_id}").text
    assert "Not kept after all" in kept
    client.post(address, data={"is": "open"})
    assert "The audit report" in page_of(app, db, ben)


def test_nobody_keeps_the_promise_of_somebody_else(
    app: Flask, db: Database, make: Factory, workspace: None
):
    interview = make.interview(interviewer=make.user())
    promise = make.promise(interview, keeper=make.user())
    leader = make.user(Role.LEADERSHIP)
    make.commit()
    address = f"/interviews/{interview.public_id}/promises/{promise.public_id}"
    assert sign_in_as(app, db, leader).post(address).status_code == 404


def test_letters_that_wait_for_a_person_are_there(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user("interviewer")
    contact = make.contact(name="Ilse Brandt")
    interview = make.interview(state="planned", interviewer=me, contact=contact, scope=None)
    make.add(Invitation(interview=interview, next_step=Step.INVITATION, needs=Needs.ADDRESS))
    make.commit()
    page = page_of(app, db, me)
    assert "Letters that wait for you" in page
    assert "No e-mail address" in page


def test_who_reads_sees_what_is_to_be_done_and_the_goals_that_were_missed(
    app: Flask, db: Database, make: Factory, workspace: None
):
    leader = make.user(Role.LEADERSHIP)
    security = make.reason("Slow security answers")
    against: dict[str, object] = {"reason": security, "direction": "against"}
    make.add(Decision(words="Answer on the day.", due_on=NOON.date() - timedelta(days=2)))
    missed = NOON.date() - timedelta(days=10)
    make.add(
        Decision(
            words="A first site within weeks.",
            state=DecisionState.DECIDED,
            owner=leader,
            goal_percent=20,
            goal_by=missed,
            **against,
        )
    )
    make.commit()
    page = page_of(app, db, leader)
    assert "Was due 18 Aug 2026" in page
    assert "Slow security answers, under 20 % by 10 Aug 2026. Write what was learnt." in page


def test_who_reads_is_led_to_the_newest_report_that_was_published_for_them(
    app: Flask, db: Database, make: Factory, workspace: None
):
    leader, product = make.user(Role.LEADERSHIP), make.user(Role.PRODUCT)
    report = make.add(
        Report(kind=ReportKind.QUARTER, subject="2026Q2", audience=Audience.LEADERSHIP)
    )
    for number, title in ((1, "The first words"), (2, "Deals stop at the return")):
        make.add(
            Issue(
                report=report,
                number=number,
                title=title,
                data={},
                formulas="1",
                pdf_sha256="0",
                is_served=number == 2,
            )
        )
    make.commit()
    page = page_of(app, db, leader)
    assert "Deals stop at the return" in page
    assert "The first words" not in page
    assert "Newest published report" not in page_of(app, db, product)


def test_a_theme_that_asks_for_action_leads_to_what_was_decided_or_to_deciding(
    app: Flask, db: Database, make: Factory, workspace: None
):
    me = make.user(Role.PRODUCT)
    security = make.reason("Slow security answers")
    for _ in range(10):
        interview = make.interview(make.deal("lost"), State.TAGGED, scope=Scope.ROLE)
        quote = make.verbatim(make.answer(interview, taken=Taken.TRANSCRIPT))
        make.tag(quote, security, direction="against", weight="decisive")
        evidence.refresh_interviews(make.session, [interview.id])
    make.commit()
    assert "Decide what to do" in page_of(app, db, me)
    make.add(Decision(words="Answer on the day.", reason=security, direction="against"))
    make.commit()
    page = page_of(app, db, me)
    assert "Decide what to do" not in page
    assert "Decided" in page
