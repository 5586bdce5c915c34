"""Searches and a reason's pages among a million tags: `python -m benchmarks.many_tags`.

    export BECAUSE_INSTANCE=/tmp/million DATABASE_URL=postgresql://postgres@127.0.0.1/million
    bin/because demo load --deals 700 --interviews 200 --tags 5000
    .venv/bin/python -m benchmarks.tagging
    .venv/bin/python -m benchmarks.multiply 199
    .venv/bin/python -m benchmarks.many_tags

Without DATABASE_URL it is SQLite in the instance's folder. `benchmarks.tagging` fills the list up
to 60 reasons before they are multiplied. Times are the server's in one process, as the programme
manager, the median of 9 after one to warm; then all pages of a reason are turned, and held against
one statement that finds the same.
"""

from __future__ import annotations

import os
import statistics
import time

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from app.core.db import Database
from app.identity.acting import ActingFor
from app.identity.models import Role, User
from app.search.asking import read
from app.search.filters import conditions
from app.search.models import Kind, SearchDocument
from app.search.queries import find
from app.tagging.models import Reason, Tag, Verbatim
from benchmarks.pages import signed_in

TIMES = 9
SEARCHES = (
    "price",
    "price security",
    '"the price"',
    "secur*",
    "zebra",
    "outcome:lost",
    "competitor:fenwick price",
    "-price",
)


def main() -> None:
    app = create_app()
    db: Database = app.extensions["because_database"]
    client = signed_in(app.test_client(), db, Role.PROGRAMME_MANAGER)
    with db.reading() as session:
        reasons = _by_use(session)
        middle = reasons[len(reasons) // 2]
        print(f"{db.engine.name}: {session.scalar(select(func.count()).select_from(Tag)):,} tags")
        print(f"{'median':>8} {'processor':>10}")
        for key, count in (reasons[0], middle, reasons[-1]):
            first = f"/search?q=reason:{key}"
            print(_measured(client, first), f"first page of a reason with {count:,} tags")
            later = f"{first}&in=quote&after={_within(session, key)}"
            print(_measured(client, later), "a page in the middle of it")
        narrow = f"reason:{middle[0]} outcome:lost quarter:2026Q3 evidence:fact -won"
        for typed in (*SEARCHES, f"price reason:{middle[0]}", narrow):
            print(_measured(client, f"/search?q={typed.replace(' ', '+')}"), typed)
        print(f"others at work: {os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores")
        print(_turned(session, middle[0]))


def _by_use(session: Session) -> list[tuple[str, int]]:
    """The reasons with how many quotes each has, the most used first."""
    count = func.count(Tag.verbatim_id.distinct())
    rows = session.execute(
        select(Reason.key, count).join(Tag).group_by(Reason.key).order_by(count.desc())
    )
    return [(key, number) for key, number in rows]


def _within(session: Session, key: str) -> int:
    """A document in the middle of those of a reason."""
    ids = _documents(session, key)
    return ids[len(ids) // 2]


def _documents(session: Session, key: str) -> list[int]:
    """Those of a reason, newest first, by one statement."""
    return list(
        session.scalars(
            select(SearchDocument.id)
            .join(Verbatim, Verbatim.id == SearchDocument.verbatim_id)
            .where(
                Verbatim.has_lost_place.is_(False),
                Verbatim.id.in_(
                    select(Tag.verbatim_id)
                    .join(Tag.reason)
                    .where(Reason.key == key, Tag.removed_at.is_(None))
                ),
            )
            .order_by(SearchDocument.id.desc())
        )
    )


def _measured(client: FlaskClient, page: str) -> str:
    assert client.get(page).status_code == 200, page
    waited, spent = [], []
    for _ in range(TIMES):
        began, work = time.perf_counter(), time.process_time()
        client.get(page)
        waited.append(1000 * (time.perf_counter() - began))
        spent.append(1000 * (time.process_time() - work))
    return f"{statistics.median(waited):6.0f}ms {statistics.median(spent):8.0f}ms "


def _turned(session: Session, key: str) -> str:
    """All pages of a reason, one after the other."""
    user = session.scalars(select(User).where(User.role == Role.PROGRAMME_MANAGER)).first()
    assert user is not None
    viewer, asked = ActingFor.of(user, "UTC"), read(f"reason:{key}")
    narrowed = conditions(session, asked.filters)
    seen: list[int] = []
    pages, after = 0, None
    while pages == 0 or after is not None:
        page = find(session, viewer, asked, narrowed, Kind.QUOTE, after=after)
        seen += [hit.document.id for hit in page.hits]
        pages, after = pages + 1, page.after
        session.expunge_all()
    exact = "exact" if seen == _documents(session, key) else "NOT EXACT"
    return f"{pages:,} pages of a reason, {len(seen):,} quotes: {exact}"


if __name__ == "__main__":
    main()
