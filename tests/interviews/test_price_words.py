"""An answer that says price, budget or cost is asked behind; other words are left in peace."""

from __future__ import annotations

import pytest

from app.interviews.price_words import speaks_of_price

SAID = [
    "It was the price.",
    "PRICES were higher, that is all.",
    "We had no budget left in May.",
    "It cost us 40,000 a year.",
    "It costs us 500 a day.",
    "You were overpriced.",
    "We could not afford it.",
    "Fenwick was cheaper by a third.",
    "Der Listenpreis war zu hoch.",
    "Die Betriebskosten haben den Ausschlag gegeben.",
    "Nach der Budgetkürzung war es zu teuer.",
    "Das hätte 40.000 Euro gekostet.",
    "C'était trop cher.",
    "Le cou\u0302t total, surtout.",
    "Le budget était gelé.",
    "No había presupuesto.",
    "El precio era demasiado alto.",
    "Nos salía muy caro.",
]
NOT_SAID = [
    "The support was priceless.",
    "We are run as a cost centre.",
    "They wanted it at all costs.",
    "Each of them cost us a day at the border.",
    "It cost us two weeks of work.",
    "That cost me my sleep.",
    "The customer wore a costume.",
    "She is a precious colleague, and a caring one.",
    "Wir wollten nichts preisgeben.",
    "Die Kostenstelle hat gewechselt.",
    "Das hat uns viel Zeit gekostet.",
    "Ein Kostüm, kostbar.",
    "Il fallait finir à tout prix.",
    "Le centre de coûts a changé.",
    "Hablamos cara a cara.",
    "Cambió el centro de costes.",
    "Apreciamos su trabajo.",
    "",
]


@pytest.mark.parametrize("words", SAID)
def test_price_budget_and_cost_are_heard_in_four_languages(words: str):
    assert speaks_of_price(words)


@pytest.mark.parametrize("words", NOT_SAID)
def test_words_that_merely_look_like_it_are_not(words: str):
    assert not speaks_of_price(words)


def test_a_figure_of_speech_does_not_hide_the_price_beside_it():
    assert speaks_of_price("They cost us a day. But it was the price that decided.")
