"""For whom somebody may make a report: their own kind, or anybody for who runs the programme."""

from __future__ import annotations

from app.core.access import NotFound, Viewer
from app.identity.models import Role
from app.interviews.confidence import Audience
from app.reports.models import ReportKind

_OF_ROLE = {
    Role.ADMINISTRATOR: (Audience.SELLERS, Audience.PRODUCT, Audience.LEADERSHIP),
    Role.PROGRAMME_MANAGER: (Audience.SELLERS, Audience.PRODUCT, Audience.LEADERSHIP),
    Role.INTERVIEWER: (Audience.SELLERS,),
    Role.PRODUCT: (Audience.PRODUCT,),
    Role.LEADERSHIP: (Audience.LEADERSHIP,),
}
#: Whom each report is written for.
WRITTEN_FOR = {
    ReportKind.QUARTER: Audience.LEADERSHIP,
    ReportKind.THEMES: Audience.PRODUCT,
    ReportKind.DEAL: Audience.SELLERS,
}


def audiences_of(viewer: Viewer) -> tuple[Audience, ...]:
    return _OF_ROLE[Role(viewer.role)]


def chosen_audience(viewer: Viewer, kind: ReportKind, token: str | None) -> Audience:
    """The audience asked for; else the one that such a report is written for, where the viewer may
    make it for them, or their own. Raises NotFound for one not theirs."""
    allowed = audiences_of(viewer)
    if not token:
        return WRITTEN_FOR[kind] if WRITTEN_FOR[kind] in allowed else allowed[0]
    for audience in allowed:
        if audience.value == token:
            return audience
    raise NotFound
