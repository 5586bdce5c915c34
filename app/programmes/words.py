"""The plain words that stand on pages for the tokens of programmes."""

from __future__ import annotations

from collections.abc import Mapping

from app.programmes.models import (
    Approval,
    ExclusionKind,
    SelectionState,
    Sharing,
    Verdict,
    Way,
)

STATES: Mapping[SelectionState, str] = {
    SelectionState.NEEDS_CONTACT: "Nobody to write to",
    SelectionState.QUEUED: "In the queue",
    SelectionState.HELD: "Held",
    SelectionState.REMOVED: "Removed",
    SelectionState.APPROVED: "Approved",
    SelectionState.DROPPED: "Fell out",
}
STATE_TONES: Mapping[SelectionState, str] = {
    SelectionState.NEEDS_CONTACT: "warn",
    SelectionState.QUEUED: "accent",
    SelectionState.HELD: "warn",
    SelectionState.REMOVED: "outline",
    SelectionState.APPROVED: "for",
    SelectionState.DROPPED: "outline",
}
WAYS: Mapping[Way, str] = {
    Way.CALL: "A call (the buyer may write instead)",
    Way.WRITTEN: "In writing",
}
APPROVALS: Mapping[Approval, str] = {
    Approval.ONE_BY_ONE: "A person approves each",
    Approval.AT_ONCE: "It leaves by itself after its time in the queue",
}
SHARINGS: Mapping[Sharing, str] = {
    Sharing.ANY: "Whoever is free",
    Sharing.IN_TURN: "In turn: whoever has the fewest ahead",
}
EXCLUSIONS: Mapping[ExclusionKind, str] = {
    ExclusionKind.INVALID: "Not a decision at all (never a real deal)",
    ExclusionKind.DUPLICATE: "A duplicate of another deal",
    ExclusionKind.TEST: "A test",
    ExclusionKind.LEGAL: "A dispute, or a lawyer says so",
    ExclusionKind.STILL_TALKING: "We are still talking with them",
    ExclusionKind.OBJECTION: "The seller objected",
    ExclusionKind.OTHER: "Another reason",
}
#: What a person may pick; an objection is decided about where it was made.
PICKED_EXCLUSIONS = tuple(kind for kind in EXCLUSIONS if kind is not ExclusionKind.OBJECTION)
VERDICTS: Mapping[Verdict, str] = {
    Verdict.OPEN: "To decide",
    Verdict.UPHELD: "Not asked",
    Verdict.OVERRULED: "Asked all the same",
    Verdict.WITHDRAWN: "Withdrawn",
}
