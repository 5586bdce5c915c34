"""Competitors, doing nothing, differentiators, seller and buyer, deal facts: what they count, and
who sees it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.claims import claims
from app.analytics.nothing import nothing
from app.analytics.rivals import against, rivals
from app.analytics.selling import what_goes_with_winning
from app.analytics.standings import standings_of
from app.analytics.stats.claims import ClaimKind
from app.analytics.two_views import two_views
from app.analytics.window import Window
from app.core import clock
from app.core.db import Database
from app.core.periods import Quarter
from app.deals.models import Deal, DealCompetitor, DealFact
from app.identity.models import Role, User
from app.interviews.models import Interview, Scope, State, Taken
from app.market.models import Competitor, Standing, StandingValue
from app.market.stages import Stage
from app.programmes.models import SellerView
from app.tagging import evidence
from app.tagging.models import Direction, Reason, Weight
from tests.budgets import query_budget
from tests.deals.viewers import viewer_of
from tests.factories import Factory, sign_in_as

YEAR = Window.year_to(Quarter(2026, 3))
TO = "?to=2026Q3"


def met(make: Factory, outcome: str, *competitors: Competitor, **values: object) -> Deal:
    deal = make.deal(outcome, closed_on=date(2026, 8, 1), **values)
    for competitor in competitors:
        make.add(DealCompetitor(deal_id=deal.id, competitor_id=competitor.id))
    return deal


def hear(make: Factory, deal: Deal, words: str = "So it was.", **tag: object) -> Interview:
    scope = tag.pop("scope", Scope.ROLE)
    interview = make.interview(deal, State.TAGGED, scope=scope, started_at=clock.now())
    answer = make.answer(interview, words, taken=Taken.TRANSCRIPT)
    make.tag(make.verbatim(answer), **tag)  # type: ignore[arg-type]
    evidence.refresh_interviews(make.session, [interview.id])
    return interview


def client_of(app: Flask, db: Database, make: Factory, role: Role, **values: object) -> FlaskClient:
    user = make.user(role, **values)
    make.commit()
    return sign_in_as(app, db, user)


def text_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_the_win_rate_against_each_counts_the_decided_deals_in_which_they_were_met(
    make: Factory, session: Session
):
    make.workspace()
    fenwick, tollgate = make.competitor("Fenwick"), make.competitor("Tollgate")
    make.competitor("Nobody Met")
    for outcome in ("won", "lost", "lost", "no_decision", "open", "invalid"):
        met(make, outcome, fenwick)
    met(make, "won", fenwick, tollgate)
    found = rivals(session, YEAR)
    rates = {one.competitor.name: (one.won, one.decided) for one in found.rivals}
    assert rates == {"Fenwick": (2, 5), "Tollgate": (1, 1)}
    assert [row.name for row in found.not_met] == ["Nobody Met"]
    assert (found.undecided, found.decided) == (1, 5)


def test_their_best_case_is_told_with_where_we_won_all_the_same(
    app: Flask, db: Database, make: Factory
):
    make.workspace()
    fenwick, speed = make.competitor("Fenwick"), make.reason("Time to start")
    said = {"reason": speed, "direction": Direction.AGAINST, "competitor": fenwick}
    hear(make, met(make, "lost", fenwick), "Fenwick ran in a week.", **said)
    hear(make, met(make, "lost", fenwick), "They had it in two.", weight=Weight.DECISIVE, **said)
    hear(make, met(make, "won", fenwick), "Fenwick was quicker.", **said)
    text = text_of(
        client_of(app, db, make, Role.PROGRAMME_MANAGER),
        f"/figures/against/{fenwick.public_id}{TO}",
    )
    assert text.index("They had it in two.") < text.index("Fenwick ran in a week.")
    assert "1 deal that we won against them" in text


def test_where_few_buyers_met_them_their_reasons_are_kept_back(
    app: Flask, db: Database, make: Factory
):
    make.workspace()
    fenwick = make.competitor("Fenwick")
    hear(make, met(make, "lost", fenwick), "They ran in a week.", competitor=fenwick)
    client = client_of(app, db, make, Role.LEADERSHIP)
    text = text_of(client, f"/figures/against/{fenwick.public_id}{TO}")
    assert "They ran in a week." not in text


def test_the_best_case_shows_no_words_that_are_only_counted(make: Factory, session: Session):
    make.workspace()
    fenwick, speed = make.competitor("Fenwick"), make.reason("Time to start")
    hear(
        make,
        met(make, "lost", fenwick),
        reason=speed,
        competitor=fenwick,
        scope=Scope.COUNT,
    )
    found = against(session, viewer_of(make.user(Role.LEADERSHIP)), YEAR, fenwick)
    assert found.best_case == ()


@pytest.fixture
def contradicted(make: Factory) -> None:
    """'Fastest start' is set as ours alone against Fenwick; three deals speak of it."""
    make.workspace()
    fenwick, start = make.competitor("Fenwick"), make.differentiator("Fastest start")
    make.add(
        Standing(
            differentiator=start,
            competitor=fenwick,
            value=StandingValue.AHEAD,
            stage=Stage.UNIQUE,
            set_on=date(2026, 1, 1),
        )
    )
    for way in (Direction.AGAINST, Direction.AGAINST, Direction.FOR):
        hear(make, met(make, "lost", fenwick), differentiator=start, direction=way)


def test_a_standing_that_buyers_contradict_is_said_with_its_counts_and_left_to_a_person(
    app: Flask, db: Database, make: Factory, session: Session, contradicted: None
):
    [pair] = standings_of(session, YEAR)
    assert (pair.spoken.for_us, pair.spoken.against_us, pair.spoken.deals) == (1, 2, 3)
    assert (pair.stage, pair.reads_as) == (Stage.UNIQUE, Stage.CONTESTED)
    text = text_of(client_of(app, db, make, Role.PRODUCT), f"/figures/competitors{TO}")
    assert "is set as <em>ours alone</em>, but buyers speak of it as <em>contested</em>" in text
    assert "of 3 deals that speak of it, 1 for us, 2 against us" in text


def test_the_differentiators_own_page_says_so_too(
    app: Flask, db: Database, make: Factory, session: Session, contradicted: None
):
    client = client_of(app, db, make, Role.PRODUCT)
    [pair] = standings_of(session, YEAR)
    text = text_of(client, f"/differentiators/{pair.differentiator.public_id}")
    assert "it is set as <em>ours alone</em>, but in the last four quarters" in text
    assert "Change it below, or leave it." in text


def test_a_tag_that_names_another_competitor_says_nothing_of_this_one(
    make: Factory, session: Session
):
    make.workspace()
    fenwick, tollgate = make.competitor("Fenwick"), make.competitor("Tollgate")
    start = make.differentiator("Fastest start")
    deal = met(make, "lost", fenwick, tollgate)
    hear(make, deal, differentiator=start, competitor=tollgate)
    assert [pair.competitor.name for pair in standings_of(session, YEAR)] == ["Tollgate"]


def test_a_claim_is_confirmed_contradicted_or_never_mentioned_by_deal(
    make: Factory, session: Session
):
    make.workspace()
    filed, start = make.differentiator("Customs filed"), make.differentiator("Fastest start")
    make.differentiator("People in the port")
    for _ in range(6):
        deal = met(make, "won")
        hear(make, deal, differentiator=filed, direction=Direction.FOR, weight=Weight.DECISIVE)
        hear(make, deal, differentiator=filed, direction=Direction.FOR)
    for _ in range(6):
        hear(make, met(make, "lost"), differentiator=start, direction=Direction.AGAINST)
    found = {one.differentiator.name: one for one in claims(session, YEAR).figures}
    kinds = {name: one.claim.kind for name, one in found.items()}
    assert kinds == {
        "Customs filed": ClaimKind.CONFIRMED,
        "Fastest start": ClaimKind.CONTRADICTED,
        "People in the port": ClaimKind.NEVER,
    }
    one = found["Customs filed"]
    assert (one.claim.confirmed, one.decisive, one.claim.never) == (6, 6, 6)
    assert (one.where_cited.point, one.where_not.point) == (1.0, 0.0)
    assert one.difference.difference.low > 0
    assert (one.adjusted.odds_ratio.low or 0) > 1
    assert [quarter.for_us for quarter in one.quarters] == [0, 0, 0, 6]


def test_doing_nothing_says_where_deals_stopped(make: Factory, session: Session):
    make.workspace()
    staying = make.reason("Staying put")
    enough = make.reason("Good enough", key="good_enough", parent=staying)
    price = make.reason("Price", key="price")
    hear(make, met(make, "no_decision"), reason=enough, weight=Weight.DECISIVE)
    hear(make, met(make, "no_decision"), reason=price, weight=Weight.DECISIVE)
    hear(make, met(make, "won"), reason=enough)
    met(make, "no_decision")
    found = nothing(session, YEAR)
    assert (found.undecided, found.decided, found.stopped.heard) == (3, 4, 2)
    assert found.stopped.at["anything"] == 1
    assert found.stopped.unplaced == 1
    assert (found.lacked_any, found.won_lacking, found.won_heard) == (1, 1, 1)


def sealed(make: Factory, seller: User, reason: Reason | None, said: Reason, **tag: object) -> Deal:
    owner = make.seller(user=seller)
    deal = met(make, "lost", seller=owner)
    make.add(
        SellerView(
            deal=deal,
            author_id=seller.id,
            author_name=seller.name,
            reason=reason,
            sealed_at=clock.now(),
        )
    )
    hear(make, deal, reason=said, weight=Weight.DECISIVE, **tag)
    return deal


def test_seller_and_buyer_are_compared_over_all_sellers_and_never_by_seller(
    app: Flask, db: Database, make: Factory, session: Session
):
    make.workspace()
    price, security = make.reason("Price"), make.reason("Security")
    sellers = [make.user(Role.INTERVIEWER) for _ in range(3)]
    for seller in sellers:
        sealed(make, seller, price, security)
        sealed(make, seller, price, price)
    manager = make.user(Role.PROGRAMME_MANAGER)
    found = two_views(session, viewer_of(manager), YEAR)
    assert (found.reasons.same.count, found.reasons.n) == (3, 6)
    assert found.said_more == ("Price", 6, 3)
    assert len(found.apart) == 3
    client = client_of(app, db, make, Role.PROGRAMME_MANAGER)
    own = sellers[0]
    text = text_of(client, f"/figures/seller-and-buyer{TO}")
    assert own.name not in text
    assert "50 %" in text


def test_views_of_one_or_two_sellers_are_kept_back(make: Factory, session: Session):
    make.workspace()
    price = make.reason("Price")
    for seller in (make.user(), make.user()):
        sealed(make, seller, price, price)
    found = two_views(session, viewer_of(make.user(Role.PROGRAMME_MANAGER)), YEAR)
    assert found.is_kept_back
    assert (found.reasons.n, found.apart) == (0, ())


def test_a_seller_sees_their_own_and_not_what_they_may_not_read(make: Factory, session: Session):
    make.workspace()
    price, security = make.reason("Price"), make.reason("Security")
    anna, ben = make.user(name="Anna"), make.user(name="Ben")
    own = sealed(make, anna, price, security)
    sealed(make, anna, price, security, scope=Scope.COUNT)
    sealed(make, ben, price, security)
    found = two_views(session, viewer_of(anna), YEAR)
    assert found.is_own
    assert [pair.public_id for pair in found.apart] == [own.public_id]
    assert found.reasons.n == 1


def test_a_view_is_not_compared_before_it_is_sealed(make: Factory, session: Session):
    make.workspace()
    anna = make.user()
    deal = met(make, "lost", seller=make.seller(user=anna))
    make.add(SellerView(deal=deal, author_id=anna.id, author_name="", reason=make.reason()))
    assert two_views(session, viewer_of(anna), YEAR).views == 0


def test_deal_facts_leave_out_the_names_of_sellers_and_what_says_how_it_ended(
    make: Factory, session: Session
):
    make.workspace()
    make.seller("Anna Berg")
    for number in range(40):
        is_won = number % 2 == 0
        deal = met(make, "won" if is_won else "lost", stage="Won" if is_won else "Lost")
        trial = "yes" if number % 4 < 3 else "no"
        make.add(DealFact(deal_id=deal.id, name="Trial", text_value=trial))
        make.add(DealFact(deal_id=deal.id, name="Rep", text_value="Anna Berg"))
    found = what_goes_with_winning(session, YEAR)
    assert {look.fact for look in found.looks} == {"Trial"}
    assert found.restating == ("Stage reached",)
    assert "Rep" not in found.too_little


def test_a_column_of_numbers_is_split_and_what_is_not_known_is_on_neither_side(
    make: Factory, session: Session
):
    make.workspace()
    for number in range(40):
        deal = met(make, "lost" if number % 3 else "won")
        make.add(DealFact(deal_id=deal.id, name="Sites", number_value=float(number // 2)))
        if number < 30:
            make.add(DealFact(deal_id=deal.id, name="Trial", text_value="no" if number % 4 else ""))
        if number < 20:
            make.add(
                DealFact(deal_id=deal.id, name="Met", text_value="yes" if number % 2 else "no")
            )
    found = what_goes_with_winning(session, YEAR)
    looks = {look.fact: (look.level, look.with_it.n, look.without.n) for look in found.looks}
    assert looks == {"Sites": ("over 10", 20, 20), "Met": ("yes", 10, 10)}
    assert "Trial" in found.too_little


PAGES = (
    ("/figures/competitors", 14),
    ("/figures/doing-nothing", 14),
    ("/figures/differentiators", 14),
    ("/figures/seller-and-buyer", 14),
    ("/figures/deal-facts", 14),
    ("/figures/new-differentiators", 22),
)


@pytest.mark.parametrize(("path", "most"), PAGES)
def test_each_page_has_a_budget_and_stands_empty_too(
    app: Flask, db: Database, make: Factory, path: str, most: int
):
    make.workspace()
    client = client_of(app, db, make, Role.LEADERSHIP)
    with query_budget(db, most):
        text_of(client, path)


@pytest.mark.parametrize(
    "page", ["competitors", "doing-nothing", "differentiators", "seller-and-buyer", "deal-facts"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_page_is_had_as_a_file(
    app: Flask, db: Database, make: Factory, contradicted: None, page: str, kind: str
):
    client = client_of(app, db, make, Role.LEADERSHIP)
    response = client.get(f"/figures/files/{page}.{kind}{TO}")
    assert response.status_code == 200
    assert response.data


def test_one_competitor_is_had_as_a_file_too(
    app: Flask, db: Database, make: Factory, contradicted: None, session: Session
):
    public_id = session.scalars(select(Competitor.public_id)).first()
    client = client_of(app, db, make, Role.PROGRAMME_MANAGER)
    page = text_of(client, f"/figures/against/{public_id}{TO}")
    assert "/figures/files/against.csv?" in page
    text = client.get(f"/figures/files/against.csv{TO}&about={public_id}").text
    for sheet in ("Win rate by competitor", "Reasons", "Their best case", "Where we stand"):
        assert sheet in text
    assert client.get(f"/figures/files/against.csv{TO}").status_code == 404
