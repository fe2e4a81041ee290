"""The whole matrix: every route, as every kind of person, compared with docs/access.md."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from answering.arriving import Arrival
from files.library import shipped
from people.access import Action
from people.types import Role
from scoring.answers import Answer, Declaration, Ground
from settings import ROOT
from store import imports, letterheads, sessions
from store.database import writing
from store.heads import Head
from store.letterheads import KeptLogo, Letterhead
from tests.support.assessments import assessment
from tests.support.kept import keep
from tests.support.library import filled_in
from tests.support.sharing import a_comment, a_department, a_finding
from tests.support.uploads import NAME
from tests.support.world import ISMS, World
from web.rules import rule_of

OM = shipped().questionnaire("om-services@trial-1")
# What a route may name, and what there is of it
KNOWN = {
    "<target>/<version>": "isms-2022/1",
    "<section>": "needs",
    "<item>": "om-01",
    "<id>": "om-services",
    "<version>": "trial-1",
    "<figure>": "supported",
    "<part>": "needs",
    "<format>": "json",
    "<paper>": "docx",
    "<number>": "PL-20261121-3F9A0C71",
    "<area>": "needs",
    "<int:number>": "0",
    "<path:filename>": "plumbline.css",
}
NAMES = {"nobody": None, "elsewhere": "stranger-owner"}
BODYS_NAMES = {
    "nobody": None,
    "owner": "body-owner",
    "manager": "body-manager",
    "contributor": "reviewer",
    "viewer": "body-viewer",
    "former": "body-former",
    "elsewhere": "owner",
}


def tables() -> list[list[list[str]]]:
    """The tables of the document, each a list of rows, each a list of cells; the first row is the head."""
    blocks = (ROOT / "docs" / "access.md").read_text(encoding="utf-8").split("\n\n")
    found = [[line for line in block.splitlines() if line.startswith("| ")] for block in blocks]
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in rows] for rows in found if rows]


def rows_of(table: list[list[str]]) -> Iterator[tuple[str, str, list[str]]]:
    (_request, *who), *rows = table
    for request, *cells in rows:
        method, _, route = request.partition(" ")
        yield method, route, [f"{w}: {c}" for w, c in zip(who, cells, strict=True)]


TABLE, BODYS_TABLE = (list(rows_of(table)) for table in tables())


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


@pytest.mark.parametrize(
    ("method", "route", "expected"), BODYS_TABLE, ids=[f"{method} {route}" for method, route, _ in BODYS_TABLE]
)
def test_a_route_of_a_body_answers_whom_it_should(world: World, method: str, route: str, expected: list[str]):
    found = [line.partition(":")[0] for line in expected]

    assert [f"{who}: {_ask_body(world, who, method, route)}" for who in found] == expected


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

    assert [word for word in words if not re.fullmatch(r"[a-z0-9/-]*(\.[a-z]+)?", word)] == []


def test_a_route_without_a_rule_answers_nobody(world: World):
    world.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert world.visitor("owner").get("/forgotten").status_code == 404


def test_no_get_of_a_route_that_acts_is_answered(world: World):
    acting = [route for method, route, _ in TABLE if method == "POST" and ("GET", route) not in {r[:2] for r in TABLE}]

    assert {world.visitor("owner").get(_path(world, route)).status_code for route in acting} == {405}


def _ask(world: World, who: str, method: str, route: str) -> str:
    visitor = world.visitor(NAMES.get(who, who))
    return _outcome(visitor.client.open(_path(world, route), method=method, buffered=True))


def _ask_body(world: World, who: str, method: str, route: str) -> str:
    """Ask about a version of the body's own, made anew in the state the route asks for."""
    number = str(next(world.numbers))
    world.questionnaire(number, published="retire" in route)
    path = route.replace("<org>", world.body.slug).replace("<id>", NAME).replace("<version>", number)
    return _outcome(world.visitor(BODYS_NAMES.get(who, who)).client.open(path, method=method, buffered=True))


