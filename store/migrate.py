"""Brings the database up to this program's tables, at start, safely when several start at once."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from settings import ROOT

# Any number will do, as long as every Plumbline takes the same
_LOCK = 7310268454012


class DatabaseIsNewer(Exception):
    """The database was written by a newer Plumbline than this one."""


def migrate(engine: Engine) -> None:
    """Bring the tables up to date in one transaction: all of it, or as it was before."""
    with engine.connect().execution_options(begins_immediately=True) as connection, connection.begin():
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
    config = _config()
    config.attributes["connection"] = connection
    if current_revision(connection) is not None:
        command.downgrade(config, "base")
    command.upgrade(config, revision)


def bring_up(connection: Connection) -> None:
    """Bring tables and their rows up to this program."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_up_to_date(connection: Connection) -> bool:
    return current_revision(connection) == _head()


def current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def _head() -> str | None:
    """The newest migration; the program does not change while it runs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
