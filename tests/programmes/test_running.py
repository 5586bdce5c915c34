"""A programme's run: which deals it finds, whom it would ask, and what it leaves alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import SYSTEM
from app.core.events import publish
from app.core.models import Job
from app.deals.events import DealsChanged
from app.deals.models import BuyingRole, Deal, Outcome
from app.programmes import objections, operations, queries, running
from app.programmes.candidates import due_to_leave, rates
from app.programmes.handlers import SELECT
from app.programmes.models import (
    Approval,
    Draw,
    ExclusionKind,
    Nomination,
    Selection,
    SelectionState,
)
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("in_context")


def ago(days: int) -> date:
    return clock.now().date() - timedelta(days=days)


@pytest.fixture
def closed(make: Factory):
    """Makes a deal that closed so many days ago, with somebody to ask."""

    def deal_closed(days: int = 2, outcome: str = "lost", **values) -> Deal:
        contact = values.pop("contact", {})
        deal = make.deal(outcome, closed_on=ago(days), **values)
        if contact is not None:
            make.deal_contact(deal, make.contact(deal.account, **contact))
        return deal

    return deal_closed


def chosen(session: Session) -> dict[int, Selection]:
    return {row.deal_id: row for row in session.scalars(select(Selection))}


def states(session: Session) -> dict[int, SelectionState]:
    return {deal_id: row.state for deal_id, row in chosen(session).items()}


def test_everybody_is_asked_and_it_says_so(session: Session, make: Factory, closed):
    deals = [closed(), closed(outcome="won")]
    draw = running.run(session, make.programme(per_week=5))
    assert draw is not None
    assert draw.asked_everybody
    assert states(session) == {deal.id: SelectionState.QUEUED for deal in deals}
    assert "Everybody is asked" in chosen(session)[deals[0].id].why


def test_lots_are_recorded_with_their_seed_and_what_lay_in_the_pot(
    session: Session, make: Factory, closed
):
    deals = [closed() for _ in range(12)]
    draw = running.run(session, make.programme(per_week=1))
    assert draw is not None
    assert not draw.asked_everybody
    assert draw.pot == [deal.id for deal in deals]
    assert draw.chosen == len(chosen(session)) == 4
    assert draw.seed.startswith(f"{queries.programmes(session)[0].seed}:")


def test_a_deal_is_chosen_once(session: Session, make: Factory, closed):
    closed()
    first, second = make.programme(), make.programme()
    assert running.run(session, first) is not None
    assert running.run(session, first) is None
    assert running.run(session, second) is None


def test_the_week_is_not_filled_twice(session: Session, make: Factory, closed):
    programme = make.programme(per_week=1)
    for _ in range(12):
        closed()
    running.run(session, programme)
    assert running.run(session, programme) is None


def test_what_closed_more_than_90_days_ago_is_asked_only_where_it_is_kept(
    session: Session, make: Factory, closed
):
    closed(days=91)
    kept = closed(days=120)
    objections.keep(session, SYSTEM, kept)
    running.run(session, make.programme())
    assert set(chosen(session)) == {kept.id}


def test_open_deals_and_those_yet_to_close_are_not_asked(session: Session, make: Factory, closed):
    closed(outcome="open")
    closed(days=-3)
    closed(outcome="invalid")
    assert running.run(session, make.programme()) is None


def test_whoever_was_asked_by_hand_is_not_asked_again(session: Session, make: Factory, closed):
    make.interview(closed(), state="planned", held_on=None)
    assert running.run(session, make.programme()) is None


def test_a_company_rests_after_it_was_asked(session: Session, make: Factory, closed):
    account = make.account()
    first = closed(account=account)
    programme = make.programme(account_rest_days=30, contact_rest_days=0)
    running.run(session, programme)
    closed(account=account)
    assert running.run(session, programme) is None
    with clock.frozen(clock.now() + timedelta(days=31)):
        running.run(session, programme)
    assert len(chosen(session)) == 2
    assert first.id in chosen(session)


def test_a_contact_rests_after_they_were_asked(session: Session, make: Factory):
    asked, rested = make.contact(), make.contact()
    operations.mark_asked(session, asked, clock.now() - timedelta(days=100))
    operations.mark_asked(session, rested, clock.now() - timedelta(days=200))
    deal = make.deal(closed_on=ago(1))
    for contact in (asked, rested):
        make.deal_contact(deal, contact)
    running.run(session, make.programme(contact_rest_days=180))
    assert chosen(session)[deal.id].contact is rested


@pytest.mark.parametrize("spoils", ["do_not_contact", "opted_out", "left", "bounced"])
def test_who_must_not_be_asked_is_not(session: Session, make: Factory, spoils: str):
    deal = make.deal(closed_on=ago(1))
    contact = make.contact(deal.account, do_not_contact=spoils == "do_not_contact")
    make.deal_contact(deal, contact)
    if spoils == "opted_out":
        operations.opt_out(session, contact.email.upper(), "by hand")
        contact.do_not_contact = False
    elif spoils == "left":
        operations.mark_left_company(session, SYSTEM, contact)
    elif spoils == "bounced":
        operations.contact_bounced(session, contact)
    assert running.run(session, make.programme()) is None


def test_private_addresses_are_left_alone_where_the_programme_says_so(
    session: Session, make: Factory, closed
):
    deal = closed(contact={"email": "anna@gmail.com"})
    assert running.run(session, make.programme(skips_personal_addresses=True)) is None
    running.run(session, make.programme())
    assert deal.id in chosen(session)


def test_only_people_who_speak_the_programmes_languages(session: Session, make: Factory, closed):
    closed(contact={"language": "fr-CH"})
    spoken, unknown = closed(contact={"language": "de-AT"}), closed()
    running.run(session, make.programme(languages=["de"]))
    assert set(chosen(session)) == {spoken.id, unknown.id}


def test_whom_the_seller_named_comes_first_then_who_decided(session: Session, make: Factory):
    named, decider, user = make.contact(), make.contact(), make.contact()
    for with_name, expected in ((False, decider), (True, named)):
        deal = make.deal(closed_on=ago(1))
        make.deal_contact(deal, user, buying_role=BuyingRole.USER)
        make.deal_contact(deal, decider, buying_role=BuyingRole.DECISION_MAKER)
        make.deal_contact(deal, named, buying_role=BuyingRole.BLOCKER)
        if with_name:
            make.add(Nomination(deal_id=deal.id, contact=named))
        running.run(session, make.programme(contact_rest_days=0))
        assert chosen(session)[deal.id].contact is expected


def test_without_an_address_or_a_contact_somebody_is_asked_for_one(
    session: Session, make: Factory, closed
):
    no_address, nobody = closed(contact={"email": ""}), closed(contact=None)
    running.run(session, make.programme())
    assert states(session) == {
        no_address.id: SelectionState.NEEDS_CONTACT,
        nobody.id: SelectionState.NEEDS_CONTACT,
    }
    assert chosen(session)[no_address.id].contact is not None


def test_what_a_seller_objected_to_is_held_for_a_person(session: Session, make: Factory, closed):
    deal, seller = closed(), make.user(name="Elif")
    objections.object_to_asking(session, seller.actor, deal, "We talk about a renewal")
    running.run(session, make.programme())
    row = chosen(session)[deal.id]
    assert row.state is SelectionState.HELD
    assert "Elif objected" in row.why


def test_it_leaves_by_itself_after_48_hours_where_the_programme_says_so(
    session: Session, make: Factory
):
    leaves, stays = make.programme(approval=Approval.AT_ONCE), make.programme()
    over = clock.now() - timedelta(minutes=1)
    one, _other = (make.selection(each, leaves_at=over) for each in (leaves, stays))
    assert due_to_leave(session, 10) == [one.id]
    running.let_leave(session, one.id)
    assert one.state is SelectionState.APPROVED


def test_what_cannot_leave_waits_for_a_person(session: Session, make: Factory):
    selection = make.selection()
    selection.contact.do_not_contact = True
    running.let_leave(session, selection.id)
    assert selection.state is SelectionState.HELD
    assert "do not contact" in selection.why


def test_what_waited_for_more_than_90_days_drops_out_unless_it_is_kept(
    session: Session, make: Factory
):
    old, kept = (make.selection(deal=make.deal(closed_on=ago(91))) for _ in range(2))
    objections.keep(session, SYSTEM, kept.deal)
    assert running.drop_what_is_too_old(session) == 1
    assert (old.state, kept.state) == (SelectionState.DROPPED, SelectionState.QUEUED)


def test_a_deal_that_is_open_again_is_not_asked_about(session: Session, make: Factory):
    selection = make.selection()
    selection.deal.outcome = Outcome.OPEN
    publish(session, DealsChanged([selection.deal_id]))
    assert selection.state is SelectionState.DROPPED
    assert "open again" in selection.why


def test_a_deal_that_closes_wakes_the_programmes_once(session: Session, make: Factory):
    def jobs() -> int:
        return len(session.scalars(select(Job).where(Job.name == SELECT)).all())

    deal = make.deal()
    publish(session, DealsChanged([deal.id]))
    assert jobs() == 0
    make.programme()
    publish(session, DealsChanged([deal.id]))
    publish(session, DealsChanged([deal.id]))
    assert jobs() == 1


def test_a_part_of_what_is_chosen_is_tagged_twice(session: Session, make: Factory, closed):
    for _ in range(40):
        closed()
    running.run(session, make.programme(per_week=100, double_coded_percent=50))
    twice = sum(row.is_double_coded for row in chosen(session).values())
    assert 8 < twice < 32


def test_rates_are_measured_from_those_asked_long_enough_ago(session: Session, make: Factory):
    assert rates(session)["lost"] == 0.25
    long_ago = clock.now() - timedelta(days=40)
    for number in range(20):
        state = "held" if number < 10 else "declined"
        deal = make.deal()
        interview = make.interview(deal, state=state)
        make.selection(deal=deal, state="approved", interview=interview, decided_at=long_ago)
    assert rates(session)["lost"] == pytest.approx((10 + 5) / 40)


def test_excluded_from_asking_it_still_counts(session: Session, make: Factory, closed):
    deal = closed()
    objections.exclude(session, SYSTEM, deal, kind=ExclusionKind.LEGAL, reason="We are in dispute")
    assert deal.outcome is Outcome.LOST
    assert running.run(session, make.programme()) is None


def test_excluded_from_the_count_it_stays_so_when_the_crm_says_otherwise(
    session: Session, make: Factory
):
    deal = make.deal("lost")
    row = objections.exclude(
        session, SYSTEM, deal, kind=ExclusionKind.DUPLICATE, reason="The same as D7"
    )
    assert deal.outcome is Outcome.INVALID
    deal.outcome = Outcome.WON
    publish(session, DealsChanged([deal.id]))
    assert deal.outcome is Outcome.INVALID
    objections.include_again(session, SYSTEM, row)
    assert deal.outcome is Outcome.WON


def test_an_upheld_objection_takes_the_deal_out_and_an_overruled_one_lets_it_go(
    session: Session, make: Factory
):
    seller = make.user()
    for decide, state in (
        (objections.uphold, SelectionState.REMOVED),
        (objections.overrule, SelectionState.QUEUED),
    ):
        selection = make.selection()
        objection = objections.object_to_asking(
            session, seller.actor, selection.deal, "Not now please"
        )
        assert selection.state is SelectionState.HELD
        decide(session, SYSTEM, objection, "As discussed")
        assert selection.state is state


def test_no_draw_is_kept_where_nobody_was_chosen(session: Session, make: Factory):
    running.run(session, make.programme())
    assert session.scalars(select(Draw)).all() == []
