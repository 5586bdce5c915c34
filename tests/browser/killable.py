"""The real web server, to be killed and started within a moment: its app is imported once, and each
start is a fork."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from config import ROOT
from tests.house.running import die_with_parent, environment, free_port

_PATIENCE_SECONDS = 60


class Killable:
    """A web server that can be killed at any moment, as by a power cut."""

    def __init__(self, parent: subprocess.Popen[str], port: int) -> None:
        self._parent, self.port = parent, port
        self._server: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_up(self) -> bool:
        return self._server is not None

    def start(self) -> None:
        if self._server is not None:
            return
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write("start\n")
        self._parent.stdin.flush()
        self._server = int(self._parent.stdout.readline())
        self._wait_until_it_answers()

    def kill(self) -> None:
        if self._server is None:
            return
        os.killpg(self._server, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:  # until the last of it is gone, and with it its hold on the port
                os.killpg(self._server, 0)
                time.sleep(0.005)
        self._server = None

    def _wait_until_it_answers(self) -> None:
        for _ in range(_PATIENCE_SECONDS * 50):
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url}/health", timeout=5)
                return
            time.sleep(0.02)
        raise AssertionError("the server does not answer")


@contextmanager
def killable(instance: Path, **settings: str) -> Iterator[Killable]:
    port = free_port()
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.killable", str(port)],
        cwd=ROOT,
        env=environment(instance, **settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=partial(die_with_parent, signal.SIGKILL),
    )
    server = Killable(parent, port)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        parent.kill()
        parent.wait()


def _serve_when_told(port: int) -> None:
    from app import create_app
    from app.core.servers import run_web
    from config import load_settings

    app = create_app(load_settings())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        process = os.fork()
        if process:
            sys.stdout.write(f"{process}\n")
            sys.stdout.flush()
            continue
        die_with_parent(signal.SIGKILL)
        os.setpgid(0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
        run_web(app, "127.0.0.1", port, workers=1, threads=8, ready=lambda: None)
        os._exit(0)


if __name__ == "__main__":
    _serve_when_told(int(sys.argv[1]))
