"""A backup holds every row of one moment and every file; it comes back whole, on either database, or not at all."""

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from store import backup, log, restore
from store.backup import FolderTaken
from store.database import Base, changing, prepare_engine
from store.document_tables import FileRow
from store.file_store import FolderStore
from store.log import INSTALLATION
from store.migrate import current_revision
from store.restore import BadBackup, Fault, NotEmpty
from store.row_format import KINDS
from store.tables import UserRow
from tests.support.databases import Databases, PostgreSQLDatabases, SQLiteFiles
from tests.support.rows import ONE, everything, fill, kinds_tried

CONTENT = b"%PDF-1.7 evidence" * 1000
NOT_COMPARED = ("sessions", "links", "log_entries", "log_heads")


def engine_at(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    prepare_engine(engine)
    return engine


@contextmanager
def empty(databases: Databases) -> Iterator[Engine]:
    with databases.empty() as url:
        yield engine_at(url)


@pytest.fixture
def engine(database_url: str) -> Engine:
    return engine_at(database_url)


@pytest.fixture
def files(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "data" / "files")


@pytest.fixture
def elsewhere(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "elsewhere" / "files")


@pytest.fixture
def made(engine: Engine, files: FolderStore, tmp_path: Path) -> Path:
    """A backup of two rows in every table."""
    fill(engine, CONTENT, files)
    backup.make(engine, files, tmp_path / "backup")
    return tmp_path / "backup"


def test_every_table_and_every_kind_of_column_is_in_it(made: Path):
    assert {path.name for path in (made / "rows").iterdir()} == {f"{table}.jsonl.gz" for table in Base.metadata.tables}
    assert all(each.rows >= 2 for each in restore.check(made).tables)
    assert kinds_tried() == set(KINDS)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_what_was_backed_up_comes_back_on_either_database(
    made: Path, engine: Engine, elsewhere: FolderStore, tmp_path: Path, kind: str
):
    target: Databases = SQLiteFiles(tmp_path) if kind == "sqlite" else PostgreSQLDatabases()
    with empty(target) as other:
        restore.restore(other, elsewhere, restore.check(made))

        assert everything(other, *NOT_COMPARED) == everything(engine, *NOT_COMPARED)
        with Session(other) as session:
            assert [log.first_break(session, chain) for chain in log.chains(session)] == [None] * 3
            assert [entry.event for entry in log.entries(session, INSTALLATION)] == ["joined", "restored"]
            assert len(list(log.entries(session, ONE))) == 2
    assert {(each.organization_id, each.digest) for each in elsewhere.everything()} == set(
        restore.check(made).file_keys()
    )


def test_nobody_comes_in_by_a_session_or_link_of_before(made: Path, elsewhere: FolderStore, databases: Databases):
    """One that was ended or used after the backup was made would open again."""
    with empty(databases) as other:
        restore.restore(other, elsewhere, restore.check(made))

        assert (everything(other)["sessions"], everything(other)["links"]) == ([], [])


def test_a_restored_installation_is_backed_up_again_alike(
    made: Path, elsewhere: FolderStore, databases: Databases, tmp_path: Path
):
    with empty(databases) as other:
        restore.restore(other, elsewhere, restore.check(made))
        backup.make(other, elsewhere, tmp_path / "again")

    for path in (made / "rows").iterdir():
        if path.name.partition(".")[0] not in NOT_COMPARED:
            again = tmp_path / "again" / "rows" / path.name
            assert gzip.decompress(again.read_bytes()) == gzip.decompress(path.read_bytes()), path.name


def test_a_backup_needs_a_folder_of_its_own(engine: Engine, files: FolderStore, tmp_path: Path):
    (tmp_path / "mine.txt").touch()

    with pytest.raises(FolderTaken):
        backup.make(engine, files, tmp_path)

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db"] == ["mine.txt"]


def test_a_backup_that_was_broken_off_is_none(
    engine: Engine, files: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fill(engine, CONTENT, files)

    def die(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.file_store.os.fsync", die)
    with pytest.raises(OSError, match="No space"):
        backup.make(engine, files, tmp_path / "backup")

    with pytest.raises(BadBackup) as bad:
        restore.check(tmp_path / "backup")
    assert bad.value.fault is Fault.NO_BACKUP


def test_files_that_are_missing_or_damaged_are_named_and_the_rest_is_kept(
    engine: Engine, files: FolderStore, elsewhere: FolderStore, tmp_path: Path, databases: Databases
):
    fill(engine, CONTENT, files)
    ones, twos = files.everything()
    files.delete(ones.organization_id, ones.digest)
    next(files.folder.rglob(f"{twos.organization_id}/*/{twos.digest}")).write_bytes(b"changed")

    made = backup.make(engine, files, tmp_path / "backup")

    assert made.files == 0
    assert made.missing == [(each.organization_id, each.digest) for each in (ones, twos)]
    with empty(databases) as other:
        restore.restore(other, elsewhere, restore.check(tmp_path / "backup"))
    assert list(elsewhere.everything()) == []
    assert not any(path.is_file() for path in (tmp_path / "backup" / "files").rglob("*"))


def spoil_file(made: Path) -> None:
    next(path for path in (made / "files").rglob("*") if path.is_file()).write_bytes(b"x")


def lose_file(made: Path) -> None:
    next(path for path in (made / "files").rglob("*") if path.is_file()).unlink()


def spoil_rows(made: Path) -> None:
    path = made / "rows" / "users.jsonl.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"true", b"false")))


def cut_rows(made: Path) -> None:
    path = made / "rows" / "answers.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-12])


def lose_rows(made: Path) -> None:
    (made / "rows" / "comments.jsonl.gz").unlink()


def spoil_manifest(made: Path) -> None:
    path = made / "manifest.json"
    path.write_text(path.read_text().replace('"rows": 2', '"rows": 1', 1))


def cut_manifest(made: Path) -> None:
    path = made / "manifest.json"
    path.write_text(path.read_text()[:-30])


def forge(made: Path, **changes: object) -> None:
    """Change a manifest with care, so that its digest fits."""
    path = made / "manifest.json"
    contents = {**json.loads(path.read_text())["contents"], **changes}
    path.write_text(json.dumps({"contents": contents, "sha256": backup.sealed(contents)}))


SPOILS = {
    "a file changed": (spoil_file, Fault.DAMAGED),
    "a file gone": (lose_file, Fault.DAMAGED),
    "rows changed": (spoil_rows, Fault.DAMAGED),
    "rows cut": (cut_rows, Fault.DAMAGED),
    "rows gone": (lose_rows, Fault.DAMAGED),
    "manifest changed": (spoil_manifest, Fault.DAMAGED),
    "manifest cut": (cut_manifest, Fault.DAMAGED),
    "tables not described": (lambda made: forge(made, tables=[{"name": "users"}]), Fault.DAMAGED),
    "a newer format": (lambda made: forge(made, version=2), Fault.NEWER),
    "newer tables": (lambda made: forge(made, migration="9999"), Fault.NEWER),
    "another program's": (lambda made: forge(made, format="other"), Fault.NO_BACKUP),
    "another manifest": (lambda made: (made / "manifest.json").write_text("[]"), Fault.NO_BACKUP),
    "no manifest": (lambda made: (made / "manifest.json").unlink(), Fault.NO_BACKUP),
}


@pytest.mark.parametrize("how", SPOILS)
def test_a_damaged_foreign_or_newer_backup_is_refused(made: Path, how: str):
    spoil, fault = SPOILS[how]
    spoil(made)

    with pytest.raises(BadBackup) as bad:
        restore.check(made)

    assert bad.value.fault is fault


def test_a_backup_whose_log_was_rewritten_with_care_is_refused_and_leaves_nothing(
    made: Path, elsewhere: FolderStore, databases: Databases
):
    forge(made, heads=[{"chain": str(ONE), "number": 2, "digest": "f" * 64}])
    found = restore.check(made)

    with empty(databases) as other:
        with pytest.raises(BadBackup):
            restore.restore(other, elsewhere, found)
        with other.connect() as connection:
            assert current_revision(connection) is None


def test_nothing_is_restored_over_what_is_there(made: Path, engine: Engine, elsewhere: FolderStore):
    before = everything(engine)

    with pytest.raises(NotEmpty):
        restore.restore(engine, elsewhere, restore.check(made))

    assert everything(engine) == before
    assert list(elsewhere.everything()) == []


def test_nothing_is_restored_among_foreign_files(made: Path, elsewhere: FolderStore, databases: Databases):
    elsewhere.keep(ONE, io.BytesIO(b"somebody else's"))

    with empty(databases) as other, pytest.raises(NotEmpty):
        restore.restore(other, elsewhere, restore.check(made))


def test_a_restore_that_was_broken_off_is_simply_begun_again(
    made: Path, engine: Engine, elsewhere: FolderStore, databases: Databases, monkeypatch: pytest.MonkeyPatch
):
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with databases.migrated() as url:
        other = engine_at(url)
        with monkeypatch.context() as broken:
            broken.setattr(restore, "bring_up", die)
            with pytest.raises(KeyboardInterrupt):
                restore.restore(other, elsewhere, restore.check(made))
        assert everything(other)["users"] == []

        restore.restore(other, elsewhere, restore.check(made))

        assert everything(other, *NOT_COMPARED) == everything(engine, *NOT_COMPARED)


def test_a_backup_of_an_earlier_program_is_brought_up_to_this_one(
    engine: Engine, files: FolderStore, elsewhere: FolderStore, tmp_path: Path, databases: Databases
):
    """Rows of the tables there were at the first migration; all newer tables are empty."""
    fill(engine, CONTENT, files)
    backup.make(engine, files, tmp_path / "backup")
    contents = json.loads((tmp_path / "backup" / "manifest.json").read_text())["contents"]
    first = {
        "users",
        "organizations",
        "memberships",
        "recovery_codes",
        "sessions",
        "links",
        "attempts",
        *("log_entries", "log_heads"),
    }
    forge(
        tmp_path / "backup",
        migration="0001",
        tables=[each for each in contents["tables"] if each["name"] in first],
    )

    with empty(databases) as other:
        restore.restore(other, elsewhere, restore.check(tmp_path / "backup"))
        rows = everything(other)
        with other.connect() as connection:
            assert current_revision(connection) == contents["migration"]
    assert rows["users"] == everything(engine)["users"]
    assert rows["answers"] == []


def test_a_snapshot_is_of_one_moment(engine: Engine, files: FolderStore, tmp_path: Path):
    """Who writes while a backup is made neither waits nor is half in it."""
    fill(engine, CONTENT, files)
    with backup.snapshot(engine) as connection:
        first = connection.exec_driver_sql("SELECT count(*) FROM documents").scalar()
        with changing(engine) as other:
            other.execute(delete(FileRow))
            other.execute(update(UserRow).values(name="changed"))
        assert first == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM files").scalar() == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM users WHERE name = 'changed'").scalar() == 0
