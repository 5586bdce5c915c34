"""Keywords first; what was learnt only where it beats them; nothing claimed that is not known."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from app.tagging.suggesting.examples import Example
from app.tagging.suggesting.keeping import Suggester, UnreadableModel, as_bytes, from_bytes
from app.tagging.suggesting.keywords import Keywords
from app.tagging.suggesting.model import Model
from app.tagging.suggesting.training import train
from tests.tagging.suggesting.sentences import examples

NAMES = Keywords({tag: {"en": [tag]} for tag in ("price", "support", "speed")})
TICKETS = "At last nobody answered our tickets."


@pytest.fixture(scope="module")
def learnt() -> Model:
    return train(examples(240), NAMES)


def tags(model: Model, text: str) -> list[str]:
    return [one.tag for one in model.suggest([text])[0] if one.is_sure]


def test_without_examples_the_keywords_suggest() -> None:
    model = train([], NAMES)
    assert model.learnt is None
    assert tags(model, "Price and speed.") == ["price", "speed"]
    assert model.suggest(["Something else."]) == [[]]


def test_keywords_stand_where_they_are_better() -> None:
    named = [
        Example(f"{tag} {word}", frozenset([tag]))
        for tag in NAMES.tags
        for word in ["ab", "cd", "ef", "gh", "ij", "kl"]
    ]
    model = train(named, NAMES)
    assert model.keywords_f1 == 1
    assert model.learnt is None


def test_what_was_learnt_takes_over_where_it_beats_them(learnt: Model) -> None:
    assert learnt.learnt_f1 is not None
    assert learnt.keywords_f1 is not None
    assert learnt.learnt_f1 > 0.9 > learnt.keywords_f1
    assert tags(learnt, TICKETS) == ["support"]


def test_no_percentage_before_two_hundred_confirmed_tags(learnt: Model) -> None:
    few = train(examples(100), NAMES)
    assert few.confirmed < 200 <= learnt.confirmed
    assert {one.score for one in few.suggest([TICKETS])[0]} == {None}
    assert all(one.score is not None for one in learnt.suggest([TICKETS])[0])


def test_where_it_is_not_sure_three_are_offered_without_a_score(learnt: Model) -> None:
    assert learnt.learnt is not None
    careful = replace(learnt, learnt=replace(learnt.learnt, sure_from=inf))
    offered = careful.suggest([TICKETS])[0]
    assert [one.tag for one in offered] == ["price", "support", "speed"]
    assert not any(one.is_sure or one.score for one in offered)


def test_a_reason_with_few_examples_stays_with_its_keywords() -> None:
    wider = Keywords({**NAMES.seeds, "trust": {"en": ["reference"]}})
    model = train([*examples(240), Example("A reference call.", frozenset(["trust"]))], wider)
    assert model.learnt is not None
    assert "trust" not in model.learnt.tags
    assert "trust" in tags(model, "Two references were good.")


def test_one_tag_each_means_one_tag_is_picked() -> None:
    only = [one for one in examples(240) if len(one.tags) == 1]
    model = train(only, NAMES)
    assert model.learnt is not None
    assert model.learnt.picks_one
    assert all(len(found) == 1 for found in model.suggest([one.text for one in only]))


def test_it_says_which_words_spoke_for_a_suggestion(learnt: Model) -> None:
    assert "tickets" in learnt.explain(TICKETS, "support")
    assert learnt.explain("The price, mainly.", "price")[0] == "price"
    assert learnt.explain("", "price") == []


def test_precision_and_recall_are_those_of_sentences_not_seen(learnt: Model) -> None:
    assert set(learnt.measured) == {"price", "support", "speed"}
    for one in learnt.measured.values():
        assert one.precision > 0.8
        assert one.recall > 0.8


def test_sentences_of_one_interview_are_held_out_together() -> None:
    """Labels by chance cannot be learnt, unless an interview's own words are seen."""
    draw = np.random.default_rng(1)
    chance = [
        Example(
            f"voice{voice} said this", frozenset(["price"] if voice % 2 else ["speed"]), str(voice)
        )
        for voice in draw.permutation(np.repeat(np.arange(40), 4))
    ]
    apart = train(chance, NAMES)
    together = train([replace(one, group="") for one in chance], NAMES)
    assert apart.learnt_f1 is not None
    assert together.learnt_f1 is not None
    assert together.learnt_f1 > apart.learnt_f1 + 0.2


def test_the_same_examples_give_the_same_model(learnt: Model) -> None:
    again = train(examples(240), NAMES)
    assert again.suggest([TICKETS]) == learnt.suggest([TICKETS])


def test_a_model_is_kept_and_read_again(learnt: Model) -> None:
    again = from_bytes(as_bytes(Suggester(learnt))).reasons
    assert again.suggest([TICKETS, ""]) == learnt.suggest([TICKETS, ""])
    assert again.explain(TICKETS, "support") == learnt.explain(TICKETS, "support")
    assert again.measured == learnt.measured
    assert from_bytes(as_bytes(Suggester(Model(NAMES)))).reasons.learnt is None


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(UnreadableModel):
        from_bytes(b"cos\nsystem\n(S'echo'\ntR.")
