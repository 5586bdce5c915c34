"""Every page is guarded, or public with a reason; the whole policy, role by role."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.core.access import PERMISSION, PUBLIC
from app.core.navigation import registered as entries
from app.core.panels import registered as panels
from app.identity.models import Role
from app.identity.policy import POLICY, ROLE_DUTIES, ROLE_NAMES, TAGS, permissions_of
from tests.architecture.source import APP

ALL = "administrator programme_manager interviewer product leadership"
HOLD = "administrator programme_manager interviewer"
RUN = "administrator programme_manager"

#: Who may do what, in full. A change of the policy is a change of this table too.
WHO_MAY = {
    "signed_in": ALL,
    "market.view": ALL,
    "deals.view": ALL,
    "guides.view": ALL,
    "interviews.view": ALL,
    "analytics.view": ALL,
    "analytics.ask": "administrator programme_manager product",
    "reports.view": ALL,
    "actions.view": ALL,
    "actions.decide": "administrator programme_manager product leadership",
    "actions.tell": RUN,
    "actions.goals": RUN,
    "interviews.hold": HOLD,
    "deals.add": HOLD,
    "scheduling.own": HOLD,
    "market.edit": "administrator programme_manager product",
    "deals.see_all": "administrator programme_manager product leadership",
    "deals.edit": RUN,
    "deals.import": RUN,
    "interviews.see_all": RUN,
    "interviews.import": RUN,
    "interviews.assign": RUN,
    "codebook.edit": RUN,
    "guides.edit": RUN,
    "reports.write": RUN,
    "mail.view": RUN,
    "programmes.edit": RUN,
    "programmes.seller_view": HOLD,
    "invitations.edit": RUN,
    "thanks.edit": RUN,
    "responses.view": "administrator programme_manager leadership",
    "tagging.tag": "programme_manager",
    "workspace.edit": "administrator",
    "users.edit": "administrator",
    "design.view": "administrator",
    "audit.view": "administrator",
}


@pytest.mark.parametrize("permission", sorted(WHO_MAY))
def test_who_may(permission: str):
    may = {role.value for role in Role if permission in POLICY[role]}
    assert may == set(WHO_MAY[permission].split())


def test_the_table_is_the_whole_policy():
    assert set().union(*POLICY.values()) == set(WHO_MAY)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_was_asked_to_tag_may_tag_and_nothing_else(role: Role):
    assert permissions_of(role, is_tagger=True) == POLICY[role] | TAGS
    assert permissions_of(role, is_tagger=False) == POLICY[role]


def test_every_role_has_a_name_and_a_duty():
    assert set(POLICY) == set(ROLE_NAMES) == set(ROLE_DUTIES) == set(Role)


def test_every_route_is_guarded_or_public_with_a_reason(app: Flask):
    open_by_mistake = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, PERMISSION) and not getattr(view, PUBLIC, "")
    ]
    assert open_by_mistake == []


def test_no_route_is_both_guarded_and_public(app: Flask):
    both = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if hasattr(view, PERMISSION) and hasattr(view, PUBLIC)
    ]
    assert both == []


def test_every_permission_asked_for_is_in_the_policy(app: Flask):
    asked = {
        getattr(view, PERMISSION)
        for view in app.view_functions.values()
        if hasattr(view, PERMISSION)
    }
    asked |= {panel.permission for panel in panels()}
    asked |= {entry.permission for entry in entries() if entry.permission}
    assert asked <= set(WHO_MAY)


def test_every_guarded_page_asks_a_stranger_to_sign_in(app: Flask, db: object):
    client = app.test_client()
    let_in = []
    for rule in app.url_map.iter_rules():
        guarded = hasattr(app.view_functions[rule.endpoint], PERMISSION)
        if guarded and "GET" in (rule.methods or ()) and not rule.arguments:
            answer = client.get(rule.rule)
            if answer.status_code != 302 or not answer.location.startswith("/sign-in"):
                let_in.append(rule.rule)
    assert let_in == []


def test_every_permission_named_in_the_code_is_in_the_policy():
    named = {
        name
        for path in [*APP.rglob("*.py"), *APP.rglob("*.html")]
        for name in re.findall(r"\bmay\(\s*[\"']([^\"']+)[\"']\s*\)", path.read_text())
    }
    assert named
    assert named <= set(WHO_MAY)
