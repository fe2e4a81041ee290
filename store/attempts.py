"""Throttling that holds with several workers, because it is counted in the database, and that ends by itself."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import case

from people.tokens import digest
from store.database import now
from store.tables import AttemptsRow
from store.upserts import insert_into

WINDOW = timedelta(minutes=15)
# Two workers that count at once look at the clock in one order and get at the row in another; servers differ, too
_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """How many attempts a window allows for one kind of thing."""

    kind: str
    most: int


PER_ACCOUNT = Limit("account", 10)
PER_ADDRESS = Limit("address", 60)
PER_NUMBER = Limit("number", 60)


def bucket(limit: Limit, name: str) -> str:
    """Name the counter without keeping the address or the e-mail itself."""
    return f"{limit.kind}:{digest(name)[:32]}"


def count(session: Session, limit: Limit, name: str) -> timedelta | None:
    """Count an attempt before it is made; give the time to wait if it is one too many.

    One statement, so that parallel attempts are each counted. A window opened well in the future (the clock was
    put back) counts as over.
    """
    moment = now()
    over = (AttemptsRow.opened_at <= moment - WINDOW) | (AttemptsRow.opened_at > moment + _CLOCKS_DIFFER)
    statement = insert_into(session, AttemptsRow).values(bucket=bucket(limit, name), count=1, opened_at=moment)
    counted, opened_at = session.execute(
        statement.on_conflict_do_update(
            index_elements=[AttemptsRow.bucket],
            set_={
                "count": case((over, 1), else_=AttemptsRow.count + 1),
                "opened_at": case((over, moment), else_=AttemptsRow.opened_at),
            },
        ).returning(AttemptsRow.count, AttemptsRow.opened_at)
    ).one()
    return opened_at + WINDOW - moment if counted > limit.most else None


def give_back(session: Session, limit: Limit, name: str) -> None:
    """Take back the count of an attempt that succeeded: an office behind one address signs in all day."""
    mine = AttemptsRow.bucket == bucket(limit, name)
    session.execute(update(AttemptsRow).where(mine, AttemptsRow.count > 0).values(count=AttemptsRow.count - 1))


def forget(session: Session, limit: Limit, name: str) -> None:
    """Start anew after a success, and clear away windows that are long over."""
    session.execute(
        delete(AttemptsRow).where(
            (AttemptsRow.bucket == bucket(limit, name)) | (AttemptsRow.opened_at <= now() - 2 * WINDOW)
        )
    )
