"""The page of reasons: layers, evidence, money at stake, reach and weights, against counts made
by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.analytics.by_interviewer import by_interviewer
from app.analytics.figures import SubjectFigure, subject_figures
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.queries import Subject
from app.analytics.reasons import Reasons, reasons
from app.deals.models import Account, BuyingRole, Outcome
from app.interviews.models import Counterfactual, Kind, Relation
from app.tagging import evidence
from app.tagging.models import Direction, Layer, Reason, Weight
from tests.analytics.test_figures import YEAR, heard
from tests.factories import Factory


@pytest.fixture(autouse=True)
def workspace(make: Factory) -> None:
    make.workspace()


def figure(page: Reasons, name: str, way: Direction = Direction.AGAINST) -> SubjectFigure:
    return next(f for f in page.found.one_way(way) if f.name == name)


def test_first_answers_and_what_was_behind_them_are_counted_apart(
    make: Factory, session: Session
) -> None:
    price, trust = make.reason("Price"), make.reason("Trust")
    for _ in range(3):
        deal = make.deal("lost")
        heard(make, deal, price, layer=Layer.SURFACE)
        heard(make, deal, trust, layer=Layer.PROBED)
    heard(make, make.deal("lost"), trust, layer=Layer.SURFACE)
    page = reasons(session, YEAR)
    assert (figure(page, "Price").everywhere.first, figure(page, "Price").everywhere.behind) == (
        3,
        0,
    )
    assert (figure(page, "Trust").everywhere.first, figure(page, "Trust").everywhere.behind) == (
        1,
        3,
    )


def test_a_fact_in_a_deal_goes_before_the_opinions_in_it(make: Factory, session: Session) -> None:
    price, deal = make.reason("Price"), make.deal("lost")
    heard(make, deal, price, evidence=Kind.FACT)
    heard(make, deal, price, evidence=Kind.FEEL)
    heard(make, make.deal("lost"), price, evidence=Kind.WOULD_DO)
    share = figure(reasons(session, YEAR), "Price").everywhere
    assert (share.facts, share.opinions_only) == (1, 1)


def test_what_everybody_expects_stands_apart_and_decides_nothing(
    make: Factory, session: Session
) -> None:
    security = make.reason("Security")
    heard(make, make.deal("lost"), security, weight=Weight.TABLE_STAKES)
    page = reasons(session, YEAR)
    assert page.in_order(Direction.AGAINST) == []
    assert [f.name for f in page.expected(Direction.AGAINST)] == ["Security"]


def turned(make: Factory, reason: Reason, minor: int | None, **values: object) -> None:
    """A lost deal that would have been ours but for this reason."""
    deal = make.deal(values.pop("outcome", "lost"), amount_minor=minor, **values)
    heard(make, deal, reason, counterfactual=Counterfactual.US, weight=Weight.DECISIVE)


class TestMoneyAtStake:
    def test_only_what_the_buyer_said_would_have_been_ours_is_counted(
        self, make: Factory, session: Session
    ) -> None:
        late = make.reason("Late")
        turned(make, late, 100_00)
        for answer in (Counterfactual.THEM, Counterfactual.NOTHING, Counterfactual.UNKNOWN, None):
            heard(make, make.deal("lost"), late, counterfactual=answer, weight=Weight.DECISIVE)
        money = reasons(session, YEAR).money
        assert (money.together.deals, money.together.minor) == (1, 100_00)
        assert money.heard.deals == 5

    def test_a_deal_counts_once_however_many_reasons_and_interviews(
        self, make: Factory, session: Session
    ) -> None:
        late, dear, deal = make.reason("Late"), make.reason("Dear"), make.deal("lost")
        for _ in range(2):
            interview = make.interview(deal, state="tagged")
            for reason in (late, dear):
                quote = make.verbatim(make.answer(interview))
                make.tag(quote, reason, counterfactual=Counterfactual.US)
            evidence.refresh_interviews(make.session, [interview.id])
        money = reasons(session, YEAR).money
        assert [stake.deals for stake in money.by_reason.values()] == [1, 1]
        assert (money.together.deals, money.together.minor) == (1, 84_000_00)

    def test_a_deal_that_was_won_is_not_at_stake(self, make: Factory, session: Session) -> None:
        turned(make, make.reason("Late"), 100_00, outcome="won")
        assert reasons(session, YEAR).money.together.deals == 0

    def test_its_range_is_wider_than_the_count_alone_would_make_it(
        self, make: Factory, session: Session
    ) -> None:
        """One giant among small deals is worth little more than one."""
        late = make.reason("Late")
        turned(make, late, 1_000_000_00)
        for _ in range(9):
            heard(make, make.deal("lost", amount_minor=1_000_00))
        make.deal("no_decision", amount_minor=500_000_00)
        stake = reasons(session, YEAR).money.by_reason[late.id]
        assert stake.share.n == pytest.approx(1.018, abs=0.001)
        assert stake.share.point == pytest.approx(1_000_000 / 1_009_000)
        low, high = stake.of_all
        assert low < stake.minor < high <= 1_509_000_00

    def test_a_deal_without_an_amount_is_counted_as_such(
        self, make: Factory, session: Session
    ) -> None:
        late = make.reason("Late")
        turned(make, late, None)
        turned(make, late, 100_00, currency="SEK")
        stake = reasons(session, YEAR).money.by_reason[late.id]
        assert (stake.deals, stake.minor, stake.without_amount) == (2, 0, 2)

    def test_it_says_what_kind_of_buyer_it_would_open(
        self, make: Factory, session: Session
    ) -> None:
        late = make.reason("Late")
        for segment in ("Mid", "Large", "Mid"):
            turned(make, late, 100_00, account=make.account(segment=segment))
        assert reasons(session, YEAR).money.by_reason[late.id].segments == (
            ("Mid", 2),
            ("Large", 1),
        )


class TestReach:
    def test_it_is_told_by_outcome(self, make: Factory, session: Session) -> None:
        for role in (BuyingRole.USER, BuyingRole.USER, BuyingRole.CHAMPION):
            heard(make, make.deal("lost"), make.reason()).buying_role = role
        session.flush()
        won, lost = (
            next(one for one in reasons(session, YEAR).reach if one.outcome is outcome)
            for outcome in (Outcome.WON, Outcome.LOST)
        )
        assert (won.deals, won.interviews, won.chance_missed) == (0, 0, 1)
        assert (lost.deals, lost.interviews) == (3, 3)
        assert lost.roles == {BuyingRole.USER: 2, BuyingRole.CHAMPION: 1}
        assert lost.chance_missed == pytest.approx(0.8**3)
        assert lost.heard_once == 3
        assert lost.is_too_few

    def test_new_themes_end_where_the_next_interviews_bring_none(
        self, make: Factory, session: Session
    ) -> None:
        first = [make.reason() for _ in range(4)]
        day = date(2026, 7, 1)
        for number in range(8):
            interview = heard(make, make.deal("lost"), *(first if number < 5 else first[:1]))
            interview.held_on = day + timedelta(days=number)
        session.flush()
        lost = next(one for one in reasons(session, YEAR).reach if one.outcome is Outcome.LOST)
        assert lost.new.notation == "4+3"

    def test_it_follows_the_filters(self, make: Factory, session: Session) -> None:
        heard(make, make.deal("lost"), make.reason())
        filters = Filters.parse([("segment", "Nobody")])
        assert all(one.interviews == 0 for one in reasons(session, YEAR, filters).reach)


def segment(make: Factory, name: str) -> Account:
    return make.account(segment=name)


class TestWeighted:
    def test_a_segment_heard_too_seldom_weighs_more_and_changes_the_order(
        self, make: Factory, session: Session
    ) -> None:
        """Small buyers, who say 'dear', answer eight of ten times; large ones, who say 'late',
        two of forty."""
        dear, late = make.reason("Dear"), make.reason("Late")
        for number in range(10):
            deal = make.deal("lost", account=segment(make, "Small"))
            if number < 8:
                heard(make, deal, *([dear] if number < 4 else []))
        for number in range(40):
            deal = make.deal("lost", account=segment(make, "Large"))
            if number < 2:
                heard(make, deal, late)
        page = reasons(session, YEAR)
        assert [f.name for f in page.found.one_way(Direction.AGAINST)] == ["Dear", "Late"]
        assert page.weighted.changes_order[Direction.AGAINST]
        assert [f.name for f in page.in_order(Direction.AGAINST)] == ["Late", "Dear"]
        weighted = page.weighted.shares[late.id, Direction.AGAINST].share
        assert weighted.point == pytest.approx(0.8)

    def test_heard_in_proportion_the_order_stays(self, make: Factory, session: Session) -> None:
        dear, late = make.reason("Dear"), make.reason("Late")
        for number in range(6):
            heard(make, make.deal("lost"), *([dear] if number < 4 else [late]))
        page = reasons(session, YEAR)
        assert not page.weighted.changes_any
        share = page.weighted.shares[dear.id, Direction.AGAINST].share
        assert share.point == pytest.approx(4 / 6)

    def test_those_of_whom_nobody_was_heard_are_named(
        self, make: Factory, session: Session
    ) -> None:
        heard(make, make.deal("lost", account=segment(make, "Small")), make.reason())
        make.deal("no_decision", account=segment(make, "Large"))
        assert reasons(session, YEAR).weighted.unheard == ((Outcome.NO_DECISION, "Large"),)


def test_an_empty_workspace_has_a_page_of_reasons_too(session: Session) -> None:
    page = reasons(session, YEAR, EVERYTHING)
    assert page.found.figures == ()
    assert page.money.together.deals == 0
    assert not page.weighted.changes_any


def test_figures_by_subject_are_the_same_as_on_the_page(make: Factory, session: Session) -> None:
    heard(make, make.deal("lost"), make.reason("Price"))
    alone = subject_figures(session, YEAR, Subject.REASON).figures
    assert alone == reasons(session, YEAR).found.figures


class TestWhoAsked:
    def test_what_is_told_to_the_seller_stands_beside_what_is_told_to_others(
        self, make: Factory, session: Session
    ) -> None:
        price, trust = make.reason("Price"), make.reason("Trust")
        for relation, reason in ((Relation.OWNER, price), (Relation.OUTSIDE_PARTY, trust)):
            for _ in range(8):
                heard(make, make.deal("lost"), reason).relation = relation
        session.flush()
        found = by_interviewer(session, subject_figures(session, YEAR, Subject.REASON))
        assert (found.deals_heard_by_seller, found.deals_heard_by_others) == (8, 8)
        compared = {
            row.figure.name: (row.to_seller.count, row.to_others.count) for row in found.rows
        }
        assert compared == {"Price": (8, 0), "Trust": (0, 8)}
        assert all(row.difference.excludes_zero for row in found.rows)

    def test_where_one_side_was_not_heard_nothing_is_compared(
        self, make: Factory, session: Session
    ) -> None:
        heard(make, make.deal("lost"), make.reason()).relation = Relation.OWNER
        session.flush()
        assert not by_interviewer(
            session, subject_figures(session, YEAR, Subject.REASON)
        ).can_be_compared
