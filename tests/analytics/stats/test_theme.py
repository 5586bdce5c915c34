"""What may be said of a reason, and how it is printed."""

import random

import pytest

from app.analytics.stats.association import benjamini_hochberg, fisher_p
from app.analytics.stats.proportions import wilson
from app.analytics.stats.theme import (
    RULE,
    Display,
    Movement,
    ReasonShares,
    Tally,
    Theme,
    VerdictKind,
    change,
    cites,
    deal_share,
    display,
    in_words,
    merged_up,
    set_apart,
    verdict,
)


def theme(
    named: float, heard: int, *, accounts: int = 2, roles: int = 1, decisive: int = 1
) -> Theme:
    return Theme(named, heard, accounts, roles, decisive)


class TestShareOfADeal:
    def test_is_the_mean_over_its_interviews_not_whether_anybody_mentioned_it(self) -> None:
        assert deal_share([1, 0, 0, 0]) == 0.25
        assert deal_share([1]) == 1
        assert deal_share([0, 0]) == 0

    def test_does_not_grow_with_the_number_of_interviews(self) -> None:
        chance = random.Random(2)
        deals = [[float(chance.random() < 0.2) for _ in range(4)] for _ in range(2000)]
        mean = sum(map(deal_share, deals)) / len(deals)
        anybody = sum(any(deal) for deal in deals) / len(deals)
        assert mean == pytest.approx(0.2, abs=0.02)
        assert anybody > 0.5

    def test_needs_an_interview(self) -> None:
        with pytest.raises(ValueError, match="without an interview"):
            deal_share([])

    @pytest.mark.parametrize(("share", "counts"), [(0.49, False), (0.5, True), (1.0, True)])
    def test_counts_as_citing_from_one_half(self, share: float, counts: bool) -> None:
        assert cites(share) is counts


class TestPrinting:
    @pytest.mark.parametrize(
        ("heard", "how"),
        [
            (0, Display.NOTHING),
            (1, Display.COUNTS),
            (4, Display.COUNTS),
            (5, Display.INTERVAL_FIRST),
            (9, Display.INTERVAL_FIRST),
            (10, Display.POINT_FIRST),
        ],
    )
    def test_goes_by_the_deals_heard(self, heard: int, how: Display) -> None:
        assert display(heard) is how

    def test_shows_counts_alone_under_five(self) -> None:
        assert in_words(wilson(3, 4)) == "3 of 4"

    def test_shows_the_interval_before_the_point_under_ten(self) -> None:
        assert in_words(wilson(3, 8)) == "14 to 69 % (3 of 8: 38 %)"

    def test_shows_a_rare_reason_among_many_heard_with_its_interval(self) -> None:
        assert in_words(wilson(3, 31)) == "10 % (3 of 31: 3 to 25 %)"
        assert in_words(wilson(1, 14)) == "7 % (1 of 14: 1 to 31 %)"

    def test_shows_shares_of_deals_as_fractions_and_long_counts_whole(self) -> None:
        assert in_words(wilson(2.5, 4)) == "2.5 of 4"
        assert in_words(wilson(1234, 20000)).startswith("6 % (1,234 of 20,000:")

    def test_says_when_nobody_was_heard(self) -> None:
        assert in_words(wilson(0, 0)) == "nobody heard"


class TestVerdict:
    def test_acts_on_a_common_decisive_theme_of_several_voices(self) -> None:
        found = verdict(theme(12, 40))
        assert (found.kind, found.words) == (VerdictKind.ACT, "act")
        assert found.share.low > 0.10

    @pytest.mark.parametrize(("accounts", "roles"), [(2, 1), (1, 2)])
    def test_two_accounts_or_two_roles_are_several_voices(self, accounts: int, roles: int) -> None:
        assert verdict(theme(12, 40, accounts=accounts, roles=roles)).kind is VerdictKind.ACT

    def test_one_account_in_one_role_is_one_voice_however_common(self) -> None:
        found = verdict(theme(12, 40, accounts=1, roles=1))
        assert (found.kind, found.words) == (VerdictKind.ONE_VOICE, "one voice")

    def test_never_acts_on_what_decided_no_deal(self) -> None:
        assert verdict(theme(12, 40, decisive=0)).words == "ask at least 1 more buyer"

    def test_never_acts_on_a_bound_at_or_under_a_tenth(self) -> None:
        found = verdict(theme(6, 30))
        assert found.share.low < 0.10
        assert found.words == "ask 5 more buyers"

    def test_asks_as_many_as_it_takes_if_they_say_it_as_often_and_no_more(self) -> None:
        more = verdict(theme(6, 30)).more
        assert wilson(0.2 * (30 + more), 30 + more).low > 0.10
        assert wilson(0.2 * (30 + more - 1), 30 + more - 1).low <= 0.10

    @pytest.mark.parametrize(("named", "heard"), [(3, 31), (2, 120), (12.6, 120), (0, 8)])
    def test_names_the_least_that_could_do_for_a_rare_theme(self, named: float, heard: int) -> None:
        found = verdict(theme(named, heard))
        assert (found.kind, found.at_least) == (VerdictKind.ASK, True)
        assert wilson(named + found.more, heard + found.more).low > 0.10
        assert wilson(named + found.more - 1, heard + found.more - 1).low <= 0.10

    def test_never_acts_where_only_counts_may_be_shown(self) -> None:
        assert verdict(theme(4, 4)).words == "ask 1 more buyer"
        assert verdict(theme(0, 0, accounts=0, roles=0)).words == "ask at least 5 more buyers"

    def test_prints_its_rule(self) -> None:
        for part in ("Act:", "10 %", "two buying roles", "One voice:", "ask more buyers"):
            assert part in RULE


