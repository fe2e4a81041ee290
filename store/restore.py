"""Restoring a backup: everything in it is checked first, then put into an empty place, in one transaction."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, delete, func, inspect, select
from sqlalchemy.orm import Session

from store import log
from store.backup import FILE_TABLE, FILES, FORMAT, MANIFEST, VERSION, file_keys, rows_path, sealed
from store.database import Base, changing
from store.file_store import FileMissing, FileStore, FolderStore, digest_of
from store.log import INSTALLATION, Event, Head
from store.migrate import bring_up, current_revision, known_revisions, make_anew, wait_for_others
from store.row_format import BadRow, TableSeen, as_table, described, row_of
from store.tables import LinkRow, SessionRow

_AT_ONCE = 500
_LONGEST_MANIFEST = 100_000_000


class Fault(StrEnum):
    """Why a folder is not restored."""

    NO_BACKUP = "no-backup"
    NEWER = "newer"
    DAMAGED = "damaged"


class BadBackup(Exception):
    """A folder is no backup, or not one to be trusted; `place` says where in it."""

    def __init__(self, fault: Fault, place: str) -> None:
        super().__init__(f"{fault}: {place}")
        self.fault = fault
        self.place = place


class NotEmpty(Exception):
    """There is something already where a backup was to be restored."""


@dataclass(frozen=True)
class Listed:
    """A table of a backup: what it was like, and how many rows there are."""

    table: TableSeen
    rows: int
    digest: str


@dataclass(frozen=True)
class Backup:
    """A backup whose every part was checked."""

    folder: Path
    made_at: str
    migration: str
    tables: tuple[Listed, ...]
    heads: tuple[Head, ...]
    missing: frozenset[tuple[UUID, str]]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    def file_keys(self) -> Iterator[tuple[UUID, str]]:
        """Name each file of the backup; one that several rows speak of comes several times."""
        listed = next((each for each in self.tables if each.table.name == FILE_TABLE), None)
        if listed is not None:
            keys = file_keys(self.folder, listed.table)
            yield from (key for key in keys if key not in self.missing)


def check(folder: Path) -> Backup:
    """Check all of a backup: its manifest, every row, every file. Raise BadBackup."""
    contents = _contents(folder)
    try:
        backup = _read(folder, contents)
    except (KeyError, TypeError, ValueError, AttributeError, BadRow) as error:
        raise BadBackup(Fault.DAMAGED, MANIFEST) from error
    for listed in backup.tables:
        _check_rows(folder, listed)
    _check_files(backup)
    return backup


def restore(engine: Engine, files: FileStore, backup: Backup) -> None:
    """Put a backup into an empty database and an empty file store. Raise NotEmpty.

    Files come first and rows in one transaction, so that a restore that was broken off can simply be begun again.
    """
    with changing(engine) as connection:
        wait_for_others(connection)
        _require_empty(connection, files, backup)
        _put_files(files, backup)
        make_anew(connection, backup.migration)
        for listed in backup.tables:
            _insert(connection, backup.folder, listed)
        bring_up(connection)
        with Session(connection) as session:
            _settle(session, backup)
            session.flush()


def _contents(folder: Path) -> dict[str, Any]:
    """Read the manifest, and say of what is none, or not ours, what it is."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LONGEST_MANIFEST:
            raise BadBackup(Fault.DAMAGED, MANIFEST)
        whole = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBackup(Fault.NO_BACKUP, str(folder)) from error
    except ValueError as error:
        raise BadBackup(Fault.DAMAGED, MANIFEST) from error
    contents = whole.get("contents") if isinstance(whole, dict) else None
    if not isinstance(contents, dict) or contents.get("format") != FORMAT:
        raise BadBackup(Fault.NO_BACKUP, str(folder))
    if whole.get("sha256") != sealed(contents):
        raise BadBackup(Fault.DAMAGED, MANIFEST)
    if contents.get("version") != VERSION or contents.get("migration") not in known_revisions():
        raise BadBackup(Fault.NEWER, str(contents.get("migration")))
    return contents


def _read(folder: Path, contents: dict[str, Any]) -> Backup:
    tables = (Listed(described(each), int(each["rows"]), str(each["sha256"])) for each in contents["tables"])
    heads = (Head(UUID(each["chain"]), int(each["number"]), str(each["digest"])) for each in contents["heads"])
    missing = ((UUID(each["organization"]), str(each["digest"])) for each in contents["missing"])
    return Backup(
        folder=folder,
        made_at=str(contents["made_at"]),
        migration=str(contents["migration"]),
        tables=tuple(tables),
        heads=tuple(heads),
        missing=frozenset(missing),
    )


def _check_rows(folder: Path, listed: Listed) -> None:
    path = rows_path(folder, listed.table.name)
    try:
        with path.open("rb") as file:
            is_whole = hashlib.file_digest(file, "sha256").hexdigest() == listed.digest
        count = sum(1 for _row in _rows(folder, listed.table))
    except (OSError, EOFError, zlib.error, BadRow) as error:
        raise BadBackup(Fault.DAMAGED, path.name) from error
    if not is_whole or count != listed.rows:
        raise BadBackup(Fault.DAMAGED, path.name)


def _check_files(backup: Backup) -> None:
    place = FolderStore(backup.folder / FILES)
    checked: set[tuple[UUID, str]] = set()
    for organization_id, digest in backup.file_keys():
        if (organization_id, digest) in checked:
            continue
        checked.add((organization_id, digest))
        try:
            is_whole = digest_of(place.read(organization_id, digest)).digest == digest
        except (FileMissing, OSError) as error:
            raise BadBackup(Fault.DAMAGED, digest) from error
        if not is_whole:
            raise BadBackup(Fault.DAMAGED, digest)


def _require_empty(connection: Connection, files: FileStore, backup: Backup) -> None:
    """Refuse a place that holds anything, but for what an earlier, broken attempt of this restore left."""
    names = set(inspect(connection).get_table_names())
    is_ours = current_revision(connection) in known_revisions()
    if names and not is_ours:
        raise NotEmpty
    for name in ("users", "organizations", "log_entries"):
        if name in names and connection.scalar(select(func.count()).select_from(Base.metadata.tables[name])):
            raise NotEmpty
    source = FolderStore(backup.folder / FILES)
    if not all(source.has(each.organization_id, each.digest) for each in files.everything()):
        raise NotEmpty


def _put_files(files: FileStore, backup: Backup) -> None:
    source = FolderStore(backup.folder / FILES)
    put: set[tuple[UUID, str]] = set()
    for key in backup.file_keys():
        if key not in put:
            put.add(key)
            with source.open(*key) as file:
                files.keep(key[0], file)


def _insert(connection: Connection, folder: Path, listed: Listed) -> None:
    table: Table = as_table(listed.table)
    rows = _rows(folder, listed.table)
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(table.insert(), some)


def _rows(folder: Path, table: TableSeen) -> Iterator[dict[str, Any]]:
    with gzip.open(rows_path(folder, table.name), "rb") as lines:
        for line in lines:
            yield row_of(line, table)


def _settle(session: Session, backup: Backup) -> None:
    """Compare the audit log with what was written down of it; end what would let old ways in open again."""
    for head in backup.heads:
        is_known = head.number == 0 or log.holds(session, head)
        if log.first_break(session, head.chain) is not None or not is_known:
            raise BadBackup(Fault.DAMAGED, f"log {head.chain}")
    session.execute(delete(SessionRow))
    session.execute(delete(LinkRow))
    log.record(session, INSTALLATION, Event.RESTORED, actor=None, made_at=backup.made_at)
