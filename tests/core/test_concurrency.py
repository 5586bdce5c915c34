"""Two processes that load and then update the same row: neither fails, nothing is lost."""

from __future__ import annotations

import multiprocessing

from sqlalchemy.orm import Session

from app.core.db import Database
from app.identity.models import Workspace

_TIMES = 60


def _count_up(url: str, ready, start) -> None:  # type: ignore[no-untyped-def]
    database = Database(url)
    ready.release()
    start.wait()
    for _ in range(_TIMES):
        with database.writing() as session:
            # A writer on PostgreSQL locks the row it is about to change.
            row = session.query(Workspace).with_for_update().one()
            row.fiscal_year_first_month += 1


def test_load_then_update_in_two_processes_loses_nothing(db: Database, session: Session):
    session.add(Workspace(fiscal_year_first_month=0))
    session.commit()
    session.close()
    context = multiprocessing.get_context("spawn")
    ready, start = context.Semaphore(0), context.Event()
    workers = [context.Process(target=_count_up, args=(db.url, ready, start)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    start.set()
    for worker in workers:
        worker.join(timeout=120)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with db.reading() as reader:
        assert reader.query(Workspace).one().fiscal_year_first_month == 2 * _TIMES
