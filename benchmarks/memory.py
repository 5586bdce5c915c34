"""How much memory the web process uses: at the start, and after every page was opened once.

    python -m benchmarks.memory

It serves a demo workspace of its own in a temporary folder. Linux only: the resident set, from
/proc.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"BECAUSE_INSTANCE": folder}
        at_start, afterwards, pages = _serve_and_open(environment)
    print(f"web process at the start: {at_start:.0f} MB (at most 130)")
    print(f"after {pages} pages were opened: {afterwards:.0f} MB (at most 240)")


def _serve_and_open(environment: dict[str, str]) -> tuple[float, float, int]:
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(f"{base}/health")
        at_start = _web_megabytes(server.pid)
        pages = _open_everything(base)
        return at_start, _web_megabytes(server.pid), pages
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _open_everything(base: str) -> int:
    """Sign in and follow every link within the site once, to two steps from each page of the
    menu."""
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    page = opener.open(f"{base}/sign-in").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    data = urllib.parse.urlencode({"csrf_token": token[1]}).encode()
    front = opener.open(f"{base}/sign-in/as/programme_manager", data).read().decode()
    seen: set[str] = set()
    waiting = _links(front)
    for depth in range(3):
        found: set[str] = set()
        for path in sorted(waiting - seen)[: 80 if depth else None]:
            seen.add(path)
            try:
                found |= _links(opener.open(base + path).read().decode(errors="replace"))
            except urllib.error.HTTPError:
                continue
        waiting = found
    return len(seen)


def _links(page: str) -> set[str]:
    found = re.findall(r'href="(/[^"#]*)"', page)
    return {link.replace("&amp;", "&") for link in found if not link.startswith("/static")}


def _web_megabytes(parent: int) -> float:
    """The largest resident set among the processes below the supervisor that serve the web."""
    sizes = []
    for pid in _descendants(parent):
        status = Path(f"/proc/{pid}/status").read_text()
        resident = re.search(r"VmRSS:\s+(\d+) kB", status)
        if resident:
            sizes.append(int(resident[1]) / 1024)
    return max(sizes)


def _descendants(parent: int) -> list[int]:
    children = [int(pid) for pid in _read(f"/proc/{parent}/task/{parent}/children").split()]
    return [pid for child in children for pid in [child, *_descendants(child)]]


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except FileNotFoundError:
        return ""


def _wait_for(address: str) -> None:
    for _ in range(6000):
        try:
            urllib.request.urlopen(address)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError(address)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main()
