"""The import of deals as a job, which its page may be left for."""

from __future__ import annotations

import time
from typing import Any

from app.core.db import Database
from app.core.jobs import JobContext, JobRefused, job
from app.core.storage import Storage
from app.deals.importing import operations, queries, results, running
from app.deals.importing.opening import Opened
from app.deals.importing.options import Options
from app.deals.importing.uploads import forget_files, open_import
from app.deals.models import DealImport, ImportState
from app.deals.reading.answers import BadOption
from app.deals.reading.files import FileProblem

_TELL_EVERY = 1.0


@job("deals.import")
def import_deals(context: JobContext, *, import_id: int, rehearse: bool = False) -> dict[str, Any]:
    """Import, or say what an import would do. Goes on where an earlier run was killed."""
    db, storage = context.db, context.app.extensions["because_storage"]
    report = _Report(context)
    with db.reading() as session:
        state = queries.import_state(session, import_id)
    if state is ImportState.ASKING:
        opened = _open(db, storage, import_id)
        if opened.questions:
            raise JobRefused("Some questions are still open.")
        if rehearse:
            report(0, opened.survey.rows, "Reading the deals")
            _rehearse(db, import_id, opened)
            return {}
        with db.writing() as session:
            row = queries.lock_import(session, import_id)
            if row.state is ImportState.ASKING:
                operations.begin(session, context.actor, row, opened)
    running.run(db, context.actor, import_id, lambda: _open(db, storage, import_id), report)
    with db.reading() as session:
        forget_files(storage, queries.import_by_id(session, import_id))
    return {}


class _Report:
    """Passes on how far the import is, once a second: each telling is a transaction."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._told_at = 0.0

    def __call__(self, done: int, total: int | None, doing: str) -> None:
        if time.monotonic() - self._told_at > _TELL_EVERY:
            self._told_at = time.monotonic()
            self._context.progress(done, total, doing)


def _open(db: Database, storage: Storage, import_id: int) -> Opened:
    with db.reading() as session:
        row = queries.import_by_id(session, import_id)
        options = Options.from_json(row.answers)
        try:
            return open_import(session, storage, row, options)
        except (FileProblem, BadOption) as problem:
            raise JobRefused(str(problem)) from problem


def _rehearse(db: Database, import_id: int, opened: Opened) -> None:
    with db.reading() as session:
        kept, refused, flags = results.rehearse(session, opened)
    with db.writing() as session:
        row: DealImport = queries.lock_import(session, import_id)
        if row.state is ImportState.ASKING:
            row.counts = row.counts | {
                "rehearsal": results.counts(kept)
                | {
                    "refused": [each.as_json() for each in refused],
                    "flags": [each.as_json() for each in flags],
                }
            }
