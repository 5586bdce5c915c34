"""How fast the server saves an answer: `python -m benchmarks.save_answers`.

    DATABASE_URL=postgresql://postgres@localhost/empty .venv/bin/python -m benchmarks.save_answers

It needs an empty database, which it fills with a person and interviews. First the server's time
for one save in one process, with its form token, beside the processor time of that process and the
statements that it sends; then how many are saved a second by gunicorn with two workers, as their
pages send them.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from app import create_app
from app.core import migrations
from app.core.db import Database
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import choose_guide
from app.identity import operations as identity
from app.interviews.models import Scope
from config import ROOT, load_settings
from tests.factories import Factory
from tests.house.running import environment, free_port

TIMES = 400
WRITERS = 8
SECONDS = 8
QUESTION = "what_changed"
WORDS = "We had two offers on the table, and honestly the plan was to stay with spreadsheets. " * 6


class Desk:
    """One page at one interview of its own, signed in."""

    def __init__(self, cookie: str, token: str, interview: str) -> None:
        self.path = f"/interviews/{interview}/changes"
        self.headers = {"Cookie": cookie, "X-CSRFToken": token, "Accept": "application/json"}
        self.number, self.seen, self.page = 0, 0, str(uuid.uuid4())

    def body(self) -> dict[str, object]:
        change = {"id": str(uuid.uuid4()), "do": "answer", "question": QUESTION}
        change |= {"text": f"{WORDS}{self.number}", "base": self.number}
        about = {"seen": self.seen, "page": self.page, "here": QUESTION}
        return {"changes": [change], **about}

    def take(self, told: dict[str, object]) -> None:
        (result,) = told["results"].values()  # type: ignore[attr-defined]
        self.number, self.seen = result["number"], told["seen"]  # type: ignore[assignment]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        given = {"DATABASE_URL": os.environ.get("DATABASE_URL", "")}
        settings = load_settings({"BECAUSE_INSTANCE": folder, **given})
        app = create_app(settings)
        db: Database = app.extensions["because_database"]
        migrations.upgrade(db)
        desks = fill(app, db)
        one_by_one(app, db, desks[0])
        db.engine.dispose()
        together(Path(folder), settings.database_url, settings.secret_key, desks[1:])


def fill(app: Flask, db: Database) -> list[Desk]:
    with db.writing() as session:
        load_shipped(session, SHIPPED)
        make = Factory(session)
        make.workspace()
        user = make.user("interviewer")
        guide = choose_guide(session, "lost", 30)
        interviews = [
            make.interview(
                make.deal("lost"),
                "in_progress",
                interviewer=user,
                scope=Scope.NAME,
                guide_version=guide,
            ).public_id
            for _ in range(WRITERS + 1)
        ]
        token = identity.sign_in(session, user, device="benchmark", lasts=timedelta(hours=1))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    csrf = client.get("/session").json["token"]  # type: ignore[index]
    value = client.get_cookie("because")
    assert value is not None
    return [Desk(f"because={value.value}", csrf, interview) for interview in interviews]


def one_by_one(app: Flask, db: Database, desk: Desk) -> None:
    client = app.test_client(use_cookies=False)
    sent: list[object] = []
    event.listen(db.engine, "before_cursor_execute", lambda *statement: sent.append(statement))
    times = []
    spent = time.process_time()
    for _ in range(TIMES):
        body = desk.body()
        began = time.perf_counter()
        answer = client.post(desk.path, json=body, headers=desk.headers)
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, answer.text
        desk.take(answer.json)  # type: ignore[arg-type]
    spent = 1000 * (time.process_time() - spent) / TIMES
    times.sort()
    most = times[int(TIMES * 0.95)]
    print(f"one save: median {statistics.median(times):.1f} ms, 95 % in {most:.1f} ms")
    print(f"fastest tenth of them within {times[TIMES // 10]:.1f} ms")
    print(f"processor time of this process for one, the client's included: {spent:.1f} ms")
    print(f"statements for one: {len(sent) / TIMES:.1f}")
    print(f"others at work: {os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores")


def together(folder: Path, database_url: str, key: str, desks: list[Desk]) -> None:
    port = free_port()
    given = {"DATABASE_URL": database_url, "SECRET_KEY": key, "WEB_WORKERS": "2"}
    server = subprocess.Popen(
        [str(ROOT / "bin/run"), "--port", str(port)],
        env=environment(folder, **given),
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
    )
    try:
        wait_for(port)
        counts = [0] * len(desks)
        end = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=write, args=(port, desk, counts, index, end))
            for index, desk in enumerate(desks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(f"two workers, {len(desks)} writers: {sum(counts) / SECONDS:.0f} saves a second")
    finally:
        server.terminate()
        server.wait()


def write(port: int, desk: Desk, counts: list[int], index: int, end: float) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while time.monotonic() < end:
        body = json.dumps(desk.body())
        connection.request(
            "POST", desk.path, body, {**desk.headers, "Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        told = json.loads(answer.read())
        assert answer.status == 200, told
        desk.take(told)
        counts[index] += 1


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/health")
            connection.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


if __name__ == "__main__":
    main()
