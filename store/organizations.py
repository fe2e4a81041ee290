"""Organisations, and who belongs to them in which role."""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from people.types import Duty, Kind, Membership, Organization, Person, Place, Role, known_duties
from store.accounts import person_of
from store.database import columns_of, now
from store.prepared import Prepared
from store.tables import MembershipRow, OrganizationRow, UserRow

_LONGEST_SLUG = 40
Row = TypeVar("Row", OrganizationRow, MembershipRow)


class ChangedMeanwhile(Exception):
    """Somebody else changed the same thing since it was shown."""


class LastOwner(Exception):
    """An organisation must keep at least one owner."""


@dataclass(frozen=True)
class Member:
    """One row of "who has access"."""

    person: Person
    membership: Membership


def found(session: Session, *, kind: Kind, name_zh: str, name_en: str) -> Organization:
    """Found an organisation; where another one takes its address at the same moment, under the next one."""
    while True:
        row = OrganizationRow(slug=_free_slug(session, name_en), kind=kind, name_zh=name_zh, name_en=name_en)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            if not _is_taken(session, row.slug):
                raise
        else:
            return _organization(row)


def change(
    session: Session, organization: Organization, *, name_zh: str, name_en: str, requires_second_factor: bool
) -> None:
    """Change what an organisation is called and asks of its members; the address of its pages stays."""
    row = _row_at(session.get(OrganizationRow, organization.id), organization.version)
    row.name_zh, row.name_en, row.requires_second_factor = name_zh, name_en, requires_second_factor
    _flush(session)


def find(session: Session, organization_id: UUID) -> Organization | None:
    row = session.get(OrganizationRow, organization_id)
    return _organization(row) if row else None


def ids(session: Session) -> list[UUID]:
    return list(session.scalars(select(OrganizationRow.id)))


def places_of(session: Session, user_id: UUID) -> list[Place]:
    return [_place(row) for row in _PLACES.all(session, {"person": user_id})]


def place_from(row: Sequence[Any]) -> Place | None:
    """Read a place out of what `PLACE` gave; without a membership there is none."""
    return _place(row) if row[len(_ORGANIZATION)] else None


def members(session: Session, organization_id: UUID) -> list[Member]:
    """List who has access, owners first: one query for all."""
    rows = session.execute(
        select(UserRow, MembershipRow)
        .join(MembershipRow, MembershipRow.user_id == UserRow.id)
        .where(MembershipRow.organization_id == organization_id, MembershipRow.ended_at.is_(None))
    )
    everybody = [Member(person_of(user), _membership(place)) for user, place in rows]
    ranks = list(Role)
    return sorted(everybody, key=lambda m: (ranks.index(m.membership.role), m.membership.since, m.membership.id))


def member(session: Session, organization_id: UUID, membership_id: UUID) -> Member | None:
    found_row = session.execute(
        select(UserRow, MembershipRow)
        .join(MembershipRow, MembershipRow.user_id == UserRow.id)
        .where(
            MembershipRow.organization_id == organization_id,
            MembershipRow.id == membership_id,
            MembershipRow.ended_at.is_(None),
        )
    ).first()
    return Member(person_of(found_row[0]), _membership(found_row[1])) if found_row else None


def memberships_ever(session: Session, user_id: UUID) -> list[Membership]:
    """List every place a person ever had, for what they may not review."""
    rows = session.scalars(select(MembershipRow).where(MembershipRow.user_id == user_id))
    return [_membership(row) for row in rows]


def is_member(session: Session, organization_id: UUID, user_id: UUID) -> bool:
    return _current(session, organization_id, user_id) is not None


def join(
    session: Session, organization: Organization, user_id: UUID, role: Role, duties: Iterable[Duty] = ()
) -> Membership:
    """Make somebody a member; who is one already keeps the place they have."""
    # One after the other: two who join at once must not both find the place free
    session.get_one(OrganizationRow, organization.id, with_for_update={"key_share": True})
    row = _current(session, organization.id, user_id)
    if row is None:
        row = MembershipRow(
            organization_id=organization.id,
            user_id=user_id,
            role=role,
            duties=known_duties(organization.kind, duties),
        )
        session.add(row)
        session.flush()
    return _membership(row)


