"""A database hung on a bare application, without pages; and a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from settings import Settings
from store import accounts, attempts, links, log, organizations, sessions
from store.attach import attach
from store.database import db
from tests.store.world import Clock


@pytest.fixture
def program(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The rooms below the pages; the test stands inside its context."""
    bare = Flask("plumbline", root_path=str(tmp_path))
    with monkeypatch.context() as hurried:
        hurried.setattr("store.attach.migrate", lambda _: None)  # the test's database was migrated already
        attach(bare, settings)
    with bare.app_context():
        yield bare
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def clock(program: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    still = Clock()
    for room in (accounts, attempts, links, log, organizations, sessions):
        monkeypatch.setattr(room, "now", still)
    return still
