"""The shape of what is sent when an interview is tagged a second time, and when it is settled."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, ProseField, options
from app.tagging.double_coding.settling import Given
from app.tagging.models import Direction
from app.tagging.reasons import LONGEST_NAME
from app.tagging.tag_forms import SpanForm
from app.tagging.words import DIRECTIONS

AS_FIRST, AS_SECOND, BOTH, NEITHER, OTHERWISE = "first", "second", "both", "neither", "otherwise"
_LONGEST_WHY = 1000


class SecondTagForm(SpanForm):
    """A reason, and which way it speaks: that is all that is compared."""

    reason = LineField("Reason", [InputRequired("Choose a reason.")], most=LONGEST_NAME)
    direction = RadioField(
        "It speaks", choices=options([(each.value, DIRECTIONS[each]) for each in Direction])
    )


class SettleForm(Form):
    """What holds of a passage."""

    decided = RadioField("What holds?", choices=[])
    reason = LineField("Which reason?", most=LONGEST_NAME)
    direction = RadioField(
        "It speaks",
        choices=options([(each.value, DIRECTIONS[each]) for each in Direction]),
        default=Direction.AGAINST.value,
    )
    why = ProseField("Why", most=_LONGEST_WHY)

    def offer(self, first_name: str, second_name: str) -> None:
        self.decided.choices = options(
            [
                (AS_FIRST, f"As {first_name} gave it"),
                (AS_SECOND, f"As {second_name} gave it"),
                (BOTH, "Both"),
                (NEITHER, "Neither: no reason fits"),
                (OTHERWISE, "Another reason"),
            ]
        )

    def settled(self, first: Iterable[Given], second: Iterable[Given]) -> list[Given] | None:
        """What was chosen; None where another reason was named, which is to be found first."""
        chosen = {
            AS_FIRST: [*first],
            AS_SECOND: [*second],
            BOTH: [*first, *second],
            NEITHER: [],
        }
        return chosen.get(self.decided.data)
