"""The list as entries for a file, and entries of a file brought into the list as one version."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.market.models import Life, name_key
from app.tagging import queries
from app.tagging.codebook.entries import Entry, UnreadableList
from app.tagging.codebook.loading import Loaded
from app.tagging.codebook.models import ListChange
from app.tagging.codebook.tree import walk
from app.tagging.codebook.versions import keep_version
from app.tagging.models import Reason
from app.tagging.reasons import fitting, free_key, last_position

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_PROBLEMS = 20


def entries_of(session: Session, *, with_drafts: bool = False) -> list[Entry]:
    """The list in its order, retired reasons too, without those that were merged into others;
    with drafts, these come last, in the place of categories that hold nothing."""
    entries: list[Entry] = []
    places: dict[int, int] = {}
    for row, depth in walk(queries.all_reasons(session), lambda row: row.id):
        is_listed = depth > 0 or row.is_category or (with_drafts and row.is_draft)
        if not is_listed or row.merged_into_id is not None:
            continue
        places[row.id] = len(entries)
        entries.append(_entry(row, places))
    return entries


def _entry(row: Reason, places: dict[int, int]) -> Entry:
    return Entry(
        guid=row.public_id,
        key=row.key,
        name=row.name,
        is_category=row.is_category,
        under=places.get(row.parent_id) if row.parent_id else None,
        definition=row.definition,
        includes=row.includes,
        excludes=row.excludes,
        examples=tuple(row.examples),
        seeds={language: tuple(words) for language, words in row.seeds.items()},
        aliases=tuple(row.aliases),
        colour=row.colour,
        is_retired=row.life is Life.RETIRED,
    )


def bring_in(session: Session, actor: Actor, entries: Sequence[Entry], source: str) -> Loaded:
    """Add what is new and bring the rest to what the file says. An entry is known by its id, else
    by its key, else by its name; what is not in the file is left alone. One version, or none where
    nothing changes. Raises UnreadableList where names would stand for two things."""
    return _bring(session, actor, entries, source, only_new=False).loaded


def bring_new_in(
    session: Session, actor: Actor, entries: Sequence[Entry], source: str
) -> list[Reason]:
    """The reason of each entry; only those are added that are not known. Raises UnreadableList."""
    return _bring(session, actor, entries, source, only_new=True).rows


def _bring(
    session: Session, actor: Actor, entries: Sequence[Entry], source: str, *, only_new: bool
) -> _Bringing:
    bringing = _Bringing(session, only_new=only_new)
    for entry in entries:
        bringing.put(entry)
    if bringing.problems:
        raise UnreadableList(bringing.problems[:_MOST_PROBLEMS])
    if bringing.touched:
        keep_version(session, actor, ListChange.LOADED, source, bringing.touched)
        counts = vars(bringing.loaded)
        audit.record(session, actor, "reason_list.loaded", list=source, **counts)
    return bringing


class _Bringing:
    """What is there, and what was done so far."""

    def __init__(self, session: Session, *, only_new: bool) -> None:
        self._session = session
        self._only_new = only_new
        rows = queries.all_reasons(session)
        self._by_guid = {row.public_id: row for row in rows}
        self._by_key = {row.key: row for row in rows}
        self._by_name = queries.reasons_by_name(session)
        self._categories = {name_key(row.name): row for row in rows if row.is_category}
        self.rows: list[Reason] = []
        self.loaded = Loaded()
        self.touched: list[Reason] = []
        self.problems: list[str] = []

    def put(self, entry: Entry) -> None:
        if entry.guid and not _GUID.fullmatch(entry.guid):
            self.problems.append(f"‘{entry.name}’: ‘{entry.guid}’ is no id.")
        row = self._known(entry)
        parent = self.rows[entry.under] if entry.under is not None else None
        if row is None:
            self.rows.append(self._add(entry, parent))
        else:
            self.rows.append(self._change(row, entry, parent))

    def _known(self, entry: Entry) -> Reason | None:
        """A name that another entry has, known by its id or key, is a mistake."""
        named = self._named(entry)
        known = self._by_guid.get(entry.guid) or self._by_key.get(entry.key)
        if known is not None and named is not None and named is not known:
            is_former_name = name_key(named.name) != name_key(entry.name)
            if not is_former_name and known.merged_into_id is None and not self._only_new:
                self.problems.append(f"‘{entry.name}’ is the name of another reason already.")
        return known or named

    def _named(self, entry: Entry) -> Reason | None:
        names = self._categories if entry.is_category else self._by_name
        return names.get(name_key(entry.name))

    def _add(self, entry: Entry, parent: Reason | None) -> Reason:
        key = entry.key if entry.key and entry.key not in self._by_key else ""
        row = Reason(
            public_id=entry.guid or str(uuid.uuid4()),
            key=key or free_key(self._session, entry.name),
            parent=parent,
            position=last_position(self._session, parent) + 1,
            life=Life.RETIRED if entry.is_retired and parent else Life.ACTIVE,
            **_said(entry),
        )
        self._session.add(row)
        self._session.flush()
        self._by_guid[row.public_id] = self._by_key[row.key] = row
        names = self._categories if entry.is_category else self._by_name
        names[name_key(row.name)] = row
        self.loaded.added += 1
        self.touched.append(row)
        return row

    def _change(self, row: Reason, entry: Entry, parent: Reason | None) -> Reason:
        """One that was merged meanwhile stays so, and what stands under it goes to the other."""
        if row.merged_into is not None:
            self.loaded.unchanged += 1
            return row.merged_into
        if self._only_new:
            self.loaded.unchanged += 1
            return row
        values = _said(entry)
        if parent is not None:
            values["life"] = Life.RETIRED if entry.is_retired else Life.ACTIVE
            if row.parent_id != parent.id and parent is not row:
                values |= {
                    "parent_id": parent.id,
                    "position": last_position(self._session, parent) + 1,
                }
        if audit.changes(row, **values):
            self._session.flush()
            self.loaded.changed += 1
            self.touched.append(row)
        else:
            self.loaded.unchanged += 1
        return row


def _said(entry: Entry) -> dict[str, object]:
    """The fields of a reason. A file that says nothing but the name leaves the words alone."""
    values: dict[str, object] = {"name": fitting(entry.name)}
    if entry.colour:
        values["colour"] = entry.colour
    texts = (entry.definition, entry.includes, entry.excludes)
    if any(texts) or entry.examples or entry.seeds or entry.aliases:
        values |= {
            "definition": entry.definition,
            "includes": entry.includes,
            "excludes": entry.excludes,
            "examples": list(entry.examples),
            "seeds": {language: list(words) for language, words in entry.seeds.items()},
            "aliases": list(entry.aliases),
        }
    return values
