"""A real CalDAV server, Radicale, on a free port; any user, one password."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.house.running import free_port

PASSWORD = "sésame"
_SERVER = shutil.which("radicale")
_SETTINGS = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[logging]
level = error
"""
_MAKE = """<?xml version="1.0" encoding="utf-8"?>
<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>
<d:displayname>{name}</d:displayname>
<c:supported-calendar-component-set><c:comp name="{kind}"/></c:supported-calendar-component-set>
</d:prop></d:set></c:mkcalendar>"""


@dataclass
class CaldavServer:
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def make_calendar(self, user: str, name: str = "Work", kind: str = "VEVENT") -> str:
        """Returns its address."""
        path = f"/{user}/{name.lower()}/"
        assert self.ask("MKCALENDAR", path, user, _MAKE.format(name=name, kind=kind)) == 201
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, calendar: str, name: str, ics: str, user: str) -> None:
        path = f"{calendar.removeprefix(self.address[:-1])}{name}.ics"
        assert self.ask("PUT", path, user, ics, "text/calendar") == 201

    def events(self, calendar: str, user: str) -> list[str]:
        """All that is in it, as text."""
        path = calendar.removeprefix(self.address[:-1])
        return self.read("GET", path, user).replace("\r\n ", "").split("BEGIN:VEVENT")[1:]

    def ask(
        self, method: str, path: str, user: str, content: str = "", kind: str = "text/xml"
    ) -> int:
        return self._ask(method, path, user, content, kind)[0]

    def read(self, method: str, path: str, user: str) -> str:
        return self._ask(method, path, user, "", "text/xml")[1]

    def _ask(self, method: str, path: str, user: str, content: str, kind: str) -> tuple[int, str]:
        login = base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request(
            method,
            path,
            content.encode(),
            {"Authorization": f"Basic {login}", "Content-Type": kind},
        )
        answer: HTTPResponse = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@contextmanager
def open_radicale(*users: str) -> Iterator[CaldavServer]:
    """Skips where there is none."""
    if _SERVER is None:
        pytest.skip("needs Radicale (apt-get install radicale)")
    folder = Path(tempfile.mkdtemp(prefix="radicale"))
    port = free_port()
    (folder / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in users))
    (folder / "settings").write_text(_SETTINGS.format(port=port, folder=folder))
    process = subprocess.Popen([_SERVER, "--config", str(folder / "settings")])
    try:
        _wait_for(port, process)
        yield CaldavServer(port)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/.web/")
            connection.getresponse().read()
        except OSError:
            assert process.poll() is None, "Radicale ended"
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError("Radicale does not answer")
