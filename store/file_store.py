"""Where the bytes of files lie: each under the digest of its content, an organisation at a time.

A file is written under a name of its own, brought to the disk, and only then put in its place: half a file has none.
Rows follow afterwards, so that what is listed is there. `store.reconcile` compares the two.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

PIECE = 1 << 18
ARRIVING = "arriving"


class FileMissing(Exception):
    """A file that should be in the store is not there."""


class StoreUnreachable(Exception):
    """The store does not answer, or does not let us in."""


@dataclass(frozen=True)
class Kept:
    """What a file's content is: its digest, and how many bytes."""

    digest: str
    size: int


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the store."""

    organization_id: UUID
    digest: str
    size: int
    since: datetime


class FileStore(Protocol):
    """What every place for files can do."""

    def keep(self, organization_id: UUID, source: BinaryIO) -> Kept:
        """Keep what is read from `source`, durably."""

    def read(self, organization_id: UUID, digest: str) -> Iterator[bytes]:
        """Give a file in pieces. Raise FileMissing before the first."""

    def has(self, organization_id: UUID, digest: str) -> bool:
        """Say whether a file is there."""

    def everything(self) -> Iterator[Stored]:
        """List what lies there, in order."""

    def delete(self, organization_id: UUID, digest: str) -> None:
        """Remove a file; one that is not there is well."""

    def drop_drafts(self, before: datetime) -> int:
        """Remove what was begun before a moment and never finished; say how many there were."""


class FolderStore:
    """Files in a folder: `<organisation>/<first two of the digest>/<digest>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafts = folder / ARRIVING

    def keep(self, organization_id: UUID, source: BinaryIO) -> Kept:
        return self.keep_pieces(organization_id, pieces_of(source))

    def keep_pieces(self, organization_id: UUID, pieces: Iterator[bytes]) -> Kept:
        self.drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.drafts / secrets.token_hex(16)
        try:
            kept = _write(pieces, draft)
            self._put_in_place(draft, self._path(organization_id, kept.digest))
        finally:
            draft.unlink(missing_ok=True)
        return kept

    def read(self, organization_id: UUID, digest: str) -> Iterator[bytes]:
        if not self.has(organization_id, digest):
            raise FileMissing(digest)
        return _pieces_at(self._path(organization_id, digest))

    def open(self, organization_id: UUID, digest: str) -> BinaryIO:
        """Open a file to read it, or parts of it. Raise FileMissing."""
        try:
            return self._path(organization_id, digest).open("rb")
        except FileNotFoundError:
            raise FileMissing(digest) from None

    def has(self, organization_id: UUID, digest: str) -> bool:
        return self._path(organization_id, digest).is_file()

    def everything(self) -> Iterator[Stored]:
        for folder in _sorted(self.folder):
            if (organization_id := _as_id(folder.name)) is not None:
                for path in (file for part in _sorted(folder) for file in _sorted(part)):
                    found = path.stat()
                    since = datetime.fromtimestamp(found.st_mtime, UTC)
                    yield Stored(organization_id, path.name, found.st_size, since)

    def delete(self, organization_id: UUID, digest: str) -> None:
        self._path(organization_id, digest).unlink(missing_ok=True)

    def drop_drafts(self, before: datetime) -> int:
        old = [path for path in _sorted(self.drafts) if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, organization_id: UUID, digest: str) -> Path:
        return self.folder / str(organization_id) / digest[:2] / digest

    def _put_in_place(self, draft: Path, place: Path) -> None:
        """Move a finished file; one that lies there already is replaced by the same, whole again if it was damaged."""
        missing = [folder for folder in (place.parent, place.parent.parent) if not folder.exists()]
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.replace(place)
        for folder in (place.parent, *(made.parent for made in missing)):
            _bring_to_disk(folder)


def digest_of(pieces: Iterator[bytes]) -> Kept:
    """Hash and count what comes in pieces."""
    whole, size = hashlib.sha256(), 0
    for piece in pieces:
        whole.update(piece)
        size += len(piece)
    return Kept(whole.hexdigest(), size)


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """Read a file to its end."""
    while piece := source.read(PIECE):
        yield piece


def _write(pieces: Iterator[bytes], draft: Path) -> Kept:
    whole, size = hashlib.sha256(), 0
    with draft.open("xb") as file:
        for piece in pieces:
            file.write(piece)
            whole.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return Kept(whole.hexdigest(), size)


def _pieces_at(path: Path) -> Iterator[bytes]:
    """Open a file only when somebody reads: what is never begun needs no end."""
    with path.open("rb") as file:
        yield from pieces_of(file)


def _bring_to_disk(folder: Path) -> None:
    """A new name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _as_id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
