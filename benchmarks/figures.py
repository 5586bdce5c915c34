"""How long the pages of figures take in a large workspace, and how they compare with hand-written
SQL for the same table in DuckDB.

    export BECAUSE_INSTANCE=/tmp/large
    bin/because demo load --deals 1000 --interviews 600 --tags 10000
    .venv/bin/python -m benchmarks.enlarge --times 100 --years-back 10
    .venv/bin/python -m benchmarks.figures

DuckDB is used where it can be imported (`pip install --target /tmp/duck duckdb`, and PYTHONPATH).
Processor time in one process, the median of 3 after one to warm, so that a busy machine does not
change it.
"""

from __future__ import annotations

import csv
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.analytics.heard import read_heard
from app.analytics.queries import Subject, closing_dates
from app.analytics.said import said
from app.analytics.window import Window
from app.core.db import Database
from app.core.periods import Quarter
from app.deals.models import Deal
from app.identity.models import Role
from app.interviews.models import HEARD, Interview
from app.tagging.models import TagEvidence
from benchmarks.pages import signed_in

TIMES = 3
PAGES = (
    "/figures",
    "/figures/reasons",
    "/figures/reasons?view=apart",
    "/figures/reasons?view=money",
    "/figures/reasons?view=reach",
    "/figures/time",
    "/figures/competitors",
    "/figures/differentiators",
    "/figures/deal-facts",
)
SPANS = ("quarter", "year", "all")
_SQL = """
WITH heard AS (
  SELECT d.id, d.outcome, count(*) AS n FROM deals d JOIN interviews i ON i.deal_id = d.id
  WHERE d.closed_on BETWEEN ? AND ? GROUP BY d.id, d.outcome
), by_deal AS (
  SELECT e.reason_id, e.direction, h.outcome, h.id, h.n,
    count(DISTINCT CASE WHEN e.weight IN ('decisive', 'contributing') THEN e.interview_id END) AS k
  FROM evidence e JOIN heard h ON h.id = e.deal_id
  WHERE e.closed_on BETWEEN ? AND ? GROUP BY ALL
)
SELECT reason_id, direction, outcome, sum(k::DOUBLE / n), count(*) FROM by_deal GROUP BY ALL
"""


def main() -> None:
    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    db: Database = app.extensions["because_database"]
    client = signed_in(app.test_client(), db, Role.PROGRAMME_MANAGER)
    # As the web server does before its first request.
    gc.collect()
    gc.freeze()
    print(f"{'quarter':>10} {'year':>10} {'all time':>10}  page")
    for page in PAGES:
        times = [_page(client, page, span) for span in SPANS]
        print(" ".join(f"{one:8.0f}ms" for one in times) + f"  {page}")
    with db.reading() as session:
        _beside_duckdb(session)


def _page(client: FlaskClient, page: str, span: str) -> float:
    address = f"{page}{'&' if '?' in page else '?'}span={span}"
    assert client.get(address).status_code == 200, address
    return _median(lambda: client.get(address))


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        began = time.process_time()
        action()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def _beside_duckdb(session: Session) -> None:
    try:
        import duckdb
    except ImportError:
        print("DuckDB cannot be imported: no yardstick.")
        return
    days = closing_dates(session)
    assert days is not None
    last = Quarter.containing(days[1])
    connection = duckdb.connect(config={"threads": 1})
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in _tables(session).items():
            path = Path(folder, f"{name}.csv")
            _write(path, rows)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}')")
    for words, window in (
        ("quarter", Window.only(last)),
        ("all time", Window.all_time(Quarter.containing(days[0]), last)),
    ):
        period = window.period
        bounds = [period.first_day, period.last_day] * 2
        ours = _median(
            lambda window=window: said(
                read_heard(session, window.period, window.latest_period), Subject.REASON
            )
        )
        theirs = _median(lambda bounds=bounds: connection.execute(_SQL, bounds).fetchall())
        print(
            f"shares of reasons, {words}: {ours:.0f} ms, DuckDB {theirs:.0f} ms,"
            f" {ours / theirs:.1f} times"
        )


def _tables(session: Session) -> dict[str, Iterable[Sequence[Any]]]:
    evidence = select(
        TagEvidence.reason_id,
        TagEvidence.direction,
        TagEvidence.weight,
        TagEvidence.interview_id,
        TagEvidence.deal_id,
        TagEvidence.closed_on,
    ).where(TagEvidence.reason_id.is_not(None))
    return {
        "deals": [
            ("id", "outcome", "closed_on"),
            *session.execute(select(Deal.id, Deal.outcome, Deal.closed_on)),
        ],
        "interviews": [
            ("id", "deal_id"),
            *session.execute(
                select(Interview.id, Interview.deal_id).where(Interview.state.in_(HEARD))
            ),
        ],
        "evidence": [
            ("reason_id", "direction", "weight", "interview_id", "deal_id", "closed_on"),
            *session.execute(evidence),
        ],
    }


def _write(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


if __name__ == "__main__":
    main()
