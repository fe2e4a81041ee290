"""What falls to somebody across the open assessments of an organisation: the items of their departments."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.heads import Head, head_of
from store.work_tables import AnswerRow, AssessmentRow, ResponsibilityRow


@dataclass(frozen=True)
class Task:
    """An item that falls to somebody: whether they lead it, and where it stands."""

    item: str
    leads: bool
    is_answered: bool = False
    flagged: bool = False
    check_again: bool = False


def tasks(session: Session, organization_id: UUID, departments: Collection[UUID]) -> list[tuple[Head, list[Task]]]:
    """Give the items of these departments by assessment, the one changed last first, in three queries."""
    roles = _roles(session, organization_id, departments)
    heads = session.scalars(
        select(AssessmentRow)
        .where(
            AssessmentRow.organization_id == organization_id,
            AssessmentRow.id.in_(list(roles)),
            AssessmentRow.archived_at.is_(None),
        )
        .order_by(AssessmentRow.changed_at.desc(), AssessmentRow.id)
    ).all()
    states = _states(session, organization_id, [each.id for each in heads])
    return [
        (head_of(each), [Task(item, leads, *states.get((each.id, item), ())) for item, leads in roles[each.id].items()])
        for each in heads
    ]


def _roles(session: Session, organization_id: UUID, departments: Collection[UUID]) -> dict[UUID, dict[str, bool]]:
    """Say which items are led or related to; who leads as one department and is related as another leads."""
    rows = session.execute(
        select(ResponsibilityRow.assessment_id, ResponsibilityRow.item, ResponsibilityRow.leads).where(
            ResponsibilityRow.organization_id == organization_id,
            ResponsibilityRow.department_id.in_(list(departments)),
        )
    )
    found: dict[UUID, dict[str, bool]] = {}
    for assessment, item, leads in rows:
        mine = found.setdefault(assessment, {})
        mine[item] = mine.get(item, False) or leads
    return found


def _states(
    session: Session, organization_id: UUID, assessments: Collection[UUID]
) -> dict[tuple[UUID, str], tuple[bool, bool, bool]]:
    rows = session.execute(
        select(
            AnswerRow.assessment_id, AnswerRow.item, AnswerRow.stated["conclusion"].as_string(), AnswerRow.flagged,
            AnswerRow.check_again,
        ).where(AnswerRow.organization_id == organization_id, AnswerRow.assessment_id.in_(list(assessments)))
    )  # fmt: skip
    return {
        (assessment, item): (conclusion is not None, flagged, check is not None)
        for assessment, item, conclusion, flagged, check in rows
    }
