"""Migrations arrive at the tables of the program, from anywhere, all at once or not at all."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from settings import ROOT
from store import tables
from store.database import Base, changing, prepare_engine
from store.migrate import DatabaseIsNewer, current_revision, is_up_to_date, known_revisions, migrate
from tests.support.databases import migrate_at

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.databases"])


def engine_for(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    prepare_engine(engine)
    return engine


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    with engine_for(url).connect() as connection:
        yield connection


def tables_at(url: str) -> set[str]:
    with connected(url) as connection:
        return set(inspect(connection).get_table_names())


def differences(url: str) -> list[Any]:
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def go_down(url: str, revision: str = "base") -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with changing(engine_for(url)) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_models_and_migrations_agree(database_url: str):
    assert tables.UserRow.__tablename__ in tables_at(database_url)
    assert differences(database_url) == []


def test_a_table_that_no_migration_makes_would_be_noticed(empty_database_url: str):
    missing = {step[1].name for step in differences(empty_database_url) if step[0] == "add_table"}

    assert missing == set(Base.metadata.tables)


def test_migrations_go_up_and_down_and_up_again(empty_database_url: str):
    migrate_at(empty_database_url)
    go_down(empty_database_url)
    assert tables_at(empty_database_url) == {"alembic_version"}
    migrate_at(empty_database_url)

    assert differences(empty_database_url) == []


def test_a_database_that_is_up_to_date_is_left_alone(database_url: str):
    with connected(database_url) as connection:
        assert is_up_to_date(connection)
    migrate_at(database_url)

    assert differences(database_url) == []


def test_an_empty_database_is_not_up_to_date(empty_database_url: str):
    with connected(empty_database_url) as connection:
        assert not is_up_to_date(connection)


def test_several_processes_that_start_at_once_migrate_once(empty_database_url: str):
    with ProcessPoolExecutor(3, PROCESSES) as pool:
        list(pool.map(migrate_at, [empty_database_url] * 6))

    assert differences(empty_database_url) == []


def test_a_migration_that_dies_in_the_middle_leaves_the_database_as_it_was(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
):
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Operations, "create_index", die)
        with pytest.raises(KeyboardInterrupt):
            migrate(engine_for(empty_database_url))
    assert tables_at(empty_database_url) == set()
    migrate_at(empty_database_url)

    assert differences(empty_database_url) == []


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database_url: str):
    with changing(engine_for(database_url)) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseIsNewer, match="9999"):
        migrate_at(database_url)
    with connected(database_url) as connection:
        assert current_revision(connection) == "9999"


def test_the_migrations_are_known_without_alembic_as_alembic_knows_them():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    scripts = ScriptDirectory.from_config(config)

    assert known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert max(known_revisions()) == scripts.get_current_head()


def test_indexes_of_some_rows_are_so_on_both_databases(database_url: str):
    """The model states the condition for SQLite alone."""
    with connected(database_url) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        query = "SELECT sql FROM sqlite_master" if is_sqlite else "SELECT indexdef FROM pg_indexes"
        made = [text for text in connection.exec_driver_sql(query).scalars() if text]

    for name, condition in (
        ("one_membership_at_a_time", "ended_at is null"),
        ("assessments_by_change", "archived_at is null"),
        ("assessments_put_away", "archived_at is not null"),
    ):
        (index,) = [text.lower() for text in made if "index" in text.lower() and name in text]
        assert condition in index
