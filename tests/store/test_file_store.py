"""Files lie under the digest of their content, whole or not at all; in a folder and in a bucket alike."""

import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from store.bucket import BucketStore
from store.file_store import FileMissing, FileStore, FolderStore, Kept, Stored, StoreUnreachable
from tests.support.bucket import bucket

ACME, OTHER = UUID(int=10), UUID(int=11)
SMALL = b"evidence"
LARGE = bytes(range(256)) * 30_000  # 7.7 MB: in several parts


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStore]:
    if request.param == "folder":
        yield FolderStore(tmp_path / "files")
    else:
        with bucket() as settings:
            yield BucketStore(settings)


def whole(files: FileStore, digest: str, organization: UUID = ACME) -> bytes:
    return b"".join(files.read(organization, digest))


@pytest.mark.parametrize("content", [SMALL, LARGE, b""], ids=["small", "large", "empty"])
def test_what_was_kept_comes_back_byte_for_byte(files: FileStore, content: bytes):
    kept = files.keep(ACME, io.BytesIO(content))

    assert kept == Kept(hashlib.sha256(content).hexdigest(), len(content))
    assert whole(files, kept.digest) == content
    assert files.has(ACME, kept.digest)


def test_the_same_content_lies_there_once_and_each_organisation_has_its_own(files: FileStore):
    first, second = (files.keep(ACME, io.BytesIO(SMALL)) for _ in range(2))

    assert first == second
    assert [(each.organization_id, each.digest, each.size) for each in files.everything()] == [
        (ACME, first.digest, len(SMALL))
    ]
    assert not files.has(OTHER, first.digest)
    with pytest.raises(FileMissing):
        files.read(OTHER, first.digest)
    files.keep(OTHER, io.BytesIO(SMALL))
    files.delete(ACME, first.digest)
    assert [each.organization_id for each in files.everything()] == [OTHER]


def test_what_was_deleted_is_gone_and_deleting_it_again_is_well(files: FileStore):
    kept = files.keep(ACME, io.BytesIO(SMALL))

    for _ in range(2):
        files.delete(ACME, kept.digest)

    assert not files.has(ACME, kept.digest)
    assert list(files.everything()) == []


def test_the_age_of_a_file_is_known(files: FileStore):
    files.keep(ACME, io.BytesIO(SMALL))

    (found,) = files.everything()

    assert abs(datetime.now(UTC) - found.since) < timedelta(minutes=1)


class CutOff(io.BytesIO):
    """A source that breaks off half way, as a full disk or a cut line does."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= 6:
            raise OSError(28, "No space left on device")
        return super().read(6)


def test_half_a_file_is_neither_listed_nor_left_behind(tmp_path: Path):
    files = FolderStore(tmp_path)

    with pytest.raises(OSError, match="No space left"):
        files.keep(ACME, CutOff(SMALL))

    assert list(files.everything()) == []
    assert list(files.drafts.iterdir()) == []


def test_what_a_killed_upload_left_is_dropped_when_it_is_old(tmp_path: Path):
    files = FolderStore(tmp_path)
    files.keep(ACME, io.BytesIO(SMALL))
    for name, age in (("old", 100), ("new", 0)):
        (files.drafts / name).write_bytes(b"half")
        moment = (datetime.now(UTC) - timedelta(hours=age)).timestamp()
        os.utime(files.drafts / name, (moment, moment))

    assert [each.digest for each in files.everything()] == [hashlib.sha256(SMALL).hexdigest()]
    assert files.drop_drafts(datetime.now(UTC) - timedelta(days=1)) == 1
    assert [path.name for path in files.drafts.iterdir()] == ["new"]


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    did: list[str] = []
    rename = Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: did.append(Path(f"/proc/self/fd/{handle}").resolve().name))

    def noted(self: Path, to: Path) -> Path:
        did.append("rename")
        return rename(self, to)

    monkeypatch.setattr(Path, "replace", noted)

    kept = FolderStore(tmp_path / "files").keep(ACME, io.BytesIO(SMALL))

    assert did[1:] == ["rename", kept.digest[:2], str(ACME), "files"]


def test_a_damaged_file_is_whole_again_when_it_is_uploaded_again(tmp_path: Path):
    files = FolderStore(tmp_path)
    kept = files.keep(ACME, io.BytesIO(SMALL))
    (damaged,) = tmp_path.rglob(kept.digest)
    damaged.write_bytes(b"evil")

    files.keep(ACME, io.BytesIO(SMALL))

    assert whole(files, kept.digest) == SMALL


def test_nobody_else_on_the_machine_reads_the_files(tmp_path: Path):
    old = os.umask(0o077)
    try:
        FolderStore(tmp_path / "files").keep(ACME, io.BytesIO(SMALL))
    finally:
        os.umask(old)

    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")} == {0}


def test_a_folder_that_is_not_ours_is_passed_over(tmp_path: Path):
    (tmp_path / "lost+found" / "aa").mkdir(parents=True)
    (tmp_path / "lost+found" / "aa" / "x").touch()

    assert list(FolderStore(tmp_path).everything()) == []


def test_a_bucket_that_is_not_there_is_told():
    with bucket() as settings:
        files = BucketStore(replace(settings, name="no-such-bucket"))

        with pytest.raises(StoreUnreachable):
            files.keep(ACME, io.BytesIO(SMALL))


def test_two_prefixes_in_a_bucket_do_not_see_each_other():
    with bucket() as settings:
        one, two = (BucketStore(replace(settings, prefix=prefix)) for prefix in ("one", "two"))
        one.keep(ACME, io.BytesIO(SMALL))

        assert list(two.everything()) == []
        assert isinstance(next(one.everything()), Stored)
