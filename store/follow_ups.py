"""Last period's findings in an assessment, and what became of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.assessment import FollowUp
from store.heads import Head
from store.work_tables import FollowUpRow


def all_of(session: Session, head: Head) -> tuple[FollowUp, ...]:
    """Give the findings in their order."""
    rows = session.scalars(
        select(FollowUpRow)
        .where(FollowUpRow.organization_id == head.organization_id, FollowUpRow.assessment_id == head.id)
        .order_by(FollowUpRow.position, FollowUpRow.id)
    )
    return tuple(_finding(row) for row in rows)


def _finding(row: FollowUpRow) -> FollowUp:
    return FollowUp(**{name: getattr(row, name) for name in FollowUp.__slots__})
