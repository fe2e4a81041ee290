"""Who belongs to an organisation: joining, changing roles, leaving; an owner always stays, and so does the past."""

from collections.abc import Callable, Iterable
from uuid import UUID

import pytest
from flask import Flask

from people.access import may_review
from people.types import Duty, Kind, Membership, Role
from store import organizations, sessions
from store.database import reading, writing
from store.organizations import ChangedMeanwhile, LastOwner
from tests.store.world import Clock, acme, at_once, founded_with, somebody

OWNER, MANAGER, VIEWER = Role.OWNER, Role.MANAGER, Role.VIEWER


def leave(membership: Membership) -> str:
    try:
        with writing() as session:
            organizations.leave(session, membership)
    except (LastOwner, ChangedMeanwhile) as refusal:
        return type(refusal).__name__
    return "done"


def become(membership: Membership, role: Role, duties: Iterable[Duty] = ()) -> str:
    try:
        with writing() as session:
            organizations.change_role(session, membership, role, duties)
    except (LastOwner, ChangedMeanwhile) as refusal:
        return type(refusal).__name__
    return "done"


def roles_in(organization_id: UUID) -> list[Role]:
    with reading() as session:
        return [member.membership.role for member in organizations.members(session, organization_id)]


def test_the_last_owner_can_neither_leave_nor_step_down(program: Flask):
    organization, (owner, _) = founded_with(OWNER, MANAGER)

    assert leave(owner) == "LastOwner"
    assert become(owner, MANAGER) == "LastOwner"
    assert become(owner, OWNER) == "done"
    assert roles_in(organization.id) == [OWNER, MANAGER]


@pytest.mark.parametrize("go", [leave, lambda membership: become(membership, VIEWER)])
def test_an_owner_may_go_while_another_one_stays(program: Flask, go: Callable[[Membership], str]):
    organization, (first, second) = founded_with(OWNER, OWNER)

    assert go(first) == "done"
    assert go(second) == "LastOwner"
    assert roles_in(organization.id)[0] is OWNER


def test_an_owner_of_another_organization_or_one_who_left_does_not_count(program: Flask):
    _, (first, gone) = founded_with(OWNER, OWNER)
    with writing() as session:
        organizations.join(session, acme(session), gone.user_id, OWNER)
    assert leave(gone) == "done"

    assert leave(first) == "LastOwner"


@pytest.mark.parametrize("owners", [2, 5])
def test_of_owners_who_all_leave_or_step_down_at_the_same_moment_one_is_refused(program: Flask, owners: int):
    organization, places = founded_with(*[OWNER] * owners)

    outcomes = at_once(program, owners, lambda n: leave(places[n]) if n % 2 else become(places[n], MANAGER))

    assert sorted(outcomes) == ["LastOwner"] + ["done"] * (owners - 1)
    assert roles_in(organization.id).count(OWNER) == 1


def test_a_change_to_an_old_version_of_a_membership_is_refused(program: Flask):
    organization, (_, shown) = founded_with(OWNER, VIEWER)

    assert [become(shown, MANAGER), become(shown, VIEWER), leave(shown)] == ["done", *["ChangedMeanwhile"] * 2]
    assert roles_in(organization.id) == [OWNER, MANAGER]


def test_of_many_who_change_one_membership_at_once_exactly_one_is_saved(program: Flask):
    _, (_, shown) = founded_with(OWNER, VIEWER)

    outcomes = at_once(program, 8, lambda _: become(shown, MANAGER))

    assert sorted(outcomes) == ["ChangedMeanwhile"] * 7 + ["done"]


def test_who_left_is_no_member_but_the_membership_is_kept_and_bars_from_reviewing(clock: Clock):
    organization, (_, viewer) = founded_with(OWNER, VIEWER)
    with writing() as session:
        token = sessions.open_session(session, viewer.user_id, "Firefox")
    assert leave(viewer) == "done"
    with reading() as session:
        found = sessions.recognise(session, token, organization.slug)
        kept = organizations.memberships_ever(session, viewer.user_id)

        assert not organizations.is_member(session, organization.id, viewer.user_id)
        assert organizations.member(session, organization.id, viewer.id) is None
        assert found is not None
        assert found.place is None
        assert organizations.places_of(session, viewer.user_id) == []
    assert [(it.id, it.ended_at) for it in kept] == [(viewer.id, clock.time)]
    assert not may_review(kept, organization.id)


def test_who_comes_back_has_a_new_membership_beside_the_old_one(program: Flask):
    organization, (_, viewer) = founded_with(OWNER, VIEWER)
    leave(viewer)
    with writing() as session:
        back = organizations.join(session, organization, viewer.user_id, MANAGER)
        ever = organizations.memberships_ever(session, viewer.user_id)

    assert {(it.id, it.role, it.ended_at is None) for it in ever} == {
        (viewer.id, VIEWER, False),
        (back.id, MANAGER, True),
    }


def test_who_is_a_member_already_keeps_the_place_they_have(program: Flask):
    organization, (owner,) = founded_with(OWNER)
    with writing() as session:
        assert organizations.join(session, organization, owner.user_id, VIEWER) == owner

    assert roles_in(organization.id) == [OWNER]


def test_nobody_becomes_a_member_twice_by_joining_at_the_same_moment(program: Flask):
    organization, _ = founded_with(OWNER)
    with writing() as session:
        who = somebody(session, "New")

    def join(_: int) -> Membership:
        with writing() as session:
            return organizations.join(session, organization, who, VIEWER)

    assert len(set(at_once(program, 8, join))) == 1
    assert roles_in(organization.id) == [OWNER, VIEWER]


@pytest.mark.parametrize(
    ("kind", "kept"), [(Kind.BODY, {Duty.REVIEWER}), (Kind.APPLICANT, set()), (Kind.CONSULTANCY, set())]
)
def test_only_members_of_a_certification_body_have_duties(program: Flask, kind: Kind, kept: set[Duty]):
    with writing() as session:
        place = acme(session, kind=kind)
        joined = organizations.join(session, place, somebody(session), VIEWER, [Duty.REVIEWER])
    assert joined.duties == ({Duty.REVIEWER} if kind is Kind.BODY else set())

    become(joined, VIEWER, [Duty.REVIEWER, Duty.DECIDER])

    with reading() as session:
        (member,) = organizations.members(session, place.id)
    assert member.membership.duties == (set(Duty) if kind is Kind.BODY else set())


def test_members_are_listed_owners_first_then_by_role_and_time(program: Flask):
    organization, places = founded_with(VIEWER, MANAGER, OWNER, VIEWER)
    with reading() as session:
        listed = organizations.members(session, organization.id)

    assert [it.membership.id for it in listed] == [places[2].id, places[1].id, places[0].id, places[3].id]


def test_a_member_is_found_in_their_own_organization_only(program: Flask):
    organization, (owner,) = founded_with(OWNER)
    with writing() as session:
        other = acme(session, "Other")
        found = organizations.member(session, organization.id, owner.id)

        assert organizations.member(session, other.id, owner.id) is None

    assert found is not None
    assert (found.person.name, found.membership) == ("Member 0", owner)
