"""Inviting colleagues from a form, on the people page and among the first steps."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.access import Actor
from app.core.links import outside_link
from app.identity import operations, queries
from app.identity.forms import InviteForm
from app.identity.models import Role


@dataclass(frozen=True)
class InvitationLink:
    """What is handed to a colleague, by whatever way one talks to them."""

    email: str
    url: str


def invite_by_form(session: Session, actor: Actor, form: InviteForm) -> list[InvitationLink]:
    """Invite everybody on the form, or nobody: then the form says who is here already."""
    taken = queries.taken_addresses(session, form.addresses)
    if taken:
        form.emails.errors = [f"{', '.join(taken)}: here already. Take them off the list."]
        return []
    return [
        InvitationLink(
            address,
            outside_link(
                "identity.join",
                token=operations.invite(
                    session,
                    actor,
                    email=address,
                    role=Role(form.role.data),
                    is_tagger=form.is_tagger.data,
                ),
            ),
        )
        for address in form.addresses
    ]
