"""The one answer to "may this person do this here?". Everything not granted below is refused."""

from collections.abc import Collection, Iterable
from enum import Enum, auto
from uuid import UUID

from people.types import Duty, Kind, Membership, Organization, Person, Place, Role


class Action(Enum):
    """What can be done; each route of the web application names exactly one."""

    # Open to everybody, signed in or not
    VISIT = auto()
    # For whoever is signed in
    USE_ACCOUNT = auto()
    # For whoever runs the installation
    FOUND_ORGANIZATION = auto()
    # In an organisation, for its members
    SEE_ORGANIZATION = auto()
    SEE_PEOPLE = auto()
    INVITE = auto()
    CHANGE_MEMBERS = auto()
    RESET_PASSWORDS = auto()
    CHANGE_ORGANIZATION = auto()
    SEE_LOG = auto()
    SEE_QUESTIONNAIRES = auto()
    # In an organisation that assesses itself
    SEE_ASSESSMENTS = auto()
    ANSWER = auto()
    MANAGE_ASSESSMENTS = auto()
    SEE_DOCUMENTS = auto()
    MANAGE_DOCUMENTS = auto()
    MANAGE_DEPARTMENTS = auto()
    # In a certification body only
    MANAGE_QUESTIONNAIRES = auto()


_EVERY_ROLE = frozenset(Role)
_WHO_ANSWERS = frozenset({Role.OWNER, Role.MANAGER, Role.CONTRIBUTOR})
_WHO_MANAGES = frozenset({Role.OWNER, Role.MANAGER})
_WHO_ASSESSES_ITSELF = frozenset({Kind.APPLICANT, Kind.CONSULTANCY})
_GRANTS: dict[Action, frozenset[Role]] = {
    Action.SEE_ORGANIZATION: _EVERY_ROLE,
    Action.SEE_PEOPLE: _EVERY_ROLE,
    Action.INVITE: frozenset({Role.OWNER, Role.MANAGER}),
    Action.CHANGE_MEMBERS: frozenset({Role.OWNER}),
    Action.RESET_PASSWORDS: frozenset({Role.OWNER}),
    Action.CHANGE_ORGANIZATION: frozenset({Role.OWNER}),
    Action.SEE_LOG: frozenset({Role.OWNER, Role.MANAGER}),
    Action.SEE_QUESTIONNAIRES: _EVERY_ROLE,
    Action.SEE_ASSESSMENTS: _EVERY_ROLE,
    Action.ANSWER: _WHO_ANSWERS,
    Action.MANAGE_ASSESSMENTS: _WHO_MANAGES,
    Action.SEE_DOCUMENTS: _EVERY_ROLE,
    Action.MANAGE_DOCUMENTS: _WHO_ANSWERS,
    Action.MANAGE_DEPARTMENTS: _WHO_MANAGES,
    Action.MANAGE_QUESTIONNAIRES: _WHO_MANAGES,
}
# Actions that exist in some kinds of organisation only
_KINDS: dict[Action, frozenset[Kind]] = {
    Action.SEE_ASSESSMENTS: _WHO_ASSESSES_ITSELF,
    Action.ANSWER: _WHO_ASSESSES_ITSELF,
    Action.MANAGE_ASSESSMENTS: _WHO_ASSESSES_ITSELF,
    Action.SEE_DOCUMENTS: _WHO_ASSESSES_ITSELF,
    Action.MANAGE_DOCUMENTS: _WHO_ASSESSES_ITSELF,
    Action.MANAGE_DEPARTMENTS: _WHO_ASSESSES_ITSELF,
    Action.MANAGE_QUESTIONNAIRES: frozenset({Kind.BODY}),
}


def may(person: Person | None, action: Action, place: Place | None = None) -> bool:
    """Say whether `person` may do `action`, in `place` where the action belongs to an organisation."""
    if action is Action.VISIT:
        return True
    if person is None:
        return False
    if action is Action.USE_ACCOUNT:
        return True
    if action is Action.FOUND_ORGANIZATION:
        return person.runs_installation
    return place is not None and is_member(person, place) and is_granted(action, place)


def is_granted(action: Action, place: Place) -> bool:
    """Say whether the action exists in such an organisation, and belongs to such a role."""
    exists = place.organization.kind in _KINDS.get(action, frozenset(Kind))
    return exists and place.membership.role in roles_for(action)


def roles_for(action: Action) -> frozenset[Role]:
    """Name the roles that may do something in an organisation."""
    return _GRANTS.get(action, frozenset())


def is_member(person: Person, place: Place) -> bool:
    membership = place.membership
    return (
        membership.user_id == person.id
        and membership.organization_id == place.organization.id
        and membership.ended_at is None
    )


def may_hand_out(role: Role | None, giver: Role, duties: Collection[Duty] = ()) -> bool:
    """Owners give any role and duty; managers bring in contributors and viewers without duties only."""
    if giver is Role.OWNER:
        return True
    return giver is Role.MANAGER and role in {Role.CONTRIBUTOR, Role.VIEWER} and not duties


def may_reset(giver: Iterable[Place], member: Person, members_places: Iterable[Place]) -> bool:
    """An owner may give a member a new password only where that opens nothing the owner does not own already.

    A consultant belongs to several organisations: the owner of one must not get into the others through them.
    """
    owned = {place.organization.id for place in giver if place.membership.role is Role.OWNER}
    return not member.runs_installation and all(place.organization.id in owned for place in members_places)


def may_review(memberships: Iterable[Membership], applicant_id: UUID) -> bool:
    """Nobody reviews an organisation they ever belonged to, whether they answered there or advised it.

    Advisers are members of the applicant they advise, and a membership that ended is kept, so one look is enough.
    """
    return all(membership.organization_id != applicant_id for membership in memberships)


def must_enrol(person: Person, organization: Organization) -> bool:
    """An organisation may ask everyone in it for a second factor."""
    return organization.requires_second_factor and not person.has_second_factor
