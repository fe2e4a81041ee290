"""Questionnaires that an organisation uploaded: drafts come and go, published versions stay as they are."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from people.types import Role
from store.database import now
from store.organizations import ChangedMeanwhile
from store.tables import MembershipRow, OrganizationRow, QuestionnaireRow
from surveys.questionnaire import Status

MOST_VERSIONS = 100


class AlreadyThere(Exception):
    """The organisation has this version already."""


class TooManyVersions(Exception):
    """The organisation has as many versions as it may."""


class TextAltered(Exception):
    """What is stored is not what was uploaded: somebody changed it behind the program's back."""


@dataclass(frozen=True)
class Held:
    """A version an organisation holds, without its text."""

    organization_id: UUID
    id: UUID
    name: str
    edition: str
    status: Status
    checksum: str
    uploaded_by: UUID
    uploaded_at: datetime
    proposed_by: UUID | None
    published_by: UUID | None
    published_at: datetime | None
    retired_at: datetime | None
    retired_zh: str
    retired_en: str
    replaced_by: str | None
    version: int

    @property
    def full_name(self) -> str:
        return f"{self.name}@{self.edition}"


def all_of(session: Session, organization_id: UUID) -> list[Held]:
    """List what an organisation holds: the published in the order of publication, then the drafts."""
    rows = session.scalars(_of(organization_id).order_by(QuestionnaireRow.name, QuestionnaireRow.id)).all()
    return sorted(map(_held, rows), key=lambda each: (each.name, each.published_at or now()))


def find(session: Session, organization_id: UUID, name: str, edition: str) -> Held | None:
    row = session.scalar(_of(organization_id).where(QuestionnaireRow.name == name, QuestionnaireRow.edition == edition))
    return _held(row) if row else None


def texts(session: Session, organization_id: UUID, ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Give the texts as they were uploaded, in one query; one that is not what it was is left out."""
    rows = session.execute(
        select(QuestionnaireRow.id, QuestionnaireRow.text, QuestionnaireRow.checksum).where(
            QuestionnaireRow.organization_id == organization_id, QuestionnaireRow.id.in_(list(ids))
        )
    )
    return {id_: text for id_, text, recorded in rows if checksum(text) == recorded}


def text_of(session: Session, held: Held) -> bytes:
    """Give one text as it was uploaded."""
    found = texts(session, held.organization_id, [held.id])
    if held.id not in found:
        raise TextAltered(held.full_name)
    return found[held.id]


def keep(session: Session, organization_id: UUID, *, name: str, edition: str, text: bytes, uploaded_by: UUID) -> Held:
    """Keep a new draft; a version that is there already stays as it is."""
    # One after the other: two who upload at once must not pass the limit together
    session.get_one(OrganizationRow, organization_id, with_for_update={"key_share": True})
    count = select(func.count()).where(QuestionnaireRow.organization_id == organization_id)
    if (session.scalar(count) or 0) >= MOST_VERSIONS:
        raise TooManyVersions
    row = QuestionnaireRow(
        organization_id=organization_id,
        name=name,
        edition=edition,
        text=text,
        checksum=checksum(text),
        uploaded_by=uploaded_by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise AlreadyThere(f"{name}@{edition}") from None
    return _held(row)


def replace_text(session: Session, held: Held, *, text: bytes, uploaded_by: UUID) -> None:
    """Put a corrected text in the place of a draft; whoever proposed the old one has not seen this one."""
    row = _row(session, held, Status.DRAFT)
    row.text, row.checksum = text, checksum(text)
    row.uploaded_by, row.uploaded_at, row.proposed_by = uploaded_by, now(), None
    _flush(session)


def propose(session: Session, held: Held, person: UUID) -> None:
    """Note that somebody wants a draft published."""
    _row(session, held, Status.DRAFT).proposed_by = person
    _flush(session)


def publish(session: Session, held: Held, person: UUID) -> None:
    row = _row(session, held, Status.DRAFT)
    row.status, row.published_by, row.published_at = Status.PUBLISHED, person, now()
    _flush(session)


def retire(session: Session, held: Held, *, zh: str, en: str, replaced_by: str | None) -> None:
    row = _row(session, held, Status.PUBLISHED)
    row.status, row.retired_at = Status.RETIRED, now()
    row.retired_zh, row.retired_en, row.replaced_by = zh, en, replaced_by
    _flush(session)


def discard(session: Session, held: Held) -> None:
    """Delete a draft."""
    row = _row(session, held, Status.DRAFT)
    session.execute(
        delete(QuestionnaireRow).where(
            QuestionnaireRow.organization_id == row.organization_id, QuestionnaireRow.id == row.id
        )
    )


def needs_second(session: Session, organization_id: UUID, roles: Iterable[Role]) -> bool:
    """Say whether the organisation has two people or more in these roles, so that one can look at another's work."""
    able = select(func.count()).where(
        MembershipRow.organization_id == organization_id,
        MembershipRow.ended_at.is_(None),
        MembershipRow.role.in_(list(roles)),
    )
    return (session.scalar(able) or 0) > 1


def checksum(text: bytes) -> str:
    """Hash a text exactly as it came."""
    return hashlib.sha256(text).hexdigest()


def _of(organization_id: UUID) -> Select[QuestionnaireRow]:
    return select(QuestionnaireRow).where(QuestionnaireRow.organization_id == organization_id)


def _row(session: Session, held: Held, expected: Status) -> QuestionnaireRow:
    """Take the row to change, unless it has moved on since it was shown."""
    row = session.get(QuestionnaireRow, (held.organization_id, held.id), with_for_update=True, populate_existing=True)
    if row is None or row.version != held.version or row.status is not expected:
        raise ChangedMeanwhile
    return row


def _flush(session: Session) -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _held(row: QuestionnaireRow) -> Held:
    return Held(**{name: getattr(row, name) for name in Held.__dataclass_fields__})
