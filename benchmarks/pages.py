"""How long each list page takes in a large workspace, and how often it asks the database.

    BECAUSE_INSTANCE=/tmp/large bin/because demo load --deals 100000 --interviews 6000
    BECAUSE_INSTANCE=/tmp/large .venv/bin/python -m benchmarks.pages

Times are the server's, in one process, as the administrator; the median of 15, after one to warm.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import create_app
from app.core.db import Database
from app.identity import operations as identity
from app.identity.models import Role, User

TIMES = 15
PAGES = (
    "/",
    "/deals",
    "/deals?sort=-amount",
    "/deals?sort=name",
    "/deals?outcome=lost",
    "/deals?q=halden",
    "/interviews",
    "/interviews?whose=all&tab=held",
    "/competitors",
    "/differentiators",
    "/tagging",
    "/reasons",
    "/log",
)


def main() -> None:
    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    db: Database = app.extensions["because_database"]
    client = signed_in(app.test_client(), db, Role.PROGRAMME_MANAGER)
    pages = sys.argv[1:] or list(PAGES)
    print(f"{'median':>8} {'most':>8} {'queries':>8} {'KB':>6}  page")
    for page in pages:
        status, size = _size_of(client, page)
        if status != 200:
            print(f"{'':>34}  {page}: {status}")
            continue
        queries = _queries(db, lambda page=page: client.get(page))
        times = [_time(lambda page=page: client.get(page)) for _ in range(TIMES)]
        print(
            f"{statistics.median(times):6.1f}ms {max(times):6.1f}ms {queries:8} {size / 1024:6.0f}"
            f"  {page}"
        )


def signed_in(client: FlaskClient, db: Database, role: Role) -> FlaskClient:
    with db.writing() as session:
        user = session.scalars(select(User).where(User.role == role)).first()
        assert user is not None, "the workspace has nobody of this role"
        token = identity.sign_in(session, user, device="benchmark", lasts=timedelta(hours=1))
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def _size_of(client: FlaskClient, page: str) -> tuple[int, int]:
    answer = client.get(page)
    return answer.status_code, len(answer.data)


def _time(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def _queries(db: Database, action: Callable[[], object]) -> int:
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    action()
    return len(sent)


if __name__ == "__main__":
    main()
