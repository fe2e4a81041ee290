"""The whole matrix: every route, as every kind of person, compared with docs/access.md."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from people.access import Action
from people.types import Role
from settings import ROOT
from store import sessions
from store.database import writing
from tests.support.world import World
from web.rules import rule_of

NAMES = {"nobody": None, "elsewhere": "stranger-owner"}


def table() -> Iterator[tuple[str, str, list[str]]]:
    rows = [line for line in (ROOT / "docs" / "access.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    who = [cell.strip() for cell in rows[0].strip("|").split("|")][1:]
    for row in rows[1:]:
        request, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        yield (
            request.partition(" ")[0],
            request.partition(" ")[2],
            [f"{w}: {c}" for w, c in zip(who, cells, strict=True)],
        )


TABLE = list(table())


@pytest.fixture
def app(app: Flask) -> Flask:
    """CSRF has its own tests; here it would hide what a route answers."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    return app


@pytest.mark.parametrize(
    ("method", "route", "expected"), TABLE, ids=[f"{method} {route}" for method, route, _ in TABLE]
)
def test_a_route_answers_whom_it_should(world: World, method: str, route: str, expected: list[str]):
    found = [f"{line.partition(':')[0]}: {_ask(world, line.partition(':')[0], method, route)}" for line in expected]

    assert found == expected


def test_every_route_is_in_the_table(app: Flask):
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert len(routes) > 30
    assert routes == {(method, route) for method, route, _ in TABLE}


def test_every_route_names_its_rule(app: Flask):
    rules = {rule.endpoint: rule_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}

    assert [endpoint for endpoint, rule in rules.items() if rule is None] == []


def test_whatever_belongs_to_an_organisation_names_it_in_its_path(app: Flask):
    open_to_all = {Action.VISIT, Action.USE_ACCOUNT, Action.FOUND_ORGANIZATION}
    placed = {rule.rule: rule_of(app, rule.endpoint) not in open_to_all for rule in app.url_map.iter_rules()}

    assert placed == {rule: rule.startswith("/o/<org>/") for rule in placed}


def test_addresses_are_kebab_case(app: Flask):
    words = [re.sub(r"<[^>]+>", "", rule.rule) for rule in app.url_map.iter_rules()]

    assert [word for word in words if not re.fullmatch(r"[a-z0-9/-]*", word)] == []


def test_a_route_without_a_rule_answers_nobody(world: World):
    world.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert world.visitor("owner").get("/forgotten").status_code == 404


def test_no_get_of_a_route_that_acts_is_answered(world: World):
    acting = [route for method, route, _ in TABLE if method == "POST" and ("GET", route) not in {r[:2] for r in TABLE}]

    assert {world.visitor("owner").get(_path(world, route)).status_code for route in acting} == {405}


def _ask(world: World, who: str, method: str, route: str) -> str:
    visitor = world.visitor(NAMES.get(who, who))
    return _outcome(visitor.client.open(_path(world, route), method=method, buffered=True))


def _outcome(response: TestResponse) -> str:
    if response.status_code == 404 and 'class="bare' not in response.text:
        return "404"
    is_led_away = (response.location or "").startswith("/sign-in?") and not response.request.path.startswith("/sign-in")
    if response.status_code == 401 or is_led_away:
        return "sign in"
    assert response.status_code in {200, 302, 404, 409}, response.status_code
    return "yes"


def _path(world: World, route: str) -> str:
    """Fill a route in with things that belong to the applicant, made anew for each request."""
    token, invitation = world.invitation(role=Role.VIEWER)
    id_of = invitation if "invitations" in route else world.memberships["member"].id
    if "sessions" in route:
        id_of = _somebodys_session(world)
    return (
        route.replace("<org>", world.applicant.slug)
        .replace("<uuid:id>", str(id_of))
        .replace("<token>", token)
        .replace("<path:filename>", "plumbline.css")
    )


def _somebodys_session(world: World) -> UUID:
    with world.app.app_context(), writing() as database:
        sessions.open_session(database, world.people["member"], "Test")
        return sessions.of_person(database, world.people["member"])[0].id
