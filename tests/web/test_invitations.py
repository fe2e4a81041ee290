"""Invitations: for new people, known people and the wrong ones; one member each, however often they are sent."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from people.types import Role
from store import organizations
from store.database import reading
from tests.support.world import Visitor, World, csrf_token

JOIN = {"name": "曾瑜", "password": "a quiet heron at the lake"}


def link_for(world: World, email: str = "new@example.com", role: Role = Role.VIEWER) -> str:
    return f"/link/{world.invitation(email, role)[0]}"


def members(world: World) -> list[tuple[str, Role]]:
    with world.app.app_context(), reading() as database:
        found = organizations.members(database, world.applicant.id)
    return sorted((member.person.email, member.membership.role) for member in found)


def test_a_new_person_makes_an_account_and_is_in(world: World):
    visitor = world.visitor()

    answer = visitor.send(link_for(world, role=Role.CONTRIBUTOR), JOIN)

    assert answer.location == f"/o/{world.applicant.slug}/"
    assert visitor.get(answer.location).status_code == 200
    assert ("new@example.com", Role.CONTRIBUTOR) in members(world)


def test_the_address_is_the_invited_one_whatever_is_sent(world: World):
    world.visitor().send(link_for(world), {**JOIN, "email": "owner@example.com", "role": "owner"})

    assert ("new@example.com", Role.VIEWER) in members(world)


def test_a_password_made_of_the_invited_address_is_refused(world: World):
    answer = world.visitor().send(link_for(world), {**JOIN, "password": "new@example.com"})

    assert "little more than a name or an address" in answer.text
    assert len(members(world)) == 5


def test_a_known_person_signed_in_joins_with_one_press(world: World):
    visitor = world.visitor("reviewer")
    link = link_for(world, "reviewer@example.com")

    assert "You join as Reviewer" in visitor.get(link).text
    assert visitor.send(link).location == f"/o/{world.applicant.slug}/"
    assert ("reviewer@example.com", Role.VIEWER) in members(world)


def test_a_known_person_signed_out_signs_in_first_and_comes_back(world: World):
    visitor = world.visitor()
    link = link_for(world, "reviewer@example.com")

    led = visitor.get(link).location
    answer = visitor.sign_in("reviewer", next=link)

    assert led == f"/sign-in?next={link}"
    assert answer.location == link
    assert visitor.send(link).status_code == 302
    assert ("reviewer@example.com", Role.VIEWER) in members(world)


def test_a_known_persons_account_cannot_be_made_anew(world: World):
    """Or whoever holds the link could set a password for somebody who has one."""
    before = world.everything()["users"]
    visitor = world.visitor()
    link = link_for(world, "reviewer@example.com")

    answer = visitor.send(link, JOIN, page="/sign-in")

    assert answer.location.startswith("/sign-in")
    assert world.everything()["users"] == before


def test_somebody_else_signed_in_is_told_whom_it_is_for_and_nothing_is_used_up(world: World):
    link = link_for(world, "reviewer@example.com")
    visitor = world.visitor("body-owner")
    before = members(world)

    page = visitor.get(link)
    visitor.send(link, page=link)

    assert "This invitation is for reviewer@example.com, but you are signed in as Body-Owner" in page.text
    assert members(world) == before
    assert world.visitor("reviewer").send(link).status_code == 302


def test_who_is_a_member_already_keeps_the_role_they_have(world: World):
    link = link_for(world, "owner@example.com", Role.VIEWER)

    world.visitor("owner").send(link)

    assert ("owner@example.com", Role.OWNER) in members(world)


def test_a_withdrawn_invitation_is_gone(world: World):
    token, id_of = world.invitation()

    answer = world.visitor("owner").send(f"{people(world)}/invitations/{id_of}/withdraw", page=people(world))

    assert answer.location == people(world)
    assert world.visitor().get(f"/link/{token}").status_code == 404
    assert withdraw(world, "owner", id_of).status_code == 404


def test_an_invitation_dies_when_whoever_made_it_may_not_make_it_any_more(world: World):
    """Or an owner about to be removed could leave a way back in."""
    link = link_for(world, "second-address@example.com", Role.OWNER)
    world.add("second-owner", world.applicant, Role.OWNER)

    world.leave("owner")

    assert world.visitor().get(link).status_code == 404
    assert world.visitor().send(link, JOIN, page="/sign-in").status_code == 404


def test_an_invitation_dies_when_whoever_made_it_may_hand_out_less_than_that(world: World):
    as_owner, as_viewer = link_for(world, "a@example.com", Role.OWNER), link_for(world, "b@example.com")
    world.add("second-owner", world.applicant, Role.OWNER)

    owner = f"{people(world)}/{world.memberships['owner'].id}"
    world.visitor("owner").send(owner, {"role": "manager", "version": "1"})

    assert world.visitor().get(as_owner).status_code == 404
    assert world.visitor().get(as_viewer).status_code == 200


def test_a_manager_withdraws_no_invitation_of_an_owner(world: World):
    _token, for_a_manager = world.invitation("new@example.com", Role.MANAGER)
    _token, for_a_viewer = world.invitation("other@example.com", Role.VIEWER)

    assert withdraw(world, "manager", for_a_manager).status_code == 404
    assert withdraw(world, "manager", for_a_viewer).status_code == 302


def test_a_manager_does_not_replace_an_owners_invitation_by_a_lesser_one(world: World):
    token, _id = world.invitation("new@example.com", Role.MANAGER)

    answer = world.visitor("manager").send(
        f"{people(world)}/invite", {"email": "NEW@example.com", "role": Role.VIEWER.value}
    )

    assert "An owner has invited this person already" in answer.text
    assert world.visitor().get(f"/link/{token}").status_code == 200


def test_an_invitation_of_another_organisation_is_not_there_to_withdraw(world: World):
    token, id_of = world.invitation()
    theirs = f"/o/{world.elsewhere.slug}/people"

    answer = world.visitor("stranger-owner").send(f"{theirs}/invitations/{id_of}/withdraw", page=theirs)

    assert answer.status_code == 404
    assert world.visitor().get(f"/link/{token}").status_code == 200


@pytest.mark.parametrize("email", ["new@example.com", "reviewer@example.com"])
def test_of_thirty_at_once_one_becomes_a_member(world: World, email: str):
    link = link_for(world, email)
    name = "reviewer" if email.startswith("reviewer") else None
    ready = []
    for _ in range(30):
        visitor = world.visitor(name)
        ready.append((visitor, csrf_token(visitor.get(link))))

    def send(prepared: tuple[Visitor, str]) -> int:
        visitor, token = prepared
        return visitor.client.post(link, data={**JOIN, "csrf_token": token}).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, ready))

    assert [who for who, _ in members(world)].count(email) == 1
    assert sum(f"'{email}'" in row for row in world.everything()["users"]) == 1
    assert sum("joined" in row for row in world.everything()["log_entries"]) == 1
    assert set(answers) <= {302, 404}


def people(world: World) -> str:
    return f"/o/{world.applicant.slug}/people"


def withdraw(world: World, name: str, id_of: UUID) -> TestResponse:
    visitor = world.visitor(name)
    return visitor.send(f"{people(world)}/invitations/{id_of}/withdraw", page=people(world))
