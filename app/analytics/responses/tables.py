"""The response figures in words, and as tables for files."""

from __future__ import annotations

from collections.abc import Sequence

from app.analytics.responses.roads import Fate, Road, Tally, fates
from app.analytics.showing import OUTCOME_WORDS
from app.core.spreadsheets import Sheet
from app.deals.models import Outcome

FATE_WORDS = {
    Fate.HEARD: "Heard",
    Fate.BOOKED: "A time is booked, or it has begun",
    Fate.ASKED: "Asked, no answer yet",
    Fate.SAID_NO: "Said no",
    Fate.NO_ANSWER: "Did not answer",
    Fate.NOT_REACHED: "Nobody could be reached",
    Fate.WAITING: "Chosen, not asked yet",
    Fate.OBJECTED: "A seller objected",
    Fate.LEFT_OUT: "Left out, removed or called off",
    Fate.NOT_CHOSEN: "Not chosen",
}
BY_WORDS = {
    "outcome": "Outcome",
    "segment": "Segment",
    "region": "Region",
    "seller": "Seller",
    "programme": "Programme",
}
_COLUMNS = (
    *("Decided", "Chosen", "Written to", "Reached", "Yes", "No", "In writing", "Booked", "Heard"),
    *("Tagged", "Objections", "Asked long enough ago", "Of these answered", "Of these heard"),
)


def response_tables(
    found: Sequence[Road], groups: Sequence[tuple[str, Sequence[tuple[str, Tally]]]]
) -> list[Sheet]:
    sheets = [
        Sheet(f"By {name.lower()}", (name, *_COLUMNS), [[one, *_cells(of)] for one, of in rows])
        for name, rows in groups
    ]
    counts = fates(found)
    outcomes = sorted({road.outcome for road in found})
    why = [[FATE_WORDS[fate], *(counts[fate][outcome] for outcome in outcomes)] for fate in counts]
    heads = [OUTCOME_WORDS[Outcome(outcome)] for outcome in outcomes]
    return [*sheets, Sheet("What became of them", ("What became of them", *heads), why)]


def _cells(of: Tally) -> list[object]:
    return [
        *(of.closed, of.selected, of.invited, of.delivered, of.said_yes, of.said_no, of.wrote),
        *(of.booked, of.held, of.tagged, of.objections),
        *(int(of.heard.n), int(of.answered.count), int(of.heard.count)),
    ]