class TestChange:
    def test_no_reliable_change_is_a_result(self) -> None:
        found = change(8, 20, 4, 20)
        assert found.movement is Movement.NO_RELIABLE_CHANGE
        assert found.difference.point == pytest.approx(-0.2)

    def test_a_theme_that_halves_over_enough_deals_went_down(self) -> None:
        found = change(48, 120, 24, 120)
        assert found.movement is Movement.DOWN
        assert change(24, 120, 48, 120).movement is Movement.UP

    def test_an_empty_period_compares_with_nothing(self) -> None:
        assert change(0, 0, 5, 9).movement is Movement.NOT_HEARD


def shares(won: int, lost: int) -> ReasonShares:
    return ReasonShares(Tally.of([1.0] * won), Tally.of([1.0] * lost))


class TestReasonsThatSetWonAndLostApart:
    def test_the_surest_comes_first_with_its_difference(self) -> None:
        found = set_apart(
            {"price": shares(4, 24), "support": shares(20, 22)}, won_heard=40, lost_heard=40
        )
        first, second = found.tested
        assert (first.reason, first.stands) == ("price", True)
        assert first.difference.point == pytest.approx(-0.5)
        assert first.difference.high < 0
        assert first.table == ((4, 36), (24, 16))
        assert (second.reason, second.stands) == ("support", False)

    def test_the_list_is_cut_without_looking_at_the_outcome(self) -> None:
        two_of_one_kind, three = shares(0, 2), shares(1, 2)
        found = set_apart({"rare": two_of_one_kind, "often": three}, won_heard=10, lost_heard=10)
        assert [one.reason for one in found.tested] == ["often"]
        assert found.too_seldom == ("rare",)

    def test_tests_count_deals_and_shares_keep_their_fractions(self) -> None:
        half = ReasonShares(Tally.of([0.5, 0.25, 0.0]), Tally.of([1.0]))
        (found,) = set_apart({"price": half}, won_heard=10, lost_heard=10).tested
        assert found.table == ((1, 9), (1, 9))
        assert found.won.point == pytest.approx(0.075)

    def test_a_deal_with_no_share_does_not_name_the_reason(self) -> None:
        found = set_apart(
            {"price": ReasonShares(Tally.of([0.0, 0.0]), Tally.of([1.0, 0.2]))},
            won_heard=5,
            lost_heard=5,
        )
        assert found.too_seldom == ("price",)

    def test_one_outcome_alone_sets_nothing_apart(self) -> None:
        found = set_apart({"price": shares(0, 6)}, won_heard=0, lost_heard=10)
        assert not found.tested[0].stands
        assert found.tested[0].difference.point is None

    def test_no_reason_is_no_comparison(self) -> None:
        assert set_apart({}, won_heard=3, lost_heard=3).tested == ()

    def test_all_reasons_tested_are_one_family(self) -> None:
        reasons = {str(n): shares(n, 20 - n) for n in range(21)}
        tested = set_apart(reasons, won_heard=40, lost_heard=40).tested
        assert [one.q for one in tested] == benjamini_hochberg([one.p for one in tested])
        assert [one.p for one in tested] == [fisher_p(one.table) for one in tested]


class TestMergingUpTheList:
    PARENTS = {"list price": "price", "discount": "price", "price": "money", "trust": "people"}

    def merged(self, **deals_naming: set[int]) -> dict[str, str]:
        named = {reason.replace("_", " "): deals for reason, deals in deals_naming.items()}
        return merged_up(named, self.PARENTS)

    def test_a_reason_named_often_enough_stays_itself(self) -> None:
        assert self.merged(discount={1, 2, 3}) == {"discount": "discount"}

    def test_rare_reasons_join_where_together_enough_deals_name_them(self) -> None:
        assert self.merged(discount={1, 2}, list_price={2, 3}) == {
            "discount": "price",
            "list price": "price",
        }

    def test_the_same_deal_is_not_counted_twice(self) -> None:
        assert self.merged(discount={1, 2}, list_price={1, 2}) == {
            "discount": "discount",
            "list price": "list price",
        }

    def test_a_common_sibling_stays_apart(self) -> None:
        assert self.merged(discount={1, 2, 3}, list_price={4}, price={5, 6}) == {
            "discount": "discount",
            "list price": "price",
            "price": "price",
        }

    def test_joining_goes_on_up_as_far_as_it_must(self) -> None:
        assert self.merged(discount={1}, price={2}, money={3}) == dict.fromkeys(
            ["discount", "price", "money"], "money"
        )

    def test_what_no_joining_helps_stays_itself(self) -> None:
        assert self.merged(trust={1}) == {"trust": "trust"}

    def test_a_reason_nobody_named_stays_itself(self) -> None:
        assert self.merged(discount=set(), price={1, 2, 3})["discount"] == "discount"
