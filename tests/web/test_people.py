"""Who has access: changing roles, ending memberships, links for new passwords, and what nobody talks their way into."""

import pytest
from werkzeug.test import TestResponse

from people.types import Role
from store.tables import LinkRow, MembershipRow
from tests.support.world import World, csrf_token, hidden


def people(world: World) -> str:
    return f"/o/{world.applicant.slug}/people"


def member_page(world: World, name: str) -> str:
    return f"{people(world)}/{world.memberships[name].id}"


def rows(world: World, table: type[MembershipRow | LinkRow] = MembershipRow) -> list[str]:
    return world.everything()[table.__tablename__]


def invite(world: World, name: str, **fields: str) -> TestResponse:
    return world.visitor(name).send(f"{people(world)}/invite", {"email": "new@example.com", **fields})


def test_an_owner_changes_a_role_and_the_log_tells(world: World):
    owner = world.visitor("owner")

    answer = owner.send(member_page(world, "member"), {"role": "manager", "version": "1"})

    assert answer.location == people(world)
    assert world.visitor("member").get(f"{people(world)}/invite").status_code == 200
    log = owner.get(f"/o/{world.applicant.slug}/log").text
    assert "Changed a role" in log
    assert "<bdi>Member</bdi>" in log


def test_a_change_of_what_somebody_else_changed_meanwhile_is_not_made(world: World):
    before = rows(world)

    for version in ["0", "2", "", "x", "1 "]:
        answer = world.visitor("owner").send(member_page(world, "member"), {"role": "manager", "version": version})
        assert answer.status_code == 409, version
        assert "Somebody changed this meanwhile" in answer.text
    assert rows(world) == before


