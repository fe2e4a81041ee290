"""A backup: every row of one moment and every file, as plain files, taken while people write.

The manifest is written last, so a folder with one is whole; it holds the digest of every list of rows, and files
lie under the digest of their content. Nothing in it depends on the kind of database.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, select

from store.database import Base, now, still
from store.document_tables import FileRow
from store.file_store import FileMissing, FileStore, FolderStore
from store.migrate import current_revision
from store.row_format import TableSeen, description, line_of, row_of, seen
from store.tables import LogHeadRow

FORMAT = "plumbline-backup"
VERSION = 1
MANIFEST = "manifest.json"
ROWS, FILES = "rows", "files"
FILE_TABLE = FileRow.__tablename__
_AT_ONCE = 500
_AT_ONCE_WITH_BYTES = 10  # a questionnaire's text is almost a megabyte


class FolderTaken(Exception):
    """The folder for a backup holds something already."""


@dataclass
class Made:
    """What a backup came to; files that were not there or not what they should be are named in it."""

    rows: int = 0
    files: int = 0
    size: int = 0
    missing: list[tuple[UUID, str]] = field(default_factory=list)


def make(engine: Engine, files: FileStore, folder: Path) -> Made:
    """Write a backup into a folder that is empty or not there yet. Raise FolderTaken."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderTaken(folder)
    made = Made()
    (folder / ROWS).mkdir()
    with snapshot(engine) as connection:
        tables = [_write_table(connection, table, folder, made) for table in Base.metadata.sorted_tables]
        revision = current_revision(connection)
        heads = [
            {"chain": str(head.chain), "number": head.number, "digest": head.digest}
            for head in connection.execute(select(LogHeadRow.__table__).order_by(LogHeadRow.chain))
        ]
    _copy_files(files, folder, made)
    _write_manifest(folder, {"migration": revision, "tables": tables, "heads": heads, **_counted(made)})
    return made


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read everything as it was at one moment; who writes meanwhile neither waits nor is seen."""
    with engine.connect().execution_options(**still(engine.dialect)) as connection, connection.begin():
        yield connection


def rows_path(folder: Path, table: str) -> Path:
    return folder / ROWS / f"{table}.jsonl.gz"


def file_keys(folder: Path, table: TableSeen) -> Iterator[tuple[UUID, str]]:
    """Name the organisation and content of every file that the rows of a backup speak of."""
    with gzip.open(rows_path(folder, table.name), "rb") as lines:
        for line in lines:
            row = row_of(line, table)
            yield row["organization_id"], row["digest"]


def sealed(contents: dict[str, Any]) -> str:
    """Hash a manifest in a form that does not depend on its layout."""
    return hashlib.sha256(json.dumps(contents, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _write_table(connection: Connection, table: Table, folder: Path, made: Made) -> dict[str, Any]:
    it = seen(table)
    has_bytes = any(column.kind == "bytes" for column in it.columns)
    at_once = _AT_ONCE_WITH_BYTES if has_bytes else _AT_ONCE
    found = connection.execute(select(table).order_by(*table.primary_key.columns).execution_options(yield_per=at_once))
    count = 0
    path = rows_path(folder, table.name)
    with path.open("xb") as file, gzip.GzipFile("", "wb", compresslevel=3, fileobj=file, mtime=0) as lines, found:
        for row in found:
            lines.write(line_of(row))
            count += 1
    _to_disk(path)
    made.rows += count
    return {**description(it), "rows": count, "sha256": _digest_of(path)}


def _copy_files(files: FileStore, folder: Path, made: Made) -> None:
    """Copy each file once, checking its content on the way; a file is never changed, so none is missed."""
    place = FolderStore(folder / FILES)
    for organization_id, digest in file_keys(folder, seen(Base.metadata.tables[FILE_TABLE])):
        if place.has(organization_id, digest) or (organization_id, digest) in made.missing:
            continue
        size = _copied(files, place, organization_id, digest)
        if size is None:
            made.missing.append((organization_id, digest))
        else:
            made.files += 1
            made.size += size
    if place.drafts.exists():
        place.drafts.rmdir()


def _copied(files: FileStore, place: FolderStore, organization_id: UUID, digest: str) -> int | None:
    try:
        kept = place.keep_pieces(organization_id, files.read(organization_id, digest))
    except FileMissing:
        return None
    if kept.digest != digest:
        place.delete(organization_id, kept.digest)
        return None
    return kept.size


def _counted(made: Made) -> dict[str, Any]:
    missing = [{"organization": str(organization_id), "digest": digest} for organization_id, digest in made.missing]
    return {"files": {"count": made.files, "bytes": made.size}, "missing": missing}


def _write_manifest(folder: Path, more: dict[str, Any]) -> None:
    contents = {"format": FORMAT, "version": VERSION, "made_at": now().isoformat(timespec="seconds"), **more}
    draft = folder / f".{MANIFEST}"
    whole = {"sha256": sealed(contents), "contents": contents}
    draft.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    _to_disk(draft)
    draft.replace(folder / MANIFEST)
    _to_disk(folder)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
