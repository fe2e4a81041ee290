"""Browsers that are signed in: opened, seen, listed and ended here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.orm import Session

from people.tokens import digest, new_token
from people.types import Person, Place
from store.accounts import PERSON
from store.database import columns_of, now
from store.organizations import PLACE, place_from
from store.prepared import Prepared
from store.tables import MembershipRow, OrganizationRow, SessionRow, UserRow

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
# Not every request writes: a glance every few minutes is enough to tell an idle session
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class OpenSession:
    """A signed-in browser, as its owner sees it in the list."""

    id: UUID
    user_id: UUID
    device: str
    created_at: datetime
    seen_at: datetime


class Recognised(NamedTuple):
    """Who a cookie belongs to, and their place in the organisation they ask for."""

    person: Person
    session: OpenSession
    place: Place | None


def open_session(session: Session, user_id: UUID, device: str) -> str:
    """Sign a browser in and give the token its cookie holds from now on."""
    token = new_token()
    row = SessionRow(user_id=user_id, digest=digest(token), device=device[:80], ends_at=now() + ABSOLUTE)
    session.add(row)
    session.execute(delete(SessionRow).where(SessionRow.user_id == user_id, SessionRow.ends_at <= now()))
    return token


def recognise(session: Session, token: str, slug: str = "") -> Recognised | None:
    """Find who a cookie belongs to, unless it has been idle or open too long; and their place behind an address.

    For somebody who does not belong to it, an organisation is not there.
    """
    moment = now()
    wanted = {"digest": digest(token), "moment": moment, "idle_since": moment - IDLE, "slug": slug}
    found = _RECOGNISED.first(session, wanted)
    if found is None:
        return None
    return Recognised(
        Person(*found[:_SESSION_FROM]), OpenSession(*found[_SESSION_FROM:_PLACE_FROM]), place_from(found[_PLACE_FROM:])
    )


def is_due(opened: OpenSession) -> bool:
    """Say whether to note that the session is in use; also after the clock was put back."""
    return abs(now() - opened.seen_at) > SEEN_EVERY


def note_seen(session: Session, session_id: UUID) -> None:
    session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen_at=now()))


def of_person(session: Session, user_id: UUID) -> list[OpenSession]:
    """List the sessions that still count, the latest used first."""
    moment = now()
    rows = session.scalars(
        select(SessionRow)
        .where(SessionRow.user_id == user_id, SessionRow.ends_at > moment, SessionRow.seen_at > moment - IDLE)
        .order_by(SessionRow.seen_at.desc(), SessionRow.id)
    )
    return [_open(row) for row in rows]


def end(session: Session, user_id: UUID, session_id: UUID) -> bool:
    """End one session of this person; somebody else's stays as it is."""
    ended = session.scalar(
        delete(SessionRow).where(SessionRow.id == session_id, SessionRow.user_id == user_id).returning(SessionRow.id)
    )
    return ended is not None


def end_all(session: Session, user_id: UUID, but: UUID | None = None) -> None:
    doomed = delete(SessionRow).where(SessionRow.user_id == user_id)
    session.execute(doomed if but is None else doomed.where(SessionRow.id != but))


def _open(row: SessionRow) -> OpenSession:
    return OpenSession(row.id, row.user_id, row.device, row.created_at, row.seen_at)


# Put together once: it is part of every request
_sessions, _users = SessionRow.__table__, UserRow.__table__
_organizations, _memberships = OrganizationRow.__table__, MembershipRow.__table__
_SESSION = columns_of(SessionRow, OpenSession)
_SESSION_FROM, _PLACE_FROM = len(PERSON), len(PERSON) + len(_SESSION)
_RECOGNISED = Prepared(
    select(*PERSON, *_SESSION, *PLACE)
    .join_from(_sessions, _users, _users.c.id == _sessions.c.user_id)
    .outerjoin(_organizations, _organizations.c.slug == bindparam("slug"))
    .outerjoin(
        _memberships,
        and_(
            _memberships.c.organization_id == _organizations.c.id,
            _memberships.c.user_id == _users.c.id,
            _memberships.c.ended_at.is_(None),
        ),
    )
    .where(
        _sessions.c.digest == bindparam("digest"),
        _sessions.c.ends_at > bindparam("moment"),
        _sessions.c.seen_at > bindparam("idle_since"),
    )
)
