"""One-time links: looking uses nothing up, sending does, and afterwards they are gone."""

from datetime import timedelta

import pytest
from flask import Flask

from people.types import Role
from store import links
from store.database import now, writing
from store.tables import LinkRow, UserRow
from tests.support.world import PASSWORD, TOTP_SECRET, Visitor, World

NEW_PASSWORD = "a quiet heron at the lake"
OWNER = {
    "name": "曾瑜",
    "email": "Owner@Example.org",
    "password": "seven quiet herons at dawn",
    "name_zh": "澄湖",
    "name_en": "Cheng Lake",
    "kind": "applicant",
}


def set_up_link(app: Flask) -> str:
    with app.app_context(), writing() as database:
        return f"/link/{links.make_set_up(database)}"


def sign_in_link(world: World, name: str) -> str:
    with world.app.app_context(), writing() as database:
        return f"/link/{links.make_sign_in(database, world.people[name])}"


def reset_link(world: World, name: str, made_by: str = "owner") -> str:
    with world.app.app_context(), writing() as database:
        maker, organization = world.people[made_by], world.applicant.id
        return f"/link/{links.make_reset(database, world.people[name], organization_id=organization, made_by=maker)}"


def is_gone(visitor: Visitor, link: str) -> bool:
    answer = visitor.get(link)
    return answer.status_code == 404 and '<body class="bare' in answer.text and "no longer works" in answer.text


def test_the_first_link_makes_the_owner_and_signs_them_in(app: Flask):
    visitor = Visitor(app.test_client())
    link = set_up_link(app)

    answer = visitor.send(link, OWNER)

    assert answer.location == "/o/cheng-lake/"
    assert "Your account is ready" in visitor.get("/o/cheng-lake/").text
    assert "owner@example.org" in visitor.get("/account").text
    assert visitor.get("/o/cheng-lake/settings").status_code == 200
    assert visitor.get("/organizations/new").status_code == 200
    assert is_gone(Visitor(app.test_client()), link)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", " ", "Enter your name"),
        ("email", "owner", "This is not an e-mail address"),
        ("password", "short", "Use at least 12 characters"),
        ("password", "owner@example.org", "little more than a name"),
        ("kind", "bank", "Invalid Choice"),
    ],
)
def test_a_first_form_with_a_mistake_makes_nobody_and_the_link_goes_on_working(
    app: Flask, field: str, value: str, told: str
):
    visitor = Visitor(app.test_client())
    link = set_up_link(app)

    refused = visitor.send(link, {**OWNER, field: value})

    assert told in refused.text
    assert OWNER["password"] not in refused.text
    assert visitor.send(link, OWNER).status_code == 302


def test_a_first_link_is_gone_once_somebody_is_here(world: World):
    """However it was made: there is one first owner."""
    assert world.visitor().send(set_up_link(world.app), OWNER).status_code == 404
    assert "owner@example.org" not in "".join(world.everything()["users"])


def test_a_newer_first_link_ends_the_older_one(app: Flask):
    older, newer = set_up_link(app), set_up_link(app)
    visitor = Visitor(app.test_client())

    assert is_gone(visitor, older)
    assert visitor.get(newer).status_code == 200


def test_only_sending_the_form_uses_a_link_up(world: World):
    """Mail scanners and chat programs look at links before people do."""
    made = [reset_link(world, "member"), sign_in_link(world, "viewer"), f"/link/{world.invitation()[0]}"]
    before = world.everything()

    for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]:
        for link in made:
            world.visitor().client.open(link, method=method)

    assert world.everything() == before


def test_a_sign_in_link_signs_in_once(world: World):
    link = sign_in_link(world, "member")
    visitor = world.visitor()

    assert "as Member" in visitor.get(link).text
    assert visitor.send(link).location == "/"
    assert visitor.get("/account").status_code == 200
    assert is_gone(world.visitor(), link)


def test_a_sign_in_link_does_not_replace_the_second_factor(world: World):
    world.enrol("member")
    visitor = world.visitor()

    page = visitor.send(sign_in_link(world, "member"))

    assert 'name="ticket"' in page.text
    assert visitor.get("/account").status_code == 302
    assert TOTP_SECRET in "".join(world.everything()["users"])


@pytest.mark.parametrize(("purpose", "minutes"), [("sign_in", 15), ("reset", 24 * 60), ("invitation", 7 * 24 * 60)])
def test_a_link_dies_when_its_time_is_over(world: World, monkeypatch: pytest.MonkeyPatch, purpose: str, minutes: int):
    makers = {
        "sign_in": lambda: sign_in_link(world, "member"),
        "reset": lambda: reset_link(world, "member"),
        "invitation": lambda: f"/link/{world.invitation()[0]}",
    }
    link = makers[purpose]()

    monkeypatch.setattr(links, "now", lambda: now() + timedelta(minutes=minutes - 1))
    assert world.visitor().get(link).status_code == 200
    monkeypatch.setattr(links, "now", lambda: now() + timedelta(minutes=minutes))
    assert is_gone(world.visitor(), link)


def test_a_new_password_ends_every_session_and_keeps_the_second_factor(world: World):
    world.enrol("member")
    before = [world.visitor("member") for _ in range(2)]
    link = reset_link(world, "member")
    visitor = world.visitor()

    assert visitor.send(link, {"password": NEW_PASSWORD}).location == "/sign-in"

    assert [old.get("/account").status_code for old in before] == [302, 302]
    assert 'name="ticket"' in world.visitor().sign_in("member", NEW_PASSWORD).text
    assert "not right" in world.visitor().sign_in("member", PASSWORD).text
    assert is_gone(world.visitor(), link)


def test_a_weak_new_password_is_refused_and_the_link_goes_on_working(world: World):
    link = reset_link(world, "member")

    for weak in ["short", "password1234", "member@example.com", "Member Member", "x" * 257]:
        assert "aria-invalid" in world.visitor().send(link, {"password": weak}).text
    assert world.visitor().send(link, {"password": NEW_PASSWORD}).status_code == 302


def test_a_link_for_a_new_password_dies_when_the_member_joins_another_organisation(world: World):
    """Or an owner could keep it, and come into the other one as somebody else."""
    link = reset_link(world, "member")

    world.add("member", world.elsewhere)

    assert is_gone(world.visitor(), link)


@pytest.mark.parametrize("who", ["owner", "member"])
def test_a_link_for_a_new_password_dies_when_its_maker_or_the_member_leaves(world: World, who: str):
    world.add("second-owner", world.applicant, Role.OWNER)
    link = reset_link(world, "member")

    world.leave(who)

    assert is_gone(world.visitor(), link)


def test_what_is_no_link_is_gone_whatever_it_looks_like(world: World):
    for token in ["unknown", "a" * 2000, "%00", "%ff%fe", "..%2f..", "%0d%0aX:1", "<script>"]:
        answer = world.visitor().get(f"/link/{token}")
        assert answer.status_code == 404, token
        assert "<script>" not in answer.text


def test_tokens_are_kept_as_digests_only(world: World):
    tokens = [reset_link(world, "member")[6:], sign_in_link(world, "viewer")[6:], world.invitation()[0]]
    visitor = world.visitor("owner")
    kept = repr(world.everything())

    assert all(len(token) == 43 for token in tokens)
    assert not [token for token in [*tokens, visitor.token] if token and token in kept]
    assert {LinkRow.__tablename__, UserRow.__tablename__} <= world.everything().keys()
