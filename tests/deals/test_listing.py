from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core.periods import Period, Quarter
from app.deals import listing, operations
from app.deals.listing import (
    SORTS,
    Cursor,
    DealFilter,
    all_deals,
    list_deals,
)
from app.deals.models import Outcome
from tests.deals.viewers import anybody, viewer_of

MANAGER = anybody("programme_manager")
EVERYTHING = DealFilter()


@pytest.fixture
def tangled(session, make):
    """Deals with ties and gaps in everything that a list sorts by."""
    account = make.account("Halden")
    deals = []
    for number in range(37):
        closed_on = None if number % 5 == 0 else date(2026, 8, 1) + timedelta(days=number % 3)
        amount = None if number % 4 == 0 else (number % 3) * 1000
        deals.append(
            make.deal(
                account=account,
                name="Same" if number % 2 else f"Deal {number % 7}",
                opened_on=None,
                closed_on=closed_on,
                amount_minor=amount,
            )
        )
    return deals


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 4, 37, 50])
def test_paging_meets_every_deal_once_in_both_directions(
    session, tangled, monkeypatch, sort, size, few
):
    monkeypatch.setattr(listing, "FEW", few)
    order = [deal.id for deal in all_deals(session, MANAGER, EVERYTHING, sort)]
    assert sorted(order) == sorted(deal.id for deal in tangled)

    forwards, pages, after = [], [], ""
    while after is not None:
        page = list_deals(session, MANAGER, EVERYTHING, sort=sort, after=after, size=size)
        pages.append([deal.id for deal in page.deals])
        forwards += pages[-1]
        after, last = page.after, page
    assert forwards == order

    backwards = [pages[-1]]
    while last.before is not None:
        last = list_deals(session, MANAGER, EVERYTHING, sort=sort, before=last.before, size=size)
        backwards.insert(0, [deal.id for deal in last.deals])
    assert [row for page in backwards for row in page] == order


@pytest.mark.parametrize("sort", ["closed", "-closed", "amount", "-amount"])
def test_deals_without_the_sorted_value_come_last(session, tangled, sort):
    column = {"closed": "closed_on", "amount": "amount_minor"}[sort.lstrip("-")]
    values = [getattr(deal, column) for deal in all_deals(session, MANAGER, EVERYTHING, sort)]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    assert known == sorted(known, reverse=sort.startswith("-"))


@pytest.mark.parametrize("token", ["nonsense", "W10", "", "WzEsMl0", "é", "bnVsbA"])
def test_a_place_that_is_none_of_ours_is_the_first_page(session, make, token):
    deal = make.deal()
    assert Cursor.read(token, "-closed") is None
    assert list(list_deals(session, MANAGER, EVERYTHING, after=token).deals) == [deal]


@pytest.mark.parametrize("few", [0, 500])
def test_filters_narrow_the_list(session, make, monkeypatch, few):
    monkeypatch.setattr(listing, "FEW", few)
    fenwick, north = make.competitor("Fenwick"), make.competitor("Northline")
    seller = make.seller()
    wanted = make.deal(
        Outcome.LOST,
        name="Freight 100%",
        account=make.account("Halden", segment="Mid-market", region="Europe"),
        product="Core",
        closed_on=date(2026, 8, 9),
        seller=seller,
        won_by=fenwick,
    )
    operations.set_competitors(session, wanted, [north])
    make.deal(Outcome.WON, name="Other", product="Edge", closed_on=date(2026, 4, 9))
    session.flush()

    def found(**values):
        wanted = DealFilter(**values)
        page = list_deals(session, MANAGER, wanted)
        assert page.count == len(page.deals)
        return list(page.deals)

    third = Quarter(2026, 3)
    for values in (
        {"outcomes": (Outcome.LOST, Outcome.NO_DECISION)},
        {"period": Period.of_quarters(third, third)},
        {"product": "Core"},
        {"segment": "Mid-market"},
        {"region": "Europe"},
        {"seller": seller.public_id},
        {"competitor": fenwick.public_id},
        {"competitor": north.public_id},
        {"text": "FREIGHT 100%"},
        {"text": "hald"},
    ):
        assert found(**values) == [wanted], values
    assert found(text="freight_") == []
    assert found(seller="nobody") == []
    assert len(found()) == 2


def test_an_account_manager_sees_their_own_deals_only(session, make):
    user = make.user("interviewer")
    own = make.deal(seller=make.seller(user_id=user.id))
    make.deal(seller=make.seller())
    make.deal()
    page = list_deals(session, viewer_of(user), EVERYTHING)
    assert (list(page.deals), page.count) == ([own], 1)


@pytest.mark.parametrize(("role", "found"), [("product", 0), ("leadership", 0), ("tagger", 1)])
def test_a_deal_that_is_only_described_is_not_found_by_its_name(session, make, role, found):
    make.deal(name="Halden freight", is_anonymous=True)
    viewer = anybody("programme_manager" if role == "tagger" else role)
    assert len(list_deals(session, viewer, DealFilter(text="halden")).deals) == found
