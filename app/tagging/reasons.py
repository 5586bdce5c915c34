"""The reason list: added to, edited, moved, retired; drafts proposed and accepted. Each change is
a version."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.market.models import Life, name_key
from app.market.operations import NameTaken
from app.tagging import queries
from app.tagging.codebook import tree
from app.tagging.codebook.models import ListChange
from app.tagging.codebook.versions import keep_version
from app.tagging.models import Reason

LONGEST_NAME = 200
_LONGEST_KEY = 100


@dataclass(frozen=True)
class ReasonText:
    """What the list says of a reason."""

    name: str
    definition: str
    includes: str
    excludes: str
    seeds: Mapping[str, Sequence[str]]
    examples: Sequence[str] = ()
    colour: str = ""


class WrongPlace(ValueError):
    """A reason cannot stand there; the message is for the person who put it there."""


def draft_reason(session: Session, actor: Actor, name: str) -> Reason:
    """The reason of this name or alias; where there is none, a draft for a person to judge."""
    name = fitting(name)
    known = queries.reason_by_name(session, name)
    if known is not None:
        return known
    draft = Reason(key=free_key(session, name), name=name, seeds={}, aliases=[], life=Life.DRAFT)
    session.add(draft)
    audit.record(session, actor, "reason.proposed", draft, name=name)
    return draft


def add_category(session: Session, actor: Actor, name: str, *, why: str = "") -> Reason:
    """The category of this name, which is new unless it is there already."""
    name = fitting(name)
    rows = queries.categories(session)
    for row in rows:
        if name_key(row.name) == name_key(name):
            return row
    position = max((row.position for row in rows), default=0) + 1
    category = Reason(
        key=free_key(session, name), name=name, seeds={}, aliases=[], position=position
    )
    return _add(session, actor, category, why)


def edit_category(
    session: Session, actor: Actor, category: Reason, name: str, definition: str, *, why: str
) -> None:
    """Raises NameTaken where another category has the name."""
    for row in queries.categories(session):
        if row is not category and name_key(row.name) == name_key(name):
            raise NameTaken(name, row.name)
    values = {"name": fitting(name), "definition": definition}
    _change(session, actor, ListChange.EDITED, category, why, **values)


def add_reason(
    session: Session, actor: Actor, parent: Reason, text: ReasonText, *, why: str = ""
) -> Reason:
    """Add it as the last under a category or a wider reason. Raises NameTaken where another
    reason has the name."""
    _check_name(session, text.name, None)
    reason = Reason(
        key=free_key(session, text.name),
        parent=parent,
        position=last_position(session, parent) + 1,
        aliases=[],
        **_values(text),
    )
    return _add(session, actor, reason, why)


def edit_reason(
    session: Session, actor: Actor, reason: Reason, parent: Reason, text: ReasonText, *, why: str
) -> None:
    """Change what the list says; a draft that is given its place is accepted by that. Raises
    NameTaken where another reason has the name, WrongPlace where it would stand under itself."""
    _check_name(session, text.name, reason)
    values = _values(text)
    says_the_same = all(getattr(reason, field) == value for field, value in values.items())
    change = ListChange.MOVED if says_the_same else ListChange.EDITED
    if reason.parent_id != parent.id:
        values |= _place_under(session, reason, parent)
    if reason.life is Life.DRAFT:
        values |= {"life": Life.ACTIVE}
        change = ListChange.ACCEPTED
    _change(session, actor, change, reason, why, **values)


def accept_draft(
    session: Session, actor: Actor, draft: Reason, parent: Reason, *, why: str = ""
) -> None:
    """Take the draft into the list as it is."""
    values = {"life": Life.ACTIVE, **_place_under(session, draft, parent)}
    _change(session, actor, ListChange.ACCEPTED, draft, why, **values)


def move_reason(session: Session, actor: Actor, reason: Reason, *, up: bool, why: str = "") -> None:
    """Change places with the one before it, or with the one after it, where there is one."""
    beside = [
        row
        for row in queries.all_reasons(session)
        if row.parent_id == reason.parent_id and row.life is Life.ACTIVE
    ]
    place = beside.index(reason)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        return
    beside[place], beside[other] = beside[other], beside[place]
    moved = []
    for position, row in enumerate(beside, 1):
        if audit.changes(row, position=position):
            moved.append(row)
    keep_version(session, actor, ListChange.MOVED, why, moved)
    audit.record(session, actor, "reason.moved", reason, up=up)


def retire_reason(session: Session, actor: Actor, reason: Reason, *, why: str) -> None:
    """Offer it no more. What was tagged with it stays, and stays counted. A draft that was used
    can be retired too."""
    _change(session, actor, ListChange.RETIRED, reason, why, life=Life.RETIRED)


def bring_back_reason(session: Session, actor: Actor, reason: Reason, *, why: str = "") -> None:
    """Offer it again; a draft that never had a place is a draft again."""
    life = Life.ACTIVE if reason.parent_id else Life.DRAFT
    _change(session, actor, ListChange.BROUGHT_BACK, reason, why, life=life)


def _add(session: Session, actor: Actor, row: Reason, why: str) -> Reason:
    session.add(row)
    session.flush()
    keep_version(session, actor, ListChange.ADDED, why, [row])
    audit.record(session, actor, "reason.added", row, name=row.name)
    return row


def _change(
    session: Session, actor: Actor, change: ListChange, row: Reason, why: str, **values: object
) -> None:
    changed = audit.changes(row, **values)
    if changed:
        keep_version(session, actor, change, why, [row])
        audit.record(session, actor, "reason.changed", row, changes=changed)


def _place_under(session: Session, reason: Reason, parent: Reason) -> dict[str, object]:
    """The values that put it last under another."""
    rows = queries.all_reasons(session)
    if parent is reason or parent.id in tree.ids_below(rows, lambda row: row.id, reason.id):
        raise WrongPlace("A reason cannot stand under itself.")
    return {"parent_id": parent.id, "position": last_position(session, parent) + 1}


def _values(text: ReasonText) -> dict[str, object]:
    seeds = {language: list(words) for language, words in text.seeds.items()}
    examples = list(text.examples)
    return {**vars(text), "name": fitting(text.name), "seeds": seeds, "examples": examples}


def _check_name(session: Session, name: str, own: Reason | None) -> None:
    other = queries.reason_by_name(session, name)
    if other is not None and other is not own:
        raise NameTaken(name, other.name)


def last_position(session: Session, parent: Reason | None) -> int:
    """The last place that is taken under a reason or category, or at the top."""
    rows = queries.all_reasons(session)
    under = parent.id if parent else None
    return max((row.position for row in rows if row.parent_id == under), default=0)


def free_key(session: Session, name: str) -> str:
    """A key made of the name; nothing may stand for two things."""
    taken = {row.key for row in queries.all_reasons(session)}
    stem = re.sub(r"\W+", "_", name.casefold()).strip("_")[:_LONGEST_KEY] or "reason"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def fitting(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
