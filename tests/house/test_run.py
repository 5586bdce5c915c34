"""`bin/run` starts web and worker, says where to go, and stops without leaving anything behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, BadSetting, load_settings
from tests.house.running import because, free_port, running, wait_until_gone


def test_it_answers_and_says_where_to_go(instance: Path, database: dict[str, str]):
    with running(instance, **database) as product:
        product.wait_for_answer()
        assert product.get("/health") == (200, "ok\n")
        assert f"Because is at {product.url}/" in product.said()


def test_without_users_it_prints_a_link_that_makes_the_administrator(
    instance: Path, database: dict[str, str]
):
    with running(instance, **database) as product:
        product.wait_for_answer()
        link = re.search(r"works once: (\S+)", product.said())
        assert link is not None
        assert link[1].startswith(f"{product.url}/")
        status, page = product.get(link[1].removeprefix(product.url))
        assert status == 200
        assert "administrator" in page.lower()


def test_a_start_imports_nothing_heavy():
    """What imports slowly belongs into the functions that use it; seconds: benchmarks/start.py."""
    heavy = ("alembic", "numpy", "openpyxl", "pandas", "scipy", "statsmodels", "weasyprint")
    program = (
        "import sys; from app import create_app; from app.cli import _assemble; _assemble(); "
        f"print(*[name for name in {heavy} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_process(
    instance: Path, database: dict[str, str], number: signal.Signals
):
    with running(instance, **database) as product:
        product.wait_for_answer()
        parts = product.parts()
        assert len(parts) >= 3, "web server, its worker process, and the worker for jobs"
        assert product.end(number) == 0
        assert wait_until_gone(parts) == []
        assert "Traceback" not in product.said()


def test_when_one_part_dies_the_other_is_stopped(instance: Path, database: dict[str, str]):
    with running(instance, **database) as product:
        product.wait_for_answer()
        parts = product.parts()
        os.kill(parts[1], signal.SIGKILL)
        assert product.process.wait(30) == 1
        assert wait_until_gone(parts) == []
        assert re.search(r"The (web server|worker) ended by itself \(signal 9\)", product.said())


def test_nothing_outlives_a_supervisor_that_was_killed(instance: Path, database: dict[str, str]):
    with running(instance, **database) as product:
        product.wait_for_answer()
        parts = product.parts()
        product.end(signal.SIGKILL)
        assert wait_until_gone(parts) == []


def test_everything_written_lies_in_the_instance_folder(
    instance: Path, database: dict[str, str], tmp_path: Path
):
    home = tmp_path / "home"
    home.mkdir()
    with running(instance, HOME=str(home), **database) as product:
        product.wait_for_answer()
    assert list(home.iterdir()) == []
    assert (instance / "secret_key").exists()


def test_the_secret_key_is_made_once_and_for_its_owner_alone(
    instance: Path, database: dict[str, str]
):
    key = instance / "secret_key"
    because(instance, "database", "migrate", **database)
    made = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(made) >= 32
    because(instance, "database", "migrate", **database)
    assert key.read_text() == made


def test_a_taken_port_is_said_by_its_number(instance: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = because(instance, "serve", "--port", str(port))
    assert result.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_setting_stops_the_start_with_its_name(instance: Path):
    result = because(instance, "serve", "--port", str(free_port()), WEB_WORKERS="many")
    assert result.returncode == 1
    assert (
        result.stderr == "because: WEB_WORKERS is 'many'; it takes a whole number from 1 to 64.\n"
    )


@pytest.mark.parametrize(
    ("setting", "value", "takes"),
    [
        ("DATABASE_URL", "mysql://somewhere", "postgresql://"),
        ("REDIS_URL", "localhost", "redis://"),
        ("PUBLIC_URL", "because.example.com", "https://"),
        ("TRUSTED_PROXIES", "-1", "a whole number"),
        ("SECRET_KEY", "short", "at least 32 characters"),
        ("BECAUSE_DEMO", "yes", "0 or 1"),
        ("LOG_LEVEL", "loud", "debug, info, warning"),
    ],
)
def test_every_bad_setting_is_named_with_what_it_takes(
    instance: Path, setting: str, value: str, takes: str
):
    with pytest.raises(BadSetting, match=setting) as refused:
        load_settings({"BECAUSE_INSTANCE": str(instance), setting: value})
    assert takes in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "address"),
    [("DATABASE_URL", "postgresql://127.0.0.1:1/none"), ("REDIS_URL", "redis://127.0.0.1:1/0")],
)
def test_a_service_that_does_not_answer_is_said(instance: Path, setting: str, address: str):
    result = because(instance, "serve", "--port", str(free_port()), **{setting: address})
    assert result.returncode == 1
    assert f"because: {setting} names" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_instance_folder_that_cannot_be_made_is_named(tmp_path: Path):
    file = tmp_path / "a file"
    file.touch()
    with pytest.raises(BadSetting, match="BECAUSE_INSTANCE"):
        load_settings({"BECAUSE_INSTANCE": str(file / "instance")})


def test_wrong_use_is_exit_code_2(instance: Path):
    assert because(instance, "serve", "--port", "eighty").returncode == 2


def test_commands_read_files_from_where_one_stands(instance: Path, tmp_path: Path, monkeypatch):
    """A folder's own app.py is not taken for ours, and the folder is not left."""
    (tmp_path / "app.py").write_text("raise SystemExit('the wrong app')")
    monkeypatch.chdir(tmp_path)
    assert because(instance, "--help").returncode == 0


def test_redis_carries_the_queue(instance: Path, database: dict[str, str]):
    redis_url = os.environ.get("TEST_REDIS_URL")
    if not redis_url:
        pytest.skip("TEST_REDIS_URL names no Redis")
    with running(instance, REDIS_URL=redis_url, **database) as product:
        product.wait_for_answer()
        assert not (instance / "queue.db").exists()
        assert product.end(signal.SIGINT) == 0


def test_the_guards_and_commands_can_be_run():
    for path in ("bin/setup", "bin/run", "bin/test", "bin/because", "bin/lock", ".ci/run"):
        assert os.access(ROOT / path, os.X_OK), path
