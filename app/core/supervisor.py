"""Runs the processes that make the product side by side: all of them, or none.

Each is a forked copy of this process, so the app is imported once and shares its memory. When one
ends by itself the others are ended too, for half a product only looks like a working one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

import click

GRACE_SECONDS = 20


@dataclass(frozen=True)
class Part:
    """One of the processes that make the product; `run` returns when it was told to stop."""

    name: str
    run: Callable[[], None]


def run_together(parts: Sequence[Part]) -> bool:
    """Run the parts until SIGINT or SIGTERM; True if they ended because they were asked to."""
    return _Supervisor().run(parts)


class _Supervisor:
    def __init__(self) -> None:
        self._running: dict[int, str] = {}
        self._stopping = False
        # Never written to: it closes when this process ends, however it ends, and the parts see it.
        self._lifeline_read, self._lifeline_write = os.pipe()

    def run(self, parts: Sequence[Part]) -> bool:
        for part in parts:
            self._running[self._start(part)] = part.name
        signal.signal(signal.SIGINT, self._asked_to_stop)
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGALRM, self._out_of_patience)
        as_asked = True
        while self._running:
            process, status = os.wait()
            name = self._running.pop(process, None)
            if name is None or self._stopping:
                continue
            as_asked = False
            click.echo(
                f"The {name} ended by itself ({_how(status)}); stopping everything.", err=True
            )
            self._stop()
        return as_asked

    def _start(self, part: Part) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            # Ctrl-C goes to a terminal's whole process group; only the supervisor is to hear it.
            os.setpgid(0, 0)
            os.close(self._lifeline_write)
            threading.Thread(target=self._end_with_the_supervisor, daemon=True).start()
            part.run()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _end_with_the_supervisor(self) -> None:
        os.read(self._lifeline_read, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self._stopping:
            self._signal_all(signal.SIGKILL)
        else:
            self._stop()

    def _out_of_patience(self, _signal: int, _frame: FrameType | None) -> None:
        self._signal_all(signal.SIGKILL)

    def _stop(self) -> None:
        self._stopping = True
        self._signal_all(signal.SIGTERM)
        signal.alarm(GRACE_SECONDS)

    def _signal_all(self, number: signal.Signals) -> None:
        for process in list(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"exit code {code}" if code >= 0 else f"signal {-code}"
