"""The product in the test's own process, so that a test can let weeks go by: a real web server, and
the worker's jobs done by hand at whatever time it is."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app.core import clock
from app.core.access import SYSTEM
from app.core.db import Database
from app.core.jobs import Queue
from app.identity import operations as identity
from app.identity.models import Role, User
from tests.factories import PASSWORD
from tests.worker import work

ADA = "ada@halden.example"


class _Quiet(WSGIRequestHandler):
    """A failed test is not told of every file that was fetched."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # its own name
        pass


@dataclass
class House:
    app: Flask
    db: Database
    url: str
    now: datetime

    def at_its_time(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The application, by the house's clock: every request has a thread of its own."""
        with clock.frozen(self.now):
            return self.app(environ, start_response)

    def wait_until(self, moment: datetime) -> None:
        """Let the time go by; then everything is done that is done regularly, or is due."""
        self.now = moment
        queue: Queue = self.app.extensions["because_queue"]
        with clock.frozen(moment):
            queue.plan_regular(self.db)
            work(self.app, self.db)

    def work(self) -> None:
        """What was asked for just now is done."""
        with clock.frozen(self.now):
            work(self.app, self.db)


def add_ada(session: Session, role: Role = Role.PROGRAMME_MANAGER, **values: str) -> User:
    """Ada Ling of Halden."""
    return identity.add_user(
        session, SYSTEM, email=ADA, name="Ada Ling", role=role, password=PASSWORD, **values
    )


@contextmanager
def open_house(app: Flask, db: Database, port: int, now: datetime) -> Iterator[House]:
    """The house at this port of the machine, at this time."""
    house = House(app, db, f"http://127.0.0.1:{port}", now)
    server = make_server(
        "127.0.0.1", port, house.at_its_time, threaded=True, request_handler=_Quiet
    )
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield house
    finally:
        server.shutdown()
        serving.join()
