"""The file store in a bucket of an S3-compatible service, laid out as in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from settings import Bucket
from store.file_store import PIECE, FileMissing, Kept, Stored, StoreUnreachable, digest_of, pieces_of

if TYPE_CHECKING:
    from obstore import GetResult


class BucketStore:
    """Files in a bucket; the service itself shows an object whole or not at all."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    @cached_property
    def _objects(self) -> S3Store:
        """Connect at the first use: what a worker inherits from before the fork does not answer."""
        it = self.bucket
        return S3Store(
            it.name,
            prefix=it.prefix or None,
            endpoint=it.endpoint or None,
            region=it.region,
            access_key_id=it.key_id,
            secret_access_key=it.secret,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": it.endpoint.startswith("http:"),
                "connect_timeout": "5s",
                "read_timeout": "30s",
                "timeout": "300s",
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        )

    def keep(self, organization_id: UUID, source: BinaryIO) -> Kept:
        kept = digest_of(pieces_of(source))
        source.seek(0)
        with _sayable():
            obstore.put(self._objects, _path(organization_id, kept.digest), source)
        return kept

    def read(self, organization_id: UUID, digest: str) -> Iterator[bytes]:
        with _sayable():
            try:
                found = obstore.get(self._objects, _path(organization_id, digest))
            except FileNotFoundError:
                raise FileMissing(digest) from None
        return _pieces(found)

    def has(self, organization_id: UUID, digest: str) -> bool:
        with _sayable():
            try:
                obstore.head(self._objects, _path(organization_id, digest))
            except FileNotFoundError:
                return False
        return True

    def everything(self) -> Iterator[Stored]:
        with _sayable():
            for some in obstore.list(self._objects):
                for each in some:
                    organization_id, _part, digest = each["path"].split("/")
                    yield Stored(UUID(organization_id), digest, each["size"], each["last_modified"])

    def delete(self, organization_id: UUID, digest: str) -> None:
        with _sayable():
            obstore.delete(self._objects, _path(organization_id, digest))

    def drop_drafts(self, before: datetime) -> int:
        """Nothing half is ever visible here; what the service keeps of a broken upload its own rules remove."""
        return 0


def _path(organization_id: UUID, digest: str) -> str:
    return f"{organization_id}/{digest[:2]}/{digest}"


def _pieces(found: GetResult) -> Iterator[bytes]:
    with _sayable():
        for piece in found.stream(min_chunk_size=PIECE):
            yield bytes(piece)


@contextmanager
def _sayable() -> Iterator[None]:
    try:
        yield
    except (BaseError, FileNotFoundError) as error:  # the latter when there is no such bucket
        raise StoreUnreachable(type(error).__name__) from error
