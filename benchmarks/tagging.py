"""How long tagging takes and what one reads of it: `python -m benchmarks.tagging`.

    export BECAUSE_INSTANCE=/tmp/tagged DATABASE_URL=postgresql://postgres@127.0.0.1/tagged
    bin/because demo load --deals 700 --interviews 200 --tags 5000
    .venv/bin/python -m benchmarks.tagging

Without DATABASE_URL it is SQLite in the instance's folder. The list is filled up to 60 reasons
and the tags are spread over them. The server's time in one process and the processor time of that
process, as the programme manager; then what two workers give eight readers, and how long one of
them waits while another takes every quote as a file.
"""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app import create_app
from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Answer, Interview, State
from app.tagging import evidence
from app.tagging.models import Reason, Tag, Verbatim
from benchmarks.pages import signed_in
from benchmarks.save_answers import wait_for
from config import load_settings
from tests.factories import Factory
from tests.house.running import running

TIMES = 100
FILES = 7
REASONS = 60
READERS = 8
SECONDS = 6
#: Every quote: no deal closed then.
ALL = "-quarter:1999Q1"


@dataclass
class Tagging:
    """Where the next tag goes: words of an answer, chosen anew each time."""

    addresses: list[tuple[str, int]]
    number: Iterator[int]

    def give(self, client: FlaskClient, reason: str) -> None:
        number = next(self.number)
        address, length = self.addresses[number % len(self.addresses)]
        start = number // len(self.addresses)
        said = {"reason": reason, "direction": "against", "weight": "mentioned"}
        said |= {"layer": "surface", "evidence": "fact", "start": start, "end": length}
        answer = client.post(address, data=said, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.text


def main() -> None:
    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    db: Database = app.extensions["because_database"]
    with db.writing() as session:
        spread(session)
    client = signed_in(app.test_client(), db, Role.PROGRAMME_MANAGER)
    with db.reading() as session:
        print(f"{db.engine.name}: {_count(session, Verbatim)} quotes, {_count(session, Tag)} tags")
        reason = session.scalars(
            select(Reason).join(Tag, Tag.reason_id == Reason.id).order_by(Reason.id)
        ).first()
        assert reason is not None
        name, search = reason.name, f"/search?q=reason:{reason.key}"
        tagging = Tagging(_places(session), count())
    pages = {
        "quotes of a reason": lambda: _get(client, search),
        "a tag given": lambda: tagging.give(client, name),
    }
    files = {
        "every quote as CSV": lambda: _get(client, f"/search/quotes.csv?q={ALL}"),
        "every quote for Excel": lambda: _get(client, f"/search/quotes.xlsx?q={ALL}"),
    }
    print(f"{'fastest 10 %':>13} {'median':>10} {'processor':>10} {'statements':>10}")
    for times, actions in ((TIMES, pages), (FILES, files)):
        for what, action in actions.items():
            print(_measured(db, action, times), what)
    print(f"others at work: {os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores")
    cookie = client.get_cookie("because")
    assert cookie is not None
    db.engine.dispose()
    together(search, {"Cookie": f"because={cookie.value}"})


def spread(session: Session) -> None:
    """The list filled up to 60 reasons that tags have, each about as often."""
    used = session.scalars(select(Tag.reason_id).distinct().where(Tag.reason_id.is_not(None))).all()
    make = Factory(session)
    more = [
        make.reason(f"Reason {number}", parent=session.get_one(Reason, used[0]).parent).id
        for number in range(len(used), REASONS)
    ]
    for tag in session.scalars(select(Tag)) if more else ():
        place = tag.id % REASONS
        if place >= len(used):
            tag.reason_id = more[place - len(used)]
    if more:
        session.flush()
        evidence.refresh_interviews(session, session.scalars(select(Interview.id)).all())


def together(search: str, headers: dict[str, str]) -> None:
    settings = load_settings()
    given = {"DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key}
    with running(settings.instance, WEB_WORKERS="2", **given) as product:
        wait_for(product.port)
        read = [_reader(product.port, search, headers) for _ in range(READERS)]
        alone = _together(read[:1])
        print(f"two workers, one reader: {statistics.median(alone):.1f} ms for a reason's quotes")
        together = _together(read)
        print(f"two workers, {READERS} readers: {len(together) / SECONDS:.0f} a second")
        for kind in ("csv", "xlsx"):
            taking = _reader(product.port, f"/search/quotes.{kind}?q={ALL}", headers)
            times = _together(read[:1], beside=taking)
            print(f"while {kind} is taken again and again: {statistics.median(times):.1f} ms")


def _together(
    readers: list[Callable[[], float]], beside: Callable[[], float] | None = None
) -> list[float]:
    """Milliseconds of each request that the readers made."""
    times: list[float] = []
    end = time.monotonic() + SECONDS

    def work(read: Callable[[], float], found: list[float]) -> None:
        while time.monotonic() < end:
            found.append(read())

    threads = [threading.Thread(target=work, args=(read, times)) for read in readers]
    if beside is not None:
        threads.append(threading.Thread(target=work, args=(beside, [])))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _reader(port: int, path: str, headers: dict[str, str]) -> Callable[[], float]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def read() -> float:
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:200]
        return 1000 * (time.perf_counter() - began)

    return read


def _places(session: Session) -> list[tuple[str, int]]:
    rows = session.execute(
        select(Interview.public_id, Answer.public_id, func.length(Answer.text))
        .join(Answer, Answer.interview_id == Interview.id)
        .where(Interview.state == State.TAGGED, func.length(Answer.text) > TIMES)
        .order_by(Answer.id)
        .limit(TIMES)
    )
    return [
        (f"/interviews/{interview}/answers/{answer}/tag", length)
        for interview, answer, length in rows
    ]


def _measured(db: Database, action: Callable[[], object], times: int) -> str:
    action()
    sent: list[Any] = []

    def note(*statement: Any) -> None:
        sent.append(statement[2])

    event.listen(db.engine, "before_cursor_execute", note)
    spent = time.process_time()
    waited = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        waited.append(1000 * (time.perf_counter() - began))
    spent = 1000 * (time.process_time() - spent) / times
    event.remove(db.engine, "before_cursor_execute", note)
    waited.sort()
    fastest = waited[times // 10]
    return (
        f"{fastest:11.1f}ms {statistics.median(waited):8.1f}ms {spent:8.1f}ms"
        f" {len(sent) / times:10.1f} "
    )


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.data


def _count(session: Session, table: type[Verbatim] | type[Tag]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


if __name__ == "__main__":
    main()
