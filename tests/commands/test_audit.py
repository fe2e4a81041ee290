"""`plumbline audit verify`: prints where every chain ends, and finds what is broken, cut or rewritten."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from store import log
from store.database import reading, writing
from store.log import INSTALLATION, Event
from store.tables import LogHeadRow, LogRow
from tests.commands.conftest import Console
from tests.support.tampering import take_the_guard_away

pytestmark = pytest.mark.usefixtures("installation")
ACME = UUID(int=10)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Two chains of three entries, and a file for what the command said about them."""
    record(INSTALLATION, 3)
    record(ACME, 3)
    return tmp_path / "heads.txt"


def record(chain: UUID, times: int = 1) -> None:
    for _ in range(times):
        with writing() as session:
            log.record(session, chain, Event.SIGNED_IN, actor=None)


def cut_with_care(chain: UUID) -> None:
    """Remove the newest entry and set the head back, so that the chain alone shows nothing."""
    with writing() as session:
        take_the_guard_away(session)
        new_last = session.get_one(LogRow, (chain, 2))
        session.execute(delete(LogRow).where(LogRow.chain == chain, LogRow.number == 3))
        head = update(LogHeadRow).where(LogHeadRow.chain == chain)
        session.execute(head.values(number=2, digest=new_last.digest))


def test_a_log_without_entries_is_well(console: Console):
    assert (console("audit", "verify").status, console("audit", "verify").out) == (0, "")


def test_it_prints_name_length_and_end_of_every_chain(known: Path, console: Console):
    with reading() as session:
        ends = [log.heads(session)[n].digest for n in range(2)]

    said = console("audit", "verify")

    assert (said.status, said.err) == (0, "")
    assert said.out == f"installation 3 {ends[0]}\n{ACME} 3 {ends[1]}\n"


def test_an_earlier_output_still_holds_after_more_was_written(known: Path, console: Console):
    known.write_text(console("audit", "verify").out + "\n")
    record(ACME)
    said = console("audit", "verify", "--known", str(known))

    assert (said.status, said.err) == (0, "")
    assert f"{ACME} 4 " in said.out


def test_a_tail_cut_with_care_shows_against_an_earlier_output_only(known: Path, console: Console):
    known.write_text(console("audit", "verify").out)
    cut_with_care(ACME)
    assert console("audit", "verify").status == 0

    said = console("audit", "verify", "--known", str(known))

    assert said.status == 1
    assert said.err == (f"Chain {ACME} no longer holds the entry 3 that was known: the log was cut or rewritten\n")
    assert f"{ACME} 2 " in said.out


def test_every_broken_chain_is_named_with_its_entry(known: Path, console: Console):
    with writing() as session:
        take_the_guard_away(session)
        session.execute(update(LogRow).where(LogRow.number == 2).values(event="forged"))
        session.execute(delete(LogHeadRow).where(LogHeadRow.chain == ACME))

    said = console("audit", "verify")

    assert said.status == 1
    assert said.err.splitlines() == [
        f"Chain {name} is broken at entry 2: changed, removed or moved" for name in ("installation", ACME)
    ]


@pytest.mark.parametrize(
    "content",
    ["installation 3", "installation three x", "nothing 3 x", "installation 3 x y", b"\xff\xfe", None],
    ids=["short", "no-number", "no-chain", "long", "no-text", "no-file"],
)
def test_a_file_that_is_no_earlier_output_is_bad_input(known: Path, console: Console, content: str | bytes | None):
    if content is not None:
        known.write_bytes(content if isinstance(content, bytes) else content.encode())

    said = console("audit", "verify", "--known", str(known))

    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"{known} is not an earlier output of this command")
    assert said.err.count("\n") == 1


def test_an_empty_file_of_known_heads_proves_nothing(console: Console, tmp_path: Path):
    (tmp_path / "empty").write_text("")

    said = console("audit", "verify", "--known", str(tmp_path / "empty"))

    assert said.status == 2


def test_what_is_written_while_it_walks_breaks_no_chain(
    known: Path, installation: Flask, console: Console, environ: pytest.MonkeyPatch
):
    def written_meanwhile(session: Session, chain: UUID) -> list[log.Entry]:
        walked = list(entries(session, chain))
        with installation.app_context():
            record(chain)
        return walked

    entries = log.entries
    environ.setattr(log, "entries", written_meanwhile)

    said = console("audit", "verify")

    assert (said.status, said.err) == (0, "")
    assert [line.split()[1] for line in said.out.splitlines()] == ["3", "3"]
