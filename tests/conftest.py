"""What every test may ask for: settings, the program, a client, and a database of its own on each kind of database.

Web and store are imported only when a fixture needs them: tests of the pure rooms start at once.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from people import passwords
from settings import Settings, read
from tests.support import postgres
from tests.support.routes import CompiledOnce
from tests.support.templates import COMPILED

if TYPE_CHECKING:
    from tests.support.databases import Databases

# Repeatable, so that a red run is about the change under test; `make test-long` looks for news
hypothesis_settings.register_profile("quick", deadline=None, derandomize=True, max_examples=40, database=None)
hypothesis_settings.register_profile("long", deadline=None, max_examples=3000)
hypothesis_settings.load_profile("quick")

EVERY_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


# Allocations before the youngest objects are searched for garbage; Python's own number is for small programs
SEARCHED_AFTER = 10_000


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.reserve()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.release()


def pytest_collection_finish() -> None:
    """Search for garbage less often, and never among the tests themselves and the modules they need."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SEARCHED_AFTER, *gc.get_threshold()[1:])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Nothing is skipped in this house: what cannot run is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} asked to be skipped: say what is missing and what to type, and fail"
    return report


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Hash at the lowest cost: the real one is meant to be slow."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> None:
    """Compile the addresses of pages for the first application: that takes longer than most tests of a page."""
    Flask.url_rule_class = CompiledOnce


@pytest.fixture(scope="session", params=EVERY_DATABASE)
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    from tests.support.databases import PostgreSQLDatabases, SQLiteFiles

    with TemporaryDirectory(prefix="plumbline-", dir=postgres.fastest_place()) as folder:
        yield PostgreSQLDatabases() if request.param == "postgresql" else SQLiteFiles(Path(folder))


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of this test's own, migrated, without rows; once on SQLite and once on PostgreSQL."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The same without tables, for tests of migrations."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return read(
        {
            "DATA": str(tmp_path / "data"),
            "PLUMBLINE_DATABASE_URL": database_url,
            "PLUMBLINE_SECRET_KEY": "a key for tests, long enough to be taken for a real one",
            "PLUMBLINE_TIMEZONE": "Asia/Shanghai",
        }
    )


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    from app import create_app
    from store.database import db

    with monkeypatch.context() as hurried:
        hurried.setattr("store.attach.migrate", lambda _: None)  # the test's database was migrated already
        program = create_app(settings)
    program.jinja_env.bytecode_cache = COMPILED
    yield program
    with program.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
