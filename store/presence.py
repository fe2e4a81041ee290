"""Where people are in an assessment: who is here now, and where somebody goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store.database import now
from store.heads import Head
from store.prepared import Prepared, Question
from store.tables import UserRow
from store.upserts import insert_into
from store.work_tables import PresenceRow

HERE = timedelta(seconds=45)
_NOTED_EVERY = timedelta(seconds=15)


@dataclass(frozen=True)
class Seen:
    """Somebody in an assessment, and the item they were on last."""

    user_id: UUID
    name: str
    item: str
    seen_at: datetime


def here(head: Head) -> Question[list[Seen]]:
    """Who was seen just now, in the order of their names."""
    wanted = {"organization": head.organization_id, "assessment": head.id, "since": now() - HERE}
    return Question(_HERE, wanted, lambda rows: [Seen(*row) for row in rows])


def last_item(session: Session, head: Head, user_id: UUID) -> str | None:
    """Give the item somebody was on last."""
    row = session.get(PresenceRow, (head.organization_id, head.id, user_id))
    return row.item if row else None


def is_due(seen: Seen | None, item: str) -> bool:
    """Say whether it is worth noting where somebody is: they moved on, or it was a while ago."""
    return seen is None or seen.item != item or seen.seen_at < now() - _NOTED_EVERY


def note(session: Session, head: Head, user_id: UUID, item: str) -> None:
    """Note where somebody is."""
    seen = {"item": item, "seen_at": now()}
    row = {"organization_id": head.organization_id, "assessment_id": head.id, "user_id": user_id}
    first = insert_into(session, PresenceRow).values(**row, **seen)
    session.execute(first.on_conflict_do_update(index_elements=list(row), set_=seen))


# Put together once: it is part of every page of answering, and asked every few seconds
_presence, _users = PresenceRow.__table__, UserRow.__table__
_HERE = Prepared(
    select(_presence.c.user_id, _users.c.name, _presence.c.item, _presence.c.seen_at)
    .join_from(_presence, _users, _users.c.id == _presence.c.user_id)
    .where(
        _presence.c.organization_id == bindparam("organization"),
        _presence.c.assessment_id == bindparam("assessment"),
        _presence.c.seen_at > bindparam("since"),
    )
    .order_by(_users.c.name, _users.c.id)
)
