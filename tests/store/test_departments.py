"""Departments: each name once, only with members of the organisation, put away and brought back, never mixed up."""

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from people.types import Membership, Organization, Role
from store import departments, organizations
from store.database import db, reading, writing
from store.departments import Department, NameTaken
from store.organizations import ChangedMeanwhile
from tests.store.world import acme, founded_with
from tests.support.counting import statements


@pytest.fixture
def staff(program: Flask) -> tuple[Organization, list[Membership]]:
    return founded_with(Role.OWNER, Role.CONTRIBUTOR)


@pytest.fixture
def quality(staff: tuple[Organization, list[Membership]]) -> Department:
    organization, (_owner, contributor) = staff
    with writing() as session:
        return departments.found(
            session, organization.id, name="质量部", functions=["isms-office", "isms-office"],
            members=[contributor.user_id],
        )  # fmt: skip


def again(it: Department) -> Department:
    with reading() as session:
        found = departments.find(session, it.organization_id, it.id)
    assert found is not None
    return found


def test_a_department_has_functions_and_members(quality: Department, staff: tuple[Organization, list[Membership]]):
    organization, (owner, contributor) = staff

    assert again(quality) == quality
    assert (quality.functions, quality.members) == (("isms-office",), frozenset({contributor.user_id}))
    with reading() as session:
        assert departments.all_of(session, organization.id) == [quality]
        assert departments.of_person(session, organization.id, contributor.user_id) == {quality.id}
        assert departments.of_person(session, organization.id, owner.user_id) == frozenset()


def test_only_members_of_the_organisation_answer_for_it(quality: Department):
    with writing() as session:
        changed = departments.change(session, quality, name="质量部", functions=(), members=[UUID(int=7)])

    assert (changed.members, changed.version) == (frozenset(), 2)


def test_who_left_the_organisation_answers_for_nothing(
    quality: Department, staff: tuple[Organization, list[Membership]]
):
    with writing() as session:
        organizations.leave(session, staff[1][1])

    assert again(quality).members == frozenset()


def test_a_name_is_used_once_and_again_elsewhere(quality: Department):
    with pytest.raises(NameTaken), writing() as session:
        departments.found(session, quality.organization_id, name="质量部")
    with writing() as session:
        other = departments.found(session, quality.organization_id, name="财务部")
        departments.found(session, acme(session, "Other").id, name="质量部")
    with pytest.raises(NameTaken), writing() as session:
        departments.change(session, other, name="质量部", functions=(), members=())

    assert again(other).name == "财务部"


def test_a_change_on_an_older_version_is_refused_even_if_only_the_members_differed(quality: Department):
    with writing() as session:
        departments.change(session, quality, name=quality.name, functions=quality.functions, members=())

    with pytest.raises(ChangedMeanwhile), writing() as session:
        departments.change(session, quality, name="Other", functions=(), members=())
    with pytest.raises(ChangedMeanwhile), writing() as session:
        departments.archive(session, quality)


def test_a_department_is_put_away_and_comes_back(quality: Department, staff: tuple[Organization, list[Membership]]):
    organization, (_owner, contributor) = staff
    with writing() as session:
        departments.archive(session, quality)
    with reading() as session:
        assert departments.all_of(session, organization.id) == []
        assert [each.id for each in departments.all_of(session, organization.id, archived=True)] == [quality.id]
        assert departments.of_person(session, organization.id, contributor.user_id) == frozenset()

    archived = again(quality)
    with writing() as session:
        departments.restore(session, archived)

    with reading() as session:
        assert [each.members for each in departments.all_of(session, organization.id)] == [quality.members]


def test_another_organisation_finds_nothing_and_changes_nothing(quality: Department):
    with writing() as session:
        other = acme(session, "Other")
    with reading() as session:
        assert departments.find(session, other.id, quality.id) is None
        assert departments.all_of(session, other.id) == []
    with pytest.raises(ChangedMeanwhile), writing() as session:
        departments.archive(session, replace(quality, organization_id=other.id))

    assert again(quality).archived_at is None


def test_the_list_takes_two_queries_however_long_it_is(quality: Department):
    with writing() as session:
        for number in range(30):
            departments.found(session, quality.organization_id, name=f"Department {number}", members=quality.members)
    with reading() as session, statements(db.engine) as said:
        assert len(departments.all_of(session, quality.organization_id)) == 31

    assert len([each for each in said if each.startswith("SELECT")]) == 2
