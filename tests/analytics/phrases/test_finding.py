"""Differentiators we did not know: what winning buyers repeat, and nothing of ours speaks of."""

from __future__ import annotations

import itertools

from app.analytics.phrases.finding import Said, find, key_of

_NUMBERS = itertools.count(1)
_FILLING = (
    "The decision took eleven weeks.",
    "Our finance director asked about the budget.",
    "A colleague compared four offers.",
    "Two people from purchasing joined late.",
    "The old contract ended in spring.",
)


def said(text: str, *, won: bool = True, account: int | None = None, tagged: int = 0) -> Said:
    number = next(_NUMBERS)
    return Said(number, number, account or number, won, text, [tagged] if tagged else [])


def filling(count: int = 20) -> list[Said]:
    return [said(_FILLING[at % len(_FILLING)], won=at % 2 == 0) for at in range(count)]


def controllers(count: int = 5, **values: object) -> list[Said]:
    texts = (
        "You sat down with our controller for a day.",
        "They sat down with the controller, which nobody else did.",
        "Somebody sat down with our controller.",
        "That you sat down with our controllers won me over.",
        "One of you sat down with our controller twice.",
    )
    return [said(texts[at % len(texts)], **values) for at in range(count)]  # type: ignore[arg-type]


def found(quotes: list[Said], **values: object) -> list[str]:
    heard = {"won_heard": 30, "others_heard": 30} | values
    return [one.words for one in find(quotes, **heard)]  # type: ignore[arg-type]


def test_what_winning_buyers_repeat_is_found_in_whatever_form():
    quotes = [*controllers(), *filling()]
    [phrase] = find(quotes, won_heard=30, others_heard=30)
    assert phrase.words == "sat down with our controller"
    assert (phrase.won_deals, phrase.other_deals, len(phrase.quote_ids)) == (5, 0, 5)
    assert phrase.stands


def test_what_all_say_alike_is_no_difference():
    assert found([*controllers(4), *controllers(5, won=False), *filling()]) == []


def test_two_deals_or_one_account_are_no_phrase():
    assert found([*controllers(2), *filling()]) == []
    assert found([*controllers(5, account=7), *filling()]) == []


def test_what_a_differentiator_or_reason_says_already_is_left_out():
    quotes = [*controllers(), *filling()]
    assert found(quotes, known=["We sit down: sat down with your controller"]) == []
    assert found(quotes, known=["controller"]) == []
    assert found(quotes, known=["Customs filed for you"]) != []


def test_what_is_tagged_with_one_differentiator_is_known():
    assert found([*controllers(5, tagged=3), *filling()]) == []


def test_names_are_nobodys_difference():
    quotes = [said(f"We saw the Fenwick rollout in spring {at}.") for at in range(5)]
    assert found([*quotes, *filling()], names=["Fenwick"]) == []


def test_a_deal_that_says_it_often_counts_once():
    one = said("You sat down with our controller.")
    again = [Said(next(_NUMBERS), one.deal_id, one.account_id, True, one.text) for _ in range(6)]
    assert found([one, *again, *filling()]) == []


def test_words_across_two_sentences_do_not_stand_together():
    quotes = [said("They were patient. Controllers liked it.") for _ in range(5)]
    assert "patient. controllers" not in found([*quotes, *filling()])


def test_other_languages_are_read_by_their_own_small_words():
    quotes = [said("Ihr habt euch mit unserem Controller an den Tisch gesetzt.") for _ in range(5)]
    [phrase] = found([*quotes, *filling()])
    assert "controller" in phrase


def test_phrases_of_the_same_quotes_are_one():
    texts = "You sat down with our controller and worked out the hours saved on declarations."
    quotes = [said(texts) for _ in range(5)] + filling()
    [phrase] = find(quotes, won_heard=30, others_heard=30)
    assert phrase.also
    assert find(quotes, won_heard=30, others_heard=30, decided=[key_of(phrase.also[0])]) == []


def test_nothing_said_is_nothing_found():
    assert find([], won_heard=0, others_heard=0) == []


def test_a_phrase_has_one_key_in_every_form():
    assert key_of("sat down with our controllers") == key_of("Sat down with the controller")
