"""Secrets are kept sealed: only the same key and purpose open them."""

from __future__ import annotations

import pytest

from app.core.sealing import CannotUnseal, seal, unseal

KEY = "k" * 40


def test_what_was_sealed_is_unsealed():
    sealed = seal(KEY, "calendars", "pässword")
    assert "pässword" not in sealed
    assert unseal(KEY, "calendars", sealed) == "pässword"
    assert seal(KEY, "calendars", "pässword") != sealed


@pytest.mark.parametrize(("key", "purpose"), [("x" * 40, "calendars"), (KEY, "others")])
def test_another_key_or_purpose_opens_nothing(key: str, purpose: str):
    with pytest.raises(CannotUnseal):
        unseal(key, purpose, seal(KEY, "calendars", "password"))


@pytest.mark.parametrize("changed", ["", "1:", "not base64", "1:AAAA"])
def test_what_was_changed_is_not_taken(changed: str):
    with pytest.raises(CannotUnseal):
        unseal(KEY, "calendars", changed)
    sealed = seal(KEY, "calendars", "password")
    with pytest.raises(CannotUnseal):
        unseal(KEY, "calendars", sealed[:-4] + "AAA=")