def _outcome(response: TestResponse) -> str:
    if response.status_code == 404 and 'class="bare' not in response.text:
        return "404"
    is_led_away = (response.location or "").startswith("/sign-in?") and not response.request.path.startswith("/sign-in")
    if response.status_code == 401 or is_led_away:
        return "sign in"
    assert response.status_code in {200, 302, 404, 409, 422}, response.status_code
    return "yes"


def _path(world: World, route: str) -> str:
    """Fill a route in with things that belong to the applicant, made anew for each request."""
    token, invitation = world.invitation(role=Role.VIEWER)
    id_of = invitation if "invitations" in route else world.memberships["member"].id
    if any(family in route for family in ("/matrix/", "/comments/", "/history/", "/follow-ups/", "/flag")):
        head = world.assess()
        id_of, route = head.id, _inside(world, head, route)
    else:
        id_of = next((find(world, route) for family, find in FOUND.items() if family in route), id_of)
    route = filled_in(world, route).replace("<org>", world.applicant.slug).replace("<uuid:id>", str(id_of))
    if "<uuid:waiting>" in route:
        route = route.replace("<uuid:waiting>", str(_somebodys_import(world)))
    for name, value in {"<token>": token, **KNOWN}.items():
        route = route.replace(name, value)
    return route


def _assessments(world: World, _route: str) -> UUID:
    return world.om.id


def _inside(world: World, head: Head, route: str) -> str:
    """Fill in what lies inside an assessment, made anew where the route asks for it."""
    if "<int:version>" in route:
        world.answer(head, "om-01", Answer(conclusion="conform"))
    if "<uuid:comment>" in route:
        route = route.replace("<uuid:comment>", str(a_comment(world, head)))
    if "<uuid:finding>" in route:
        route = route.replace("<uuid:finding>", str(a_finding(world, head).id))
    return route.replace("<kind>", "observation").replace("<int:version>", "1")


def _assessment(world: World, route: str) -> Head:
    """Find an assessment of the applicant; one that was moved to undo that, one that can be moved to move it."""
    if "/moves/" not in route:
        return world.om
    edition = "isms-2013@1" if "<target>" in route else "isms-2022@1"
    return world.assess(replace(ISMS, questionnaire=edition, moved_from_id=world.isms.id))


def _somebodys_import(world: World) -> UUID:
    with world.app.app_context(), writing() as database:
        return imports.keep(database, world.om, Arrival(), name="answers.xlsx", by=world.people["member"])


def _judged(world: World) -> UUID:
    """An assessment with gaps to grade, an area proposed as systemic, and a declared major."""
    answers = {f"om-0{number}": Answer("nonconform") for number in (1, 2, 3)}
    it = assessment(OM, answers, level=2, declared=(Declaration(Ground.LAW, "No permit"),))
    with world.app.app_context(), writing() as database:
        return keep(database, world.applicant.id, it, world.people["owner"]).id


def _somebodys_session(world: World) -> UUID:
    with world.app.app_context(), writing() as database:
        sessions.open_session(database, world.people["member"], "Test")
        return sessions.of_person(database, world.people["member"])[0].id


# Whose id a route asks for, by what its address begins with
FOUND: dict[str, Callable[[World, str], UUID]] = {
    "/letterhead/logo": lambda world, _route: _logo(world),
    "/setup/": lambda world, route: _assessment(world, route).id,
    "/imports/": lambda world, route: _assessment(world, route).id,
    "/moves/": lambda world, route: _assessment(world, route).id,
    "/workbooks/": lambda world, route: _assessment(world, route).id,
    "/answers/": _assessments,
    "/assessments/": _assessments,
    "/results/": _assessments,
    "/reports/": _assessments,
    "/judgements/": lambda world, _route: _judged(world),
    "/departments/": lambda world, _route: a_department(world).id,
    "/account/sessions/": lambda world, _route: _somebodys_session(world),
}


def _logo(world: World) -> UUID:
    """A logo of the applicant's, kept once."""
    with world.app.app_context(), writing() as database:
        if letterheads.of(database, world.applicant.id).logo is None:
            letterheads.keep(database, world.applicant.id, Letterhead(logo=KeptLogo(b"a picture", 4, 1)))
    return world.om.id
