"""The database connection: how a transaction begins, what "saved" means, and the types every table shares."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, Connection, DateTime, Dialect, Engine, TypeDecorator, event, text
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 10_000
_TURN = Lock()
# Between two looks whether the database is free, in seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.0002, 0.02
# As long as a connection is taken to stand after it was used, in seconds
_TRUSTED_FOR = 5
_CHANGES_BEFORE = "changes before"
# FULL: a commit is on the disk before it is acknowledged, also through a power cut.
# Recursive triggers: without them a REPLACE slips past the trigger that keeps the audit log.
_PRAGMAS = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
}


class Base(DeclarativeBase):
    """The tables of Plumbline."""


db = SQLAlchemy(model_class=Base)


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def reading() -> Iterator[Session]:
    """Look things up; nobody waits for us, and nothing is changed: PostgreSQL refuses to, and on SQLite we do."""
    session = db.session()
    try:
        yield session
        _refuse_changes(session)
    finally:
        session.rollback()


@contextmanager
def holding_still() -> Iterator[Session]:
    """Look at one moment, however many questions are asked, where the answers have to fit together.

    On SQLite every `reading()` does; on PostgreSQL each of its statements sees what was saved since the one before.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options=still(session.get_bind().dialect))
    with reading():
        yield session


def still(dialect: Dialect) -> dict[str, Any]:
    """Give what a connection is told that is to see everything as it was at one moment."""
    is_postgresql = dialect.name == "postgresql"
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if is_postgresql else {}


@contextmanager
def writing() -> Iterator[Session]:
    """Do one durable change: all of it is on the disk when the block ends, or none of it is."""
    session = db.session()
    session.rollback()
    with _in_turn(session.get_bind().dialect):
        session.connection(execution_options={"begins_immediately": True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Do one durable change on a connection of its own, without the program: all of it, or none."""
    with engine.connect().execution_options(begins_immediately=True) as connection, connection.begin():
        yield connection


def columns_of(table: type[Base], kind: type) -> list[ColumnElement[Any]]:
    """Give the columns that a dataclass is read from, in its order.

    A row of columns is half the work of a mapped object, which is made to be changed: for what every request reads.
    """
    return [table.__table__.c[each.name] for each in fields(kind)]


def _refuse_changes(session: Session) -> None:
    """Complain of a change by somebody who said that they only look, and would lose it without a word.

    SQLite could refuse it itself (`query_only`), but plans every statement anew each time that is switched.
    """
    if not session.in_transaction() or (connection := session.connection()).dialect.name != "sqlite":
        return
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    if driver.total_changes != connection.info[_CHANGES_BEFORE]:
        raise ChangedByLooking


@contextmanager
def _in_turn(dialect: Dialect) -> Iterator[None]:
    """Let the threads of a process write one after the other on SQLite, where only one can anyway.

    Who waits here is woken at once; who waits for another process looks again and again. Whoever waits too long goes on
    and is told by SQLite.
    """
    taken = dialect.name == "sqlite" and _TURN.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if taken:
            _TURN.release()


def prepare_engine(engine: Engine) -> None:
    """Give SQLite the settings under which no lost update and no "database is locked" was ever seen.

    PostgreSQL has a transaction only where something is written or has to hold still. A connection to it that was not
    used for a while is asked whether it still stands.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", _only_look)
        event.listen(engine, "begin", _begin_on_postgresql)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_ask, engine.dialect))


def _set_pragmas(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    for name, wanted in _PRAGMAS.items():
        # Of several programs that start at once on a new file all but one are refused its journal, however patient
        _run_when_free(connection, f"PRAGMA {name}={wanted}")
        if (found := connection.execute(f"PRAGMA {name}").fetchone()[0]) != wanted:
            raise UnsafeDatabase(f"SQLite refuses {name}={wanted} (it stays {found})")


def _only_look(driver: Any, _record: ConnectionPoolEntry) -> None:
    driver.autocommit = True
    driver.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    driver.read_only = False  # a transaction that is begun says of itself that it writes


def _begin_on_postgresql(connection: Connection) -> None:
    """Begin with the first statement, and only where need be.

    At READ COMMITTED every statement sees what is there when it begins, in a transaction or not. To begin and to roll
    back are two journeys to the server, and psycopg forgets at each rollback which statements it had prepared.
    """
    driver: Any = connection.connection.dbapi_connection
    only_looks = connection.get_execution_options().keys().isdisjoint({"begins_immediately", "isolation_level"})
    if driver.autocommit is not only_looks:
        driver.autocommit = only_looks


def _note_use(_driver: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ask(dialect: Dialect, driver: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
    """Have a connection made anew where the server went away meanwhile; asked each time, a save took a third longer."""
    if time.monotonic() - record.info.get("used", -_TRUSTED_FOR) < _TRUSTED_FOR:
        return
    try:
        stands = dialect.do_ping(driver)
    except dialect.loaded_dbapi.Error:
        stands = False
    if not stands:
        raise DisconnectionError


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: a read that turns into a write would not wait, and lose updates.

    Said to the driver itself: that is a tenth of what a statement costs, and every request begins several times.
    """
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    try:
        if connection.get_execution_options().get("begins_immediately"):
            _begin_to_write(driver)
        else:
            driver.execute("BEGIN")
            connection.info[_CHANGES_BEFORE] = driver.total_changes
    except sqlite3.Error as error:
        raise OperationalError("BEGIN", None, error) from error


def _begin_to_write(driver: sqlite3.Connection) -> None:
    """Take the lock as soon as another process has finished writing: a save takes a millisecond or two.

    SQLite itself looks after 1, 2, 5, 10 and more milliseconds, and would sleep longer than others save.
    """
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _run_when_free(driver, "BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _run_when_free(driver: sqlite3.Connection, statement: str) -> None:
    """Look often whether the database is free, the longer one waits the less often; in the end say that it is not."""
    ends, pause = time.monotonic() + BUSY_TIMEOUT_MS / 1000, _FIRST_PAUSE
    while True:
        is_last = time.monotonic() >= ends
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as error:
            if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        else:
            return
        time.sleep(pause)
        pause = min(pause * 1.1, _LONGEST_PAUSE)


class ChangedByLooking(Exception):
    """Something was changed inside `reading()`, which keeps nothing."""


class UnsafeDatabase(Exception):
    """The database does not keep what it acknowledges, on a network folder for instance."""


def is_reachable() -> bool:
    with reading() as session:
        return session.execute(text("SELECT 1")).scalar() == 1
