"""Backups of a server that people upload to all the time: what was acknowledged before is in them, with its files."""

import hashlib
import io
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from app import create_app
from people.types import Kind, Role
from settings import read
from store import accounts, organizations, sessions
from store.database import db, reading, writing
from store.document_tables import FileRow
from store.file_places import files_of
from store.file_store import digest_of
from tests.support.evidence import pdf
from tests.support.site import PLUMBLINE, Site, running

PEOPLE = 6
BACKUPS = 3


@dataclass
class Uploader:
    """Somebody who brings one file after the other, and remembers what was acknowledged."""

    site: Site
    path: str
    token: str
    name: str
    acknowledged: list[str] = field(default_factory=list)

    def go_on_until(self, stop: Event) -> None:
        secret = self._csrf()
        number = 0
        while not stop.is_set():
            number += 1
            content = pdf(f"{self.name} {number}") + bytes(50_000)
            answer = self._send(secret, content, f"{self.name}-{number}.pdf")
            assert answer["duplicate"] is False
            self.acknowledged.append(hashlib.sha256(content).hexdigest())

    def _csrf(self) -> str:
        with urlopen(self._request("/account")) as answer:
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        assert found
        return found[1]

    def _send(self, secret: str, content: bytes, name: str) -> dict[str, object]:
        parts = {"csrf_token": secret, "file": FileStorage(io.BytesIO(content), name)}
        body, length, boundary = stream_encode_multipart(parts, threshold=1_000_000)
        kind = f"multipart/form-data; boundary={boundary}"
        with urlopen(self._request(self.path, body.read(length), kind)) as answer:
            told: dict[str, object] = json.loads(answer.read())
        return told

    def _request(self, path: str, body: bytes | None = None, kind: str = "") -> Request:
        headers = {"Cookie": f"session={self.token}", **({"Content-Type": kind} if kind else {})}
        return Request(self.site.url + path, data=body, headers=headers)


@contextmanager
def program(environ: dict[str, str]) -> Iterator[Flask]:
    opened = create_app(read(environ))
    with opened.app_context():
        yield opened
        db.engine.dispose()


def people(site: Site) -> list[Uploader]:
    with program(site.environment), writing() as database:
        organization = organizations.found(database, kind=Kind.APPLICANT, name_zh="", name_en="Acme")
        found = []
        for number in range(PEOPLE):
            email = f"{number}@example.org"
            who = accounts.create(database, email=email, name=email, password_hash="-", runs_installation=False)
            organizations.join(database, organization, who, Role.CONTRIBUTOR)
            token = sessions.open_session(database, who, "Test")
            found.append(Uploader(site, f"/o/{organization.slug}/documents/upload", token, str(number)))
    return found


def restored(site: Site, folder: Path, new: Path) -> set[str]:
    """Restore a backup beside the running server; give the digests that are listed, each file of which is whole."""
    environ = {**site.environment, "DATA": str(new)}
    for command in (["restore", str(folder)], ["audit", "verify"], ["reconcile"]):
        subprocess.run([str(PLUMBLINE), *command], check=True, env=environ, capture_output=True)
    with program(environ) as opened, reading() as database:
        rows = database.query(FileRow.organization_id, FileRow.digest).all()
        for organization_id, digest in rows:
            assert digest_of(files_of(opened).read(organization_id, digest)).digest == digest
    return {digest for _organization, digest in rows}


@pytest.mark.long
def test_every_file_acknowledged_before_a_backup_is_in_it(tmp_path: Path):
    stop = Event()
    with running(tmp_path) as site:
        uploaders = people(site)
        threads = [Thread(target=each.go_on_until, args=(stop,)) for each in uploaders]
        for thread in threads:
            thread.start()
        before: list[set[str]] = []
        try:
            for number in range(BACKUPS):
                wanted = (number + 1) * 5
                while any(len(each.acknowledged) < wanted for each in uploaders):
                    assert all(thread.is_alive() for thread in threads)
                    stop.wait(0.05)
                before.append({digest for each in uploaders for digest in each.acknowledged})
                site.plumbline("backup", str(tmp_path / f"backup-{number}"))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        in_the_end = {digest for each in uploaders for digest in each.acknowledged}

        for number, known in enumerate(before):
            there = restored(site, tmp_path / f"backup-{number}", tmp_path / f"new-{number}")
            assert known <= there
        assert len(in_the_end) > len(before[-1]), "people went on while the last backup was made"
