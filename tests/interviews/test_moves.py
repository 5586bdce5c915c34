"""An interview's life: lawful moves are made, audited and told; any other is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core import clock
from app.core.access import SYSTEM
from app.guides.operations import SHIPPED, load_shipped
from app.identity.models import Role
from app.interviews import operations
from app.interviews.models import Channel, Relation, Scope, State
from app.interviews.moves import LAWFUL, UnlawfulMove
from app.interviews.operations import Afterword
from tests.factories import Factory

TEN = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("was", list(State))
@pytest.mark.parametrize("to", list(State))
def test_only_moves_of_the_table_are_made(was: State, to: State, make: Factory):
    interview = make.interview(state=was)
    if to in LAWFUL[was]:
        operations.move(make.session, SYSTEM, interview, to)
        assert interview.state is to
    else:
        with pytest.raises(UnlawfulMove, match="From here it can become"):
            operations.move(make.session, SYSTEM, interview, to)
        assert interview.state is was


def test_a_refusal_says_what_is_possible(make: Factory):
    with pytest.raises(UnlawfulMove) as refusal:
        operations.move(make.session, SYSTEM, make.interview(state="closed"), State.PLANNED)
    assert str(refusal.value) == (
        "This interview is closed, so it cannot become planned. From here it can become: tagged."
    )


def test_each_move_is_audited(make: Factory):
    interview = make.interview(state="scheduled")
    operations.move(make.session, SYSTEM, interview, State.NO_SHOW)
    event = make.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "interview.moved")
    ).one()
    assert event.subject_id == interview.id
    assert event.details == {"state": ["scheduled", "no_show"]}


def test_from_plan_to_held(make: Factory):
    load_shipped(make.session, SHIPPED)
    deal = make.deal("lost")
    ada = make.user(Role.INTERVIEWER)
    interview = operations.plan(
        make.session, SYSTEM, deal, contact=make.contact(deal.account), interviewer=ada
    )
    assert interview.state is State.PLANNED

    operations.schedule(make.session, SYSTEM, interview, at=TEN, time_zone="Europe/Oslo")
    assert interview.state is State.SCHEDULED

    with clock.frozen(datetime(2026, 10, 6, 22, 30, tzinfo=UTC)):
        operations.begin(make.session, SYSTEM, interview)
        assert interview.guide_version.slug == "loss"
        operations.hold(make.session, SYSTEM, interview, Afterword(why="We were late."))
    assert interview.state is State.HELD
    assert interview.held_on == date(2026, 10, 7), "the day where the buyer is"


def test_changing_the_time_of_a_scheduled_interview_is_no_move(make: Factory):
    interview = make.interview(state="scheduled", scheduled_at=TEN, time_zone="Europe/Oslo")
    operations.schedule(
        make.session,
        SYSTEM,
        interview,
        at=TEN.replace(day=8),
        time_zone="Europe/Oslo",
        channel=Channel.PHONE,
    )
    actions = make.session.scalars(select(AuditEvent.action)).all()
    assert actions == ["interview.scheduled"]


def test_going_on_keeps_the_guide_with_which_it_began(make: Factory):
    load_shipped(make.session, SHIPPED)
    interview = make.interview(make.deal("won"), state="planned")
    operations.begin(make.session, SYSTEM, interview)
    guide = interview.guide_version
    interview.deal.outcome = "lost"
    operations.begin(make.session, SYSTEM, interview)
    assert interview.guide_version is guide


@pytest.mark.parametrize(
    ("role", "owns", "relation"),
    [
        (Role.INTERVIEWER, True, Relation.OWNER),
        (Role.INTERVIEWER, False, Relation.OTHER_SELLER),
        (Role.PROGRAMME_MANAGER, False, Relation.OUTSIDE_SALES),
    ],
)
def test_the_relation_to_the_deal_is_known_from_the_records(
    role: Role, owns: bool, relation: Relation, make: Factory
):
    user = make.user(role)
    deal = make.deal(seller=make.seller(user=user if owns else None))
    interview = operations.plan(make.session, SYSTEM, deal, contact=None, interviewer=user)
    assert interview.relation is relation


class TestWhatTheBuyerAllows:
    def test_a_deal_is_anonymous_until_every_buyer_allowed_the_name(
        self, make: Factory, session: Session
    ):
        deal = make.deal()
        first = operations.plan(session, SYSTEM, deal, contact=None, interviewer=None)
        assert deal.is_anonymous
        self._allow(session, first, Scope.NAME)
        assert not deal.is_anonymous
        second = operations.plan(session, SYSTEM, deal, contact=None, interviewer=None)
        self._allow(session, second, Scope.ROLE)
        assert deal.is_anonymous

    def test_a_cancelled_interview_hides_nothing(self, make: Factory, session: Session):
        deal = make.deal()
        self._allow(
            session,
            operations.plan(session, SYSTEM, deal, contact=None, interviewer=None),
            Scope.NAME,
        )
        second = operations.plan(session, SYSTEM, deal, contact=None, interviewer=None)
        operations.move(session, SYSTEM, second, State.CANCELLED)
        assert not deal.is_anonymous
        operations.move(session, SYSTEM, second, State.PLANNED)
        assert deal.is_anonymous

    def test_what_was_allowed_and_changed_is_audited(self, make: Factory, session: Session):
        interview = make.interview(state="in_progress", scope=None)
        self._allow(session, interview, Scope.NAME)
        self._allow(session, interview, Scope.NAME)
        self._allow(session, interview, Scope.COUNT)
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "interview.consent_given")
        ).all()
        assert [event.details["changes"]["scope"] for event in events] == [
            [None, "name"],
            ["name", "count"],
        ]

    def _allow(self, session: Session, interview, scope: Scope) -> None:
        operations.set_consent(session, SYSTEM, interview, scope=scope, seller_may_read=True)
