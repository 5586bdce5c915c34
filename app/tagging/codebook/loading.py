"""A reason list loaded from its file, by its keys."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.market.models import Life
from app.tagging import queries
from app.tagging.codebook.models import ListChange
from app.tagging.codebook.versions import keep_version
from app.tagging.codebook_files import Category, Codebook, ReasonEntry
from app.tagging.models import Reason


@dataclass
class Loaded:
    """What loading a list did, in reasons and categories."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def load_reason_list(session: Session, actor: Actor, codebook: Codebook) -> Loaded:
    """Add what is new and bring the rest to what the file says, by its keys. What was retired
    stays so; reasons that are not in the file are left alone."""
    loading = _Loading(session, codebook)
    for number, category in enumerate(codebook.categories, 1):
        parent = loading.put(category, None, loading.last + number)
        for position, entry in enumerate(category.reasons, 1):
            loading.put(entry, parent, position)
    loaded = loading.loaded
    if loading.touched:
        keep_version(session, actor, ListChange.LOADED, codebook.title, loading.touched)
        audit.record(session, actor, "reason_list.loaded", list=codebook.id, **vars(loaded))
    return loaded


class _Loading:
    """What is there, and what was done so far."""

    def __init__(self, session: Session, codebook: Codebook) -> None:
        self._session = session
        self._codebook = codebook
        self._known = {row.key: row for row in queries.all_reasons(session)}
        categories = [row.position for row in self._known.values() if row.parent_id is None]
        self.last = max(categories, default=0)
        self.loaded = Loaded()
        self.touched: list[Reason] = []

    def put(self, entry: Category | ReasonEntry, parent: Reason | None, position: int) -> Reason:
        values = _said(entry) | {"pack": self._codebook.id}
        row = self._known.get(entry.key)
        if row is None:
            row = Reason(key=entry.key, parent=parent, position=position, aliases=[], **values)
            self._session.add(row)
            self._session.flush()
            self.loaded.added += 1
            self.touched.append(row)
            return row
        if row.life is Life.DRAFT:
            values |= {"life": Life.ACTIVE, "parent_id": parent.id if parent else None}
        if audit.changes(row, **values):
            self.loaded.changed += 1
            self.touched.append(row)
        else:
            self.loaded.unchanged += 1
        return row


def _said(entry: Category | ReasonEntry) -> dict[str, object]:
    values: dict[str, object] = {"name": entry.name, "definition": entry.definition}
    if isinstance(entry, ReasonEntry):
        seeds = {language: list(words) for language, words in entry.seeds.items()}
        values |= {"includes": entry.includes, "excludes": entry.excludes, "seeds": seeds}
    return values
