"""Addresses that people type are asked with limits, and never inside this network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from app.core import outside
from app.core.outside import (
    Asker,
    BadAddress,
    Limits,
    OutsideTrouble,
    TooMuch,
    Unreachable,
    is_inside,
    is_never_asked,
)
from tests.core.outsiders import LOGIN_PAGE, Outsider, open_outsider
from tests.house.running import free_port

WITHIN = Asker(allow_private=True)
IMPATIENT = Asker(allow_private=True, limits=Limits(seconds=0.3))
STRICT = Asker()


@pytest.fixture(scope="module")
def server() -> Iterator[Outsider]:
    with open_outsider() as opened:
        yield opened


@pytest.fixture
def outsider(server: Outsider) -> Outsider:
    server.asked.clear()
    return server


@pytest.fixture
def counts_as_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's server passes for one outside; every other address of this machine does not."""
    inside = outside.is_inside
    monkeypatch.setattr(outside, "is_inside", lambda at: at != "127.0.0.1" and inside(at))


def test_an_answer_comes_with_its_headers_and_its_address(outsider: Outsider):
    answer = WITHIN.ask("GET", outsider.at("/login"))
    assert (answer.status, answer.content) == (200, LOGIN_PAGE)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.address == outsider.at("/login")


def test_fifty_megabytes_are_not_taken(outsider: Outsider):
    with pytest.raises(TooMuch, match="more than 10 MB"):
        WITHIN.ask("GET", outsider.at("/huge"))
    with pytest.raises(TooMuch, match="more than 1 MB"):
        Asker(allow_private=True, limits=Limits(megabytes=1)).ask("GET", outsider.at("/endless"))


def test_what_comes_packed_is_not_unpacked(outsider: Outsider):
    with pytest.raises(Unreachable, match="packed"):
        WITHIN.ask("GET", outsider.at("/packed"))
    assert outsider.asked[0][2]["accept-encoding"] == "identity"


def test_garbage_is_no_answer(outsider: Outsider):
    with pytest.raises(Unreachable, match="does not answer"):
        WITHIN.ask("GET", outsider.at("/garbage"))


def test_nobody_there():
    with pytest.raises(Unreachable, match="does not answer"):
        WITHIN.ask("GET", f"http://127.0.0.1:{free_port()}/")


@pytest.mark.parametrize("path", ["/dripping", "/dripping_head"])
def test_an_answer_that_drips_ends_with_the_time_for_all_of_it(outsider: Outsider, path: str):
    with pytest.raises(TooMuch, match="too long"):
        IMPATIENT.ask("GET", outsider.at(path))


def test_a_redirect_is_followed(outsider: Outsider):
    assert WITHIN.ask("GET", outsider.at("/leading//plain")).content == b"hello"
    moved = WITHIN.ask("PROPFIND", outsider.at("/elsewhere//plain"), content=b"<x/>")
    assert moved.address == outsider.at("/plain")
    assert [method for method, _, _ in outsider.asked[-2:]] == ["PROPFIND", "PROPFIND"]


def test_a_circle_of_redirects_ends(outsider: Outsider):
    with pytest.raises(TooMuch, match="more than 5 times"):
        WITHIN.ask("GET", outsider.at("/circling"))
    assert len(outsider.asked) == 6


@pytest.mark.usefixtures("counts_as_outside")
@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:{port}/secret",
        "http://[::ffff:127.0.0.2]:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://0.0.0.0:{port}/secret",
        "http://0x7f000002:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_a_redirect_never_leads_inside(outsider: Outsider, to: str):
    to = to.format(port=outsider.port)
    with pytest.raises(BadAddress):
        STRICT.ask("GET", outsider.at(f"/leading/{quote(to, safe='')}"))
    assert len(outsider.asked) == 1


@pytest.mark.usefixtures("counts_as_outside")
def test_a_password_goes_to_the_server_of_the_address_alone(outsider: Outsider):
    with open_outsider() as other:
        away = quote(other.at("/plain"), safe="")
        STRICT.ask("GET", outsider.at(f"/leading/{away}"), login=("ada", "s3cret"))
        assert "authorization" in outsider.asked[0][2]
        assert "authorization" not in other.asked[0][2]
        outsider.asked.clear()
        STRICT.ask("GET", outsider.at("/leading//plain"), login=("ada", "s3cret"))
        assert all("authorization" in headers for _, _, headers in outsider.asked)


def test_a_private_address_is_refused_unless_the_setting_allows_it(outsider: Outsider):
    with pytest.raises(BadAddress, match="inside this network"):
        STRICT.ask("GET", outsider.at("/plain"))
    with pytest.raises(BadAddress, match="inside this network"):
        STRICT.ask("GET", outsider.at("/plain", host="localhost"))
    assert outsider.asked == []
    assert WITHIN.ask("GET", outsider.at("/plain")).status == 200


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "168.63.129.16",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_inside_in_whatever_wrapping(address: str):
    assert is_inside(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_outside(address: str):
    assert not is_inside(address)


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "0.0.0.0", "::"])
def test_what_is_not_asked_even_where_private_addresses_are_allowed(address: str):
    assert is_never_asked(address)
    assert not is_never_asked("10.0.0.1")


def test_a_name_that_changes_its_mind_is_held_to_what_was_checked(monkeypatch: pytest.MonkeyPatch):
    answers = iter(["93.184.216.34", "127.0.0.1"])
    connected: list[Any] = []

    def names(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connects(place: Any, *_: Any, **__: Any) -> socket.socket:
        connected.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", connects)
    with pytest.raises(Unreachable):
        STRICT.ask("GET", "http://rebinding.example/")
    assert connected == [("93.184.216.34", 80)]
    with pytest.raises(BadAddress):
        STRICT.ask("GET", "http://rebinding.example/")
    assert len(connected) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "calendar.example.com",
        "ftp://example.com/a.ics",
        "https://",
        "https://user:password@example.com/",
        "http://[::1",
        "https://example.com:99999/",
        "https://a..b/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_the_web_is_said_to_be_none(address: str):
    with pytest.raises(BadAddress):
        STRICT.ask("GET", address)


def test_encryption_is_not_given_up_on_the_way():
    with pytest.raises(BadAddress, match="without encryption"):
        outside._led_on("https://example.com/a", "http://example.com/a")


def test_every_trouble_is_a_plain_message(outsider: Outsider):
    for path in ("/garbage", "/circling", "/huge"):
        with pytest.raises(OutsideTrouble) as trouble:
            WITHIN.ask("GET", outsider.at(path))
        assert "httpcore" not in str(trouble.value)
        assert str(trouble.value).endswith((".", "?"))
