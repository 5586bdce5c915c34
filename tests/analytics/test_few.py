"""Groups so small that a buyer could be known: also those that are left over beside a page."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.analytics.few import differ_by_few, has_few_in_a_quarter, merged, names_few
from app.analytics.filters import Filters
from app.analytics.window import Window
from app.core.periods import Quarter
from app.identity.acting import ActingFor
from app.identity.models import Role
from tests.factories import Factory

LATEST = Quarter(2026, 4)
YEAR = Window.year_to(LATEST)


def heard(
    make: Factory,
    count: int,
    segment: str,
    product: str = "Desk",
    closed_on: date = date(2026, 8, 3),
) -> None:
    """So many deals heard, each of an account of its own."""
    for _ in range(count):
        account = make.account(segment=segment)
        make.interview(make.deal("lost", account=account, product=product, closed_on=closed_on))


def is_kept(session: Session, *pairs: tuple[str, str], window: Window = YEAR) -> bool:
    return names_few(session, window, Filters.parse(pairs))


def large(
    make: Factory,
    *,
    before: int = 0,
    first: int = 0,
    third: int = 0,
    latest: int = 0,
    after: int = 0,
) -> None:
    """Buyers of one segment by quarter: the year's first and third, its latest, and those of the
    quarter before it and the one after it; in each enough of another segment."""
    for count, day in (
        (before, date(2025, 11, 3)),
        (first, date(2026, 2, 3)),
        (third, date(2026, 8, 3)),
        (latest, date(2026, 11, 3)),
        (after, date(2027, 2, 3)),
    ):
        heard(make, count, "Large", closed_on=day)
        heard(make, 9, "Small", closed_on=day)


@pytest.fixture(autouse=True)
def _workspace(make: Factory) -> None:
    make.workspace()


def test_few_buyers_left_are_kept_back(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 4, "Small")
    assert is_kept(session, ("segment", "Small"))
    assert not is_kept(session)


def test_what_is_left_over_beside_the_whole_is_kept_back_too(
    make: Factory, session: Session
) -> None:
    heard(make, 9, "Large")
    heard(make, 4, "Small")
    assert is_kept(session, ("segment", "Large"))
    heard(make, 1, "Small")
    assert not is_kept(session, ("segment", "Large"))
    assert not is_kept(session, ("segment", "Small"))


def test_nothing_left_over_hides_nothing(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    assert not is_kept(session, ("segment", "Large"))


def test_a_second_filter_must_not_cut_off_few(make: Factory, session: Session) -> None:
    heard(make, 9, "Large", "Desk")
    heard(make, 2, "Large", "Hub")
    heard(make, 9, "Small", "Desk")
    heard(make, 9, "Small", "Hub")
    assert not is_kept(session, ("segment", "Large"))
    assert not is_kept(session, ("product", "Desk"))
    assert is_kept(session, ("segment", "Large"), ("product", "Desk"))


def test_a_second_value_must_not_add_few(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 9, "Middle")
    heard(make, 2, "Small")
    assert is_kept(session, ("segment", "Large"), ("segment", "Small"))


def test_small_groups_may_be_looked_at_together(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 3, "Middle")
    heard(make, 3, "Small")
    assert not is_kept(session, ("segment", "Middle"), ("segment", "Small"))


def test_what_has_no_value_is_left_over_like_any_other(make: Factory, session: Session) -> None:
    heard(make, 9, "Large")
    heard(make, 2, "")
    assert is_kept(session, ("segment", "Large"))


def test_a_quarter_alone_is_kept_back_where_few_are_left_of_its_year(
    make: Factory, session: Session
) -> None:
    large(make, third=3, latest=9)
    alone = Window.only(LATEST)
    assert is_kept(session, ("segment", "Large"), window=alone)
    assert not is_kept(session, ("segment", "Large"))
    large(make, third=2)
    assert not is_kept(session, ("segment", "Large"), window=alone)


def test_all_time_is_kept_back_where_few_were_heard_before_the_last_four_quarters(
    make: Factory, session: Session
) -> None:
    large(make, before=3, third=9)
    all_time = Window.all_time(Quarter(2025, 4), LATEST)
    assert is_kept(session, ("segment", "Large"), window=all_time)
    assert not is_kept(session, ("segment", "Large"))
    large(make, before=2)
    assert not is_kept(session, ("segment", "Large"), window=all_time)


def test_of_two_years_that_differ_by_few_the_earlier_one_is_kept_back(
    make: Factory, session: Session
) -> None:
    large(make, third=9, after=3)
    assert is_kept(session, ("segment", "Large"))
    assert not is_kept(session, ("segment", "Large"), window=Window.year_to(Quarter(2027, 1)))
    large(make, first=5)
    assert not is_kept(session, ("segment", "Large")), "five go where three come"


def test_where_nothing_is_narrowed_time_hides_nothing(make: Factory, session: Session) -> None:
    heard(make, 1, "Large", closed_on=date(2025, 11, 3))
    heard(make, 9, "Large")
    assert not is_kept(session)
    assert not has_few_in_a_quarter(session, [Quarter(2025, 4)], Filters())


def test_quarters_side_by_side_hold_nobody_or_enough(make: Factory, session: Session) -> None:
    large(make, first=9, third=3)
    only = Filters.parse([("segment", "Large")])
    assert has_few_in_a_quarter(session, YEAR.quarters, only)
    assert not has_few_in_a_quarter(session, YEAR.quarters[:2], only)


def test_two_narrowed_looks_differ_by_nobody_or_enough(make: Factory, session: Session) -> None:
    large(make, third=9, after=3)
    only, later = Filters.parse([("segment", "Large")]), Window.year_to(Quarter(2027, 1))
    assert differ_by_few(session, (YEAR, only), (later, only))
    assert not differ_by_few(session, (YEAR, only), (YEAR, only))
    assert not differ_by_few(session, (YEAR, only), (YEAR, Filters()))


def test_a_single_small_group_takes_the_next_with_it(make: Factory) -> None:
    reader = ActingFor.of(make.user(Role.PRODUCT), "UTC")
    assert merged(reader, [("Large", 9), ("Middle", 4), ("Small", 2)]) == [
        ("Large", 9),
        ("Others", 6),
    ]
    assert merged(reader, [("Large", 9), ("Middle", 4)]) == [("Large", 9), ("Middle", 4)]
    manager = ActingFor.of(make.user(Role.PROGRAMME_MANAGER), "UTC")
    assert merged(manager, [("Large", 9), ("Small", 2)]) == [("Large", 9), ("Small", 2)]
