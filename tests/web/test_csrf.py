"""Forged requests: every unsafe route refuses one without a token of its own session, and stores nothing."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.library import filled_in
from tests.support.world import PASSWORD, Visitor, World, csrf_token

HERE = {"Sec-Fetch-Site": "same-origin"}
SECRETS = {
    "password": "pass-typed-here",
    "new_password": "pass-typed-here",
    "current_password": "pass-typed-here",
    "code": "pass-typed-here",
}


def unsafe_routes(app: Flask) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())]
    assert len(rules) > 15
    return [rule.rule for rule in rules]


def path_of(world: World, route: str) -> str:
    token, invitation = world.invitation()
    id_of = invitation if "invitations" in route else world.memberships["member"].id
    path = filled_in(world, route).replace("<org>", world.applicant.slug).replace("<token>", token)
    return re.sub("<int:[a-z]+>", "1", re.sub("<uuid:[a-z]+>", str(id_of), path))


def plausible(world: World) -> dict[str, str]:
    """What would change something on one route or another."""
    return {"name": "Forged", "theme": "dark", "role": "owner", "version": "1", "language": "zh", "name_en": "Forged",
            "email": "forged@example.com", "password": PASSWORD, "current_password": PASSWORD,
            "new_password": "a quiet heron at the lake", "kind": "applicant"}  # fmt: skip


@pytest.mark.parametrize("who", ["owner", "operator", None])
@pytest.mark.parametrize("headers", [{}, HERE], ids=["of-unknown-origin", "from-here"])
def test_no_unsafe_route_takes_a_form_without_a_token(world: World, who: str | None, headers: dict[str, str]):
    visitor = world.visitor(who)
    paths = [path_of(world, route) for route in unsafe_routes(world.app)]
    before = world.everything()

    answers = [visitor.client.post(path, data=plausible(world), headers=headers) for path in paths]

    assert {answer.status_code for answer in answers} <= {400, 401, 404}
    assert sum(answer.status_code != 404 for answer in answers) > 12
    assert world.everything() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_unsafe_method_is_answered(world: World, method: str):
    owner = world.visitor("owner")
    paths = [path_of(world, route) for route in unsafe_routes(world.app)]

    assert {owner.client.open(path, method=method).status_code for path in paths} == {405}


def test_a_token_of_another_session_is_refused(world: World):
    theirs = csrf_token(world.visitor("viewer").get("/account"))
    strangers = csrf_token(world.visitor().get("/sign-in"))
    earlier = csrf_token(world.visitor("member").get("/account"))

    for token in (theirs, strangers, earlier, "", "x", theirs[:-1]):
        answer = world.visitor("member").client.post("/account", data={"name": "Forged", "csrf_token": token})
        assert answer.status_code == 400
    assert "Forged" not in "".join(world.everything()["users"])


def test_a_token_from_before_signing_in_is_worth_nothing_after(world: World):
    visitor = world.visitor()
    before = csrf_token(visitor.get("/sign-in"))
    visitor.sign_in("member")

    assert visitor.client.post("/account", data={"name": "Forged", "csrf_token": before}).status_code == 400


def test_a_token_that_was_right_stays_right_for_its_session_and_for_no_other(world: World):
    theirs, mine = world.visitor("viewer"), world.visitor("member")
    token = csrf_token(theirs.get("/account"))

    def send(visitor: Visitor) -> int:
        return visitor.client.post("/account", data={"name": "Once", "theme": "dark", "csrf_token": token}).status_code

    assert [send(theirs), send(mine), send(theirs), send(mine)] == [302, 400, 302, 400]


def test_a_token_that_was_right_is_worth_nothing_after_signing_out(world: World):
    visitor = world.visitor("member")
    token = csrf_token(visitor.get("/account"))
    assert visitor.client.post("/account", data={"theme": "dark", "name": "M", "csrf_token": token}).status_code == 302
    visitor.client.post("/sign-out", data={"csrf_token": token})

    assert visitor.client.post("/sign-in", data={"email": "x@example.com", "csrf_token": token}).status_code == 400


def test_only_so_many_right_tokens_are_remembered(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("web.csrf._MOST", 2)
    visitors = [world.visitor(who) for who in ("owner", "member", "viewer")] * 2

    answers = [visitor.send("/account", {"name": "M", "theme": "dark"}) for visitor in visitors]

    assert [answer.status_code for answer in answers] == [302] * 6
    assert len(world.app.extensions["csrf"].right) <= 2


def test_a_right_token_that_somebody_blew_up_is_not_remembered(world: World):
    """Base64 is read past characters that are none of its own: anybody could fill the memory, a megabyte at a time."""
    visitor = world.visitor()
    token = csrf_token(visitor.get("/sign-in"))

    for strewn in ("!" * 900_000, "*" * 200):
        assert visitor.client.post("/language", data={"language": "zh", "csrf_token": token + strewn}).status_code < 500
    assert visitor.client.post("/language", data={"language": "zh", "csrf_token": token}).status_code == 302

    assert [remembered for _session, remembered in world.app.extensions["csrf"].right] == [token]


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "null"},
    {},
]


@pytest.mark.parametrize("who", ["member", None])
def test_from_another_site_nothing_that_was_sent_is_shown(world: World, who: str | None):
    for headers in ELSEWHERE:
        answer = world.visitor(who).client.post("/account", data={"name": "typed-over-there"}, headers=headers)
        _shows_nothing(answer, who)


def _shows_nothing(answer: TestResponse, who: str | None) -> None:
    assert "typed-over-there" not in answer.text
    if who is None and answer.status_code == 401:  # an old browser that does not tell where it comes from
        assert 'name="kept" type="hidden" value=""' in answer.text
        return
    assert answer.status_code == 400
    assert "cannot be understood" in answer.text


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://localhost"}])
def test_from_an_old_page_of_ours_what_was_typed_comes_back(world: World, headers: dict[str, str]):
    visitor = world.visitor("member")
    typed = {"name": 'Zeng "Yu" <b>', "csrf_token": "old", "theme": "dark", **SECRETS}

    answer = visitor.client.post("/account", data=typed, headers=headers)

    assert answer.status_code == 400
    assert 'name="name" value="Zeng &#34;Yu&#34; &lt;b&gt;"' in answer.text
    assert 'action="/account" data-goes-on' in answer.text
    assert "pass-typed-here" not in answer.text
    assert "old" not in csrf_token(answer)


def test_the_way_back_shows_the_form_filled_in_and_stores_nothing_until_sent_again(world: World):
    visitor = world.visitor("member")
    before = world.everything()["users"]
    page = visitor.client.post("/account", data={"name": "Typed", "theme": "dark"}, headers=HERE)

    form = _press(visitor, page, "/account", {"name": "Typed", "theme": "dark"})

    assert form.status_code == 200
    assert 'value="Typed"' in form.text
    assert world.everything()["users"] == before
    sent = visitor.client.post("/account", data={"name": "Typed", "theme": "dark", "csrf_token": csrf_token(form)})
    assert sent.location == "/account"
    assert "Typed" in "".join(world.everything()["users"])


def test_the_way_back_goes_on_by_itself_only_once(world: World):
    """Without cookies no token ever fits: the page must not send itself for ever."""
    visitor = world.visitor("member")

    again = visitor.client.post("/account", data={"name": "Typed", "brought_back": "1"}, headers=HERE)

    assert 'value="Typed"' in again.text
    assert "data-goes-on" not in again.text


@pytest.mark.parametrize("path", ["/account/sessions/sign-out-everywhere", "/sign-out", "/language"])
def test_what_a_button_does_is_not_done_without_another_press(world: World, path: str):
    answer = world.visitor("member").client.post(path, headers=HERE)

    assert f'action="{path}"' in answer.text
    assert "data-goes-on" not in answer.text


def test_a_flood_of_fields_is_not_sent_back(world: World):
    answer = world.visitor().client.post("/sign-in", data="a&" * 400_000, headers=HERE,
                                         content_type="application/x-www-form-urlencoded")  # fmt: skip

    assert answer.status_code == 400
    assert len(answer.data) < 200_000


class TestBehindHttps:
    def test_a_browser_that_tells_no_referer_gets_its_form_through(self, world: World):
        """Some browsers and companies strip it; asking for it would bring such people back for ever."""
        client = world.app.test_client()
        token = csrf_token(client.get("/sign-in", base_url="https://localhost"))
        fields = {"email": "member@example.com", "password": PASSWORD, "csrf_token": token}

        assert client.post("/sign-in", data=fields, base_url="https://localhost").status_code == 302


def _press(visitor: Visitor, page: TestResponse, path: str, fields: dict[str, str]) -> TestResponse:
    data = {**fields, "brought_back": "1", "csrf_token": csrf_token(page)}
    return visitor.client.post(path, data=data)
