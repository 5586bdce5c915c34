"""The evidence that every figure reads: one row per interview, subject, kind and direction.

Its sources are the tags of an interview, the reasons tapped at its finish (until a tagger has
tagged it in full), and the deal's outcome and closing date. Whoever changes a source calls one of
these functions in the same transaction; `rebuilt` computes the rows anew for the test that
compares. Each interview's rows are kept once more as one value, for figures of many interviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core import events
from app.core.db import table
from app.deals.events import DealsChanged
from app.deals.models import Deal, Outcome
from app.interviews.events import InterviewMoved
from app.interviews.models import HEARD, Answer, Counterfactual, Interview, Kind, State, Taken
from app.tagging.codebook.as_it_stood import AsItStood, Tapped, moved_since
from app.tagging.models import (
    Direction,
    FinishReason,
    Layer,
    PackedEvidence,
    Tag,
    TagEvidence,
    Verbatim,
    Weight,
)
from app.tagging.packing import Packed, PackedSubject, code_of, packed, pair_id

_WEIGHT_ORDER = {
    Weight.DECISIVE: 0,
    Weight.CONTRIBUTING: 1,
    Weight.MENTIONED: 2,
    Weight.TABLE_STAKES: 3,
}
_LAYER_ORDER = {Layer.PROBED: 0, Layer.SURFACE: 1}
#: Where one buyer's words differ, what is furthest from us is believed; knowing goes before not.
_COUNTERFACTUAL_ORDER = {
    Counterfactual.THEM: 0,
    Counterfactual.NOTHING: 1,
    Counterfactual.US: 2,
    Counterfactual.UNKNOWN: 3,
    None: 4,
}
#: In these, tags have taken the place of what was tapped at the finish.
TAGGED_IN_FULL = (State.TAGGED, State.CLOSED)
#: By interview, what its tags say of differentiators beside the competitor that each names.
_Pairs = dict[int, set[Packed]]


@dataclass(frozen=True)
class _Subject:
    """What a piece of evidence is about: exactly one of the three."""

    reason_id: int | None = None
    differentiator_id: int | None = None
    competitor_id: int | None = None


@dataclass(frozen=True)
class Evidence:
    """One row of tag_evidence, as values."""

    interview_id: int
    deal_id: int
    reason_id: int | None
    differentiator_id: int | None
    competitor_id: int | None
    evidence: Kind | None
    direction: Direction
    weight: Weight
    layer: Layer | None
    counterfactual: Counterfactual | None
    outcome: Outcome
    closed_on: date | None
    is_provisional: bool

    @property
    def packed(self) -> Packed:
        """The kind of its subject, the subject's id, and what it says, as a number."""
        code = code_of(
            self.direction,
            self.weight,
            self.layer,
            self.evidence,
            self.counterfactual,
            is_provisional=self.is_provisional,
        )
        if self.reason_id is not None:
            return PackedSubject.REASON, self.reason_id, code
        if self.differentiator_id is not None:
            return PackedSubject.DIFFERENTIATOR, self.differentiator_id, code
        assert self.competitor_id is not None
        return PackedSubject.COMPETITOR, self.competitor_id, code


_ROWS = table(TagEvidence)
_STANDING: Select[*tuple[Any, ...]] = select(
    _ROWS.c.id, *(_ROWS.c[each.name] for each in fields(Evidence))
).where(_ROWS.c.interview_id.in_(bindparam("interview_ids", expanding=True)))


@dataclass(frozen=True)
class _Mention:
    subject: _Subject
    evidence: Kind | None
    direction: Direction
    weight: Weight
    layer: Layer | None
    counterfactual: Counterfactual | None = None


def refresh_interviews(session: Session, interview_ids: Sequence[int]) -> None:
    """Write the evidence of these interviews anew, after their tags, taps or state changed."""
    session.flush()
    for batch in _batches(interview_ids, 500):
        rows, pairs = _rebuilt(session, batch, None)
        _keep_rows(session, batch, rows)
        _keep_packed(session, batch, rows, pairs)


def _keep_rows(session: Session, interview_ids: Sequence[int], rows: Sequence[Evidence]) -> None:
    """A tag changes one row of its interview mostly: what stands there already is left."""
    new = dict.fromkeys(rows)
    gone = []
    standing: Sequence[Any] = session.execute(_STANDING, {"interview_ids": interview_ids}).all()
    for row_id, *values in standing:
        row = Evidence(*values)
        if row in new:
            del new[row]
        else:
            gone.append(row_id)
    if gone:
        session.execute(delete(_ROWS).where(_ROWS.c.id.in_(gone)))
    if new:
        session.execute(insert(_ROWS), [vars(row) for row in new])


