"""Who may do what: the whole matrix, and the rules about handing out roles, new passwords and reviews."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from people.access import Action, may, may_hand_out, may_reset, may_review, must_enrol
from people.types import Kind, Membership, Organization, Person, Place, Role, Theme

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
LI_LAN = Person(
    UUID(int=1), "li@example.org", "李岚", None, Theme.AUTO, has_second_factor=False, runs_installation=False
)
FOUNDER = replace(LI_LAN, id=UUID(int=2), runs_installation=True)
ACME = Organization(UUID(int=10), "acme", Kind.APPLICANT, "", "Acme", requires_second_factor=False, version=1)
BODY = replace(ACME, id=UUID(int=12), slug="body", kind=Kind.BODY)
OTHER = replace(ACME, id=UUID(int=11), slug="other")

# The document: who may do what where. V is anybody, A whoever is signed in, I whoever runs the installation,
# and o, m, c, w are the organisation's owners, managers, contributors and viewers
MATRIX = {
    Action.VISIT: "V",
    Action.USE_ACCOUNT: "A",
    Action.FOUND_ORGANIZATION: "I",
    Action.SEE_ORGANIZATION: "omcw",
    Action.SEE_PEOPLE: "omcw",
    Action.INVITE: "om",
    Action.CHANGE_MEMBERS: "o",
    Action.RESET_PASSWORDS: "o",
    Action.CHANGE_ORGANIZATION: "o",
    Action.SEE_LOG: "om",
    Action.SEE_QUESTIONNAIRES: "omcw",
    # In an applicant or a consultancy; in a body nobody
    Action.SEE_ASSESSMENTS: "omcw",
    Action.ANSWER: "omc",
    Action.MANAGE_ASSESSMENTS: "om",
    Action.SEE_DOCUMENTS: "omcw",
    Action.MANAGE_DOCUMENTS: "omc",
    Action.MANAGE_DEPARTMENTS: "om",
    # In a certification body; elsewhere nobody
    Action.MANAGE_QUESTIONNAIRES: "om",
}
BODIES_ONLY = {Action.MANAGE_QUESTIONNAIRES}
NOT_IN_BODIES = [
    Action.SEE_ASSESSMENTS,
    Action.ANSWER,
    Action.MANAGE_ASSESSMENTS,
    Action.SEE_DOCUMENTS,
    Action.MANAGE_DOCUMENTS,
    Action.MANAGE_DEPARTMENTS,
]
LETTERS = {Role.OWNER: "o", Role.MANAGER: "m", Role.CONTRIBUTOR: "c", Role.VIEWER: "w"}
IN_AN_ORGANIZATION = [action for action, who in MATRIX.items() if not set(who) & set("VAI")]


def place(role: Role, *, person: Person = LI_LAN, organization: Organization = ACME) -> Place:
    return Place(
        organization, Membership(UUID(int=20), organization.id, person.id, role, frozenset(), LONG_AGO, None, 1)
    )


def test_the_matrix_names_every_action_and_every_role():
    assert set(MATRIX) == set(Action)
    assert set(LETTERS) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_member_may_do_what_the_matrix_grants_their_role(action: Action, role: Role):
    granted = MATRIX[action] in {"V", "A"} or LETTERS[role] in MATRIX[action]

    where = BODY if action in BODIES_ONLY else ACME

    assert may(LI_LAN, action, place(role, organization=where)) is granted


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BODY])
@pytest.mark.parametrize("action", BODIES_ONLY)
def test_what_exists_in_bodies_only_nobody_may_do_elsewhere(action: Action, kind: Kind):
    elsewhere = replace(BODY, kind=kind)

    assert [role for role in Role if may(LI_LAN, action, place(role, organization=elsewhere))] == []


@pytest.mark.parametrize("action", NOT_IN_BODIES)
def test_a_body_does_not_assess_itself(action: Action):
    assert [role for role in Role if may(LI_LAN, action, place(role, organization=BODY))] == []
    assert may(LI_LAN, action, place(Role.OWNER, organization=replace(ACME, kind=Kind.CONSULTANCY)))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", IN_AN_ORGANIZATION)
def test_nobody_may_do_anything_in_an_organization_through_a_place_that_is_not_theirs(action: Action, role: Role):
    ended = replace(place(role).membership, ended_at=LONG_AGO)
    mixed_up = Place(OTHER, place(role).membership)

    assert not may(LI_LAN, action, place(role, person=FOUNDER))
    assert not may(LI_LAN, action, mixed_up)
    assert not may(LI_LAN, action, Place(ACME, ended))
    assert not may(LI_LAN, action, None)
    assert not may(FOUNDER, action, place(role))
    assert not may(FOUNDER, action, None)


@pytest.mark.parametrize("action", Action)
def test_a_stranger_may_only_visit(action: Action):
    expected = action is Action.VISIT

    assert may(None, action) is expected
    assert [may(None, action, place(role)) for role in Role] == [expected] * len(Role)


@pytest.mark.parametrize("where", [None, *(place(role) for role in Role)])
def test_only_who_runs_the_installation_founds_organizations_whatever_their_role(where: Place | None):
    assert may(FOUNDER, Action.FOUND_ORGANIZATION, where)
    assert not may(LI_LAN, Action.FOUND_ORGANIZATION, where)


@pytest.mark.parametrize(
    ("giver", "given"),
    [
        (Role.OWNER, {Role.OWNER, Role.MANAGER, Role.CONTRIBUTOR, Role.VIEWER, None}),
        (Role.MANAGER, {Role.CONTRIBUTOR, Role.VIEWER}),
        (Role.CONTRIBUTOR, set()),
        (Role.VIEWER, set()),
    ],
)
def test_nobody_hands_out_more_than_their_own_role_allows(giver: Role, given: set[Role | None]):
    assert {role for role in (*Role, None) if may_hand_out(role, giver)} == given


def test_an_owner_resets_a_password_only_where_it_opens_nothing_else():
    owner, manager = place(Role.OWNER), place(Role.MANAGER)
    elsewhere = place(Role.VIEWER, organization=OTHER)
    also_owner_there = place(Role.OWNER, organization=OTHER)
    theirs = place(Role.VIEWER)

    assert may_reset([owner], LI_LAN, [theirs])
    assert may_reset([owner, also_owner_there], LI_LAN, [theirs, elsewhere])
    assert not may_reset([owner], LI_LAN, [theirs, elsewhere])
    assert not may_reset([owner, place(Role.MANAGER, organization=OTHER)], LI_LAN, [theirs, elsewhere])
    assert not may_reset([manager], LI_LAN, [theirs])
    assert not may_reset([], LI_LAN, [theirs])


def test_nobody_resets_the_password_of_who_runs_the_installation():
    assert not may_reset([place(Role.OWNER)], FOUNDER, [place(Role.VIEWER, person=FOUNDER)])


@pytest.mark.parametrize("role", Role)
def test_nobody_reviews_an_organization_they_ever_belonged_to(role: Role):
    current, there = place(role).membership, place(role, organization=OTHER).membership
    ended = replace(current, ended_at=LONG_AGO)

    assert not may_review([there, current], ACME.id)
    assert not may_review([there, ended], ACME.id)
    assert may_review([there], ACME.id)
    assert may_review([], ACME.id)


@pytest.mark.parametrize(
    ("asked", "has_one", "must"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_a_second_factor_is_asked_of_who_has_none_where_it_is_required(asked: bool, has_one: bool, must: bool):
    person = replace(LI_LAN, has_second_factor=has_one)
    organization = replace(ACME, requires_second_factor=asked)

    assert must_enrol(person, organization) is must
