"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells for each of them."""

from typing import cast

from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from store.database import Base


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert:
    """Begin an INSERT that may say what happens where the row is there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with every driver there is 2 MB, which SQLite does without

    return cast(sqlite.Insert, postgresql.insert(table))
