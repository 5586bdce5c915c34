"""Requests to addresses that people type: the one way out to the web.

Whoever types an address must not reach what only this machine can reach. So a name is resolved
once, what it leads to is checked, and the connection goes to exactly that; each redirect is checked
anew. Answers are limited in size, and the whole exchange in time, however slowly it drips.
"""

from __future__ import annotations

import base64
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from httpcore import ConnectionPool, Response

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER = 303
_DEFAULT_PORTS = {"http": 80, "https": 443}
#: No single wait is longer, also where the whole may take longer.
_LONGEST_WAIT_SECONDS = 10.0
_WAITS = ("connect", "read", "write", "pool")
#: Where clouds tell a machine its own secrets, outside the ranges that are private anyway.
_METADATA = (
    ip_network("169.254.0.0/16"),
    ip_network("fe80::/10"),
    ip_network("fd00:ec2::254/128"),
    ip_network("168.63.129.16/32"),
    ip_network("100.100.100.200/32"),
)
#: IPv6 addresses that end in one of IPv4.
_TRANSLATED = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")


class OutsideTrouble(Exception):
    """There is no answer to use; the message is for the person who typed the address."""


class BadAddress(OutsideTrouble):
    """It is none that may be asked: not of the web, or inside this network."""


class Unreachable(OutsideTrouble):
    """Nobody answers there, or not in the language of the web."""


class TooMuch(OutsideTrouble):
    """The answer is larger, slower or more roundabout than allowed."""


@dataclass(frozen=True)
class Limits:
    """`seconds` is for everything together, redirects among it."""

    megabytes: int = 10
    seconds: float = 20
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What came back, and from where after all redirects. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    address: str


@dataclass(frozen=True)
class Asker:
    """How the outside is asked. `allow_private` lets through to this network (OUTSIDE_PRIVATE)."""

    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)

    def ask(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        login: tuple[str, str] | None = None,
    ) -> Answer:
        """Send one request and follow its redirects. Raises OutsideTrouble.

        `login` goes to the server of the address alone, not to another one that it redirects to.
        """
        first = _origin(address)
        deadline = _Deadline(self.limits.seconds)
        for _ in range(self.limits.redirects + 1):
            sent = dict(headers or {})
            if login is not None and _origin(address) == first:
                sent["Authorization"] = _basic(*login)
            answer = self._ask_once(method, address, sent, content, deadline)
            to = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not to:
                return answer
            if answer.status == _SEE_OTHER:
                method, content = "GET", b""
            address = _led_on(address, to)
        raise TooMuch(f"The address leads on more than {self.limits.redirects} times.")

    def _ask_once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        content: bytes,
        deadline: _Deadline,
    ) -> Answer:
        import httpcore

        _check(address)
        sent = {
            "Host": _host_header(address),
            "User-Agent": "Because",
            # What comes packed could grow without end.
            "Accept-Encoding": "identity",
            **headers,
        }
        if content or method not in ("GET", "HEAD", "DELETE"):
            sent["Content-Length"] = str(len(content))
        try:
            with (
                _pool(deadline, self.allow_private) as pool,
                pool.stream(
                    method,
                    _in_ascii(address),
                    headers=list(sent.items()),
                    content=content or None,
                    extensions={"timeout": dict.fromkeys(_WAITS, _LONGEST_WAIT_SECONDS)},
                ) as response,
            ):
                return self._read(response, address)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise TooMuch(f"{_host(address)} takes too long to answer.") from error
        except ssl.SSLError as error:
            raise _untrusted(address, error) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            if isinstance(error.__context__, ssl.SSLError):
                raise _untrusted(address, error.__context__) from error
            raise _no_answer(address) from error
        except (OSError, httpcore.UnsupportedProtocol) as error:
            raise _no_answer(address) from error

    def _read(self, response: Response, address: str) -> Answer:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise Unreachable(f"{_host(address)} answers in a packed form that was not asked for.")
        most = self.limits.megabytes << 20
        parts, size = [], 0
        for part in response.iter_stream():
            size += len(part)
            if size > most:
                raise TooMuch(
                    f"{_host(address)} answers with more than {self.limits.megabytes} MB."
                )
            parts.append(part)
        return Answer(response.status, headers, b"".join(parts), address)


