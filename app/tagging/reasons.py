"""The reason list: loaded from a file, added to, edited, retired; drafts accepted or merged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.market.models import Life, name_key
from app.market.operations import NameTaken
from app.tagging import evidence, queries
from app.tagging.codebook_files import Category, Codebook, ReasonEntry
from app.tagging.models import FinishReason, Reason, Tag

LONGEST_NAME = 200
_LONGEST_KEY = 100


@dataclass
class Loaded:
    """What loading a list did, in reasons and categories."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class ReasonText:
    """What the list says of a reason."""

    name: str
    definition: str
    includes: str
    excludes: str
    seeds: Mapping[str, Sequence[str]]


def load_reason_list(session: Session, actor: Actor, codebook: Codebook) -> Loaded:
    """Add what is new and bring the rest to what the file says, by its keys. What was retired
    stays so; reasons that are not in the file are left alone."""
    known = {row.key: row for row in queries.all_reasons(session)}
    last = max((row.position for row in known.values() if row.parent_id is None), default=0)
    loaded = Loaded()
    for number, category in enumerate(codebook.categories, 1):
        parent = _load(session, codebook, known, category, None, last + number, loaded)
        for position, entry in enumerate(category.reasons, 1):
            _load(session, codebook, known, entry, parent, position, loaded)
    if loaded.added or loaded.changed:
        audit.record(session, actor, "reason_list.loaded", list=codebook.id, **vars(loaded))
    return loaded


def _load(
    session: Session,
    codebook: Codebook,
    known: Mapping[str, Reason],
    entry: Category | ReasonEntry,
    parent: Reason | None,
    position: int,
    loaded: Loaded,
) -> Reason:
    values: dict[str, object] = {"name": entry.name, "definition": entry.definition}
    if isinstance(entry, ReasonEntry):
        seeds = {language: list(words) for language, words in entry.seeds.items()}
        values |= {"includes": entry.includes, "excludes": entry.excludes, "seeds": seeds}
    values |= {"pack": codebook.id}
    row = known.get(entry.key)
    if row is None:
        row = Reason(key=entry.key, parent=parent, position=position, aliases=[], **values)
        session.add(row)
        session.flush()
        loaded.added += 1
        return row
    if row.life is Life.DRAFT:
        values |= {"life": Life.ACTIVE, "parent_id": parent.id if parent else None}
    if audit.changes(row, **values):
        loaded.changed += 1
    else:
        loaded.unchanged += 1
    return row


def draft_reason(session: Session, actor: Actor, name: str) -> Reason:
    """The reason of this name or alias; where there is none, a draft for a person to judge."""
    name = _fitting(name)
    known = queries.reason_by_name(session, name)
    if known is not None:
        return known
    draft = Reason(key=_free_key(session, name), name=name, seeds={}, aliases=[], life=Life.DRAFT)
    return _add(session, actor, draft)


def add_category(session: Session, actor: Actor, name: str) -> Reason:
    """The category of this name, which is new unless it is there already."""
    name = _fitting(name)
    rows = queries.categories(session)
    for row in rows:
        if name_key(row.name) == name_key(name):
            return row
    position = max((row.position for row in rows), default=0) + 1
    category = Reason(
        key=_free_key(session, name), name=name, seeds={}, aliases=[], position=position
    )
    return _add(session, actor, category)


def add_reason(session: Session, actor: Actor, category: Reason, text: ReasonText) -> Reason:
    """Raises NameTaken where another reason has the name."""
    _check_name(session, text.name, None)
    reason = Reason(
        key=_free_key(session, text.name),
        parent=category,
        position=_last_position(session, category) + 1,
        aliases=[],
        **_values(text),
    )
    return _add(session, actor, reason)


def edit_reason(
    session: Session, actor: Actor, reason: Reason, category: Reason, text: ReasonText
) -> None:
    """Change what the list says; a draft that is given its category is accepted by that. Raises
    NameTaken where another reason has the name."""
    _check_name(session, text.name, reason)
    values: dict[str, object] = {**_values(text)}
    if reason.parent_id != category.id:
        values |= {"parent_id": category.id, "position": _last_position(session, category) + 1}
    if reason.life is Life.DRAFT:
        values |= {"life": Life.ACTIVE}
    _change(session, actor, reason, **values)


