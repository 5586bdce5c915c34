"""Pages about letters, and the buyer's pages that letters lead to."""

from app.invitations.routes.answers import blueprint as answers
from app.invitations.routes.invitations import blueprint as invitations
from app.invitations.routes.wording import blueprint as wording

__all__ = ["answers", "invitations", "wording"]
