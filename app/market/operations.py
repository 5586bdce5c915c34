"""Competitors and differentiators: added, drafted by an import, edited, merged, retired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import SYSTEM, Actor
from app.core.events import publish
from app.market import queries
from app.market.events import CompetitorMerged, DifferentiatorMerged
from app.market.models import (
    Competitor,
    CompetitorKind,
    Differentiator,
    Life,
    Standing,
    StandingValue,
    Uniqueness,
    name_key,
)
from app.market.pasted import LONGEST_NAME, PastedLine, read_names
from app.market.queries import Entry
from app.market.stages import Stage

STARTING_COMPETITORS = (
    ("Doing nothing", CompetitorKind.NOTHING, ("Do nothing", "Status quo", "No decision")),
    ("Built in-house", CompetitorKind.IN_HOUSE, ("In-house", "Build in-house", "Homegrown")),
)


class NameTaken(ValueError):
    """Another entry has this name already, or is also called so."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            f"'{name}' is already there" + (f", as {other}." if other != name else ".")
        )


class Misplaced(ValueError):
    """What was asked for does not fit this entry; the message is for a person."""


@dataclass(frozen=True)
class Added(Generic[Entry]):
    """What a pasted list brought: new entries, and the names that were there already."""

    added: list[Entry] = field(default_factory=list)
    existing: list[str] = field(default_factory=list)


def ensure_starting_competitors(session: Session) -> None:
    """Doing nothing and building in-house compete in every deal, so they are always there."""
    kinds = {row.kind for row in queries.competitors(session)}
    for name, kind, aliases in STARTING_COMPETITORS:
        if kind not in kinds:
            _add(session, SYSTEM, Competitor(name=name, kind=kind, aliases=list(aliases)))


def add_competitors(
    session: Session, actor: Actor, lines: Iterable[PastedLine]
) -> Added[Competitor]:
    """Add each line's name; what stands after it are further names for the same competitor."""
    result = Added[Competitor]()
    index = queries.by_name(queries.competitors(session))
    for line in lines:
        row = index.get(name_key(line.name))
        if row is None:
            aliases = [alias for alias in read_names(line.rest) if name_key(alias) not in index]
            row = _add(session, actor, Competitor(name=line.name, aliases=aliases))
            index |= queries.by_name([row])
            result.added.append(row)
        else:
            _take_existing(session, actor, row, result)
    return result


def add_differentiators(
    session: Session, actor: Actor, lines: Iterable[PastedLine]
) -> Added[Differentiator]:
    """Add each line's name; what stands after it is the claim."""
    result = Added[Differentiator]()
    index = queries.by_name(queries.differentiators(session))
    for line in lines:
        row = index.get(name_key(line.name))
        if row is None:
            row = _add(session, actor, Differentiator(name=line.name, claim=line.rest, aliases=[]))
            index[row.name_key] = row
            result.added.append(row)
        else:
            if line.rest and not row.claim:
                _change(session, actor, row, claim=line.rest)
            _take_existing(session, actor, row, result)
    return result


def draft_competitor(session: Session, actor: Actor, name: str) -> Competitor:
    """The competitor of this name or alias; where there is none, a draft for a person to judge."""
    return queries.find_competitor(session, _fitting(name)) or add_competitor_draft(
        session, actor, name
    )


def add_competitor_draft(session: Session, actor: Actor, name: str) -> Competitor:
    """A draft of a name that is known to be new."""
    return _add(session, actor, Competitor(name=_fitting(name), aliases=[], life=Life.DRAFT))


def draft_differentiator(session: Session, actor: Actor, name: str) -> Differentiator:
    """The differentiator of this name or alias; where there is none, a draft."""
    return queries.find_differentiator(session, _fitting(name)) or add_differentiator_draft(
        session, actor, name
    )


def add_differentiator_draft(session: Session, actor: Actor, name: str) -> Differentiator:
    """A draft of a name that is known to be new."""
    return _add(session, actor, Differentiator(name=_fitting(name), aliases=[], life=Life.DRAFT))


def edit_competitor(
    session: Session, actor: Actor, row: Competitor, *, name: str, aliases: Sequence[str]
) -> None:
    """Raises NameTaken where another competitor has one of the names."""
    names = _own_names(row, queries.competitors(session), name, aliases)
    _change(session, actor, row, **names)


def edit_differentiator(
    session: Session,
    actor: Actor,
    row: Differentiator,
    *,
    name: str,
    aliases: Sequence[str],
    claim: str,
    uniqueness: Uniqueness,
    owner_name: str,
) -> None:
    """Raises NameTaken where another differentiator has one of the names."""
    names = _own_names(row, queries.differentiators(session), name, aliases)
    _change(session, actor, row, **names, claim=claim, uniqueness=uniqueness, owner_name=owner_name)


