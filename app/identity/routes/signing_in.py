"""Signing in and out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.core.access import NotFound, guarded, public
from app.core.edge import current_session, database, settings
from app.core.limits import count_attempt, forget_attempts
from app.core.links import local_path
from app.identity import operations, queries
from app.identity.forms import SignInForm
from app.identity.models import Role, User
from app.identity.policy import ROLE_DUTIES, ROLE_NAMES
from app.identity.routes.blueprint import INVALID, begin_session, blueprint, own_user

WINDOW = timedelta(minutes=15)
MOST_PER_EMAIL = 10
#: An office shares one address; its people also mistype.
MOST_PER_ADDRESS = 100
TOO_MANY = 429

_WRONG = "The e-mail address or the password is wrong. Check both and try again."
_TOO_OFTEN = "That was tried too often. Wait 15 minutes, or ask your administrator for a link."


@blueprint.get("/sign-in")
@public("Whoever is not signed in needs it.")
def sign_in() -> Any:
    if current_user.is_authenticated and not settings().demo:
        return redirect(_where_next())
    return _page(SignInForm())


@blueprint.post("/sign-in")
@public("Whoever is not signed in needs it.")
def check_sign_in() -> Any:
    form = SignInForm()
    if not form.validate():
        return _page(form), INVALID
    if _tried_too_often(form.email.text):
        form.form_errors.append(_TOO_OFTEN)
        return _page(form), TOO_MANY
    user_id = _whose_password(form.email.text, form.password.text)
    if user_id is None:
        form.form_errors.append(_WRONG)
        return _page(form), INVALID
    forget_attempts(database(), email_key(form.email.text))
    begin_session(queries.user_by_id(current_session(), user_id))
    return redirect(_where_next())


@blueprint.post("/sign-in/as/<role>")
@public("A demo workspace, and it alone, lets everybody in by role.")
def sign_in_to_demo(role: str) -> Any:
    users = queries.first_of_each_role(current_session()) if settings().demo else []
    user = next((user for user in users if user.role == role), None)
    if user is None:
        raise NotFound
    begin_session(user)
    return redirect(_where_next())


@blueprint.get("/session")
@public("Tells a page who is signed in on it, and nothing of anybody else.")
def who_is_signed_in() -> dict[str, Any]:
    """For a script that goes on after an interruption: whose words it may send, and the token
    that its requests carry."""
    known = current_user.is_authenticated
    return {
        "user": current_user.user_id if known else None,
        "name": current_user.name if known else "",
        "token": generate_csrf(),
    }


@blueprint.post("/sign-out")
@guarded("signed_in")
def sign_out() -> Any:
    operations.sign_out(current_session(), own_user(), current_user.sign_in_id)
    session.clear()
    return redirect(url_for("identity.sign_in"))


@blueprint.post("/sign-out-everywhere")
@guarded("signed_in")
def sign_out_everywhere() -> Any:
    operations.sign_out_everywhere(current_session(), own_user())
    session.clear()
    return redirect(url_for("identity.sign_in"))


def email_key(email: str) -> str:
    """Under which wrong passwords for this address are counted."""
    return f"sign-in:email:{email.strip().lower()}"


def _tried_too_often(email: str) -> bool:
    # Counted before the password is looked at, so that many at once are no way around it; and
    # before this request's session is opened, for both of them write.
    db = database()
    by_email = count_attempt(db, email_key(email), WINDOW)
    by_address = count_attempt(db, f"sign-in:address:{request.remote_addr}", WINDOW)
    return by_email > MOST_PER_EMAIL or by_address > MOST_PER_ADDRESS


def _whose_password(email: str, password: str) -> int | None:
    with database().reading() as reading:
        user = queries.user_by_email(reading, email)
        matches = operations.password_matches(user, password)
        return user.id if user is not None and matches and user.is_active else None


def _where_next() -> str:
    return local_path(request.args.get("next")) or "/"


def _page(form: SignInForm) -> str:
    with database().reading() as reading:
        has_users = queries.has_users(reading)
        demo_users = queries.first_of_each_role(reading) if settings().demo else []
    return render_template(
        "identity/sign_in.html",
        form=form,
        has_users=has_users,
        demo_users=[_demo_button(user) for user in demo_users],
        next=local_path(request.args.get("next")),
    )


def _demo_button(user: User) -> dict[str, str]:
    role = Role(user.role)
    return {
        "role": role.value,
        "label": ROLE_NAMES[role],
        "name": user.name,
        "duty": ROLE_DUTIES[role],
    }
