"""A fresh database for every test, copied from one that was migrated once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import create_engine, make_url
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

    def keep(self, url: str) -> str:
        """Keep a copy of a database that nobody is connected to; give the copy's name."""

    @contextmanager
    def copied(self, kept: str) -> Iterator[str]:
        """Lend the address of a copy of what was kept."""


class SQLiteFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template: Path | None = None

    @contextmanager
    def migrated(self) -> Iterator[str]:
        if self.template is None:
            self.template = self._new_file()
            migrate_at(f"sqlite:///{self.template}")
        yield from self._lent(self.template)

    @contextmanager
    def empty(self) -> Iterator[str]:
        yield f"sqlite:///{self._new_file()}"

    def keep(self, url: str) -> str:
        return str(shutil.copy(str(make_url(url).database), self._new_file()))

    @contextmanager
    def copied(self, kept: str) -> Iterator[str]:
        yield from self._lent(Path(kept))

    def _lent(self, template: Path) -> Iterator[str]:
        file = self._new_file()
        shutil.copy(template, file)
        yield f"sqlite:///{file}"
        for each in self.folder.glob(f"{file.name}*"):
            each.unlink()

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

    def keep(self, url: str) -> str:
        name = uuid4().hex
        with postgres.shared() as cluster:
            cluster.create(name, str(make_url(url).database))
        return name

    @contextmanager
    def copied(self, kept: str) -> Iterator[str]:
        with postgres.shared() as cluster:
            pass
        yield from _lent(cluster, kept)


def _lent(cluster: postgres.Cluster, template: str) -> Iterator[str]:
    name = uuid4().hex
    yield cluster.create(name, template)
    cluster.drop(name)


def migrate_at(url: str) -> None:
    """Migrate and leave no connection behind: a template in use cannot be copied."""
    engine = create_engine(url, poolclass=NullPool)
    prepare_engine(engine)
    migrate(engine)
