"""What is wrong is said in the terminal's language, a line a problem, with an exit status and without a traceback."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

import cli
from commands.console import tongue
from store.database import writing
from tests.commands.conftest import LANGUAGE, Console
from tests.support.site import PLUMBLINE

CHINESE = re.compile("[\u4e00-\u9fff]")
WRONG = {"PORT": "80.5", "PLUMBLINE_WORKERS": "0", "PLUMBLINE_DATABASE_URL": "mysql://user:geheim@host/name"}


@pytest.mark.parametrize("command", [["serve"], ["serve", "--link"], ["link"], ["audit", "verify"]])
def test_every_command_says_all_that_is_wrong_with_the_settings(
    console: Console, environ: pytest.MonkeyPatch, command: list[str]
):
    for name, value in WRONG.items():
        environ.setenv(name, value)

    said = console(*command)

    assert (said.status, said.out) == (2, "")
    assert sorted(line.partition(": ")[0] for line in said.err.splitlines()) == sorted(WRONG)
    assert "geheim" not in said.err


def test_a_data_folder_that_cannot_be_used_is_a_line(console: Console, environ: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "file").touch()
    environ.setenv("DATA", str(tmp_path / "file" / "data"))

    said = console("link")

    assert said.status == 2
    assert re.fullmatch(r"DATA: .*/file/data cannot be written .*\n", said.err)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:geheim@127.0.0.1:1/name",
        "postgresql://user:geheim@host:port/name",
        "sqlite:////no/such/folder/plumbline.db",
    ],
)
def test_a_database_that_does_not_answer_is_a_sentence(console: Console, environ: pytest.MonkeyPatch, address: str):
    environ.setenv("PLUMBLINE_DATABASE_URL", address)

    said = console("link")

    assert (said.status, said.out) == (1, "")
    assert re.fullmatch(r"The database cannot be reached \(\w+\)\. Check PLUMBLINE_DATABASE_URL.*\n", said.err)


@pytest.mark.usefixtures("installation")
def test_a_database_of_a_newer_program_is_a_sentence(console: Console):
    with writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    said = console("audit", "verify")

    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("The database was written by a newer Plumbline (9999).")


def test_a_port_that_is_taken_is_a_sentence_with_a_way_out(console: Console, environ: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environ.setenv("PORT", str(taken.getsockname()[1]))

        said = console("serve")

    assert (said.status, said.out) == (2, "")
    assert re.fullmatch(r"Port \d+ cannot be used \(.+\)\. Try another one: PORT=\d+ make run\n", said.err)


def test_an_interrupted_command_says_nothing(console: Console, environ: pytest.MonkeyPatch):
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    environ.setattr(cli, "_link", interrupt)

    assert console("link").status == 130


@pytest.mark.parametrize("arguments", [[], ["conquer"], ["audit"], ["link", "--email"], ["audit", "verify", "x"]])
def test_a_command_that_is_none_is_bad_input(console: Console, arguments: list[str]):
    with pytest.raises(SystemExit) as stopped:
        console(*arguments)

    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("terminal", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8@pinyin"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_terminal_chooses_the_language(environ: pytest.MonkeyPatch, terminal: dict[str, str], language: str):
    for name, value in terminal.items():
        environ.setenv(name, value)

    assert tongue().language == language


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Give a command as people do: to a program of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in LANGUAGE}
    return subprocess.run(
        [PLUMBLINE, *arguments], capture_output=True, encoding="utf-8", check=False, env={**kept, **environ}
    )


@pytest.mark.parametrize(("language", "is_chinese"), [("zh_CN.UTF-8", True), ("en_US.UTF-8", False)])
def test_the_real_command_complains_in_the_terminals_language(language: str, is_chinese: bool):
    said = run("link", LANG=language, **WRONG)

    lines = said.stderr.splitlines()
    assert (said.returncode, said.stdout, len(lines)) == (2, "", 3)
    assert all(bool(CHINESE.search(line)) is is_chinese for line in lines)


def test_the_real_command_explains_itself_in_chinese():
    said = run("--help", LANG="zh_CN.UTF-8")

    assert said.returncode == 0
    assert CHINESE.search(said.stdout)
