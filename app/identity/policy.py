"""The whole policy on one page: what each role may do.

Which rows somebody sees beyond that, and in which words, is decided where the row is loaded:
deals/queries.py (whose deals) and interviews/confidence.py (whose words).
"""

from __future__ import annotations

from app.identity.models import Role

#: What the roles are called on pages, and what each is there for.
ROLE_NAMES: dict[Role, str] = {
    Role.ADMINISTRATOR: "Administrator",
    Role.PROGRAMME_MANAGER: "Programme manager",
    Role.INTERVIEWER: "Account manager",
    Role.PRODUCT: "Product",
    Role.LEADERSHIP: "Leadership",
}
ROLE_DUTIES: dict[Role, str] = {
    Role.ADMINISTRATOR: "Sets the workspace up and invites people; sees every deal.",
    Role.PROGRAMME_MANAGER: "Imports deals, decides whom to ask, keeps the reason list, tags.",
    Role.INTERVIEWER: "Holds interviews; sees the deals they own or interview.",
    Role.PRODUCT: "Reads themes and keeps the differentiators; buyers stay unnamed.",
    Role.LEADERSHIP: "Reads the reports; buyers stay unnamed.",
}

EVERYBODY = frozenset(
    {
        "signed_in",
        "market.view",
        "deals.view",
        "guides.view",
        "interviews.view",
        "analytics.view",
        "reports.view",
        "actions.view",
    }
)
INTERVIEWS = frozenset({"interviews.hold", "deals.add", "scheduling.own", "programmes.seller_view"})
RUNS_THE_PROGRAMME = frozenset(
    {
        "market.edit",
        "deals.edit",
        "deals.see_all",
        "deals.import",
        "interviews.see_all",
        "interviews.import",
        "interviews.assign",
        "codebook.edit",
        "guides.edit",
        "reports.write",
        "mail.view",
        "programmes.edit",
        "invitations.edit",
        "analytics.ask",
        "actions.tell",
        "actions.goals",
        "thanks.edit",
        "responses.view",
    }
)
#: An owner carries their decision on whatever their role; these take new ones.
DECIDES = frozenset({"actions.decide"})
TAGS = frozenset({"tagging.tag"})
RUNS_THE_WORKSPACE = frozenset({"workspace.edit", "users.edit", "design.view", "audit.view"})

POLICY: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: EVERYBODY | INTERVIEWS | RUNS_THE_PROGRAMME | DECIDES | RUNS_THE_WORKSPACE,
    Role.PROGRAMME_MANAGER: EVERYBODY | INTERVIEWS | RUNS_THE_PROGRAMME | DECIDES | TAGS,
    Role.INTERVIEWER: EVERYBODY | INTERVIEWS,
    Role.PRODUCT: EVERYBODY | DECIDES | {"market.edit", "deals.see_all", "analytics.ask"},
    Role.LEADERSHIP: EVERYBODY | DECIDES | {"deals.see_all", "responses.view"},
}


def permissions_of(role: Role, is_tagger: bool) -> frozenset[str]:
    """A tagger is anybody, of whatever role, who was also asked to tag."""
    return POLICY[role] | TAGS if is_tagger else POLICY[role]