def accept_draft(session: Session, actor: Actor, draft: Reason, category: Reason) -> None:
    """Take the draft into the list as it is."""
    _change(
        session,
        actor,
        draft,
        life=Life.ACTIVE,
        parent_id=category.id,
        position=_last_position(session, category) + 1,
    )


def retire_reason(session: Session, actor: Actor, reason: Reason) -> None:
    """Offer it no more. What was tagged with it stays, and stays counted. A draft that was used
    can be retired too."""
    _change(session, actor, reason, life=Life.RETIRED)


def bring_back_reason(session: Session, actor: Actor, reason: Reason) -> None:
    """Offer it again; a draft that never had a category is a draft again."""
    _change(session, actor, reason, life=Life.ACTIVE if reason.parent_id else Life.DRAFT)


def merge_reason(session: Session, actor: Actor, draft: Reason, into: Reason) -> None:
    """Give the draft's tags, its taps and its name to `into`, and delete it."""
    assert draft.id != into.id
    tagged = queries.interviews_tagged(session, Tag.reason_id == draft.id)
    tapped = _move_taps(session, draft, into)
    _move_tags(session, draft, into)
    names = {name_key(name): name for name in (*into.aliases, draft.name, *draft.aliases)}
    names.pop(name_key(into.name), None)
    into.aliases = list(names.values())
    evidence.refresh_interviews(session, sorted({*tagged, *tapped}))
    audit.record(session, actor, "reason.merged", into, merged=draft.name)
    session.delete(draft)
    session.flush()


def _move_tags(session: Session, draft: Reason, into: Reason) -> None:
    """A quote that has both reasons keeps the tag that was there."""
    has_both = select(Tag.verbatim_id).where(Tag.reason_id == into.id, Tag.removed_at.is_(None))
    session.execute(
        update(Tag)
        .where(Tag.reason_id == draft.id, Tag.removed_at.is_(None), Tag.verbatim_id.in_(has_both))
        .values(removed_at=clock.now())
    )
    session.execute(update(Tag).where(Tag.reason_id == draft.id).values(reason_id=into.id))


def _move_taps(session: Session, draft: Reason, into: Reason) -> list[int]:
    """Where both were tapped, one tap stays, which decided if either did. Returns interviews."""
    interviews = []
    taps = session.scalars(select(FinishReason).where(FinishReason.reason_id == draft.id)).all()
    for tap in taps:
        interviews.append(tap.interview_id)
        other = session.scalar(
            select(FinishReason).where(
                FinishReason.interview_id == tap.interview_id, FinishReason.reason_id == into.id
            )
        )
        if other is None:
            tap.reason = into
        else:
            other.is_decisive = other.is_decisive or tap.is_decisive
            session.delete(tap)
    session.flush()
    return interviews


def _add(session: Session, actor: Actor, row: Reason) -> Reason:
    session.add(row)
    session.flush()
    audit.record(session, actor, "reason.added", row, name=row.name)
    return row


def _change(session: Session, actor: Actor, row: Reason, **values: object) -> None:
    changed = audit.changes(row, **values)
    session.flush()
    if changed:
        audit.record(session, actor, "reason.changed", row, changes=changed)


def _values(text: ReasonText) -> dict[str, object]:
    seeds = {language: list(words) for language, words in text.seeds.items()}
    return {**vars(text), "name": _fitting(text.name), "seeds": seeds}


def _check_name(session: Session, name: str, own: Reason | None) -> None:
    other = queries.reason_by_name(session, name)
    if other is not None and other is not own:
        raise NameTaken(name, other.name)


def _last_position(session: Session, category: Reason) -> int:
    rows = queries.all_reasons(session)
    return max((row.position for row in rows if row.parent_id == category.id), default=0)


def _free_key(session: Session, name: str) -> str:
    """A key made of the name; nothing may stand for two things."""
    taken = {row.key for row in queries.all_reasons(session)}
    stem = re.sub(r"\W+", "_", name.casefold()).strip("_")[:_LONGEST_KEY] or "reason"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def _fitting(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
