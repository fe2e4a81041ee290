"""Reports that were issued here: by their number, or by the short code of what they say."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.database import now
from store.heads import Head
from store.report_tables import IssuedReportRow
from store.upserts import insert_into

_NUMBER = re.compile(r"PL-\d{8}-[0-9A-F]{8}")
_CODE = re.compile(r"[0-9a-f]{16}")
_MOST = 10


@dataclass(frozen=True)
class Issued:
    """What anybody may know of a report: that its number was given here, when, and the digest of what it says."""

    number: str
    digest: str
    issued_at: datetime


def note(session: Session, head: Head, *, number: str, digest: str, by: UUID) -> None:
    """Note that a report was issued; the same report of the same day is noted once."""
    session.execute(
        insert_into(session, IssuedReportRow)
        .values(
            organization_id=head.organization_id,
            number=number,
            digest=digest,
            assessment_id=head.id,
            revision=head.revision,
            issued_at=now(),
            issued_by=by,
        )
        .on_conflict_do_nothing()
    )


def find(session: Session, typed: str) -> list[Issued]:
    """Find reports by a number or a short code as somebody typed it; hardly ever more than one."""
    number = tidy_number(typed)
    code = number.replace("-", "").lower()
    if _NUMBER.fullmatch(number):
        wanted = IssuedReportRow.number == number
    elif _CODE.fullmatch(code):
        wanted = IssuedReportRow.digest.between(code, code + "g")
    else:
        return []
    rows = session.scalars(select(IssuedReportRow).where(wanted).order_by(IssuedReportRow.issued_at).limit(_MOST))
    return list({row.digest: Issued(row.number, row.digest, row.issued_at) for row in rows}.values())


def tidy_number(typed: str) -> str:
    """Write a number the way it is printed, however it was copied."""
    return re.sub(r"\s", "", typed).replace("–", "-").replace("‐", "-").replace("‑", "-").upper()
