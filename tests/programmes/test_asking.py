"""From a selection to an interview, and whom nobody writes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock, events
from app.core.access import SYSTEM
from app.interviews.models import Channel, State
from app.programmes import operations, queries
from app.programmes.events import SelectionApproved
from app.programmes.models import SelectionState, Sharing
from app.programmes.operations import CannotDecide
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("in_context")


@pytest.fixture
def approved():
    """What was told of approvals."""
    told: list[SelectionApproved] = []
    events.on(SelectionApproved)(_note := lambda _session, event: told.append(event))
    yield told
    events._handlers[SelectionApproved].remove(_note)


def test_approving_plans_the_interview_and_tells_so(session: Session, make: Factory, approved):
    interviewer = make.user("interviewer")
    programme = make.programme(way="written", minutes=15, interviewers=[interviewer])
    selection = make.selection(programme)

    interview = operations.approve(session, SYSTEM, selection)

    assert selection.state is SelectionState.APPROVED
    assert selection.interview is interview
    assert (interview.state, interview.channel) == (State.PLANNED, Channel.WRITTEN)
    assert (interview.contact, interview.minutes) == (selection.contact, 15)
    assert approved == [SelectionApproved(selection.id, interview.id)]


def test_nobody_is_approved_twice(session: Session, make: Factory):
    selection = make.selection()
    operations.approve(session, SYSTEM, selection)
    with pytest.raises(CannotDecide, match="decided about this one"):
        operations.approve(session, SYSTEM, selection)


def test_it_takes_somebody_to_ask(session: Session, make: Factory):
    selection = make.selection(contact=None, state="needs_contact")
    with pytest.raises(CannotDecide, match="Name a contact"):
        operations.approve(session, SYSTEM, selection)


def test_the_invitation_comes_from_whoever_has_least_ahead(session: Session, make: Factory):
    busy, idle = make.user(), make.user()
    make.interview(state="scheduled", interviewer=busy)
    selection = make.selection(make.programme(interviewers=[busy, idle]))
    assert operations.approve(session, SYSTEM, selection).interviewer is idle


def test_the_owner_holds_it_only_where_the_programme_says_so(session: Session, make: Factory):
    owner, other = make.user(), make.user()
    deal = make.deal(seller=make.seller(user=owner))
    for may, expected in ((False, [other]), (True, [owner, other])):
        programme = make.programme(interviewers=[owner, other], owner_may_interview=may)
        assert queries.able_interviewers(session, programme, deal) == expected


def test_any_interviewer_may_hold_it_or_the_one_whose_turn_it_is(session: Session, make: Factory):
    one, two = make.user(), make.user()
    for sharing, expected in ((Sharing.ANY, {one, two}), (Sharing.IN_TURN, {one})):
        selection = make.selection(make.programme(sharing=sharing, interviewers=[one, two]))
        interview = operations.approve(session, SYSTEM, selection)
        interview.interviewer = one
        assert set(queries.interviewers_of(session, interview)) == expected


def test_an_interview_planned_by_hand_is_held_by_whoever_has_it(session: Session, make: Factory):
    interviewer = make.user()
    interview = make.interview(state="planned", interviewer=interviewer)
    assert queries.interviewers_of(session, interview) == [interviewer]


def test_an_interviewer_who_left_holds_nothing(session: Session, make: Factory):
    gone, here = make.user(is_active=False), make.user()
    selection = make.selection(make.programme(interviewers=[gone, here]))
    interview = operations.approve(session, SYSTEM, selection)
    interview.interviewer = gone
    assert queries.interviewers_of(session, interview) == [here]


def test_an_address_that_opted_out_stays_so_when_it_is_imported_again(
    session: Session, make: Factory
):
    contact = make.contact(email="anna@example.com")
    operations.opt_out(session, contact, "by the link in a mail")
    session.delete(contact)
    again = make.contact(email="Anna@Example.com")
    assert queries.is_opted_out(session, " ANNA@example.com")
    assert "asked not to be written to" in (queries.refusal_to_ask(session, again) or "")


def test_opting_out_twice_is_once(session: Session, make: Factory):
    operations.opt_out(session, "anna@example.com", "by hand")
    operations.opt_out(session, "anna@example.com", "by hand")
    assert queries.is_opted_out(session, "anna@example.com")


def test_opting_out_declines_what_was_planned(session: Session, make: Factory):
    selection = make.selection()
    interview = operations.approve(session, SYSTEM, selection)
    operations.opt_out(session, selection.contact, "by the link in a mail")
    assert interview.state is State.DECLINED


def test_a_contact_without_an_address_can_opt_out_too(session: Session, make: Factory):
    contact = make.contact(email="")
    operations.opt_out(session, contact, "on the phone")
    assert queries.refusal_to_ask(session, contact) is not None
    assert not queries.is_opted_out(session, "")


def test_taken_off_the_list_one_may_be_asked_again(session: Session, make: Factory):
    contact = make.contact(email="anna@example.com")
    operations.opt_out(session, contact, "by mistake")
    row = queries.opt_out_of(session, contact.email)
    operations.take_off_the_list(session, SYSTEM, row)
    session.flush()
    assert queries.refusal_to_ask(session, contact) is None


def test_a_bounce_asks_for_another_contact_who_is_then_asked_at_once(
    session: Session, make: Factory, approved
):
    selection = make.selection()
    interview = operations.approve(session, SYSTEM, selection)

    operations.contact_bounced(session, selection.contact)
    assert selection.state is SelectionState.NEEDS_CONTACT
    assert "came back" in selection.why

    other = make.contact(selection.deal.account)
    operations.change_contact(session, SYSTEM, selection, other)
    assert selection.state is SelectionState.APPROVED
    assert interview.contact is other
    assert approved == [SelectionApproved(selection.id, interview.id)] * 2


def test_another_address_is_another_try(session: Session, make: Factory):
    contact = make.contact(email="old@example.com")
    operations.contact_bounced(session, contact)
    assert "came back" in (queries.refusal_to_ask(session, contact) or "")
    contact.email = "new@example.com"
    assert queries.refusal_to_ask(session, contact) is None


def test_whoever_left_the_company_is_not_asked(session: Session, make: Factory):
    selection = make.selection()
    operations.mark_left_company(session, SYSTEM, selection.contact)
    assert selection.state is SelectionState.NEEDS_CONTACT
    with pytest.raises(CannotDecide, match="left the company"):
        operations.change_contact(session, SYSTEM, selection, selection.contact)


def test_held_and_removed_come_back_into_the_queue(session: Session, make: Factory):
    selection = make.selection()
    operations.hold(session, SYSTEM, selection, "Not this week")
    operations.let_go(session, SYSTEM, selection)
    operations.remove(session, SYSTEM, selection, "They are on holiday")
    assert (selection.state, selection.why) == (SelectionState.REMOVED, "They are on holiday")
    operations.let_go(session, SYSTEM, selection)
    assert selection.state is SelectionState.QUEUED


def test_removing_one_whose_mail_came_back_calls_the_interview_off(session: Session, make: Factory):
    selection = make.selection()
    interview = operations.approve(session, SYSTEM, selection)
    operations.contact_bounced(session, selection.contact)
    operations.remove(session, SYSTEM, selection, "Nobody else is known")
    assert interview.state is State.CANCELLED


def test_rest_times_count_from_the_last_time_one_was_asked(session: Session, make: Factory):
    contact, now = make.contact(), clock.now()
    operations.mark_asked(session, contact, now)
    operations.mark_asked(session, contact, now - timedelta(days=9))
    standing = queries.standing_of(session, contact)
    assert standing is not None
    assert standing.asked_at == now
