"""What "saved" means: all or nothing, and one writer after the other."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from store import accounts, database
from store.database import db, prepare_engine, reading, writing
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


def test_looking_never_saves(program: Flask):
    with reading() as session:
        somebody(session)

    with reading() as session:
        assert accounts.is_empty(session)


def test_writing_begins_anew_and_does_not_save_what_was_left_lying_before(program: Flask):
    somebody(db.session(), "Left Lying")
    with writing() as session:
        somebody(session)

    with reading() as session:
        assert session.scalars(select(UserRow.name)).all() == ["Li Lan"]


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


class TestAServerThatWentAway:
    @pytest.fixture
    def engine(self) -> Iterator[Engine]:
        with postgres.shared() as cluster:
            url = cluster.create(uuid4().hex)
        found = create_engine(url)
        prepare_engine(found)
        yield found
        found.dispose()

    def cut(self, engine: Engine) -> None:
        """End the server's side of the connection that lies in the pool."""
        other = create_engine(engine.url)
        with other.connect() as connection:
            ended = connection.execute(text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )).all()  # fmt: skip
        other.dispose()
        assert ended == [(True,)]

    def one(self, engine: Engine) -> object:
        with engine.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar()

    @pytest.mark.postgresql
    def test_is_not_noticed_after_a_while(self, engine: Engine, monkeypatch: pytest.MonkeyPatch):
        assert self.one(engine) == 1
        self.cut(engine)
        monkeypatch.setattr(database, "_TRUSTED_FOR", 0)

        assert self.one(engine) == 1

    @pytest.mark.postgresql
    def test_fails_once_within_that_while_and_then_no_more(self, engine: Engine):
        assert self.one(engine) == 1
        self.cut(engine)

        with pytest.raises(OperationalError):
            self.one(engine)
        assert self.one(engine) == 1
