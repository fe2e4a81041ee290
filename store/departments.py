"""The departments of an organisation: what they do, and who answers for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from store.database import now
from store.document_tables import DepartmentMemberRow, DepartmentRow
from store.organizations import ChangedMeanwhile
from store.tables import MembershipRow


class NameTaken(Exception):
    """Another department of the organisation, perhaps one put away, has this name."""


@dataclass(frozen=True)
class Department:
    """A department; `functions` are the questionnaires' words for what it does, `members` the people it has now."""

    organization_id: UUID
    id: UUID
    name: str
    functions: tuple[str, ...]
    members: frozenset[UUID]
    archived_at: datetime | None
    version: int


def all_of(session: Session, organization_id: UUID, *, archived: bool = False) -> list[Department]:
    """List an organisation's departments by name, in two queries."""
    is_archived = DepartmentRow.archived_at.is_not(None) if archived else DepartmentRow.archived_at.is_(None)
    rows = session.scalars(
        select(DepartmentRow)
        .where(DepartmentRow.organization_id == organization_id, is_archived)
        .order_by(DepartmentRow.name, DepartmentRow.id)
    ).all()
    members = _members(session, organization_id)
    return [_department(row, members.get(row.id, ())) for row in rows]


def find(session: Session, organization_id: UUID, id: UUID) -> Department | None:
    row = session.get(DepartmentRow, (organization_id, id))
    return _department(row, _members(session, organization_id).get(id, ())) if row else None


def of_person(session: Session, organization_id: UUID, user_id: UUID) -> frozenset[UUID]:
    """Give the departments somebody answers for."""
    rows = session.scalars(
        select(DepartmentMemberRow.department_id)
        .join(
            DepartmentRow,
            (DepartmentRow.organization_id == DepartmentMemberRow.organization_id)
            & (DepartmentRow.id == DepartmentMemberRow.department_id),
        )
        .where(
            DepartmentMemberRow.organization_id == organization_id,
            DepartmentMemberRow.user_id == user_id,
            DepartmentRow.archived_at.is_(None),
        )
    )
    return frozenset(rows)


def found(
    session: Session,
    organization_id: UUID,
    *,
    name: str,
    functions: Iterable[str] = (),
    members: Collection[UUID] = (),
) -> Department:
    """Add a department, or raise NameTaken."""
    row = DepartmentRow(organization_id=organization_id, name=name, functions=sorted(set(functions)))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise NameTaken from error
    return _with_members(session, row, members)


def change(
    session: Session, department: Department, *, name: str, functions: Iterable[str], members: Collection[UUID]
) -> Department:
    """State a department anew: its name, what it does, and who answers for it."""
    row = _row(session, department)
    try:
        with session.begin_nested():
            row.name, row.functions = name, sorted(set(functions))
            flag_modified(row, "functions")  # other members are another version too
    except IntegrityError as error:
        raise NameTaken from error
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    return _with_members(session, row, members)


def archive(session: Session, department: Department) -> None:
    """Put a department away: it answers nothing any more, and what it answered is kept for when it comes back."""
    _put(session, department, now())


def restore(session: Session, department: Department) -> None:
    _put(session, department, None)


def _put(session: Session, department: Department, at: datetime | None) -> None:
    row = _row(session, department)
    row.archived_at = at
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _row(session: Session, department: Department) -> DepartmentRow:
    """Take the row to change, unless somebody else changed it since it was shown."""
    key = (department.organization_id, department.id)
    row = session.get(DepartmentRow, key, with_for_update=True, populate_existing=True)
    if row is None or row.version != department.version:
        raise ChangedMeanwhile
    return row


def _with_members(session: Session, row: DepartmentRow, wanted: Collection[UUID]) -> Department:
    """Keep who answers for a department; only members of the organisation can."""
    keys = {"organization_id": row.organization_id, "department_id": row.id}
    known = _current_members(session, row.organization_id)
    session.execute(
        delete(DepartmentMemberRow).where(
            DepartmentMemberRow.organization_id == row.organization_id, DepartmentMemberRow.department_id == row.id
        )
    )
    members = known & set(wanted)
    if members:
        session.execute(insert(DepartmentMemberRow), [keys | {"user_id": each} for each in sorted(members)])
    return _department(row, members)


def _current_members(session: Session, organization_id: UUID) -> set[UUID]:
    return set(
        session.scalars(
            select(MembershipRow.user_id).where(
                MembershipRow.organization_id == organization_id, MembershipRow.ended_at.is_(None)
            )
        )
    )


def _members(session: Session, organization_id: UUID) -> dict[UUID, set[UUID]]:
    """Give who answers for each department, without those who left the organisation."""
    rows = session.execute(
        select(DepartmentMemberRow.department_id, DepartmentMemberRow.user_id).where(
            DepartmentMemberRow.organization_id == organization_id,
            DepartmentMemberRow.user_id.in_(
                select(MembershipRow.user_id).where(
                    MembershipRow.organization_id == organization_id, MembershipRow.ended_at.is_(None)
                )
            ),
        )
    )
    gathered: dict[UUID, set[UUID]] = {}
    for department, user in rows:
        gathered.setdefault(department, set()).add(user)
    return gathered


def _department(row: DepartmentRow, members: Iterable[UUID]) -> Department:
    return Department(
        organization_id=row.organization_id,
        id=row.id,
        name=row.name,
        functions=tuple(row.functions),
        members=frozenset(members),
        archived_at=row.archived_at,
        version=row.version,
    )