def packed_as_taken(
    session: Session, interview_ids: Sequence[int], taken: Collection[Taken]
) -> dict[int, bytes]:
    """What each of these interviews says, packed, in the answers that were taken so."""
    said: dict[int, bytes] = {}
    for batch in _batches(interview_ids, 500):
        said |= _packed(batch, *_rebuilt(session, batch, None, taken))
    return said


def _keep_packed(
    session: Session, interview_ids: Sequence[int], rows: Iterable[Evidence], pairs: _Pairs
) -> None:
    """The same rows once more, and the pairs, one value an interview."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    into = (sqlite.insert if is_sqlite else postgresql.insert)(PackedEvidence)
    session.execute(
        into.on_conflict_do_update(
            index_elements=[PackedEvidence.interview_id], set_={"said": into.excluded.said}
        ),
        [
            {"interview_id": key, "said": said}
            for key, said in _packed(interview_ids, rows, pairs).items()
        ],
    )


def _packed(
    interview_ids: Sequence[int], rows: Iterable[Evidence], pairs: _Pairs
) -> dict[int, bytes]:
    """One value an interview; empty where nothing was said."""
    said: dict[int, list[Packed]] = {key: sorted(pairs.get(key, ())) for key in interview_ids}
    for row in rows:
        said[row.interview_id].append(row.packed)
    return {key: packed(some) for key, some in said.items()}


def rebuilt(
    session: Session, interview_ids: Sequence[int], past: AsItStood | None = None
) -> list[Evidence]:
    """The evidence of these interviews, computed from its sources; with `past`, as the reason
    list stood then."""
    rows: list[Evidence] = []
    for batch in _batches(interview_ids, 500):
        rows += _rebuilt(session, batch, past)[0]
    return rows


def _rebuilt(
    session: Session,
    interview_ids: Sequence[int],
    past: AsItStood | None,
    taken: Collection[Taken] = tuple(Taken),
) -> tuple[list[Evidence], _Pairs]:
    """The rows, and what is said of pairs (see PackedSubject) in those heard; only of answers
    taken so, and of taps in interviews held so."""
    interviews = session.execute(
        select(
            Interview.id,
            Interview.state,
            Interview.taken,
            Deal.id,
            Deal.outcome,
            Deal.closed_on,
        )
        .join(Interview.deal)
        .where(Interview.id.in_(interview_ids), Interview.state.in_(HEARD))
        .order_by(Interview.id)
    ).all()
    tagged, pairs = _mentions_by_tag(session, interview_ids, past, taken)
    # Taps count no more once all of it was tagged.
    is_tapped = any(row.state not in TAGGED_IN_FULL for row in interviews)
    tapped = _mentions_by_tap(session, interview_ids, past) if is_tapped else {}
    rows: list[Evidence] = []
    heard: _Pairs = {}
    for interview_id, state, way, deal_id, outcome, closed_on in interviews:
        in_full = state in TAGGED_IN_FULL
        heard[interview_id] = pairs.get(interview_id, set())
        mentions = tagged.get(interview_id, [])
        if not in_full and way in taken:
            mentions = mentions + tapped.get(interview_id, [])
        rows += [
            Evidence(
                interview_id=interview_id,
                deal_id=deal_id,
                reason_id=mention.subject.reason_id,
                differentiator_id=mention.subject.differentiator_id,
                competitor_id=mention.subject.competitor_id,
                evidence=mention.evidence,
                direction=mention.direction,
                weight=mention.weight,
                layer=mention.layer,
                counterfactual=mention.counterfactual,
                outcome=outcome,
                closed_on=closed_on,
                is_provisional=not in_full,
            )
            for mention in _strongest(mentions)
        ]
    return rows, heard


def _mentions_by_tag(
    session: Session,
    interview_ids: Sequence[int],
    past: AsItStood | None,
    taken: Collection[Taken],
) -> tuple[dict[int, list[_Mention]], _Pairs]:
    found: dict[int, list[_Mention]] = {}
    pairs: _Pairs = defaultdict(set)
    stands = Tag.removed_at.is_(None)
    tags = session.execute(
        select(
            Tag.id,
            Tag.removed_at,
            Verbatim.interview_id,
            Tag.reason_id,
            Tag.differentiator_id,
            Tag.competitor_id,
            Tag.evidence,
            Tag.direction,
            Tag.weight,
            Tag.layer,
            Tag.counterfactual,
        )
        .join(Tag.verbatim)
        .join(Verbatim.answer)
        .where(
            Verbatim.interview_id.in_(interview_ids),
            Answer.taken.in_(taken),
            or_(stands, Tag.id.in_(moved_since(past.version))) if past else stands,
        )
        .order_by(Tag.id)
    )
    for tag in tags:
        now = None if tag.removed_at else tag.reason_id
        reason_id = past.tags.get(tag.id, now) if past else now
        if tag.removed_at and reason_id is None:
            continue
        said = (tag.evidence, tag.direction, tag.weight, tag.layer)
        mentions = found.setdefault(tag.interview_id, [])
        if reason_id:
            mentions.append(_Mention(_Subject(reason_id), *said, tag.counterfactual))
        if tag.differentiator_id:
            mentions.append(_Mention(_Subject(differentiator_id=tag.differentiator_id), *said))
            code = code_of(
                tag.direction, tag.weight, None, tag.evidence, None, is_provisional=False
            )
            pair = pair_id(tag.differentiator_id, tag.competitor_id)
            pairs[tag.interview_id].add((PackedSubject.PAIR, pair, code))
        if tag.competitor_id:
            mentions.append(_Mention(_Subject(competitor_id=tag.competitor_id), *said))
    return found, pairs


def _mentions_by_tap(
    session: Session, interview_ids: Sequence[int], past: AsItStood | None
) -> dict[int, list[_Mention]]:
    found: dict[int, list[_Mention]] = {}
    taps = session.scalars(
        select(FinishReason)
        .where(FinishReason.interview_id.in_(interview_ids))
        .order_by(FinishReason.position)
    )
    for tap in taps:
        found.setdefault(tap.interview_id, []).append(_tap(tap))
    if past is not None:
        found |= {row_id: [_tap(tap) for tap in taps] for row_id, taps in past.taps.items()}
    return found


def _tap(tap: FinishReason | Tapped) -> _Mention:
    return _Mention(
        _Subject(reason_id=tap.reason_id),
        evidence=None,
        direction=tap.direction,
        weight=Weight.DECISIVE if tap.is_decisive else Weight.CONTRIBUTING,
        layer=None,
        counterfactual=tap.counterfactual,
    )


def _strongest(mentions: Iterable[_Mention]) -> list[_Mention]:
    """One mention per subject, kind and direction: its heaviest weight, its deepest layer."""
    strongest: dict[tuple[_Subject, Kind | None, Direction], _Mention] = {}
    for mention in mentions:
        key = (mention.subject, mention.evidence, mention.direction)
        known = strongest.get(key)
        if known is None:
            strongest[key] = mention
            continue
        strongest[key] = _Mention(
            mention.subject,
            evidence=mention.evidence,
            direction=mention.direction,
            weight=min(known.weight, mention.weight, key=_WEIGHT_ORDER.__getitem__),
            layer=min(
                (layer for layer in (known.layer, mention.layer) if layer),
                key=_LAYER_ORDER.__getitem__,
                default=None,
            ),
            counterfactual=min(
                known.counterfactual,
                mention.counterfactual,
                key=_COUNTERFACTUAL_ORDER.__getitem__,
            ),
        )
    return list(strongest.values())


@events.on(InterviewMoved)
def follow_interview(session: Session, event: InterviewMoved) -> None:
    """An interview that is held counts; one taken back no longer does."""
    refresh_interviews(session, [event.interview_id])


@events.on(DealsChanged)
def follow_deals(session: Session, event: DealsChanged) -> None:
    """Outcome and closing date are copied to the evidence; a deal without any costs nothing."""
    for batch in _batches(event.deal_ids, 500):
        outcome = select(Deal.outcome).where(Deal.id == TagEvidence.deal_id).scalar_subquery()
        closed_on = select(Deal.closed_on).where(Deal.id == TagEvidence.deal_id).scalar_subquery()
        session.execute(
            update(TagEvidence)
            .where(TagEvidence.deal_id.in_(batch))
            .values(outcome=outcome, closed_on=closed_on)
            .execution_options(synchronize_session=False)
        )


def _batches(ids: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
