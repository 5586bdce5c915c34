"""Starts the product the way a person does, in a folder of its own, and stops it again."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from config import ROOT, SETTINGS

_PATIENCE_SECONDS = 120.0
_PR_SET_PDEATHSIG = 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(instance: Path, **settings: str) -> dict[str, str]:
    """This process's environment, with these settings and no others."""
    ours = {setting.name for setting in SETTINGS}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "BECAUSE_INSTANCE": str(instance), **settings}


def die_with_parent(number: signal.Signals) -> None:
    """A test that is killed leaves nothing running: its children are sent this then (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


@dataclass
class Running:
    """A `bin/run` under way; its output goes into files, so that no full pipe blocks it."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.status, answer.read().decode()

    def wait_for_answer(self, patience: float = _PATIENCE_SECONDS) -> float:
        """Seconds until it first answered."""
        began = time.monotonic()
        while time.monotonic() < began + patience:
            if self.process.poll() is not None:
                raise AssertionError(f"it ended: {self.said()}")
            try:
                self.get("/health")
            except OSError:  # not there yet, or too busy to answer in time
                time.sleep(0.02)
            else:
                return time.monotonic() - began
        raise AssertionError(f"it did not answer: {self.said()}")

    def parts(self) -> list[int]:
        """The ids of every process under this one."""
        return _descendants(self.process.pid)

    def end(self, number: signal.Signals) -> int:
        """Send the signal and wait; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE_SECONDS)


@contextmanager
def running(instance: Path, *arguments: str, **settings: str) -> Iterator[Running]:
    """`bin/run` on a free port; stopped at the end if it still runs."""
    port = free_port()
    output = instance.with_name(f"{instance.name}-{port}.out")
    with output.open("wb") as file:
        process = subprocess.Popen(
            [str(ROOT / "bin/run"), "--port", str(port), *arguments],
            env=environment(instance, **settings),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),
        )
    try:
        yield Running(process, port, output)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)


def because(instance: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One `bin/because`, without a terminal."""
    return subprocess.run(
        [str(ROOT / "bin/because"), *arguments],
        env=environment(instance, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(processes: list[int]) -> list[int]:
    """The processes that are still there when patience ends; none, if all is well."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    left = processes
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [process for process in left if is_alive(process)]
    return left


def _descendants(process: int) -> list[int]:
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listing.splitlines())}
    found = [process]
    for parent in found:
        found.extend(pid for pid, of in parents.items() if of == parent)
    return found[1:]
