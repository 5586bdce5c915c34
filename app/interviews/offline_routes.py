"""The capture page without a connection: its empty shell, and the script that keeps it on a device.

Neither holds a word of any interview; words lie in the browser's database of whoever typed them.
"""

from __future__ import annotations

import hashlib
import json
import re

from flask import Response, current_app, render_template, url_for

from app.core.access import public
from app.core.assets import STATIC, modules_behind
from app.interviews.routes import blueprint

#: What western text needs; other scripts use the device's own fonts until there is a connection.
_FONTS = ("inter-latin-wght-normal", "source-serif-4-latin-wght-normal")
_LINKED = re.compile(r"(?:href|src)=\"(/static/[^\"]+)\"")


@blueprint.get("/capture-shell")
@public("A page without any words; the browser fills it from its own store.")
def capture_shell() -> str:
    return render_template("interviews/capture_shell.html", is_shell=True)


@blueprint.get("/capture-worker.js")
@public("A script that is the same for everybody.")
def capture_worker() -> Response:
    """It changes with everything it keeps, so that browsers fetch a new version by themselves."""
    shell = capture_shell()
    files = _files(shell)
    version = f"{current_app.extensions['because_assets']}-{_digest(shell)}"
    constants = {
        "VERSION": version,
        "SHELL": url_for("interviews.capture_shell"),
        "FILES": files,
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    script = "\n".join([*lines, (STATIC / "js/capture_worker.js").read_text()])
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def _files(shell: str) -> list[str]:
    """Everything that the shell needs to be shown and to run."""
    linked = set(_LINKED.findall(shell))
    scripts = {path.split("/", 3)[3] for path in linked if path.endswith(".js")}
    modules = {name for script in scripts for name in modules_behind(script)}
    fonts = {f"vendor/fonts/{font}.woff2" for font in _FONTS}
    return sorted(linked | {url_for("static", filename=name) for name in modules | fonts})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
