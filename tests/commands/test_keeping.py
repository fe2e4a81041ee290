"""`plumbline backup`, `restore`, `reconcile`: what they say, how they end, and what people save meanwhile."""

import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scoring.answers import Answer, LineAnswer, Mark
from settings import Settings
from store import accounts, answers, assessments, log, organizations
from store.answers import Change
from store.citations import documents_here
from store.database import reading, writing
from store.document_tables import DocumentRow
from store.file_places import files_of
from store.file_store import FolderStore
from store.heads import Header
from store.restore import check
from tests.commands.conftest import Console
from tests.store.world import acme, somebody
from tests.support.bucket import bucket
from tests.support.databases import SQLiteFiles
from tests.support.rows import everything, fill


@pytest.fixture
def filled(installation: Flask) -> Flask:
    from store.database import db

    fill(db.engine, b"evidence", files_of(installation))
    return installation


def elsewhere(environ: pytest.MonkeyPatch, folder: Path) -> Path:
    """Let the next commands work on another installation, where nothing is yet."""
    environ.setenv("DATA", str(folder))
    environ.setenv("PLUMBLINE_DATABASE_URL", f"sqlite:///{folder}/plumbline.db")
    return folder


def test_a_backup_is_made_and_restored_elsewhere(
    filled: Flask, console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    made = console("backup", str(tmp_path / "b"))
    elsewhere(environ, tmp_path / "new")
    restored = console("restore", str(tmp_path / "b"))

    assert (made.status, made.err, restored.status, restored.err) == (0, "", 0, "")
    assert made.out == f"Backup in {tmp_path / 'b'}: {check(tmp_path / 'b').rows} rows; files: 2, with 16 bytes\n"
    assert "Everybody signs in anew" in restored.out
    assert console("reconcile").out == "Files listed: 2. Arrived within a day and not listed: 0\n"
    assert console("audit", "verify").status == 0


def test_a_second_restore_changes_nothing_and_says_why(
    filled: Flask, console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    console("backup", str(tmp_path / "b"))
    elsewhere(environ, tmp_path / "new")
    console("restore", str(tmp_path / "b"))
    before = (tmp_path / "new" / "plumbline.db").read_bytes()

    again = console("restore", str(tmp_path / "b"))

    assert (again.status, again.out) == (2, "")
    assert "There is something in the database or among the files already" in again.err
    assert (tmp_path / "new" / "plumbline.db").read_bytes() == before


def test_what_is_no_backup_is_refused_before_anything_is_made(
    console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    new = elsewhere(environ, tmp_path / "new")

    said = console("restore", str(tmp_path))

    assert (said.status, said.out) == (2, "")
    assert said.err == f"There is no backup of Plumbline in {tmp_path}\n"
    assert not (new / "plumbline.db").exists()
    assert not (new / "files").exists()


def test_a_damaged_backup_is_refused_before_anything_is_made(
    filled: Flask, console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    console("backup", str(tmp_path / "b"))
    (tmp_path / "b" / "rows" / "answers.jsonl.gz").write_bytes(b"")
    new = elsewhere(environ, tmp_path / "new")
    environ.setenv("LC_ALL", "zh_CN.UTF-8")

    said = console("restore", str(tmp_path / "b"))

    assert said.status == 2
    assert "answers.jsonl.gz" in said.err
    assert "未作任何更改" in said.err
    assert not (new / "plumbline.db").exists()


def test_a_folder_that_is_not_empty_takes_no_backup(filled: Flask, console: Console, tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine").touch()

    said = console("backup", str(tmp_path / "b"))

    assert (said.status, said.out) == (2, "")
    assert "is not empty" in said.err


def test_a_backup_with_a_file_missing_is_made_but_says_so(filled: Flask, console: Console, tmp_path: Path):
    shutil.rmtree(next(path for path in filled.extensions["settings"].files.iterdir() if path.name != "arriving"))

    said = console("backup", str(tmp_path / "b"))

    assert said.status == 1
    assert "Missing or damaged, and so not in the backup" in said.err
    assert check(tmp_path / "b").rows > 0


def test_reconcile_names_what_is_astray_and_removes_old_leftovers_only_when_asked(
    filled: Flask, console: Console, settings: Settings
):
    files = FolderStore(settings.files)
    with reading() as session:
        organization = organizations.ids(session)[0]
    files.keep(organization, io.BytesIO(b"lost"))
    for path in [*files.folder.rglob("*"), files.drafts / "half"]:
        if path.is_file() or path.name == "half":
            path.touch()
            old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
            os.utime(path, (old, old))

    said = console("reconcile")
    assert said.status == 1
    assert said.err.count("Nothing lists") == 1
    assert console("reconcile").err == said.err

    removed = console("reconcile", "--remove")
    assert "Files removed that nothing lists: 2" in removed.out
    assert "Nothing lists" not in console("reconcile").err


def test_reconcile_is_not_deceived_by_what_is_cited_while_it_compares(
    installation: Flask, console: Console, environ: pytest.MonkeyPatch
):
    with writing() as session:
        organization, who = acme(session), somebody(session)
        document = DocumentRow(organization_id=organization.id, title="预算表", changed_by=who)
        session.add(document)
        header = Header(title="2026", questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
        head = assessments.found(session, organization.id, header, applicable=50, by=who)
        cites = Answer(evidence={"a": LineAnswer(Mark.HAVE, documents=(str(document.id),))})

    def cited_meanwhile(session: Session, *told: Any) -> set[UUID]:
        found = documents_here(session, *told)
        with installation.app_context(), writing() as database:
            answers.save(database, head, Change(item="om-01", answer=cites, base=0, by=who))
        return found

    environ.setattr("store.reconcile.documents_here", cited_meanwhile)

    said = console("reconcile")

    assert (said.status, said.err) == (0, "")


def test_files_in_a_bucket_are_backed_up_too_and_restored_into_a_folder(
    console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    with SQLiteFiles(tmp_path).migrated() as url, bucket() as there:
        environ.setenv("PLUMBLINE_DATABASE_URL", url)
        environ.setenv("PLUMBLINE_STORAGE_URL", f"s3://{there.name}/{there.prefix}?endpoint={there.endpoint}")
        environ.setenv("PLUMBLINE_S3_ACCESS_KEY_ID", there.key_id)
        environ.setenv("PLUMBLINE_S3_SECRET_ACCESS_KEY", there.secret)
        from sqlalchemy import create_engine

        from store.bucket import BucketStore

        engine = create_engine(url)
        fill(engine, b"evidence", BucketStore(there))
        rows = everything(engine)["files"]
        engine.dispose()
        assert console("backup", str(tmp_path / "b")).status == 0
        environ.delenv("PLUMBLINE_STORAGE_URL")
        new = elsewhere(environ, tmp_path / "new")

        assert console("restore", str(tmp_path / "b")).status == 0

        assert len(list(FolderStore(new / "files").everything())) == len(rows) == 2


def test_a_bucket_that_does_not_answer_is_one_line(console: Console, environ: pytest.MonkeyPatch, tmp_path: Path):
    environ.setenv("PLUMBLINE_STORAGE_URL", "s3://none?endpoint=http://127.0.0.1:9")
    environ.setenv("PLUMBLINE_S3_ACCESS_KEY_ID", "x")
    environ.setenv("PLUMBLINE_S3_SECRET_ACCESS_KEY", "y")

    said = console("reconcile")

    assert (said.status, said.err.count("\n")) == (1, 1)
    assert "PLUMBLINE_STORAGE_URL" in said.err


def test_every_answer_acknowledged_before_a_backup_is_in_it(
    installation: Flask, console: Console, environ: pytest.MonkeyPatch, tmp_path: Path
):
    """Four people save all the time; the backup neither waits for them nor they for it."""
    from threading import Event as Signal
    from threading import Thread

    with writing() as session:
        organization, who = acme(session), somebody(session)
        header = Header(title="2026", questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
        head = assessments.found(session, organization.id, header, applicable=50, by=who)
    acknowledged: dict[str, int] = {}
    refused: list[BaseException] = []
    stop = Signal()

    def save_on_and_on(item: str) -> None:
        with installation.app_context():
            version = 0
            while not stop.is_set():
                try:
                    with writing() as session:
                        change = Change(item=item, answer=Answer(note=str(version + 1)), base=version, by=who)
                        version = answers.save(session, head, change).version
                        log.record(session, organization.id, log.Event.SIGNED_IN, actor=who)
                except BaseException as error:
                    refused.append(error)
                    raise
                acknowledged[item] = version

    writers = [Thread(target=save_on_and_on, args=(f"om-0{number}",)) for number in range(1, 5)]
    for writer in writers:
        writer.start()
    while len(acknowledged) < 4 or min(acknowledged.values()) < 3:
        stop.wait(0.01)
    before = dict(acknowledged)
    said = console("backup", str(tmp_path / "b"))
    during = dict(acknowledged)
    stop.set()
    for writer in writers:
        writer.join()

    assert (said.status, refused) == (0, [])
    assert sum(during.values()) > sum(before.values()), "people went on saving while the backup was made"
    elsewhere(environ, tmp_path / "new")
    assert console("restore", str(tmp_path / "b")).status == 0
    assert console("audit", "verify").status == 0
    from app import create_app
    from settings import read

    restored = create_app(read(os.environ))
    with restored.app_context(), reading() as session:
        there = answers.all_of(session, head)
        assert accounts.find_by_email(session, "Li.Lan@example.org")
        for item, version in before.items():
            assert there[item].version >= version
            assert there[item].answer.note == str(there[item].version)
            assert [past.version for past in answers.history(session, head, item)] == list(
                range(there[item].version, 0, -1)
            )
        from store.database import db

        db.engine.dispose()
