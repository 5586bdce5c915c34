"""Settings come from the environment; a bad one stops the start with its name and what it takes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent


class BadSetting(Exception):
    """A setting that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, default, help line, and how its text is read."""

    name: str
    default: str
    help: str
    read: Callable[[str], object]


def _text(value: str) -> str:
    return value


def _folder(value: str) -> Path:
    path = Path(value)
    return path if path.is_absolute() else ROOT / path


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def _switch(value: str) -> bool:
    if value not in ("0", "1"):
        raise ValueError("0 or 1")
    return value == "1"


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("an address such as https://because.example.com")
    return value.rstrip("/")


def _database(value: str) -> str:
    if not value:
        return value
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    if value.startswith("sqlite:///"):
        return value
    raise ValueError("postgresql://user:password@host/name, or sqlite:////path/to/file.db")


def _redis(value: str) -> str:
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("redis://host:6379/0")
    return value


_BUCKET_OPTIONS = {"endpoint", "region"}


def _bucket(value: str) -> str:
    parts = urlsplit(value)
    if value and (
        parts.scheme != "s3" or not parts.netloc or set(parse_qs(parts.query)) - _BUCKET_OPTIONS
    ):
        raise ValueError(
            "s3://bucket/folder?region=eu-central-1, and &endpoint=https://... if not AWS"
        )
    return value


def _mail_server(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ValueError("smtp://user:password@host:587 or smtps://user:password@host:465")
    return value


def _mailbox(value: str) -> str:
    parts = urlsplit(value)
    is_path = value.startswith("/")
    if value and not is_path and (parts.scheme not in ("imap", "imaps") or not parts.hostname):
        raise ValueError("imaps://user:password@host/folder, or a maildir's absolute path")
    return value


def _mail_sender(value: str) -> str:
    name, address = parseaddr(value)
    if value and ("@" not in address or any(character in value for character in "\r\n")):
        raise ValueError("an address, such as Halden <interviews@halden.example>")
    return formataddr((name, address)) if value else ""


def _paper(value: str) -> str:
    if value.casefold() not in ("a4", "letter"):
        raise ValueError("A4 or Letter")
    return {"a4": "A4", "letter": "Letter"}[value.casefold()]


SETTINGS: tuple[Setting, ...] = (
    Setting("BECAUSE_INSTANCE", "instance", "Folder for everything the app writes.", _folder),
    Setting(
        "DATABASE_URL",
        "",
        "PostgreSQL address; empty: an SQLite file in the instance folder.",
        _database,
    ),
    Setting("REDIS_URL", "", "Redis address for the job queue; empty: an SQLite file.", _redis),
    Setting(
        "STORAGE_URL",
        "",
        "Where files are kept, s3://bucket/folder?region=...&endpoint=https://...; empty: a folder "
        "of the instance.",
        _bucket,
    ),
    Setting(
        "SMTP_URL",
        "",
        "The mail server, smtp://user:password@host:587; empty: nothing is sent from here.",
        _mail_server,
    ),
    Setting(
        "MAIL_FROM",
        "",
        "The address mail is sent from, with or without a name; needed with SMTP_URL.",
        _mail_sender,
    ),
    Setting(
        "MAILBOX_URL",
        "",
        "The mailbox that is read for replies and bounces, imaps://user:password@host/folder, or a "
        "maildir's path; empty: none.",
        _mailbox,
    ),
    Setting(
        "OUTSIDE_PRIVATE",
        "0",
        "1: calendars may lie inside this network, where addresses that people type may otherwise "
        "not lead.",
        _switch,
    ),
    Setting(
        "PUBLIC_URL",
        "http://127.0.0.1:8000",
        "The address people type; it stands in every link.",
        _web_address,
    ),
    Setting(
        "SECRET_KEY",
        "",
        "Signs sessions and links; empty: made once and kept in the instance folder, mode 600.",
        _text,
    ),
    Setting(
        "TRUSTED_PROXIES", "0", "How many proxies of yours stand in front.", _whole_number(0, 5)
    ),
    Setting("WEB_WORKERS", "1", "Web processes.", _whole_number(1, 64)),
    Setting("WEB_THREADS", "8", "Threads in each web process.", _whole_number(1, 64)),
    Setting("SESSION_DAYS", "14", "Days until a sign-in ends by itself.", _whole_number(1, 365)),
    Setting(
        "BUYER_LINK_DAYS",
        "180",
        "Days until a buyer's link ends by itself.",
        _whole_number(1, 3650),
    ),
    Setting("PAPER", "A4", "What reports are printed on: A4 or Letter.", _paper),
    Setting("MAX_UPLOAD_MB", "200", "The largest file that is taken.", _whole_number(1, 4096)),
    Setting(
        "BECAUSE_DEMO",
        "0",
        "1: the sign-in page offers one sign-in per role, without a password.",
        _switch,
    ),
    Setting("LOG_LEVEL", "info", "debug, info, warning or error.", _text),
)

_MINIMUM_KEY_LENGTH = 32


@dataclass(frozen=True)
class Settings:
    instance: Path
    database_url: str
    redis_url: str
    storage_url: str
    smtp_url: str
    mail_from: str
    mailbox_url: str
    outside_private: bool
    public_url: str
    secret_key: str
    trusted_proxies: int
    web_workers: int
    web_threads: int
    session_days: int
    buyer_link_days: int
    paper: str
    max_upload_mb: int
    demo: bool
    log_level: str

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting. Raises BadSetting, naming the one at fault."""
    environment = os.environ if environment is None else environment
    values = {setting.name: _read(setting, environment) for setting in SETTINGS}
    instance = values["BECAUSE_INSTANCE"]
    assert isinstance(instance, Path)
    _make_folder(instance)
    if values["LOG_LEVEL"] not in ("debug", "info", "warning", "error"):
        raise BadSetting("LOG_LEVEL takes debug, info, warning or error.")
    if values["SMTP_URL"] and not values["MAIL_FROM"]:
        raise BadSetting("SMTP_URL is set, so MAIL_FROM takes the address that mail is sent from.")
    return Settings(
        instance=instance,
        database_url=str(values["DATABASE_URL"]) or f"sqlite:///{instance / 'because.db'}",
        redis_url=str(values["REDIS_URL"]),
        storage_url=str(values["STORAGE_URL"]),
        smtp_url=str(values["SMTP_URL"]),
        mail_from=str(values["MAIL_FROM"]),
        mailbox_url=str(values["MAILBOX_URL"]),
        outside_private=bool(values["OUTSIDE_PRIVATE"]),
        public_url=str(values["PUBLIC_URL"]),
        secret_key=_secret_key(str(values["SECRET_KEY"]), instance),
        trusted_proxies=_as_int(values["TRUSTED_PROXIES"]),
        web_workers=_as_int(values["WEB_WORKERS"]),
        web_threads=_as_int(values["WEB_THREADS"]),
        session_days=_as_int(values["SESSION_DAYS"]),
        buyer_link_days=_as_int(values["BUYER_LINK_DAYS"]),
        paper=str(values["PAPER"]),
        max_upload_mb=_as_int(values["MAX_UPLOAD_MB"]),
        demo=bool(values["BECAUSE_DEMO"]),
        log_level=str(values["LOG_LEVEL"]),
    )


def _read(setting: Setting, environment: Mapping[str, str]) -> object:
    text = environment.get(setting.name) or setting.default
    try:
        return setting.read(text)
    except ValueError as error:
        raise BadSetting(f"{setting.name} is '{text}'; it takes {error}.") from error


def _as_int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _make_folder(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"BECAUSE_INSTANCE is '{instance}'; it takes a folder that can be written ({error})."
        ) from error


def _secret_key(given: str, instance: Path) -> str:
    if given:
        if len(given) < _MINIMUM_KEY_LENGTH:
            raise BadSetting(f"SECRET_KEY takes at least {_MINIMUM_KEY_LENGTH} characters.")
        return given
    path = instance / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
