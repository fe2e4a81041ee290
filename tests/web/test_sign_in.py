"""Signing in with e-mail and password: what is taken, what is refused, and what the cookie is like."""

import re
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from people import passwords
from settings import Settings
from store import sessions
from store.database import writing
from store.tables import AttemptsRow
from tests.support.world import PASSWORD, Visitor, World


def seen(response: TestResponse) -> str:
    """The page without what was typed and without tokens."""
    return re.sub(r'value="[^"]*"', "", response.text)


def home(world: World) -> str:
    return f"/o/{world.applicant.slug}/"


def test_the_right_password_leads_home(world: World):
    visitor = world.visitor()

    assert visitor.sign_in("member").location == "/"
    assert visitor.get("/").location == home(world)
    assert visitor.get(home(world)).status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(world: World):
    wrong = world.visitor().sign_in("member", "not my password")
    unknown = world.visitor().sign_in("nobody-at-all", "not my password")

    assert (wrong.status_code, seen(wrong)) == (unknown.status_code, seen(unknown))
    assert "E-mail or password is not right" in wrong.text
    assert sorted(wrong.headers.keys()) == sorted(unknown.headers.keys())


@pytest.mark.parametrize("name", ["member", "nobody-at-all"])
def test_a_hash_is_verified_once_for_known_and_unknown_addresses_alike(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
):
    verified: list[str] = []
    matches = passwords.matches

    def spy(kept: str, typed: str) -> bool:
        verified.append(kept)
        return matches(kept, typed)

    monkeypatch.setattr(passwords, "matches", spy)
    world.visitor().sign_in(name, "not my password")

    assert [kept[:10] for kept in verified] == ["$argon2id$"]


@pytest.mark.parametrize(
    "typed",
    [
        "MEMBER@EXAMPLE.COM",
        "  member@example.com  ",
        "ｍｅｍｂｅｒ@example.com",
        "ｍｅｍｂｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "member@example.com\t\n",
        "\u202amember@example.com\u202c",
    ],
)
def test_an_address_is_the_same_however_it_is_typed(world: World, typed: str):
    assert world.visitor().send("/sign-in", {"email": typed, "password": PASSWORD}).location == "/"


def test_a_password_is_the_same_in_full_width_characters(world: World):
    full_width = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in PASSWORD)

    assert world.visitor().sign_in("member", full_width).location == "/"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "", "password": PASSWORD}, "Enter an e-mail address"),
        ({"email": "member@example.com", "password": ""}, "Enter your password"),
        ({"email": "member", "password": PASSWORD}, "This is not an e-mail address"),
        ({}, "Enter your password"),
    ],
)
def test_what_is_missing_is_named_and_costs_no_attempt(world: World, fields: dict[str, str], told: str):
    before = world.everything()[AttemptsRow.__tablename__]

    answer = world.visitor().send("/sign-in", fields)

    assert answer.status_code == 200
    assert told in answer.text
    assert world.everything()[AttemptsRow.__tablename__] == before


def test_the_password_is_never_sent_back(world: World):
    assert "not my password" not in world.visitor().sign_in("member", "not my password").text


def test_a_planted_cookie_is_not_the_one_signed_in_with(world: World):
    victim = world.visitor()
    victim.client.set_cookie("session", "planted-by-somebody-else")
    victim.sign_in("member")
    attacker = world.visitor()
    attacker.client.set_cookie("session", "planted-by-somebody-else")

    assert victim.token not in {None, "planted-by-somebody-else"}
    assert attacker.get("/account").location.startswith("/sign-in")


def test_the_token_changes_at_sign_in_and_at_sign_out_and_the_old_one_is_dead(world: World):
    visitor = world.visitor()
    visitor.get("/sign-in")
    strangers = visitor.token
    visitor.sign_in("member")
    signed_in = visitor.token
    visitor.send("/sign-out", page="/account")
    visitor.get("/sign-in")

    assert len({strangers, signed_in, visitor.token, None}) == 4
    assert visitor.get("/account").status_code == 302
    assert holding(world, signed_in).get("/account").status_code == 302


def test_signing_in_as_somebody_else_ends_the_session_before(world: World):
    visitor = world.visitor("viewer")
    before = visitor.token

    visitor.send("/sign-in", {"email": "member@example.com", "password": PASSWORD}, page="/account")

    assert "member@example.com" in visitor.get("/account").text
    assert holding(world, before).get("/account").status_code == 302


def test_a_stranger_who_only_looks_leaves_nothing_in_the_database(world: World):
    before = world.everything()

    for path in ("/sign-in", "/", "/account", "/link/unknown", "/healthz", "/no-such-page"):
        world.visitor().get(path)

    assert world.everything() == before


def test_whoever_is_signed_in_is_led_away_from_the_sign_in_page(world: World):
    assert world.visitor("member").get("/sign-in").location == "/"


def test_a_hash_made_at_a_lower_cost_is_made_anew(world: World, monkeypatch: pytest.MonkeyPatch):
    stronger = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", stronger)

    world.visitor().sign_in("member")

    assert sum("t=2" in row for row in world.everything()["users"]) == 1
    assert world.visitor().sign_in("member").location == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World):
    (cookie,) = session_cookies(world.visitor().sign_in("member"))

    assert cookie[0].startswith("session=")
    assert sorted(cookie[1:]) == sorted([*cookie[1:2], "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=604800"])
    assert cookie[1].startswith("Expires=")


def test_a_strangers_cookie_ends_with_the_browser(client_of_stranger: TestResponse):
    ((_, *attributes),) = session_cookies(client_of_stranger)

    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax"]


@pytest.fixture
def client_of_stranger(app: Flask) -> TestResponse:
    return app.test_client().get("/sign-in")


class TestBehindHttps:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, public_url="https://plumbline.example.org")

    def test_the_cookie_is_bound_to_this_host_and_to_encryption(self, app: Flask):
        answer = app.test_client().get("/sign-in", base_url="https://plumbline.example.org")
        ((first, *attributes),) = session_cookies(answer)

        assert first.startswith("__Host-session=")
        assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]

    def test_a_cookie_without_the_prefix_counts_for_nothing(self, world: World):
        client = world.app.test_client()
        with world.app.app_context(), writing() as database:
            token = sessions.open_session(database, world.people["owner"], "Test")
        there = "https://plumbline.example.org"
        client.set_cookie("session", token, domain="plumbline.example.org")
        unprefixed = client.get("/account", base_url=there).status_code
        client.set_cookie("__Host-session", token, domain="plumbline.example.org", secure=True)

        assert (unprefixed, client.get("/account", base_url=there).status_code) == (302, 200)


def session_cookies(response: TestResponse) -> list[list[str]]:
    headers = (header.split("; ") for header in response.headers.getlist("Set-Cookie"))
    return [parts for parts in headers if "session=" in parts[0]]


def holding(world: World, token: str | None) -> Visitor:
    """A browser that has this token, however it came by it."""
    assert token
    visitor = world.visitor()
    visitor.client.set_cookie("session", token)
    return visitor
