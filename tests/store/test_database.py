"""What "saved" means: all or nothing, and one writer after the other."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import cast
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, literal, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from store import accounts, database
from store.backup import snapshot
from store.database import ChangedByLooking, changing, db, holding_still, prepare_engine, reading, writing
from store.prepared import Prepared, Told, together
from store.tables import AttemptsRow, RecoveryCodeRow, UserRow, new_id
from tests.store.world import at_once, somebody
from tests.support import postgres

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def add_one(times: int) -> None:
    """Read, then write: what loses updates where writers do not wait for each other."""
    for _ in range(times):
        with writing() as session:
            row = session.scalars(select(AttemptsRow).with_for_update()).one()
            session.execute(update(AttemptsRow).values(count=row.count + 1))


def count_with(program: Flask, *, writers: int, each: int) -> int:
    with writing() as session:
        session.add(AttemptsRow(bucket="b", count=0, opened_at=MIDNIGHT))
    at_once(program, writers, lambda _: add_one(each))
    with reading() as session:
        return session.scalars(select(AttemptsRow.count)).one()


def test_sixteen_writers_lose_nothing_and_none_is_told_to_come_back(program: Flask):
    assert count_with(program, writers=16, each=10) == 160


@pytest.mark.long
def test_sixteen_writers_lose_nothing_over_a_long_time(program: Flask):
    assert count_with(program, writers=16, each=300) == 4800


def test_whoever_holds_still_sees_one_moment_and_then_what_came_meanwhile(program: Flask):
    count = select(AttemptsRow.count)
    with writing() as session:
        session.add(AttemptsRow(bucket="b", count=1, opened_at=MIDNIGHT))

    with holding_still() as session:
        before = session.scalars(count).one()
        at_once(program, 1, lambda _: add_one(1))
        assert (before, session.scalars(count).one()) == (1, 1)
    with reading() as session:
        assert session.scalars(count).one() == 2
    add_one(1)
    with reading() as session:
        assert session.scalars(count).one() == 3


def test_whoever_holds_still_changes_nothing(program: Flask):
    with pytest.raises((ChangedByLooking, DBAPIError)), holding_still() as session:
        somebody(session)
    with reading() as session:
        assert session.scalars(select(UserRow)).all() == []


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_change_that_fails_leaves_nothing_behind(program: Flask, error: type[BaseException]):
    def fail() -> None:
        with writing() as session:
            somebody(session)
            raise error

    with pytest.raises(error):
        fail()
    with reading() as session:
        assert accounts.is_empty(session)


def test_a_change_that_breaks_a_rule_at_its_end_leaves_nothing_behind(program: Flask):
    def point_nowhere() -> None:
        with writing() as session:
            somebody(session)
            session.add(RecoveryCodeRow(user_id=new_id(), digest="-"))

    with pytest.raises(IntegrityError):
        point_nowhere()
    with reading() as session:
        assert accounts.is_empty(session)


def test_who_only_looks_cannot_change_anything(program: Flask):
    with pytest.raises((ChangedByLooking, DBAPIError)), reading() as session:
        somebody(session)

    with reading() as session:
        assert accounts.is_empty(session)


def test_between_looking_and_writing_sqlite_is_told_nothing_that_makes_it_plan_its_statements_anew(tmp_path: Path):
    told: list[str] = []
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    prepare_engine(engine)
    with engine.connect() as looking:
        driver = cast(sqlite3.Connection, looking.connection.dbapi_connection)
        driver.set_trace_callback(told.append)
        looking.execute(text("SELECT 1"))
    with changing(engine) as connection:
        connection.execute(text("CREATE TABLE ours (id INTEGER)"))
    with engine.connect() as looking:
        looking.execute(text("SELECT * FROM ours"))
    engine.dispose()

    # How long it waits changes no plan; what else a PRAGMA may set does
    assert [each for each in told if each.startswith("PRAGMA")] == [
        "PRAGMA busy_timeout=0",
        "PRAGMA busy_timeout=10000",
    ]
    assert {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "SELECT * FROM ours"} <= set(told)


def test_writing_begins_anew_and_does_not_save_what_was_left_lying_before(program: Flask):
    db.session().add(AttemptsRow(bucket="left lying", count=0, opened_at=MIDNIGHT))
    with writing() as session:
        somebody(session)

    with reading() as session:
        assert session.scalars(select(UserRow.name)).all() == ["Li Lan"]
        assert session.scalars(select(AttemptsRow)).all() == []


def test_a_writer_sees_what_others_saved_before_it(program: Flask):
    with writing() as session:
        who = somebody(session)
    with program.app_context(), writing() as other:
        other.execute(update(UserRow).values(name="New Name"))

    with writing() as session:
        assert session.get_one(UserRow, who).name == "New Name"


def test_a_program_that_starts_on_a_new_file_while_another_writes_to_it_waits(tmp_path: Path):
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE theirs (id INTEGER)")
    engine = create_engine(f"sqlite:///{file}")
    prepare_engine(engine)
    soon = Timer(0.2, other.execute, ["COMMIT"])
    soon.start()

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"

    soon.join()
    other.close()
    engine.dispose()


@pytest.fixture
def server() -> Iterator[Engine]:
    """A PostgreSQL database of its own, without tables."""
    with postgres.shared() as cluster:
        url = cluster.create(uuid4().hex)
    found = create_engine(url)
    prepare_engine(found)
    yield found
    found.dispose()


@pytest.mark.postgresql
class TestLookingOnPostgreSQL:
    def test_begins_no_transaction(self, server: Engine):
        with server.connect() as connection:
            connection.execute(text("SELECT 1"))

            assert connection.connection.driver_connection.info.transaction_status.name == "IDLE"  # type: ignore[union-attr]

    def test_leaves_statements_prepared_for_whoever_looks_next(self, server: Engine):
        for _ in range(10):
            with server.connect() as connection:
                connection.execute(text("SELECT 7"))
        with server.connect() as connection:
            prepared = connection.execute(text("SELECT statement FROM pg_prepared_statements")).scalars().all()

        assert "SELECT 7" in prepared

    def test_changes_nothing_also_after_somebody_wrote_or_held_still_on_the_same_connection(self, server: Engine):
        with changing(server) as connection:
            connection.execute(text("CREATE TABLE kept (value INTEGER)"))
        with snapshot(server) as connection:
            assert connection.execute(text("SELECT count(*) FROM kept")).scalar() == 0

        with pytest.raises(DBAPIError, match="read-only"), server.connect() as connection:
            connection.execute(text("INSERT INTO kept VALUES (1)"))
        with changing(server) as connection:
            connection.execute(text("INSERT INTO kept VALUES (2)"))
        with server.connect() as connection:
            assert connection.execute(text("SELECT value FROM kept")).scalars().all() == [2]

    def test_a_change_that_fails_half_way_is_none(self, server: Engine):
        def fail() -> None:
            with changing(server) as connection:
                connection.execute(text("CREATE TABLE kept (value INTEGER)"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with server.connect() as connection:
            assert inspect(connection).get_table_names() == []


@pytest.mark.postgresql
class TestAServerThatWentAway:
    def cut(self, server: Engine) -> None:
        """End the server's side of the connection that lies in the pool."""
        other = create_engine(server.url)
        with other.connect() as connection:
            ended = connection.execute(text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )).all()  # fmt: skip
        other.dispose()
        assert ended == [(True,)]

    def one(self, server: Engine) -> object:
        with server.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar()

    def test_is_not_noticed_after_a_while(self, server: Engine, monkeypatch: pytest.MonkeyPatch):
        assert self.one(server) == 1
        self.cut(server)
        monkeypatch.setattr(database, "_TRUSTED_FOR", 0)

        assert self.one(server) == 1

    def test_fails_once_within_that_while_and_then_no_more(self, server: Engine):
        assert self.one(server) == 1
        self.cut(server)

        with pytest.raises(OperationalError):
            self.one(server)
        assert self.one(server) == 1

    @pytest.mark.parametrize("times", [1, 2])
    def test_is_let_go_of_by_what_is_prepared(self, server: Engine, times: int):
        seven: Told = (Prepared(select(literal(7))), {})
        assert self.one(server) == 1
        self.cut(server)

        with Session(server) as session:
            with pytest.raises(OperationalError) as lost:
                together(session, *[seven] * times)
            assert lost.value.connection_invalidated
            session.rollback()
            assert [each.rows for each in together(session, *[seven] * times)] == [[(7,)]] * times
