"""Who answers an item: the departments that lead it, then those related to it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.document_tables import DepartmentRow
from store.heads import Head
from store.work_tables import ResponsibilityRow


@dataclass(frozen=True)
class Answerer:
    """A department that answers an item: it leads, or it is related to it."""

    department: str
    leads: bool


def by_item(session: Session, head: Head) -> dict[str, list[Answerer]]:
    """Name the departments that answer each item, those that lead it first; one that was put away answers nothing."""
    rows = session.execute(
        select(ResponsibilityRow.item, DepartmentRow.name, ResponsibilityRow.leads)
        .join(
            DepartmentRow,
            (DepartmentRow.organization_id == ResponsibilityRow.organization_id)
            & (DepartmentRow.id == ResponsibilityRow.department_id),
        )
        .where(
            ResponsibilityRow.organization_id == head.organization_id,
            ResponsibilityRow.assessment_id == head.id,
            DepartmentRow.archived_at.is_(None),
        )
        .order_by(ResponsibilityRow.item, ResponsibilityRow.leads.desc(), DepartmentRow.name)
    )
    found: dict[str, list[Answerer]] = {}
    for item, name, leads in rows:
        found.setdefault(item, []).append(Answerer(name, leads))
    return found