def change_role(session: Session, membership: Membership, role: Role, duties: Iterable[Duty]) -> None:
    row = _membership_row(session, membership)
    if row.role is Role.OWNER and role is not Role.OWNER:
        _keep_an_owner(session, membership)
    organization = session.get_one(OrganizationRow, membership.organization_id)
    row.role, row.duties = role, known_duties(organization.kind, duties)
    _flush(session)


def leave(session: Session, membership: Membership) -> None:
    """End a membership; the row stays, for whoever was a member never reviews this organisation."""
    row = _membership_row(session, membership)
    if row.role is Role.OWNER:
        _keep_an_owner(session, membership)
    row.ended_at = now()
    _flush(session)


def _keep_an_owner(session: Session, leaving: Membership) -> None:
    """Look at the owners under a lock: two who leave at once must not both find the other one there."""
    owners = session.scalars(
        select(MembershipRow)
        .where(
            MembershipRow.organization_id == leaving.organization_id,
            MembershipRow.role == Role.OWNER,
            MembershipRow.ended_at.is_(None),
        )
        .order_by(MembershipRow.id)
        .with_for_update()
    ).all()
    if all(owner.id == leaving.id for owner in owners):
        raise LastOwner


def _membership_row(session: Session, membership: Membership) -> MembershipRow:
    row = session.get(MembershipRow, (membership.organization_id, membership.id))
    return _row_at(row, membership.version)


def _row_at(row: Row | None, version: int) -> Row:
    """Refuse to build on a version that is no longer the newest."""
    if row is None or row.version != version:
        raise ChangedMeanwhile
    return row


def _flush(session: Session) -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _current(session: Session, organization_id: UUID, user_id: UUID) -> MembershipRow | None:
    return session.scalar(
        select(MembershipRow).where(
            MembershipRow.organization_id == organization_id,
            MembershipRow.user_id == user_id,
            MembershipRow.ended_at.is_(None),
        )
    )


# Put together once: they are part of every request
_ORGANIZATION, _MEMBERSHIP = columns_of(OrganizationRow, Organization), columns_of(MembershipRow, Membership)
# What a place is read from, in the order of its fields
PLACE = (*_ORGANIZATION, *_MEMBERSHIP)
_organizations, _memberships = OrganizationRow.__table__, MembershipRow.__table__
_PLACES = Prepared(
    select(*PLACE)
    .join_from(_organizations, _memberships, _memberships.c.organization_id == _organizations.c.id)
    .where(_memberships.c.user_id == bindparam("person"), _memberships.c.ended_at.is_(None))
    .order_by(_memberships.c.since, _memberships.c.id)
)


def _is_taken(session: Session, slug: str) -> bool:
    return bool(session.scalar(select(exists().where(OrganizationRow.slug == slug))))


def _free_slug(session: Session, name: str) -> str:
    """Make an address from the English name, numbered where it is taken; a Chinese name alone gets a short code."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:_LONGEST_SLUG].strip("-")
    if not base:
        return f"org-{secrets.token_hex(4)}"
    taken = set(session.scalars(select(OrganizationRow.slug).where(OrganizationRow.slug.startswith(base))))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _organization(row: OrganizationRow) -> Organization:
    return Organization(
        id=row.id,
        slug=row.slug,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        requires_second_factor=row.requires_second_factor,
        version=row.version,
    )


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        id=row.id,
        organization_id=row.organization_id,
        user_id=row.user_id,
        role=row.role,
        duties=row.duties,
        since=row.since,
        ended_at=row.ended_at,
        version=row.version,
    )


def _place(row: Sequence[Any]) -> Place:
    return Place(Organization(*row[: len(_ORGANIZATION)]), Membership(*row[len(_ORGANIZATION) :]))
