"""How good suggestions are: by what people decided, and by what was measured while learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.tagging.models import Reason
from app.tagging.suggestions import learning, queries
from app.tagging.suggestions.models import Decision, SuggesterVersion

#: Decisions before which no share is said.
ENOUGH = 10
_WORDS = 5


@dataclass(frozen=True)
class Share:
    """So many of so many; a share only where they are enough."""

    count: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.count / self.whole if self.whole >= ENOUGH else None


@dataclass(frozen=True)
class SpokeFor:
    """A word that spoke for a reason: how often that was accepted, how often refused."""

    word: str
    accepted: int
    refused: int


@dataclass(frozen=True)
class ReasonQuality:
    """`precision`: accepted, of those decided. `recall`: suggested, of the tags that people gave
    where there were suggestions."""

    reason: Reason
    precision: Share
    recall: Share
    refused: Share
    words: list[SpokeFor] = field(default_factory=list)


@dataclass(frozen=True)
class Quality:
    reasons: list[ReasonQuality]
    versions: Sequence[SuggesterVersion]
    confirmed: int
    #: Confirmed tags with which is learnt again; None before the first time.
    next_at: int | None
    open: int

    @property
    def accepted(self) -> Share:
        return Share(
            sum(one.precision.count for one in self.reasons),
            sum(one.precision.whole for one in self.reasons),
        )

    @property
    def refused(self) -> Share:
        accepted = self.accepted
        return Share(accepted.whole - accepted.count, accepted.whole)

    @property
    def suggested(self) -> Share:
        return Share(
            sum(one.recall.count for one in self.reasons),
            sum(one.recall.whole for one in self.reasons),
        )


def quality(session: Session) -> Quality:
    words = _words_by_reason(session)
    versions = queries.versions(session)
    reasons = [
        ReasonQuality(
            one.reason,
            Share(one.accepted, one.accepted + one.refused),
            Share(one.suggested, one.given),
            Share(one.refused, one.accepted + one.refused),
            words.get(one.reason.id, []),
        )
        for one in queries.decided_by_reason(session)
    ]
    return Quality(
        reasons,
        versions,
        queries.count_confirmed(session),
        learning.due_at(versions[0].confirmed) if versions else None,
        queries.count_open(session),
    )


def _words_by_reason(session: Session) -> dict[int, list[SpokeFor]]:
    """The words that spoke most often, by reason."""
    counted: dict[int, dict[Decision, Counter[str]]] = {}
    for reason_id, words, decision in queries.words_decided(session):
        by_decision = counted.setdefault(
            reason_id, {Decision.ACCEPTED: Counter(), Decision.REFUSED: Counter()}
        )
        by_decision[decision].update(words)
    return {
        reason_id: _most_often(by[Decision.ACCEPTED], by[Decision.REFUSED])
        for reason_id, by in counted.items()
    }


def _most_often(accepted: Counter[str], refused: Counter[str]) -> list[SpokeFor]:
    both = accepted + refused
    return [SpokeFor(word, accepted[word], refused[word]) for word, _ in both.most_common(_WORDS)]
