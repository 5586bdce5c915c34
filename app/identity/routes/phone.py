"""Signing the same person in on a phone, by a code on the desktop's screen."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import redirect, render_template
from markupsafe import Markup

from app.core.access import guarded, public
from app.core.edge import current_session, settings
from app.core.links import outside_link
from app.identity import operations, queries
from app.identity.models import LinkPurpose
from app.identity.routes.blueprint import begin_session, blueprint, own_user
from app.identity.routes.joining import link_gone


@blueprint.get("/phone")
@guarded("signed_in")
def phone() -> Any:
    return _page()


@blueprint.post("/phone")
@guarded("signed_in")
def show_phone_code() -> Any:
    user = own_user()
    token = operations.make_personal_link(current_session(), user.actor, LinkPurpose.PHONE, user)
    link = outside_link("identity.phone_sign_in", token=token)
    return _page(link, _drawn(link))


@blueprint.get("/phone/<token>")
@public("The phone is not signed in yet; the link proves whose it is.")
def phone_sign_in(token: str) -> Any:
    """Asks for a tap, so that a preview of the link does not use it up."""
    link = queries.usable_link(current_session(), token, LinkPurpose.PHONE)
    if link is None or link.user is None:
        return link_gone()
    return render_template("identity/phone_sign_in.html", name=link.user.name, token=token)


@blueprint.post("/phone/<token>")
@public("The phone is not signed in yet; the link proves whose it is.")
def use_phone_link(token: str) -> Any:
    link = queries.usable_link(current_session(), token, LinkPurpose.PHONE)
    if link is None or link.user is None:
        return link_gone()
    operations.use_link(current_session(), link)
    begin_session(link.user)
    return redirect("/")


def _page(link: str | None = None, code: Markup | None = None) -> str:
    return render_template(
        "identity/phone.html",
        address=settings().public_url,
        reachable=not _is_this_computer(settings().public_url),
        https=settings().https,
        link=link,
        code=code,
    )


def _is_this_computer(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _drawn(link: str) -> Markup:
    code = segno.make(link, error="m", micro=False)
    drawing = code.svg_inline(scale=6, border=4, light="#ffffff", dark="#000000", omitsize=False)
    return Markup(drawing)  # noqa: S704 - drawn by us from a link of ours
