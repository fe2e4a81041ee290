"""An assessment moved to another version: what arrives there, and how much was changed since."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import distinct, func, insert, select
from sqlalchemy.orm import Session

from answering.saving import Origin
from store import follow_ups, imports
from store.heads import Head
from store.work_tables import AnswerVersionRow, AssessmentRow, ResponsibilityRow


def moved_to(session: Session, head: Head) -> list[tuple[UUID, str]]:
    """Give the assessments that this one was moved to, the first one first."""
    rows = session.execute(
        select(AssessmentRow.id, AssessmentRow.title)
        .where(AssessmentRow.organization_id == head.organization_id, AssessmentRow.moved_from_id == head.id)
        .order_by(AssessmentRow.created_at, AssessmentRow.id)
    )
    return [(id_, title) for id_, title in rows]


def changed_since(session: Session, head: Head) -> int:
    """Count the items that somebody answered or changed after their answers arrived."""
    found = session.scalar(
        select(func.count(distinct(AnswerVersionRow.item))).where(
            AnswerVersionRow.organization_id == head.organization_id,
            AnswerVersionRow.assessment_id == head.id,
            AnswerVersionRow.origin != Origin.CARRIED,
        )
    )
    return found or 0


def copy_follow_ups(session: Session, head: Head, earlier: Head) -> None:
    """Take last period's findings along as they are."""
    imports.state_follow_ups(session, head, follow_ups.all_of(session, earlier))


def move_responsibilities(session: Session, head: Head, earlier: Head, sources: Mapping[str, tuple[str, ...]]) -> None:
    """Let the departments that answer an item answer what it became; who leads any of several leads the one."""
    rows = session.execute(
        select(ResponsibilityRow.item, ResponsibilityRow.department_id, ResponsibilityRow.leads).where(
            ResponsibilityRow.organization_id == earlier.organization_id,
            ResponsibilityRow.assessment_id == earlier.id,
        )
    ).all()
    leading: dict[tuple[str, UUID], bool] = {}
    for item, olds in sources.items():
        for old, department, leads in rows:
            if old in olds:
                leading[item, department] = leads or leading.get((item, department), False)
    keys = {"organization_id": head.organization_id, "assessment_id": head.id}
    copies = [
        keys | {"item": item, "department_id": department, "leads": leads}
        for (item, department), leads in leading.items()
    ]
    if copies:
        session.execute(insert(ResponsibilityRow), copies)