class _Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def wait(self, wished: float | None) -> float:
        """How long the next wait may be. Raises TimeoutError when all time is used."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, wished or _LONGEST_WAIT_SECONDS)


def is_inside(address: str) -> bool:
    """Whether it is an address of this machine or network, in whatever wrapping."""
    found = _unwrapped(address)
    return not found.is_global or found.is_multicast or _is_metadata(found)


def is_never_asked(address: str) -> bool:
    """Whether it is not asked even where private addresses are allowed."""
    found = _unwrapped(address)
    return found.is_multicast or found.is_unspecified or _is_metadata(found)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name leads to now. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host} is no name") from error
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def _unwrapped(address: str) -> IPv4Address | IPv6Address:
    """An IPv4 address that an IPv6 address carries counts as that."""
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return found
    if found in _TRANSLATED or (found in _COMPATIBLE and int(found) > 1):
        return IPv4Address(int(found) & 0xFFFFFFFF)
    if found.teredo is not None:
        return found.teredo[1]
    return found.ipv4_mapped or found.sixtofour or found


def _is_metadata(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _METADATA)


def _pool(deadline: _Deadline, allow_private: bool) -> ConnectionPool:
    """A pool whose connections go to what was checked, and end in time."""
    # Loaded with the first request: a start need not wait for it.
    import httpcore

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, deadline.wait(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, deadline.wait(timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self,
            ssl_context: ssl.SSLContext,
            server_hostname: str | None = None,
            timeout: float | None = None,
        ) -> httpcore.NetworkStream:
            wait = deadline.wait(timeout)
            return Stream(self._inner.start_tls(ssl_context, server_hostname, wait))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            trouble: Exception = OSError(f"{host} has no address")
            for place in _permitted(host, resolve(host, port), allow_private):
                try:
                    wait = deadline.wait(timeout)
                    return Stream(httpcore.SyncBackend().connect_tcp(place, port, wait))
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    trouble = error
            raise trouble

    return httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), max_connections=1, network_backend=Backend()
    )


def _permitted(host: str, places: list[str], allow_private: bool) -> list[str]:
    refused = is_never_asked if allow_private else is_inside
    permitted = [place for place in places if not refused(place)]
    if places and not permitted:
        raise BadAddress(
            f"{host} is inside this network, where addresses may not lead. "
            "Whoever runs Because can allow it (OUTSIDE_PRIVATE)."
        )
    return permitted


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadAddress("This is no address of the web.") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or port == 0:
        raise BadAddress("This is no address of the web: one begins with https://.")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("Leave name and password out of the address.")


def _led_on(address: str, to: str) -> str:
    """Where a redirect leads. Raises BadAddress where it would give up encryption."""
    found = urljoin(address, to)
    if address.startswith("https:") and found.startswith("http:"):
        raise BadAddress("The address leads on to one without encryption.")
    return found


def _origin(address: str) -> tuple[str, str, int | None]:
    _check(address)
    parts = urlsplit(address)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


def _host(address: str) -> str:
    return urlsplit(address).hostname or "The address"


def _in_ascii(address: str) -> str:
    """As it goes over the wire: names of other scripts in their ASCII form."""
    parts = urlsplit(address)
    where = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme}://{_host_header(address)}{where}" + (f"?{query}" if query else "")


def _host_header(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except UnicodeError as error:
        raise BadAddress("This is no address of the web.") from error
    is_default = parts.port is None or parts.port == _DEFAULT_PORTS[parts.scheme]
    return host if is_default else f"{host}:{parts.port}"


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def _no_answer(address: str) -> Unreachable:
    return Unreachable(f"{_host(address)} does not answer. Is the address right?")


def _untrusted(address: str, error: ssl.SSLError) -> Unreachable:
    why = getattr(error, "verify_message", "") or error.reason or "no secure connection"
    return Unreachable(f"{_host(address)} cannot prove that it is {_host(address)} ({why}).")
