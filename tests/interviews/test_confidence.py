"""Who sees what, row by row: whose words, under which name, and whose deals."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core import clock
from app.core.access import NotFound
from app.deals.access import describe, get_deal, may_see, sees_identity, title_for
from app.deals.models import Account, Deal, Seller
from app.identity.models import Role
from app.identity.policy import permissions_of
from app.identity.session import SignedIn
from app.interviews.confidence import (
    NOTHING,
    Audience,
    Sight,
    is_exact,
    narrower,
    sight_of,
    sight_of_readers,
)
from app.interviews.models import Answer, Interview, Scope, Taken
from tests.factories import Factory

NAME, ROLE, COUNT = Scope.NAME, Scope.ROLE, Scope.COUNT

HELD_IT, SOLD_IT, BYSTANDER = 1, 2, 3

ALL = Sight(words=True, account=True, name=True)
WORDS_AND_ACCOUNT = Sight(words=True, account=True, name=False)
WORDS_ONLY = Sight(words=True, account=False, name=False)


def viewer(role: str, user_id: int = BYSTANDER, *, tags: bool = False) -> SignedIn:
    return SignedIn(
        user_id=user_id,
        name="Somebody",
        email="somebody@halden.example",
        role=role,
        is_tagger=tags,
        time_zone="UTC",
        token="",
        sign_in_id=1,
        last_seen_at=clock.now(),
    )


def interview(scope: Scope | None, *, seller_may_read: bool | None = None) -> Interview:
    deal = Deal(name="Halden 400", seller=Seller(name="S", name_key="s", user_id=SOLD_IT))
    return Interview(
        deal=deal, interviewer_id=HELD_IT, scope=scope, seller_may_read=seller_may_read
    )


@pytest.mark.parametrize(
    ("of_interview", "of_quote", "holds"),
    [
        (NAME, None, NAME),
        (NAME, NAME, NAME),
        (NAME, ROLE, ROLE),
        (NAME, COUNT, COUNT),
        (ROLE, None, ROLE),
        (ROLE, NAME, ROLE),
        (ROLE, COUNT, COUNT),
        (COUNT, NAME, COUNT),
        (COUNT, ROLE, COUNT),
        (None, None, COUNT),
        (None, NAME, COUNT),
    ],
)
def test_the_narrower_scope_holds_and_nobody_asked_is_only_counted(of_interview, of_quote, holds):
    assert narrower(of_interview, of_quote) is holds


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (viewer("interviewer", HELD_IT), ALL),
        (viewer("programme_manager"), WORDS_AND_ACCOUNT),
        (viewer("interviewer", tags=True), WORDS_AND_ACCOUNT),
        (viewer("product", tags=True), WORDS_AND_ACCOUNT),
        (viewer("administrator"), NOTHING),
        (viewer("interviewer"), NOTHING),
        (viewer("interviewer", SOLD_IT), NOTHING),
        (viewer("product"), NOTHING),
        (viewer("leadership"), NOTHING),
    ],
)
@pytest.mark.parametrize("scope", [COUNT, None])
def test_only_counted_its_interviewer_taggers_and_the_programme_manager(scope, who, sees):
    assert sight_of(who, interview(scope)) == sees


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (viewer("interviewer", HELD_IT), ALL),
        (viewer("interviewer"), ALL),
        (viewer("interviewer", SOLD_IT), ALL),
        (viewer("programme_manager"), ALL),
        (viewer("administrator"), ALL),
        (viewer("product"), WORDS_ONLY),
        (viewer("product", tags=True), WORDS_ONLY),
        (viewer("leadership"), WORDS_ONLY),
    ],
)
def test_by_role_everybody_but_product_and_leadership_see_no_name(who, sees):
    assert sight_of(who, interview(ROLE)) == sees


@pytest.mark.parametrize("role", list(Role))
def test_by_name_everybody_who_sees_the_deal(role: Role):
    assert sight_of(viewer(role.value), interview(NAME)) == ALL


@pytest.mark.parametrize("scope", [NAME, ROLE, COUNT])
def test_a_quote_may_be_kept_closer_than_its_interview(scope: Scope):
    assert sight_of(viewer("product"), interview(NAME), quote_scope=COUNT) == NOTHING
    assert sight_of(viewer("product"), interview(scope), quote_scope=ROLE).name is False


@pytest.mark.parametrize("tags", [False, True])
def test_only_counted_the_deals_owner_sees_it_only_if_they_held_it(tags: bool):
    told = interview(COUNT)
    assert sight_of(viewer("interviewer", SOLD_IT, tags=tags), told) == NOTHING
    told.interviewer_id = SOLD_IT
    assert sight_of(viewer("interviewer", SOLD_IT, tags=tags), told) == ALL


@pytest.mark.parametrize("scope", [NAME, ROLE])
@pytest.mark.parametrize(("answer", "reads"), [(True, True), (None, True), (False, False)])
def test_the_buyer_decides_whether_who_sold_to_them_reads_it(scope, answer, reads):
    told = interview(scope, seller_may_read=answer)
    assert sight_of(viewer("interviewer", SOLD_IT), told).words is reads
    assert sight_of(viewer("interviewer"), told).words is True
    assert sight_of(viewer("programme_manager"), told).words is True


@pytest.mark.parametrize(
    ("audience", "scope", "prints"),
    [
        (Audience.SELLERS, NAME, ALL),
        (Audience.PRODUCT, NAME, ALL),
        (Audience.LEADERSHIP, NAME, ALL),
        (Audience.SELLERS, ROLE, WORDS_AND_ACCOUNT),
        (Audience.PRODUCT, ROLE, WORDS_ONLY),
        (Audience.LEADERSHIP, ROLE, WORDS_ONLY),
        (Audience.SELLERS, COUNT, NOTHING),
        (Audience.PRODUCT, COUNT, NOTHING),
        (Audience.LEADERSHIP, COUNT, NOTHING),
        (Audience.SELLERS, None, NOTHING),
    ],
)
def test_a_report_prints_for_its_audience_and_never_quotes_what_is_only_counted(
    audience, scope, prints
):
    assert sight_of_readers(audience, interview(scope)) == prints


@pytest.mark.parametrize(
    ("audience", "words"),
    [(Audience.SELLERS, False), (Audience.PRODUCT, True), (Audience.LEADERSHIP, True)],
)
def test_what_the_seller_may_not_read_is_not_printed_for_sellers(audience, words):
    assert sight_of_readers(audience, interview(NAME, seller_may_read=False)).words is words


@pytest.mark.parametrize(
    ("taken", "exact"),
    [
        (Taken.WRITTEN, True),
        (Taken.TRANSCRIPT, True),
        (Taken.TYPED, False),
        (Taken.NOTES, False),
    ],
)
def test_only_written_and_recorded_words_are_the_buyers_own(taken: Taken, exact: bool):
    answer = Answer(taken=taken, revision=2)
    assert is_exact(answer) is exact
    answer.confirmed_revision = 2
    assert is_exact(answer)


def test_what_was_changed_after_the_buyer_confirmed_it_is_not_confirmed():
    assert not is_exact(Answer(taken=Taken.TYPED, revision=3, confirmed_revision=2))


@pytest.mark.parametrize(
    ("role", "named"),
    [
        ("administrator", True),
        ("programme_manager", True),
        ("interviewer", True),
        ("product", False),
        ("leadership", False),
    ],
)
def test_a_deal_whose_buyer_is_unnamed_has_a_description_for_product_and_leadership(role, named):
    account = Account(name="Halden", name_key="halden", industry="Logistics", region="Europe")
    deal = Deal(name="Halden 400", account=account, is_anonymous=True)
    assert sees_identity(viewer(role), deal) is named
    assert title_for(viewer(role), deal) == ("Halden 400" if named else "Logistics, Europe")
    assert sees_identity(viewer(role), Deal(name="Open", is_anonymous=False))


def test_a_deal_without_an_industry_still_has_something_to_be_called():
    assert describe(Deal(name="Halden 400")) == "A deal"


@pytest.mark.parametrize(
    ("role", "all_deals"),
    [
        ("administrator", True),
        ("programme_manager", True),
        ("product", True),
        ("leadership", True),
        ("interviewer", False),
    ],
)
def test_account_managers_see_the_deals_they_own_the_others_all(
    app: Flask, make: Factory, role: str, all_deals: bool
):
    me = make.user(role)
    own = make.deal(seller=make.seller(user=me))
    other = make.deal(seller=make.seller(user=make.user()))
    nobodys = make.deal()
    looking = viewer(role, me.id)
    visible = make.session.query(Deal).where(may_see(looking)).all()
    assert set(visible) == ({own, other, nobodys} if all_deals else {own})
    assert get_deal(make.session, looking, own.public_id) is own
    if not all_deals:
        with pytest.raises(NotFound):
            get_deal(make.session, looking, other.public_id)


def test_account_managers_see_the_deals_they_interview(app: Flask, make: Factory):
    me = make.user()
    told = make.interview(interviewer=me)
    make.interview(interviewer=make.user())
    assert make.session.query(Deal).where(may_see(viewer("interviewer", me.id))).all() == [
        told.deal
    ]


def test_whoever_may_write_into_an_interview_sees_its_deal():
    for role in Role:
        may = permissions_of(role, is_tagger=False)
        assert "interviews.assign" not in may or "deals.see_all" in may
