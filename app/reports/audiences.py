"""For whom somebody may make a report: their own kind, or anybody for who runs the programme."""

from __future__ import annotations

from app.core.access import NotFound, Viewer
from app.identity.models import Role
from app.interviews.confidence import Audience

_OF_ROLE = {
    Role.ADMINISTRATOR: (Audience.SELLERS, Audience.PRODUCT, Audience.LEADERSHIP),
    Role.PROGRAMME_MANAGER: (Audience.SELLERS, Audience.PRODUCT, Audience.LEADERSHIP),
    Role.INTERVIEWER: (Audience.SELLERS,),
    Role.PRODUCT: (Audience.PRODUCT,),
    Role.LEADERSHIP: (Audience.LEADERSHIP,),
}


def audiences_of(viewer: Viewer) -> tuple[Audience, ...]:
    """The first is the one that a page opens with."""
    return _OF_ROLE[Role(viewer.role)]


def chosen_audience(viewer: Viewer, token: str | None) -> Audience:
    """The audience asked for, or the viewer's first. Raises NotFound for one not theirs."""
    allowed = audiences_of(viewer)
    if not token:
        return allowed[0]
    for audience in allowed:
        if audience.value == token:
            return audience
    raise NotFound
