"""What a person says about the files of one import, as it is kept with the import."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Options:
    """The options of the command line; the pages fill in the same."""

    source: str = "auto"
    columns: dict[str, str] = field(default_factory=dict)
    """Field -> column; an empty column leaves the field out."""
    outcomes: tuple[str, ...] = ()
    """'STAGE=OUTCOME', one for each stage that a person explained."""
    date_format: str | None = None
    currency: str = ""
    no_amount: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"outcomes": list(self.outcomes), "no_amount": list(self.no_amount)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Options:
        return cls(
            **kept
            | {
                "outcomes": tuple(kept.get("outcomes", ())),
                "no_amount": tuple(kept.get("no_amount", ())),
            }
        )

    def answered(self, key: str, value: str) -> Options:
        """With the answer to one of the survey's questions."""
        topic, _, about = key.partition(":")
        if topic == "outcome":
            return replace(self, outcomes=(*self.outcomes, f"{about}={value}"))
        if topic == "date_order":
            return replace(self, date_format=value)
        if topic == "no_amount":
            return replace(self, no_amount=(*self.no_amount, value))
        assert topic == "map", key
        return replace(self, columns=self.columns | {about: value})
