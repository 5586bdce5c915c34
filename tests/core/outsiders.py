"""A real web server that behaves as badly as those outside; each path is one way to do so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

MEGABYTE = b"x" * (1 << 20)
LOGIN_PAGE = b"<!doctype html><title>Sign in</title><form><input type=password></form>"
#: Between two drops of an answer that drips.
_DRIP_SECONDS = 0.02


class Outsider:
    """The server: where it is, and what it was asked."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.port = server.server_port
        self.closed = threading.Event()

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    outsider: Outsider

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.outsider.asked.append((self.command, self.path, headers))
        self.rfile.read(int(headers.get("content-length", 0)))
        mood, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"be_{mood}", self.be_plain)(unquote(rest))

    do_GET = do_PUT = do_PROPFIND = _answer  # noqa: N815  # the library's names

    def be_plain(self, _rest: str) -> None:
        self._send(200, b"hello")

    def be_huge(self, _rest: str) -> None:
        self._head(200, 50 << 20)
        self._pour(50)

    def be_endless(self, _rest: str) -> None:
        self._head(200, None)
        self._pour(10_000)

    def be_packed(self, _rest: str) -> None:
        self._send(200, b"hello", **{"Content-Encoding": "gzip"})

    def be_login(self, _rest: str) -> None:
        self._send(200, LOGIN_PAGE, **{"Content-Type": "text/html; charset=utf-8"})

    def be_garbage(self, _rest: str) -> None:
        self.wfile.write(b"\x00\x17not the language of the web at all\r\n\r\n")

    def be_dripping(self, _rest: str) -> None:
        self._head(200, 10_000)
        self._drip()

    def be_dripping_head(self, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip()

    def be_leading(self, to: str) -> None:
        self._send(302, b"", Location=to)

    def be_elsewhere(self, to: str) -> None:
        self._send(307, b"", Location=to)

    def be_circling(self, _rest: str) -> None:
        self._send(302, b"", Location=self.path)

    def _head(self, status: int, size: int | None, **headers: str) -> None:
        self.send_response(status)
        if size is not None:
            self.send_header("Content-Length", str(size))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self._head(status, len(content), **headers)
        self.wfile.write(content)

    def _pour(self, megabytes: int) -> None:
        for _ in range(megabytes):
            self.wfile.write(MEGABYTE)

    def _drip(self) -> None:
        while not self.outsider.closed.wait(_DRIP_SECONDS):
            self.wfile.write(b"x")

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # whoever asked has hung up, as they should
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def open_outsider() -> Iterator[Outsider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    outsider = Outsider(server)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"outsider": outsider})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield outsider
    finally:
        outsider.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()
