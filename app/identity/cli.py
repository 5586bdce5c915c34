"""`bin/because users`: adding people and handing out links where there is no page yet."""

from __future__ import annotations

import sys

import click
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.commandline import application, is_interactive, needs_answer, print_json, refuse
from app.core.forms import is_email
from app.core.links import outside_link
from app.identity import operations, passwords, queries
from app.identity.models import LinkPurpose, Role

_ROLES = click.Choice([role.value for role in Role])


@click.group("users")
def users() -> None:
    """The people of the workspace."""


@users.command("add")
@click.argument("email")
@click.option("--name", help="Their name.")
@click.option("--role", type=_ROLES, help="What they are here for.")
@click.option("--tagger", is_flag=True, help="They also tag what buyers said.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def add(
    email: str,
    name: str | None,
    role: str | None,
    tagger: bool,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Add somebody who signs in with EMAIL."""
    if not is_email(email):
        refuse(f"'{email}' is not in the form name@example.com.")
    name = name or _ask("What is their name?", "--name NAME")
    role = role or _ask("What is their role?", "--role ROLE", _ROLES)
    password = _read_password(password_stdin)
    with application() as (_, db), db.writing() as session:
        problem = passwords.problem_with(password, [email, queries.workspace(session).company])
        if problem:
            refuse(problem)
        operations.ensure_workspace(session)
        try:
            user = operations.add_user(
                session,
                SYSTEM,
                email=email,
                name=name,
                role=Role(role),
                password=password,
                is_tagger=tagger,
            )
        except operations.AddressTaken as taken:
            refuse(str(taken))
        result = {"email": user.email, "name": user.name, "role": user.role.value}
    if as_json:
        print_json(result)
    else:
        click.echo(f"{result['name']} can sign in as {result['email']}.")


@users.command("link")
@click.argument("email", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def link(email: str | None, as_json: bool) -> None:
    """Print a link that works once: for the first administrator, or for a new password of EMAIL."""
    with application() as (app, db):
        with db.reading() as session:
            has_users = queries.has_users(session)
        if has_users and not email:
            email = _ask("Whose password?", "because users link EMAIL")
        with db.writing() as session:
            endpoint, token = _link_for(session, email)
        with app.test_request_context():
            url = outside_link(endpoint, token=token)
    if as_json:
        print_json({"url": url})
    else:
        click.echo(url)


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def list_users(as_json: bool) -> None:
    """Print everybody, with their role."""
    with application() as (_, db), db.reading() as session:
        rows = [
            {
                "email": user.email,
                "name": user.name,
                "role": user.role.value,
                "tagger": user.is_tagger,
                "active": user.is_active,
            }
            for user in queries.users(session)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        notes = [str(row["role"])]
        notes += ["tagger"] if row["tagger"] else []
        notes += [] if row["active"] else ["shut out"]
        click.echo(f"{row['email']}\t{row['name']}\t{', '.join(notes)}")


def _link_for(session: Session, email: str | None) -> tuple[str, str]:
    first = operations.first_administrator_token(session)
    if first is not None:
        return "identity.first_administrator", first
    user = queries.user_by_email(session, email or "")
    if user is None or not user.is_active:
        refuse(f"nobody signs in as {email}.")
    token = operations.make_personal_link(session, SYSTEM, LinkPurpose.NEW_PASSWORD, user)
    return "identity.new_password", token


def _ask(question: str, option: str, kind: click.Choice[str] | None = None) -> str:
    if not is_interactive():
        needs_answer(question, option)
    return str(click.prompt(question, type=kind))


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not is_interactive():
        needs_answer("Which password?", "--password-stdin")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


commands: list[click.Command] = [users]
