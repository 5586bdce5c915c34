"""Giving, changing and taking away tags; each is a step that can be undone."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.core.access import Actor
from app.interviews.models import Counterfactual, Kind
from app.market.models import Competitor, Differentiator
from app.tagging import steps, tag_queries
from app.tagging.models import Direction, Layer, Reason, Tag, Verbatim, Weight
from app.tagging.operations import CannotTag, asks_what_if
from app.tagging.steps import REMOVED, State, Step


class Decided(enum.StrEnum):
    """Which reason decided, where a second one of an interview is called decisive."""

    BOTH = "both"
    THIS = "this"
    EARLIER = "earlier"


class SecondDecisive(CannotTag):
    """Another reason is decisive already: a person says whether both are."""

    def __init__(self, earlier: Sequence[Tag]) -> None:
        self.earlier = ", ".join(
            dict.fromkeys(tag.reason.name for tag in earlier if tag.reason is not None)
        )
        super().__init__(f"‘{self.earlier}’ is decisive already. Which decided?")


@dataclass(frozen=True)
class TagValues:
    """What a tag says of a quote."""

    reason: Reason | None
    direction: Direction
    weight: Weight = Weight.MENTIONED
    layer: Layer = Layer.SURFACE
    evidence: Kind | None = None
    differentiator: Differentiator | None = None
    competitor: Competitor | None = None
    counterfactual: Counterfactual | None = None
    #: The tag of the first answer, where this is what was behind it.
    first: Tag | None = None
    note: str = ""
    comes_back: bool = False

    def columns(self) -> dict[str, Any]:
        """As the tag keeps them."""
        return consistent(
            {
                "reason_id": self.reason.id if self.reason else None,
                "direction": self.direction,
                "weight": self.weight,
                "layer": self.layer,
                "evidence": self.evidence,
                "differentiator_id": self.differentiator.id if self.differentiator else None,
                "competitor_id": self.competitor.id if self.competitor else None,
                "counterfactual": self.counterfactual,
                "first_id": self.first.id if self.first else None,
                "note": self.note,
                "comes_back": self.comes_back,
            }
        )


def consistent(values: Mapping[str, Any]) -> dict[str, Any]:
    """What they would have decided, only where that is asked; a first answer, only behind one."""
    is_decisive = values["weight"] == Weight.DECISIVE
    asked = asks_what_if(values["direction"], is_decisive=is_decisive)
    return {
        **values,
        "counterfactual": values["counterfactual"] if asked else None,
        "first_id": values["first_id"] if values["layer"] == Layer.PROBED else None,
    }


def give_tag(
    session: Session,
    actor: Actor,
    verbatim: Verbatim,
    values: TagValues,
    decided: Decided | None = None,
) -> Step:
    """Tag the quote. A tag of this reason that is there is changed, and one that waits for its
    reason gets it; a note in it stays where no other is written. Raises SecondDecisive."""
    known = tag_queries.tag_on(session, verbatim, values.reason) if values.reason else None
    if known is not None:
        kept = replace(values, note=values.note or known.note)
        return change_tag(session, actor, known, kept, decided)
    tag = Tag(
        public_id=str(uuid.uuid4()),
        verbatim_id=verbatim.id,
        created_by_name=actor.name,
    )
    changes = _settled(session, verbatim.interview_id, tag, values, decided)
    return steps.take_step(session, actor, verbatim.interview_id, "tag.given", changes)


def change_tag(
    session: Session,
    actor: Actor,
    tag: Tag,
    values: TagValues,
    decided: Decided | None = None,
) -> Step:
    """Raises SecondDecisive."""
    interview_id = tag.verbatim.interview_id
    changes = _settled(session, interview_id, tag, values, decided)
    return steps.take_step(session, actor, interview_id, "tag.changed", changes)


def remove_tags(session: Session, actor: Actor, interview_id: int, tags: Sequence[Tag]) -> Step:
    """Take them away; they can be put back."""
    changes = [(tag, {REMOVED: True}) for tag in tags]
    return steps.take_step(session, actor, interview_id, "tag.removed", changes)


def change_many(
    session: Session, actor: Actor, interview_id: int, tags: Sequence[Tag], said: State
) -> Step:
    """Change the same of each. Raises CannotTag where they would make several reasons decisive:
    that is asked about one by one."""
    changes = [(tag, consistent({**_said_of(tag), **said})) for tag in tags]
    if said.get("weight") == Weight.DECISIVE:
        reasons = {values["reason_id"] for _, values in changes}
        others = [
            tag
            for tag in tag_queries.decisive_tags(session, interview_id)
            if tag not in tags and tag.reason_id not in reasons
        ]
        if others or len(reasons) > 1:
            raise CannotTag(
                "Several reasons would be decisive. Say so of each by itself: you are then asked"
                " which decided."
            )
    return steps.take_step(session, actor, interview_id, "tag.changed", changes)


def say_what_if(session: Session, actor: Actor, tag: Tag, answer: Counterfactual) -> Step:
    """What they would have decided, had we had it. Raises CannotTag where it is not asked."""
    if not asks_what_if(tag.direction, is_decisive=tag.weight is Weight.DECISIVE):
        raise CannotTag("This is asked only of what decided against us.")
    changes = [(tag, {"counterfactual": answer})]
    return steps.take_step(session, actor, tag.verbatim.interview_id, "tag.changed", changes)


def _said_of(tag: Tag) -> dict[str, Any]:
    return {
        name: getattr(tag, name)
        for name in ("reason_id", "direction", "weight", "layer", "counterfactual", "first_id")
    }


def _settled(
    session: Session, interview_id: int, tag: Tag, values: TagValues, decided: Decided | None
) -> list[tuple[Tag, State]]:
    """The changes of a step, once it is said which of two reasons decided."""
    columns = values.columns()
    earlier = _decisive_before(session, interview_id, tag, values)
    if not earlier or decided is Decided.BOTH:
        return [(tag, columns)]
    if decided is None:
        raise SecondDecisive(earlier)
    contributing = {"weight": Weight.CONTRIBUTING, "counterfactual": None}
    if decided is Decided.EARLIER:
        return [(tag, {**columns, **contributing})]
    return [(tag, columns), *((other, contributing) for other in earlier)]


def _decisive_before(session: Session, interview_id: int, tag: Tag, values: TagValues) -> list[Tag]:
    """The decisive tags of other reasons, where calling this one decisive is news."""
    if values.weight is not Weight.DECISIVE or values.reason is None:
        return []
    decisive = tag_queries.decisive_tags(session, interview_id)
    if any(each.reason_id == values.reason.id for each in decisive):
        return []
    return [each for each in decisive if each is not tag]
