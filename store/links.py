"""One-time links: for the first owner, invitations, a new password, and signing in from the console."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from people.tokens import digest, new_token
from people.types import Duty, Role
from store.accounts import plain_email
from store.database import now
from store.tables import LinkRow, UserRow


class Purpose(StrEnum):
    """What a link does when it is used."""

    SET_UP = "set-up"
    SIGN_IN = "sign-in"
    RESET = "reset"
    INVITATION = "invitation"


LIFETIME = {
    Purpose.SET_UP: timedelta(minutes=15),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(days=1),
    Purpose.INVITATION: timedelta(days=7),
}


@dataclass(frozen=True)
class Link:
    id: UUID
    purpose: Purpose
    user_id: UUID | None
    organization_id: UUID | None
    email: str | None
    role: Role | None
    duties: frozenset[Duty]
    made_by: UUID | None
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Pending:
    """An invitation nobody has used yet, as the people page lists it."""

    link: Link
    invited_by: str


def make_set_up(session: Session) -> str:
    """Make the link that makes the first owner; older ones stop working."""
    _withdraw(session, LinkRow.purpose == Purpose.SET_UP)
    return _make(session, Purpose.SET_UP)


def make_sign_in(session: Session, user_id: UUID) -> str:
    _withdraw(session, LinkRow.purpose == Purpose.SIGN_IN, LinkRow.user_id == user_id)
    return _make(session, Purpose.SIGN_IN, user_id=user_id)


def make_reset(
    session: Session, user_id: UUID, *, organization_id: UUID | None = None, made_by: UUID | None = None
) -> str:
    """Make a link for a new password: an owner's, or without organisation and maker the console's."""
    _withdraw(session, LinkRow.purpose == Purpose.RESET, LinkRow.user_id == user_id)
    return _make(session, Purpose.RESET, user_id=user_id, organization_id=organization_id, made_by=made_by)


def make_invitation(
    session: Session, organization_id: UUID, *, email: str, role: Role, duties: Iterable[Duty], made_by: UUID
) -> str:
    """Invite an address; an earlier invitation of the same one stops working."""
    address = plain_email(email)
    _withdraw(
        session,
        LinkRow.purpose == Purpose.INVITATION,
        LinkRow.organization_id == organization_id,
        LinkRow.email == address,
    )
    return _make(
        session,
        Purpose.INVITATION,
        organization_id=organization_id,
        email=address,
        role=role,
        duties=frozenset(duties),
        made_by=made_by,
    )


def find(session: Session, token: str) -> Link | None:
    """Look at a link without using it up; one that was used or has ended is not there."""
    row = session.scalar(select(LinkRow).where(LinkRow.digest == digest(token), *_still_good()))
    return _link(row) if row else None


def use(session: Session, token: str) -> Link | None:
    """Use a link up. Of many who try at once, exactly one gets it."""
    row = session.scalar(
        update(LinkRow)
        .where(LinkRow.digest == digest(token), *_still_good())
        .values(used_at=now())
        .returning(LinkRow)
        .execution_options(synchronize_session=False)
    )
    return _link(row) if row else None


def pending_invitations(session: Session, organization_id: UUID) -> list[Pending]:
    rows = session.execute(
        select(LinkRow, UserRow.name)
        .join(UserRow, UserRow.id == LinkRow.made_by)
        .where(
            LinkRow.organization_id == organization_id,
            LinkRow.purpose == Purpose.INVITATION,
            *_still_good(),
        )
        .order_by(LinkRow.made_at.desc(), LinkRow.id)
    )
    return [Pending(_link(row), name) for row, name in rows]


def invitation(session: Session, organization_id: UUID, link_id: UUID) -> Link | None:
    row = session.scalar(
        select(LinkRow).where(
            LinkRow.id == link_id,
            LinkRow.organization_id == organization_id,
            LinkRow.purpose == Purpose.INVITATION,
            *_still_good(),
        )
    )
    return _link(row) if row else None


def invitation_of(session: Session, organization_id: UUID, email: str) -> Link | None:
    """Find the invitation an address has now, if it has one."""
    row = session.scalar(
        select(LinkRow).where(
            LinkRow.email == plain_email(email),
            LinkRow.organization_id == organization_id,
            LinkRow.purpose == Purpose.INVITATION,
            *_still_good(),
        )
    )
    return _link(row) if row else None


def withdraw(session: Session, link: Link) -> None:
    _withdraw(session, LinkRow.id == link.id)


def _make(session: Session, purpose: Purpose, **values: object) -> str:
    token = new_token()
    session.add(LinkRow(digest=digest(token), purpose=purpose, ends_at=now() + LIFETIME[purpose], **values))
    session.flush()
    return token


def _withdraw(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Remove the row, rather than end it now: it would come back if the clock were put back."""
    session.execute(delete(LinkRow).where(*conditions, LinkRow.used_at.is_(None)))


def _still_good() -> tuple[ColumnElement[bool], ...]:
    return LinkRow.used_at.is_(None), LinkRow.ends_at > now()


def _link(row: LinkRow) -> Link:
    return Link(
        id=row.id,
        purpose=Purpose(row.purpose),
        user_id=row.user_id,
        organization_id=row.organization_id,
        email=row.email,
        role=row.role,
        duties=row.duties,
        made_by=row.made_by,
        made_at=row.made_at,
        ends_at=row.ends_at,
    )
