"""The audit log: who did what when, without free text, each entry holding the digest of the one before.

One chain an organisation and one for the installation. A changed, deleted or reordered entry breaks its chain;
a cut tail shows against a head that somebody wrote down.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.database import now
from store.tables import LogHeadRow, LogRow
from store.upserts import insert_into

INSTALLATION = UUID(int=0)
BEGINNING = "0" * 64
_BATCH = 1000


class Event(StrEnum):
    """What is worth an entry."""

    INSTALLATION_SET_UP = "installation-set-up"
    ORGANIZATION_FOUNDED = "organization-founded"
    ORGANIZATION_CHANGED = "organization-changed"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    JOINED = "joined"
    MEMBER_CHANGED = "member-changed"
    MEMBER_REMOVED = "member-removed"
    RESET_LINK_MADE = "reset-link-made"
    SIGN_IN_LINK_MADE = "sign-in-link-made"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    SESSION_ENDED = "session-ended"
    PASSWORD_CHANGED = "password-changed"
    PASSWORD_RESET = "password-reset"
    SECOND_FACTOR_ADDED = "second-factor-added"
    SECOND_FACTOR_REMOVED = "second-factor-removed"
    RECOVERY_CODES_RENEWED = "recovery-codes-renewed"
    DEPARTMENT_ADDED = "department-added"
    DEPARTMENT_CHANGED = "department-changed"
    DEPARTMENT_ARCHIVED = "department-archived"
    DEPARTMENT_RESTORED = "department-restored"
    RESPONSIBILITIES_CHANGED = "responsibilities-changed"
    FOLLOW_UPS_STATED = "follow-ups-stated"
    FOLLOW_UP_ADDED = "follow-up-added"
    FOLLOW_UP_CHANGED = "follow-up-changed"
    FOLLOW_UP_DELETED = "follow-up-deleted"
    PROPOSAL_JUDGED = "proposal-judged"
    MAJOR_DECLARED = "major-declared"
    DECLARATION_WITHDRAWN = "declaration-withdrawn"
    GAP_GRADED = "gap-graded"
    QUESTIONNAIRE_UPLOADED = "questionnaire-uploaded"
    QUESTIONNAIRE_REPLACED = "questionnaire-replaced"
    QUESTIONNAIRE_PROPOSED = "questionnaire-proposed"
    QUESTIONNAIRE_PUBLISHED = "questionnaire-published"
    QUESTIONNAIRE_RETIRED = "questionnaire-retired"
    QUESTIONNAIRE_DELETED = "questionnaire-deleted"
    ASSESSMENT_BEGUN = "assessment-begun"
    ASSESSMENT_CHANGED = "assessment-changed"
    ASSESSMENT_AIMED = "assessment-aimed"
    ASSESSMENT_ARCHIVED = "assessment-archived"
    ASSESSMENT_RESTORED = "assessment-restored"
    ASSESSMENT_DELETED = "assessment-deleted"
    ASSESSMENT_MOVED = "assessment-moved"
    FILE_IMPORTED = "file-imported"
    DOCUMENT_ADDED = "document-added"
    DOCUMENT_CHANGED = "document-changed"
    DOCUMENT_REPLACED = "document-replaced"
    DOCUMENT_WITHDRAWN = "document-withdrawn"
    DOCUMENT_BROUGHT_BACK = "document-brought-back"
    REPORT_ISSUED = "report-issued"
    LETTERHEAD_CHANGED = "letterhead-changed"
    RESTORED = "restored"


@dataclass(frozen=True)
class Entry:
    chain: UUID
    number: int
    at: datetime
    actor_id: UUID | None
    event: str
    subject_id: UUID | None
    details: dict[str, str]
    previous: str
    digest: str


@dataclass(frozen=True)
class Head:
    """How long a chain is and where it ends: write it down, and a cut tail can be proven."""

    chain: UUID
    number: int
    digest: str


def record(
    session: Session,
    chain: UUID,
    event: Event,
    *,
    actor: UUID | None,
    subject: UUID | None = None,
    **details: str,
) -> None:
    """Add an entry in the transaction of the change it tells of, so that neither is kept without the other."""
    head = hold(session, chain)
    entry = LogRow(
        chain=chain,
        number=head.number + 1,
        at=now(),
        actor_id=actor,
        event=event.value,
        subject_id=subject,
        details=details,
        previous=head.digest,
    )
    entry.digest = digest_of(_entry(entry, digest=""))
    session.add(entry)
    head.number, head.digest = entry.number, entry.digest
    session.flush()


def digest_of(entry: Entry) -> str:
    """Hash everything an entry says, in a form that is the same on every database."""
    said = [
        str(entry.chain),
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.actor_id or ""),
        entry.event,
        str(entry.subject_id or ""),
        dict(sorted(entry.details.items())),
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def page(session: Session, chain: UUID, *, size: int, number: int) -> tuple[list[Entry], int]:
    """Give one page of a chain, newest first, and how many entries there are."""
    total = session.scalar(select(func.count()).where(LogRow.chain == chain)) or 0
    rows = session.scalars(
        select(LogRow)
        .where(LogRow.chain == chain)
        .order_by(LogRow.number.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return [_entry(row) for row in rows], total


def heads(session: Session) -> list[Head]:
    rows = session.scalars(select(LogHeadRow).order_by(LogHeadRow.chain))
    return [Head(row.chain, row.number, row.digest) for row in rows]


def chains(session: Session) -> list[UUID]:
    """Name every chain that has a head or an entry, so that a removed head hides nothing."""
    known = set(session.scalars(select(LogHeadRow.chain))) | set(session.scalars(select(LogRow.chain).distinct()))
    return sorted(known)


def entries(session: Session, chain: UUID) -> Iterator[Entry]:
    """Walk a chain from its beginning, in pieces that fit the memory; what is added meanwhile comes at its end."""
    walk = select(LogRow).where(LogRow.chain == chain).order_by(LogRow.number).limit(_BATCH)
    rows = session.scalars(walk).all()
    while rows:
        yield from map(_entry, rows)
        rows = session.scalars(walk.where(LogRow.number > rows[-1].number)).all()


def first_break(session: Session, chain: UUID) -> int | None:
    """Find the first entry that is not what it was, or is missing; None for a chain that holds."""
    previous, expected = BEGINNING, 1
    for entry in entries(session, chain):
        if entry.number != expected or entry.previous != previous or entry.digest != digest_of(entry):
            return expected
        previous, expected = entry.digest, expected + 1
    head = session.get(LogHeadRow, chain)
    if head is None or (head.number, head.digest) != (expected - 1, previous):
        return expected
    return None


def holds(session: Session, known: Head) -> bool:
    """Say whether a head that was written down earlier is still part of its chain."""
    row = session.get(LogRow, (known.chain, known.number))
    return row is not None and row.digest == known.digest


def hold(session: Session, chain: UUID) -> LogHeadRow:
    """Take a chain for this transaction: whoever else writes to it, or holds it to decide something, waits."""
    first = insert_into(session, LogHeadRow).values(chain=chain, number=0, digest=BEGINNING)
    session.execute(first.on_conflict_do_nothing(index_elements=[LogHeadRow.chain]))
    return session.get_one(LogHeadRow, chain, with_for_update=True, populate_existing=True)


def _entry(row: LogRow, digest: str | None = None) -> Entry:
    return Entry(
        chain=row.chain,
        number=row.number,
        at=row.at,
        actor_id=row.actor_id,
        event=row.event,
        subject_id=row.subject_id,
        details=row.details,
        previous=row.previous,
        digest=row.digest if digest is None else digest,
    )
