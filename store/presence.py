"""Where people are in an assessment: who is here now, and where somebody goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.database import now
from store.heads import Head
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


def here(session: Session, head: Head) -> list[Seen]:
    """Give who was seen just now, in the order of their names."""
    found = session.execute(
        select(PresenceRow, UserRow.name)
        .join(UserRow, UserRow.id == PresenceRow.user_id)
        .where(
            PresenceRow.organization_id == head.organization_id,
            PresenceRow.assessment_id == head.id,
            PresenceRow.seen_at > now() - HERE,
        )
        .order_by(UserRow.name, UserRow.id)
    )
    return [Seen(row.user_id, name, row.item, row.seen_at) for row, name in found]


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
