"""What is served: the web server, and the worker that does what takes longer than a page may."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from app.core.db import Database
from app.core.jobs import Queue
from app.core.supervisor import GRACE_SECONDS

log = structlog.get_logger()

_FINISH_SECONDS = GRACE_SECONDS // 2
_SWEEP_SECONDS = 10
_LONGEST_WAIT_FOR_A_JOB = 0.5


def at_port(host: str, port: int) -> str:
    """host:port as it stands in an address, an IPv6 host in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def port_is_free(host: str, port: int) -> bool:
    """Whether we could listen there; asked first, for a message that names the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class _WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def run_web(
    app: Flask, host: str, port: int, *, workers: int, threads: int, ready: Callable[[], None]
) -> None:
    """Answer requests until SIGTERM; `ready` is called once, when the port is open."""
    options = {
        "bind": at_port(host, port),
        "worker_class": "gthread",
        "workers": workers,
        "threads": threads,
        "preload_app": True,
        "graceful_timeout": _FINISH_SECONDS,
        "keepalive": 15,
        "loglevel": "warning",
        # TRUSTED_PROXIES alone decides whose X-Forwarded headers count.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        # It would write into the home folder; all we write lies in the instance folder.
        "control_socket_disable": True,
        "when_ready": lambda _server: ready(),
    }
    # What was loaded up to here stays, and is shared by the workers: the collector, which would
    # stop a request for a tenth of a second to look at it, leaves it alone.
    gc.collect()
    gc.freeze()
    _WebServer(app, options).run()


def run_worker(db: Database, queue: Queue) -> None:
    """Do jobs until SIGTERM; a job under way is finished first."""
    consumer = queue.huey.create_consumer(
        workers=2,
        periodic=False,
        max_delay=_LONGEST_WAIT_FOR_A_JOB,
        graceful_signal="TERM",
        shutdown_timeout=_FINISH_SECONDS,
    )
    threading.Thread(target=_sweep_for_ever, args=(db, queue), daemon=True).start()
    consumer.run()


def _sweep_for_ever(db: Database, queue: Queue) -> None:
    while True:
        try:
            queue.plan_regular(db)
            queue.sweep(db)
        except Exception:
            # A database that restarts must not leave a worker that never sweeps again.
            log.exception("the sweep for lost jobs failed")
        time.sleep(_SWEEP_SECONDS)
