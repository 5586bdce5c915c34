"""What an automatic reply says of when somebody is back."""

from __future__ import annotations

from datetime import date

import pytest

from app.invitations.returning import back_on, has_left

SENT = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I am out of the office and will be back on Monday, 7 December.", "2026-12-07"),
        ("I am out of office until Friday, December 11th.", "2026-12-12"),
        ("I will be away from 1 December to 11 December 2026, inclusive.", "2026-12-12"),
        ("On leave through Jan 4, 2027. For urgent matters call Tom.", "2027-01-05"),
        ("I return on 2026-12-14 at 9:00.", "2026-12-14"),
        ("Back 12/07/2026.", "2026-12-07"),
        ("Back on 12/11.", "2026-12-11"),
        ("Ich bin ab dem 7. Dezember wieder im Büro.", "2026-12-07"),
        ("Ich bin bis zum 11.12.2026 nicht erreichbar.", "2026-12-12"),
        ("Ich bin bis einschließlich Freitag, den 11. Dezember, nicht im Haus.", "2026-12-12"),
        ("Vom 01.12. bis 11.12. bin ich im Urlaub.", "2026-12-12"),
        ("Ab 07.01.27 bin ich wieder da.", "2027-01-07"),
        ("Je suis absente jusqu’au 11 décembre inclus.", "2026-12-12"),
        ("Je serai de retour le lundi 14 décembre 2026.", "2026-12-14"),
        ("De retour le 1er février.", "2027-02-01"),
        ("Estaré fuera de la oficina hasta el 11 de diciembre de 2026.", "2026-12-12"),
        ("Vuelvo el lunes 14 de diciembre.", "2026-12-14"),
    ],
)
def test_the_day_on_which_they_are_back(text: str, day: str):
    assert back_on(text, SENT) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am out of the office and read my mail now and then.",
        "Your mail came on 12 October 2026. Office hours: 9.00 to 17.30.",
        "Call +49 30 12-34-56 or 0171/123456.",
        "Back in 2031-01-01.",
        "We may meet on 31 February.",
    ],
)
def test_no_day_is_made_up(text: str):
    assert back_on(text, SENT) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Brandt no longer works at Ferrow. Please write to office@ferrow.example.",
        "I have changed jobs and am\nno longer with the company.",
        "Frau Brandt ist nicht mehr im Unternehmen.",
        "Mme Brandt ne fait plus partie de nos effectifs.",
        "Ya no trabajo en Ferrow.",
    ],
)
def test_whoever_has_left_for_good_is_known(text: str):
    assert has_left(text)


def test_whoever_is_on_holiday_has_not_left():
    assert not has_left("I have left for my holidays and am back on 7 December.")
