"""Links that leave the site: in a message, on a phone, on a terminal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from app.core.edge import settings


def outside_link(endpoint: str, **values: Any) -> str:
    """The page's address with PUBLIC_URL in front. Needs a request, be it a test request."""
    return settings().public_url + url_for(endpoint, **values)


def local_path(address: str | None) -> str | None:
    """The address, if it is a path on this site and nothing that a browser takes for another."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return None
    if "\\" in address or any(character < " " or character == "\x7f" for character in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
