"""Files for browsers, at addresses that change with their content: kept by a browser for good, and
never one version's script with another's."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from flask import Flask, Response, send_from_directory

from app.core.access import public

STATIC = Path(__file__).parent.parent / "static"
_YEAR = 365 * 24 * 3600
_IMPORT = re.compile(r"(?:from|import)\s*\(?\s*\"(\.{1,2}/[^\"]+)\"")


def init_app(app: Flask) -> None:
    version = _version()

    @public("Files that are the same for everybody.")
    def static(version: str, filename: str) -> Response:
        response = send_from_directory(STATIC, filename, max_age=_YEAR)
        if version == app.extensions["because_assets"]:
            response.cache_control.immutable = True
        else:
            # A page of another version asks: what it gets must not be kept as that version's.
            response.cache_control.max_age = None
            response.cache_control.no_store = True
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", version)

    app.extensions["because_assets"] = version
    app.add_url_rule("/static/<version>/<path:filename>", "static", static)
    app.url_defaults(add_version)
    app.jinja_env.globals["modules_behind"] = modules_behind


@cache
def modules_behind(script: str) -> frozenset[str]:
    """The script and every module that it imports, directly or not, as names below static/."""
    found: set[str] = set()
    waiting = [script]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for imported in _IMPORT.findall((STATIC / name).read_text()):
            path = (STATIC / PurePosixPath(name).parent / imported).resolve()
            waiting.append(path.relative_to(STATIC.resolve()).as_posix())
    return frozenset(found)


def _version() -> str:
    """Of everything but the fonts, which their lock file stands for."""
    digest = hashlib.sha256((STATIC / "vendor/vendor.lock.json").read_bytes())
    for path in sorted([*STATIC.glob("*.svg"), *STATIC.glob("css/*.css"), *STATIC.rglob("*.js")]):
        digest.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
