"""The database: one engine, a read session and a write session, and the only commit.

SQLite runs in WAL mode with foreign keys and full durability. A write session begins with BEGIN
IMMEDIATE: a deferred transaction that reads and then writes fails when another process wrote in
between, however long it would have waited.
"""

from __future__ import annotations

import enum
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    Engine,
    Enum,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
)
from sqlalchemy import exc as errors
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    Session,
    mapped_column,
    sessionmaker,
)

_WRITES = "because_writes"
_BUSY_TIMEOUT_MS = 15_000
_LEFT_AT = "because_left_at"
#: A connection that was in use a moment ago is not asked whether the server is still there.
_ASKED_AFTER_S = 5

AfterCommit = Callable[[Session], None]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always aware and in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_column(
    *,
    personal: bool,
    nullable: bool = False,
    length: int | None = None,
    default: str | None = None,
    unique: bool = False,
    index: bool = False,
) -> Any:
    """A text column that says whether what it holds is personal."""
    return mapped_column(
        String(length) if length else Text(),
        nullable=nullable,
        default=default,
        unique=unique or None,
        index=index or None,
        info={"personal": personal},
    )


def token_column(
    tokens: type[enum.StrEnum],
    *,
    name: str,
    nullable: bool = False,
    default: enum.StrEnum | None = None,
) -> Any:
    """An enumeration kept as its token, with a CHECK; `name` names the constraint."""
    return mapped_column(
        Enum(
            tokens,
            name=name,
            native_enum=False,
            create_constraint=True,
            length=24,
            values_callable=lambda members: [member.value for member in members],
        ),
        nullable=nullable,
        default=default,
        info={"personal": False},
    )


def json_column(*, personal: bool, default: Callable[[], Any] = dict) -> Any:
    return mapped_column(JSON(), nullable=False, default=default, info={"personal": personal})


def public_id_column() -> Any:
    """A UUID for whatever the outside sees or a browser makes offline."""
    return mapped_column(
        String(36),
        nullable=False,
        unique=True,
        default=lambda: str(uuid.uuid4()),
        info={"personal": False},
    )


def table(model: type[Base]) -> Table:
    """The model's table: for statements over many rows, or made too often for objects."""
    return cast(Table, model.__table__)


def is_between(
    column: InstrumentedAttribute[date | None], first: date, last: date
) -> ColumnElement[bool]:
    """Whether a date lies in a period, whose days are written into the statement: PostgreSQL keeps
    the plan of one that comes again, and without its values it would take few rows for any."""
    return column.between(_written(first), _written(last))


def _written(day: date) -> BindParameter[date]:
    return bindparam(None, day, Date, literal_execute=True)


class HasId:
    id: Mapped[int] = mapped_column(primary_key=True)


class WriteInReadSession(RuntimeError):
    """A GET, or a reading command, tried to write."""


class Database:
    """Opens read and write sessions on one database; nobody else commits."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _make_engine(url)
        self._after_commit: list[AfterCommit] = []
        if self.is_sqlite:
            reading = self._asking = self.engine
        else:
            self._asking = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            # One snapshot for a whole page: its figures agree with one another.
            reading = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._open_reader = sessionmaker(reading, expire_on_commit=False)
        self._open_writer = sessionmaker(
            self.engine.execution_options(**{_WRITES: True}), expire_on_commit=False
        )

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def open_reader(self) -> Session:
        session = self._open_reader()
        event.listen(session, "before_flush", _refuse_writes)
        return session

    def close_reader(self, session: Session) -> None:
        """End what only read. On PostgreSQL it is committed: at each rollback its driver forgets
        what it has prepared, and every statement would be parsed and planned anew."""
        session.expunge_all()
        if not self.is_sqlite:
            # A connection that was lost is noticed by whoever gets it next.
            with suppress(errors.SQLAlchemyError):
                session.commit()
        session.close()

    def open_writer(self) -> Session:
        return self._open_writer()

    def after_commit(self, action: AfterCommit) -> None:
        """Do something with a session each time it was committed, such as waking the worker."""
        self._after_commit.append(action)

    def commit(self, session: Session) -> None:
        session.commit()
        for action in self._after_commit:
            action(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        session = self.open_reader()
        try:
            yield session
        finally:
            self.close_reader(session)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for one SELECT, which needs no transaction and none of its round trips."""
        with self._asking.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, committed at the end or not at all: the edge of jobs and commands."""
        session = self.open_writer()
        try:
            yield session
            self.commit(session)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()


def _refuse_writes(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise WriteInReadSession("a read session was about to write")


def _make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_size=10, max_overflow=10)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _note_leaving)
        event.listen(engine, "checkout", _ask_if_idle)
        return engine
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_leaving(_connection: Any, record: Any) -> None:
    record.info[_LEFT_AT] = time.monotonic()


def _ask_if_idle(connection: Any, record: Any, _proxy: object) -> None:
    """As `pool_pre_ping` does, but not before every use: it costs as much as a statement. Raises
    DisconnectionError, on which the pool connects anew."""
    left_at = record.info.get(_LEFT_AT)
    if left_at is None or time.monotonic() - left_at < _ASKED_AFTER_S:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise errors.DisconnectionError from error


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """A page asks briefly and often: to start processes for a statement, or to compile it, takes
    longer than to carry it out, and the cores have other pages to serve. What an index names is
    nearly as quick to get at as what lies in a row, with a solid-state disk and in memory: else a
    quarter is found by reading all accounts and interviews there ever were."""
    connection.execute(
        "SET max_parallel_workers_per_gather = 0; SET jit = off; SET random_page_cost = 1.1"
    )
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
