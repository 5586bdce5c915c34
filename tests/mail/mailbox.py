"""A real IMAP server on a free port, with mailboxes that take any name and one password."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.house.running import free_port

PASSWORD = "sesame/ä+1"
_SERVER = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass
class ImapServer:
    port: int

    def url(self, user: str, password: str = PASSWORD, folder: str = "") -> str:
        return f"imap://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{folder}"

    def receives(self, user: str, *messages: bytes) -> None:
        with self.opened(user) as server:
            for message in messages:
                server.append("INBOX", "", "", message)

    @contextmanager
    def opened(self, user: str) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as server:
            server.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
            yield server


@contextmanager
def open_imap_server() -> Iterator[ImapServer]:
    """Skips where there is no Dovecot, or no right to start it."""
    if _SERVER is None or os.geteuid() != 0:
        pytest.skip("needs Dovecot (apt-get install dovecot-imapd), and root to start it")
    # A short path: the server's sockets lie in it, and their names have a limit.
    folder = Path(tempfile.mkdtemp(prefix="imap", dir="/tmp"))
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    port = free_port()
    settings = folder / "dovecot.conf"
    settings.write_text(
        _SETTINGS.format(
            folder=folder,
            password=PASSWORD,
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            port=port,
        )
    )
    process = subprocess.Popen([_SERVER, "-F", "-c", settings])
    try:
        _wait_for(port, process, folder / "log")
        yield ImapServer(port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
