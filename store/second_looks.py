"""Which items somebody asked others to look at once more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.heads import Head
from store.work_tables import AnswerRow


def flagged(session: Session, head: Head) -> set[str]:
    return set(
        session.scalars(
            select(AnswerRow.item).where(
                AnswerRow.organization_id == head.organization_id,
                AnswerRow.assessment_id == head.id,
                AnswerRow.flagged.is_(True),
            )
        )
    )