def test_two_who_change_the_settings_at_once_do_not_overwrite_each_other(world: World):
    settings = f"/o/{world.applicant.slug}/settings"
    owner = world.visitor("owner")

    first = owner.send(settings, {"name_zh": "新名", "name_en": "New Name", "version": "1"})
    second = owner.send(settings, {"name_zh": "别名", "name_en": "Other Name", "version": "1"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "New Name" in owner.get(settings).text


def test_the_last_owner_neither_steps_down_nor_leaves(world: World):
    owner = world.visitor("owner")
    before = rows(world)

    stepped = owner.send(member_page(world, "owner"), {"role": "viewer", "version": "1"})
    left = owner.send(f"{member_page(world, 'owner')}/remove")

    assert ["This is the last owner" in answer.text for answer in (stepped, left)] == [True, True]
    assert rows(world) == before


def test_an_owner_who_leaves_is_led_home_and_sees_nothing_more(world: World):
    world.add("second-owner", world.applicant, Role.OWNER)
    owner = world.visitor("owner")

    answer = owner.send(f"{member_page(world, 'owner')}/remove")

    assert answer.location == "/"
    assert "The membership has ended" in owner.get("/").text
    assert owner.get(people(world)).status_code == 404


def test_a_removed_member_is_gone_from_the_page_and_has_no_page(world: World):
    owner = world.visitor("owner")
    page = member_page(world, "member")

    assert owner.send(f"{page}/remove").location == people(world)
    assert "member@example.com" not in owner.get(people(world)).text
    assert [owner.get(page + more).status_code for more in ("", "/remove", "/reset")] == [404, 404, 404]


def test_a_manager_hands_out_no_more_than_contributor_and_viewer(world: World):
    before = rows(world, LinkRow)

    for role in ["owner", "manager", "OWNER", "", "admin", "viewer\x00"]:
        answer = invite(world, "manager", role=role)
        assert answer.status_code == 200, role
        assert "link/" not in answer.text
    assert rows(world, LinkRow) == before


@pytest.mark.parametrize("name", ["manager", "contributor", "viewer"])
def test_nobody_but_an_owner_changes_a_role_by_a_crafted_request(world: World, name: str):
    visitor = world.visitor(name)
    fields = {"role": "owner", "version": "1", "csrf_token": csrf_token(visitor.get("/account"))}
    before = rows(world)

    answers = [visitor.client.post(member_page(world, who), data=fields).status_code for who in (name, "member")]

    assert answers == [404, 404]
    assert rows(world) == before


def test_duties_exist_in_a_certification_body_only(world: World):
    invite(world, "owner", role="viewer", reviewer="y", decider="y")

    assert "reviewer" not in "".join(rows(world, LinkRow))


def test_who_is_a_member_is_not_invited_again(world: World):
    answer = invite(world, "owner", email="Member@Example.com", role="viewer")

    assert "This person is a member already" in answer.text


@pytest.mark.parametrize("more", ["", "/remove", "/reset"])
@pytest.mark.parametrize("of", ["member", "former"])
def test_a_membership_of_elsewhere_or_of_before_is_not_there(world: World, more: str, of: str):
    """With one's own organisation in the path, and an id that belongs to another, or that has ended."""
    who, place = ("stranger-owner", world.elsewhere) if of == "member" else ("owner", world.applicant)
    path = f"/o/{place.slug}/people/{world.memberships[of].id}{more}"
    visitor = world.visitor(who)
    fields = {"role": "owner", "version": "1"}
    before = rows(world), rows(world, LinkRow)

    assert visitor.get(path).status_code == 404
    assert visitor.send(path, fields, page="/account").status_code == 404
    assert (rows(world), rows(world, LinkRow)) == before


def test_an_owner_makes_a_link_for_a_new_password(world: World):
    answer = world.visitor("owner").send(f"{member_page(world, 'member')}/reset")

    assert "http://127.0.0.1:8000/link/" in answer.text
    assert "member@example.com" in answer.text
    assert len(rows(world, LinkRow)) == 1


def test_no_link_is_made_for_who_belongs_to_a_second_organisation(world: World):
    """The owner of one must not come into the other as its consultant."""
    here = f"{member_page(world, 'member')}/reset"
    world.add("member", world.elsewhere)

    page = world.visitor("owner").get(here)
    answer = world.visitor("owner").send(here, page="/account")

    assert "cannot be reset from here" in page.text
    assert "cannot be reset from here" in answer.text
    assert rows(world, LinkRow) == []


def test_no_link_is_made_for_who_runs_the_installation(world: World):
    world.add("operator", world.applicant, Role.VIEWER)

    answer = world.visitor("owner").send(f"{member_page(world, 'operator')}/reset", page="/account")

    assert "cannot be reset from here" in answer.text
    assert rows(world, LinkRow) == []


def test_viewers_see_who_has_access_but_no_way_to_change_it(world: World):
    page = world.visitor("viewer").get(people(world)).text

    assert "5 people have access" in page
    assert f"{people(world)}/" not in page


def test_the_log_has_pages_of_fifty_and_none_beyond(world: World):
    owner = world.visitor("owner")
    path = f"/o/{world.applicant.slug}/log"
    statuses = [owner.get(f"{path}?page={number}").status_code for number in ("1", "2", "0", "-1", "x", "9" * 30)]

    assert statuses == [200, 404, 404, 404, 200, 404]


def test_an_address_that_no_organisation_can_have_is_not_there(world: World):
    owner = world.visitor("owner")

    for slug in ["%00", "a%00b", "%ff", "..", "A", "x" * 5000, "澄湖", "%0d%0aX-Y:z"]:
        answer = owner.get(f"/o/{slug}/people")
        assert answer.status_code == 404, slug
        assert "X-Y" not in answer.headers


def test_who_lost_the_race_sees_both_versions_and_loses_nothing(world: World):
    path = f"/o/{world.applicant.slug}/settings"
    quick, slow = world.visitor("owner"), world.visitor("owner")
    seen = hidden(slow.get(path).text, "version")
    quick.send(path, {"name_zh": "先到公司", "version": seen})

    answer = slow.send(path, {"name_zh": "后到公司", "version": seen})

    assert answer.status_code == 409
    assert 'value="后到公司"' in answer.text
    assert "Now it says: 先到公司" in answer.text
    again = slow.send(path, {"name_zh": "后到公司", "version": hidden(answer.text, "version")})
    assert again.status_code == 302


def test_who_only_reads_sees_names_and_roles_but_no_addresses(world: World):
    path = f"/o/{world.applicant.slug}/people"

    assert "owner@example.com" in world.visitor("manager").get(path).text
    seen_by_viewer = world.visitor("viewer").get(path).text
    assert "Owner" in seen_by_viewer
    assert "owner@example.com" not in seen_by_viewer
