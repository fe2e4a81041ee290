"""Attacks that worked once, each with the test that would have shown it."""

from typing import Any

import pytest
from flask import Request
from sqlalchemy.exc import OperationalError

from people.types import Duty, Role
from store import accounts, links, sessions
from store.database import reading, writing
from tests.support.world import PASSWORD, World, csrf_token, hidden

NEW = "nine grey herons at dusk"


def test_an_owner_makes_no_link_for_a_new_password_of_their_own(world: World):
    path = f"/o/{world.applicant.slug}/people/{world.memberships['owner'].id}/reset"

    assert "cannot be reset from here" in world.visitor("owner").get(path).text
    assert "/link/" not in world.visitor("owner").send(path, page=f"/o/{world.applicant.slug}/people").text


def test_a_link_that_an_owner_made_for_themselves_opens_nothing(world: World):
    with world.app.app_context(), writing() as database:
        owner = world.people["owner"]
        token = links.make_reset(database, owner, organization_id=world.applicant.id, made_by=owner)

    assert world.visitor().get(f"/link/{token}").status_code == 404


def test_a_new_password_ends_the_links_that_would_set_another(world: World):
    with world.app.app_context(), writing() as database:
        token = links.make_reset(
            database, world.people["member"], organization_id=world.applicant.id, made_by=world.people["owner"]
        )
    fields = {"current_password": PASSWORD, "new_password": NEW}

    assert world.visitor("member").send("/account/password", fields).status_code == 302
    assert world.visitor().get(f"/link/{token}").status_code == 404


def test_an_invitation_with_duties_dies_with_the_right_to_give_them(world: World):
    giver = world.add("body-manager", world.body, Role.MANAGER)
    with world.app.app_context(), writing() as database:
        token = links.make_invitation(
            database,
            world.body.id,
            email="accomplice@example.com",
            role=Role.CONTRIBUTOR,
            duties=[Duty.DECIDER],
            made_by=giver,
        )

    assert world.visitor().get(f"/link/{token}").status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_with_a_right_token_is_refused_all_the_same(world: World, site: str):
    visitor = world.visitor("owner")
    token = visitor.get("/account").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    answer = visitor.client.post(
        "/account", data={"name": "Mallory", "csrf_token": token}, headers={"Sec-Fetch-Site": site}
    )

    assert answer.status_code == 400
    with world.app.app_context(), reading() as database:
        found = accounts.find(database, world.people["owner"])
    assert found is not None
    assert found.name == "Owner"


def test_two_tabs_of_one_account_overwrite_nothing_unseen(world: World):
    first, second = world.visitor("owner"), world.visitor("owner")
    page = second.get("/account").text
    seen = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    first.send("/account", {"name": "First Tab", "theme": "auto", "version": seen})

    answer = second.send("/account", {"name": "Owner", "theme": "dark", "version": seen})

    assert answer.status_code == 409
    assert "First Tab" in answer.text


def test_rights_are_looked_up_only_once_the_whole_request_is_there(world: World, monkeypatch: pytest.MonkeyPatch):
    happened: list[str] = []
    recognise, parse = sessions.recognise, Request.make_form_data_parser

    def noted_recognise(*given: Any) -> Any:
        happened.append("rights")
        return recognise(*given)

    def noted_parse(request: Request) -> Any:
        happened.append("body")
        return parse(request)

    visitor = world.visitor("owner")
    monkeypatch.setattr(sessions, "recognise", noted_recognise)
    monkeypatch.setattr(Request, "make_form_data_parser", noted_parse)
    visitor.client.post("/account", data={"name": "Owner"})

    assert happened[:2] == ["body", "rights"]


def test_reading_goes_on_while_nothing_can_be_written(world: World, monkeypatch: pytest.MonkeyPatch):
    def full(*_given: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    visitor = world.visitor("owner")
    monkeypatch.setattr(sessions, "is_due", lambda _session: True)
    monkeypatch.setattr(sessions, "note_seen", full)

    assert visitor.get("/account").status_code == 200


def test_a_ticket_for_the_second_step_ends_with_the_password_it_was_given_for(world: World):
    world.enrol("member", "aaaaa-bbbbb")
    visitor = world.visitor()
    asked = visitor.send("/sign-in", {"email": "member@example.com", "password": PASSWORD})
    with world.app.app_context(), writing() as database:
        accounts.set_password(database, world.people["member"], "another hash")

    fields = {"ticket": hidden(asked.text, "ticket"), "code": "aaaaa-bbbbb", "csrf_token": csrf_token(asked)}
    assert visitor.client.post("/sign-in/code", data=fields).status_code == 200
    assert visitor.get("/account").status_code == 302
