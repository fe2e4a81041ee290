"""What a new assessment begins with: answers carried over from an earlier one, and who answered there."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from answering.carrying import Carriage
from answering.saving import Origin
from store import answers
from store.answers import Change
from store.document_tables import DepartmentRow
from store.heads import Head
from store.work_tables import ResponsibilityRow


def arrive(session: Session, head: Head, carriage: Carriage, *, asked: Collection[str], by: UUID) -> None:
    """State what was carried, each answer as its first version; `asked` are the items that the target asks for."""
    again = carriage.to_check
    for item, answer in carriage.answers.items():
        change = Change(
            item=item,
            answer=answer,
            base=0,
            by=by,
            origin=Origin.CARRIED,
            check_again=again.get(item),
        )
        answers.save(session, head, change, counts=item in asked)


def copy_responsibilities(session: Session, head: Head, earlier: Head, items: Collection[str]) -> None:
    """Let the departments that answered an item before answer it again; those put away since do not."""
    rows = session.execute(
        select(ResponsibilityRow.item, ResponsibilityRow.department_id, ResponsibilityRow.leads)
        .join(
            DepartmentRow,
            (DepartmentRow.organization_id == ResponsibilityRow.organization_id)
            & (DepartmentRow.id == ResponsibilityRow.department_id),
        )
        .where(
            ResponsibilityRow.organization_id == earlier.organization_id,
            ResponsibilityRow.assessment_id == earlier.id,
            DepartmentRow.archived_at.is_(None),
        )
    )
    keys = {"organization_id": head.organization_id, "assessment_id": head.id}
    copies = [
        keys | {"item": row.item, "department_id": row.department_id, "leads": row.leads}
        for row in rows
        if row.item in items
    ]
    if copies:
        session.execute(insert(ResponsibilityRow), copies)
