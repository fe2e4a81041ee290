"""Brings the database up to this program's tables, at start, safely when several start at once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from settings import ROOT
from store.database import changing

if TYPE_CHECKING:
    from alembic.config import Config

# Any number will do, as long as every Plumbline takes the same
_LOCK = 7310268454012
_FOLDER = ROOT / "migrations"
_REVISION = re.compile(r'^revision = "(\d+)"$', re.MULTILINE)


class DatabaseIsNewer(Exception):
    """The database was written by a newer Plumbline than this one."""


def migrate(engine: Engine) -> None:
    """Bring the tables up to date in one transaction: all of it, or as it was before."""
    with changing(engine) as connection:
        wait_for_others(connection)
        found = current_revision(connection)
        if found is not None and found not in known_revisions():
            raise DatabaseIsNewer(found)
        if found != _head():
            bring_up(connection)


def wait_for_others(connection: Connection) -> None:
    """Let one at a time change tables; on SQLite the transaction itself sees to that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def make_anew(connection: Connection, revision: str) -> None:
    """Make the tables as the program of a revision had them, in a database that holds no rows."""
    from alembic import command

    config = _config(connection)
    if current_revision(connection) is not None:
        command.downgrade(config, "base")
    command.upgrade(config, revision)


def bring_up(connection: Connection) -> None:
    """Bring tables and their rows up to this program. Alembic is there only while there is something to do."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def is_up_to_date(connection: Connection) -> bool:
    return current_revision(connection) == _head()


def current_revision(connection: Connection) -> str | None:
    """Read which migration a database is at; None where it is empty, or none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


@cache
def known_revisions() -> frozenset[str]:
    """Read off what the migrations are called; the program does not change while it runs."""
    found = (_REVISION.search(path.read_text("utf-8")) for path in (_FOLDER / "versions").glob("*.py"))
    return frozenset(each[1] for each in found if each)


def _head() -> str:
    """The newest migration: they are numbered in their order."""
    return max(known_revisions())


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
