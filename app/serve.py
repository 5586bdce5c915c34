"""`bin/because serve`, which is `bin/run`: it stands above the rooms, for it greets with what
identity has to say and fills the demo."""

from __future__ import annotations

import os
import sys

import click
from flask import Flask, url_for
from sqlalchemy import inspect, select, table
from sqlalchemy.exc import DBAPIError

from app import create_app
from app.core import migrations
from app.core.commandline import EXIT_REFUSED, refuse
from app.core.db import Database
from app.core.jobs import Queue
from app.core.servers import at_port, port_is_free, run_web, run_worker
from app.core.supervisor import Part, run_together
from app.guides.operations import SHIPPED, load_shipped
from app.identity.operations import first_administrator_token
from app.identity.queries import has_users
from config import Settings, load_settings

_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  # compared with, not listened on


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to use."
)
@click.option(
    "--demo", is_flag=True, help="Serve a demo workspace of its own, with a sign-in per role."
)
@click.pass_context
def serve(context: click.Context, host: str, port: int, demo: bool) -> None:
    """Serve the web pages and run the worker, until Ctrl-C."""
    visible_host = "127.0.0.1" if host in _EVERY_ADDRESS else host
    os.environ.setdefault("PUBLIC_URL", f"http://{at_port(visible_host, port)}")
    if demo:
        own = os.environ.get("BECAUSE_INSTANCE") or "instance"
        os.environ["BECAUSE_INSTANCE"] = f"{own}/demo"
        os.environ["BECAUSE_DEMO"] = "1"
    if not port_is_free(host, port):
        refuse(f"port {port} on {host} is taken. Stop what listens there, or use --port.")
    settings = load_settings()
    app = create_app(settings)
    db: Database = app.extensions["because_database"]
    queue: Queue = app.extensions["because_queue"]
    _refuse_what_does_not_answer(db, queue, settings)
    if demo and os.environ.get("DATABASE_URL") and _has_rows(db):
        refuse(
            "DATABASE_URL names a database that has rows, and the demo would mix with them. "
            "Leave DATABASE_URL empty, or name an empty database."
        )
    migrations.upgrade(db)
    with db.writing() as session:
        load_shipped(session, SHIPPED)
    if demo:
        _fill_demo(context, db)
    greeting = _greeting(app, db, settings)
    # A connection must not be shared by the processes that are about to part.
    db.engine.dispose()
    as_asked = run_together(
        (
            Part(
                "web server",
                lambda: run_web(
                    app,
                    host,
                    port,
                    workers=settings.web_workers,
                    threads=settings.web_threads,
                    ready=lambda: click.echo(greeting),
                ),
            ),
            Part("worker", lambda: run_worker(db, queue)),
        )
    )
    if not as_asked:
        sys.exit(EXIT_REFUSED)


def _refuse_what_does_not_answer(db: Database, queue: Queue, settings: Settings) -> None:
    try:
        with db.engine.connect():
            pass
    except DBAPIError as error:
        refuse(f"DATABASE_URL names a database that does not answer: {error.orig}")
    if settings.redis_url:
        from redis.exceptions import RedisError

        try:
            len(queue.huey)
        except RedisError as error:
            refuse(f"REDIS_URL names a Redis that does not answer: {error}")


def _has_rows(db: Database) -> bool:
    """Whether any table holds a row, be it ours or another program's."""
    with db.engine.connect() as connection:
        return any(
            connection.execute(select(1).select_from(table(name)).limit(1)).first()
            for name in inspect(connection).get_table_names()
        )


def _fill_demo(context: click.Context, db: Database) -> None:
    with db.reading() as session:
        if has_users(session):
            return
    click.echo("Making the demo workspace, once ...")
    because = context.find_root().command
    assert isinstance(because, click.Group)
    demo = because.commands["demo"]
    assert isinstance(demo, click.Group)
    context.invoke(demo.commands["load"])


def _greeting(app: Flask, db: Database, settings: Settings) -> str:
    lines = [f"Because is at {settings.public_url}/", "Ctrl-C stops it."]
    with db.writing() as session:
        token = first_administrator_token(session)
    if token is not None:
        link = _link(app, settings, "identity.first_administrator", token=token)
        lines.insert(1, f"Make the administrator with this link, which works once: {link}")
    return "\n".join(lines)


def _link(app: Flask, settings: Settings, endpoint: str, **values: str) -> str:
    with app.test_request_context(base_url=settings.public_url):
        return url_for(endpoint, _external=True, **values)
