"""`plumbline audit verify`: walks every chain of the audit log and prints where it ends."""

import os
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

import settings as environment
from commands.console import BAD_INPUT, Complaint, _
from commands.serving import open_application
from store import log, organizations
from store.database import holding_still
from store.log import INSTALLATION, Head


def verify(known: Path | None) -> None:
    """Print the head of every chain; fail on a broken one, or on one that lost what an earlier output knew."""
    expected = _read_known(known) if known else []
    application = open_application(environment.prepare(environment.read(os.environ)))
    with application.app_context(), holding_still() as database:
        problems = [*_broken(database), *_lost(database, expected)]
        for head in log.heads(database):
            print(f"{_name(head.chain)} {head.number} {head.digest}")
    if problems:
        raise Complaint(*problems)


def _broken(database: Session) -> list[str]:
    # Every organisation begins with an entry: one without a chain lost it
    chains = sorted({*log.chains(database), *organizations.ids(database)})
    breaks = ((chain, log.first_break(database, chain)) for chain in chains)
    return [
        _("Chain %(chain)s is broken at entry %(number)s: changed, removed or moved", chain=_name(chain), number=number)
        for chain, number in breaks
        if number is not None
    ]


def _lost(database: Session, expected: list[Head]) -> list[str]:
    return [
        _(
            "Chain %(chain)s no longer holds the entry %(number)s that was known: the log was cut or rewritten",
            chain=_name(head.chain),
            number=head.number,
        )
        for head in expected
        if not log.holds(database, head)
    ]


def _read_known(path: Path) -> list[Head]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        heads = [_head(line) for line in lines if line.strip()]
        if not heads:  # `--known heads > heads` empties the file before it is read
            raise ValueError(path)
    except (OSError, ValueError) as error:
        raise Complaint(
            _("%(file)s is not an earlier output of this command: chain, number and digest on each line", file=path),
            status=BAD_INPUT,
        ) from error
    return heads


def _head(line: str) -> Head:
    chain, number, digest = line.split()
    return Head(INSTALLATION if chain == "installation" else UUID(chain), int(number), digest)


def _name(chain: UUID) -> str:
    return "installation" if chain == INSTALLATION else str(chain)
