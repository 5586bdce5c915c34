"""A password is bad where it is short or known; nothing else is asked of it."""

from __future__ import annotations

import pytest

from app.identity.passwords import LONGEST, problem_with


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "four rainy bicycles",
        "größenwahn im keller",
        "x9384759384",
        "🐢🐢 slowly wins",
    ],
)
def test_what_nobody_would_guess_is_good(password: str):
    assert problem_with(password, about=["ana@halden.example", "Halden"]) is None


def test_nine_characters_are_too_few_and_ten_are_enough():
    assert "at least 10" in str(problem_with("tqzmvkplx"))
    assert problem_with("tqzmvkplxw") is None


def test_an_endless_password_is_refused_before_it_is_hashed():
    assert "at most 200" in str(problem_with("ab" * LONGEST))


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "qwertyuiop",
        "Password123!",
        "PASSWORT2024",
        "iloveyou!!!",
        "Sunshine-2026",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "dragondragon",
        "correct-horse-battery-staple",
    ],
)
def test_what_is_tried_first_is_refused(password: str):
    assert "first passwords" in str(problem_with(password))


@pytest.mark.parametrize(
    "password", ["ana.ruiz@halden.example", "Ana.Ruiz2026", "Halden Systems 1", "haldensystems!!"]
)
def test_the_email_address_and_the_company_are_refused(password: str):
    problem = problem_with(password, about=["ana.ruiz@halden.example", "Halden Systems"])
    assert "e-mail address or the company" in str(problem)


def test_an_unknown_company_refuses_nothing():
    assert problem_with("four rainy bicycles", about=["", ""]) is None
