"""What is pasted in the first steps."""

from __future__ import annotations

from wtforms.validators import ValidationError

from app.core.forms import Form, ProseField
from app.market.pasted import PastedLine, read_pasted

MOST_LINES = 200


class MarketForm(Form):
    competitors = ProseField(
        "Competitors",
        description="One a line. Other names for the same one may follow after a colon:"
        " ‘Fenwick: Fenwick Logistics, FWL’.",
    )
    differentiators = ProseField(
        "What sets you apart",
        description="One strength a line. What you claim about it may follow after a colon:"
        " ‘Customs filing: filed from the same screen, in 41 countries’.",
    )

    @property
    def competitor_lines(self) -> list[PastedLine]:
        return read_pasted(self.competitors.text)

    @property
    def differentiator_lines(self) -> list[PastedLine]:
        return read_pasted(self.differentiators.text)

    def validate_competitors(self, field: ProseField) -> None:
        if not self.competitor_lines and not self.differentiator_lines:
            raise ValidationError("Paste at least one line, here or below, or skip this step.")
        _check_length(self.competitor_lines)

    def validate_differentiators(self, field: ProseField) -> None:
        _check_length(self.differentiator_lines)


def _check_length(lines: list[PastedLine]) -> None:
    if len(lines) > MOST_LINES:
        raise ValidationError(f"At most {MOST_LINES} lines at once.")
