"""What became of our claims, and of the standing that we set."""

from __future__ import annotations

import pytest

from app.analytics.stats.claims import ClaimKind, claim
from app.analytics.stats.standing import Spoken, contradicted
from app.market.stages import Stage


@pytest.mark.parametrize(
    ("speaks_for", "against", "both", "kind"),
    [
        (9, 1, 0, ClaimKind.CONFIRMED),
        (1, 9, 0, ClaimKind.CONTRADICTED),
        (5, 4, 0, ClaimKind.DISPUTED),
        (2, 0, 0, ClaimKind.DISPUTED),
        (0, 0, 3, ClaimKind.DISPUTED),
        (0, 0, 0, ClaimKind.NEVER),
    ],
)
def test_a_claim_is_confirmed_or_contradicted_only_beyond_chance(
    speaks_for: int, against: int, both: int, kind: ClaimKind
):
    deals = [(True, False)] * speaks_for + [(False, True)] * against + [(True, True)] * both
    found = claim(deals, heard=20)
    assert found.kind is kind
    assert found.never == 20 - speaks_for - against - both
    assert found.mentioned == speaks_for + against + both


@pytest.mark.parametrize(
    ("spoken", "reads"),
    [
        (Spoken(for_us=4, against_us=0, expected=0, deals=4), Stage.UNIQUE),
        (Spoken(for_us=3, against_us=1, expected=0, deals=4), None),
        (Spoken(for_us=2, against_us=2, expected=0, deals=4), Stage.CONTESTED),
        (Spoken(for_us=19, against_us=2, expected=0, deals=20), None),
        (Spoken(for_us=2, against_us=0, expected=2, deals=4), Stage.TABLE_STAKES),
        (Spoken(for_us=1, against_us=1, expected=0, deals=2), None),
    ],
)
def test_the_evidence_reads_as_a_standing_or_as_nothing(spoken: Spoken, reads: Stage | None):
    assert spoken.reads is reads


def test_only_what_is_set_can_be_contradicted():
    spoken = Spoken(for_us=2, against_us=2, expected=0, deals=4)
    assert contradicted(Stage.UNIQUE, spoken) is Stage.CONTESTED
    assert contradicted(Stage.CONTESTED, spoken) is None
    assert contradicted(None, spoken) is None
