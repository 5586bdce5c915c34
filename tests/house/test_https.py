"""The proxy of docs/https.md, as it stands there, in front of the running product."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import ROOT
from tests.house.running import free_port, running

_NAME = "because.example.com"
_PATIENCE_SECONDS = 20.0

# Its own authority signs the certificate, and nothing is installed on this machine.
_FOR_TESTS = (
    "{\n\tlocal_certs\n\tskip_install_trust\n\tadmin off\n\tauto_https disable_redirects\n}\n"
)


@dataclass(frozen=True)
class Secure:
    """The product seen through the proxy."""

    port: int
    trust: ssl.SSLContext

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
        connection = _ByName(_NAME, self.port, context=self.trust, timeout=10)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read().decode()


class _ByName(http.client.HTTPSConnection):
    """Connects to this machine, whatever the name says."""

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def _three_lines() -> str:
    found = re.search(r"```caddyfile\n(.*?)```", (ROOT / "docs/https.md").read_text(), re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) == 3
    return found[1]


@pytest.fixture
def secure(instance: Path, tmp_path: Path, database: dict[str, str]) -> Iterator[Secure]:
    caddy = shutil.which("caddy")
    if caddy is None:
        if os.environ.get("CI"):
            pytest.fail("Caddy is not installed (apt-get install caddy)")
        pytest.skip("Caddy is not installed (apt-get install caddy)")
    port = free_port()
    settings = {"PUBLIC_URL": f"https://{_NAME}:{port}", "TRUSTED_PROXIES": "1", **database}
    with running(instance, **settings) as product:
        product.wait_for_answer()
        lines = _three_lines().replace(_NAME, f"{_NAME}:{port}")
        lines = lines.replace("127.0.0.1:8000", f"127.0.0.1:{product.port}")
        config = tmp_path / "Caddyfile"
        config.write_text(_FOR_TESTS + lines)
        proxy = subprocess.Popen(
            [caddy, "run", "--config", str(config), "--adapter", "caddyfile"],
            env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            root = tmp_path / "caddy/pki/authorities/local/root.crt"
            yield Secure(port, _trust_once_made(root, port))
        finally:
            proxy.send_signal(signal.SIGTERM)
            proxy.wait(_PATIENCE_SECONDS)


def _trust_once_made(root: Path, port: int) -> ssl.SSLContext:
    """The proxy makes its authority, then its certificate, a moment after it starts."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if not root.exists():
            continue
        try:
            trust = ssl.create_default_context(cafile=str(root))
            Secure(port, trust).get("/health")
        except (OSError, ssl.SSLError):
            continue
        return trust
    raise AssertionError("the proxy did not answer")


def test_links_and_cookies_are_right_behind_the_proxy(secure: Secure):
    health, text = secure.get("/health")
    assert (health.status, text) == (200, "ok\n")
    assert health.headers["Strict-Transport-Security"]

    response, page = secure.get("/sign-in")
    assert response.status == 200
    assert "http://127.0.0.1" not in page
    cookies = response.headers.get_all("Set-Cookie", [])
    assert cookies, "the sign-in page sets the cookie that its form is checked against"
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_redirect_stays_on_https(secure: Secure):
    response, _ = secure.get("/people")
    assert response.status in (302, 303)
    assert response.headers["Location"].startswith(("/", f"https://{_NAME}:{secure.port}/"))
