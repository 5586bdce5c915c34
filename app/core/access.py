"""Who is looking, and what a view demands. The policy itself is identity/policy.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from flask import abort, redirect, request, url_for
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])
PERMISSION = "__because_permission__"
PUBLIC = "__because_public__"


class NotFound(LookupError):
    """There is no such row, or the viewer may not see it; a page must not tell which."""


@dataclass(frozen=True)
class Actor:
    """Who did it, kept in the audit by id and name as text."""

    id: int | None
    name: str


SYSTEM = Actor(None, "Because")


class Viewer(Protocol):
    """Somebody signed in."""

    @property
    def user_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def actor(self) -> Actor: ...
    def may(self, permission: str) -> bool: ...


def viewer() -> Viewer:
    """The signed-in person of this request. Only inside a guarded view."""
    return cast(Viewer, _who_asks())


def guarded(permission: str) -> Callable[[View], View]:
    """Let only those through who may do `permission`; others sign in, or are told no."""

    def mark(view: View) -> View:
        @wraps(view)
        def guard(*args: Any, **kwargs: Any) -> Any:
            person = _who_asks()
            if not person.is_authenticated:
                return _ask_to_sign_in()
            if not person.may(permission):
                abort(403)
            return view(*args, **kwargs)

        setattr(guard, PERMISSION, permission)
        return cast(View, guard)

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Mark a view as open to everybody, and say why."""

    def mark(view: View) -> View:
        setattr(view, PUBLIC, reason)
        return view

    return mark


def _who_asks() -> Any:
    """Themselves, not the proxy, which looks them up again with everything asked of it."""
    return current_user._get_current_object()


def _ask_to_sign_in() -> Any:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for("identity.sign_in", next=back)
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": address}
    if request.accept_mimetypes.best == "application/json":
        return {"sign_in": address}, 401
    return redirect(address)
