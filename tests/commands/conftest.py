"""A console: gives commands to the program in this process, and keeps what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

import app as wiring
import cli
from settings import Settings
from store.database import db

LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


Console = Callable[..., Said]


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Settings of this test's own, in an English terminal."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA", str(tmp_path / "data"))
    return monkeypatch


@pytest.fixture
def console(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Console]:
    opened: list[Flask] = []
    create_app = wiring.create_app

    def create_and_remember(settings: Settings) -> Flask:
        opened.append(create_app(settings))
        return opened[-1]

    def give(*arguments: str) -> Said:
        status = cli.main(arguments)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    environ.setattr(wiring, "create_app", create_and_remember)
    yield give
    for program in opened:
        with program.app_context():
            db.engine.dispose()


@pytest.fixture
def installation(app: Flask, settings: Settings, environ: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The database the console works on, for the test to look at; on each kind of database."""
    environ.setenv("DATA", str(settings.data))
    environ.setenv("PLUMBLINE_DATABASE_URL", settings.database_url)
    with app.app_context():
        yield app
        db.session.remove()