def also_call(session: Session, actor: Actor, row: Differentiator, alias: str) -> None:
    """Raises NameTaken where another differentiator has the name."""
    aliases = [*row.aliases, alias]
    names = _own_names(row, queries.differentiators(session), row.name, aliases)
    _change(session, actor, row, **names)


def set_life(session: Session, actor: Actor, row: Entry, life: Life) -> None:
    """Accept a draft, retire an entry, or bring it back. Raises Misplaced for a starting one."""
    if life is not Life.ACTIVE:
        _check_may_go(row)
    _change(session, actor, row, life=life)


def merge_competitor(session: Session, actor: Actor, draft: Competitor, into: Competitor) -> None:
    """Give all that belongs to the draft to `into`, its names too, and delete it."""
    _check_may_go(draft)
    publish(session, CompetitorMerged(draft.id, into.id))
    for standing in queries.standings_against(session, draft):
        session.delete(standing)
    _merge(session, actor, draft, into)


def merge_differentiator(
    session: Session, actor: Actor, draft: Differentiator, into: Differentiator
) -> None:
    """Give all that belongs to the draft to `into`, its names too, and delete it."""
    _check_may_go(draft)
    publish(session, DifferentiatorMerged(draft.id, into.id))
    if draft.claim and not into.claim:
        _change(session, actor, into, claim=draft.claim)
    for standing in queries.standing_history(session, draft):
        session.delete(standing)
    _merge(session, actor, draft, into)


def set_standing(
    session: Session,
    actor: Actor,
    differentiator: Differentiator,
    competitor: Competitor,
    value: StandingValue,
    on: date,
    stage: Stage | None = None,
) -> bool:
    """Where we stand from this day on, and who has it; says whether that is new. Earlier days stay
    as they were."""
    latest = queries.latest_standing(session, differentiator, competitor)
    before = (latest.value, latest.stage) if latest else (StandingValue.UNKNOWN, None)
    if (value, stage) == before:
        return False
    if latest is not None and latest.set_on >= on:
        latest.value, latest.stage = value, stage
        latest.set_by_name = actor.name
    else:
        session.add(
            Standing(
                differentiator=differentiator,
                competitor=competitor,
                value=value,
                stage=stage,
                set_on=on,
                set_by_name=actor.name,
            )
        )
    audit.record(
        session,
        actor,
        "differentiator.standing_set",
        differentiator,
        competitor=competitor.name,
        standing=[_standing_token(*before), _standing_token(value, stage)],
    )
    return True


def _standing_token(value: StandingValue, stage: Stage | None) -> str:
    return f"{value.value}, {stage.value}" if stage else value.value


def _add(session: Session, actor: Actor, row: Entry) -> Entry:
    row.name_key = name_key(row.name)
    session.add(row)
    session.flush()
    audit.record(session, actor, f"{_kind(row)}.added", row, name=row.name, life=row.life.value)
    return row


def _take_existing(session: Session, actor: Actor, row: Entry, result: Added[Entry]) -> None:
    """A draft that a person pastes is accepted by that; anything else is only told."""
    if row.life is Life.DRAFT:
        _change(session, actor, row, life=Life.ACTIVE)
        result.added.append(row)
    else:
        result.existing.append(row.name)


def _change(session: Session, actor: Actor, row: Entry, **values: object) -> None:
    changed = audit.changes(row, **values)
    changed.pop("name_key", None)
    if changed:
        audit.record(session, actor, f"{_kind(row)}.changed", row, changes=changed)


def _own_names(
    row: Entry, everybody: Sequence[Entry], name: str, aliases: Sequence[str]
) -> dict[str, object]:
    name = " ".join(name.split())
    taken = queries.by_name([other for other in everybody if other.id != row.id])
    kept: dict[str, str] = {}
    for each in (name, *aliases):
        other = taken.get(name_key(each))
        if other is not None:
            raise NameTaken(each, other.name)
        kept.setdefault(name_key(each), each)
    kept.pop(name_key(name))
    return {"name": name, "name_key": name_key(name), "aliases": list(kept.values())}


def _check_may_go(row: Competitor | Differentiator) -> None:
    if isinstance(row, Competitor) and row.kind is not CompetitorKind.RIVAL:
        raise Misplaced(f"'{row.name}' competes in every deal, so it stays.")


def _merge(session: Session, actor: Actor, draft: Entry, into: Entry) -> None:
    assert draft.id != into.id
    names = {name_key(name): name for name in (*into.aliases, draft.name, *draft.aliases)}
    names.pop(into.name_key, None)
    _change(session, actor, into, aliases=list(names.values()))
    audit.record(session, actor, f"{_kind(into)}.merged", into, merged=draft.name)
    session.delete(draft)
    session.flush()


def _fitting(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _kind(row: Competitor | Differentiator) -> str:
    return type(row).__name__.lower()
