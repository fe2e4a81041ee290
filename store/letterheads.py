"""What stands at the head of an organisation's reports: its logo, and a line that is kept for the next one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from store.organizations import ChangedMeanwhile
from store.report_tables import LetterheadRow


@dataclass(frozen=True)
class KeptLogo:
    """A PNG of so many pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Letterhead:
    """The head of reports; version 0 where none was ever kept."""

    cover_line: str = ""
    logo: KeptLogo | None = None
    version: int = 0


def of(session: Session, organization_id: UUID) -> Letterhead:
    row = session.get(LetterheadRow, organization_id)
    if row is None:
        return Letterhead()
    logo = KeptLogo(row.logo, row.logo_width, row.logo_height) if row.logo else None
    return Letterhead(row.cover_line, logo, row.version)


def keep(session: Session, organization_id: UUID, it: Letterhead) -> None:
    """Keep a letterhead that was built on a version. Raise ChangedMeanwhile if that is no longer the newest."""
    row = session.get(LetterheadRow, organization_id, with_for_update=True, populate_existing=True)
    if (row.version if row else 0) != it.version:
        raise ChangedMeanwhile
    if row is None:
        row = LetterheadRow(organization_id=organization_id)
        session.add(row)
    row.cover_line = it.cover_line
    row.logo = it.logo.data if it.logo else None
    row.logo_width, row.logo_height = (it.logo.width, it.logo.height) if it.logo else (0, 0)
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error
