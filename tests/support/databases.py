"""A fresh database for every test, copied from one that was migrated once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from store.database import prepare_engine
from store.migrate import migrate
from tests.support import postgres


class Databases(Protocol):
    """Makes databases of one kind."""

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """Lend the address of a database with all tables and no rows."""

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Lend the address of a database without a table."""


class SQLiteFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template: Path | None = None

    @contextmanager
    def migrated(self) -> Iterator[str]:
        if self.template is None:
            self.template = self._new_file()
            migrate_at(f"sqlite:///{self.template}")
        yield f"sqlite:///{shutil.copy(self.template, self._new_file())}"

    @contextmanager
    def empty(self) -> Iterator[str]:
        yield f"sqlite:///{self._new_file()}"

    def _new_file(self) -> Path:
        return self.folder / f"{uuid4().hex}.db"


class PostgreSQLDatabases:
    @contextmanager
    def migrated(self) -> Iterator[str]:
        with postgres.shared() as cluster:
            if not cluster.has(postgres.TEMPLATE):
                migrate_at(cluster.create(postgres.TEMPLATE))
        yield from _lent(cluster, postgres.TEMPLATE)

    @contextmanager
    def empty(self) -> Iterator[str]:
        with postgres.shared() as cluster:
            pass
        yield from _lent(cluster, "template0")


def _lent(cluster: postgres.Cluster, template: str) -> Iterator[str]:
    name = uuid4().hex
    yield cluster.create(name, template)
    cluster.drop(name)


def migrate_at(url: str) -> None:
    """Migrate and leave no connection behind: a template in use cannot be copied."""
    engine = create_engine(url, poolclass=NullPool)
    prepare_engine(engine)
    migrate(engine)
