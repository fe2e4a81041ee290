"""Assessments: found, listed, changed, put away; and the whole of one for scoring and files."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from scoring.assessment import Assessment, Assessors, Organization
from store import answers, follow_ups
from store.answers import Kept
from store.database import columns_of, now
from store.heads import Head, Header, columns, head_from, head_of
from store.organizations import ChangedMeanwhile
from store.prepared import Prepared, Question, ask_all
from store.work_tables import (
    AnswerRow,
    AnswerVersionRow,
    AssessmentRow,
    CitationRow,
    CommentRow,
    FollowUpRow,
    FollowUpVersionRow,
    MentionRow,
    PresenceRow,
    ResponsibilityRow,
)
from surveys.text import Text


def found(session: Session, organization_id: UUID, header: Header, *, applicable: int, by: UUID) -> Head:
    """Begin an assessment; `applicable` is how many items its target asks for."""
    row = AssessmentRow(organization_id=organization_id, applicable=applicable, created_by=by, **columns(header))
    session.add(row)
    session.flush()
    return head_of(row)


def all_of(session: Session, organization_id: UUID, *, archived: bool = False) -> list[Head]:
    """List an organisation's assessments, the one changed last first."""
    is_archived = AssessmentRow.archived_at.is_not(None) if archived else AssessmentRow.archived_at.is_(None)
    rows = session.scalars(
        _of(organization_id).where(is_archived).order_by(AssessmentRow.changed_at.desc(), AssessmentRow.id)
    )
    return [head_of(row) for row in rows]


def find(session: Session, organization_id: UUID, id: UUID) -> Head | None:
    return _head(organization_id, id).ask(session)


def find_at(session: Session, organization_id: UUID, id: UUID, item: str) -> tuple[Head, Kept] | None:
    """Find an assessment together with what is stated about one of its items, as every save does."""
    head, kept = ask_all(session, _head(organization_id, id), answers.about(organization_id, id, item))
    return (head, kept) if head else None


def change(session: Session, head: Head, header: Header, *, asked: Collection[str]) -> Head:
    """State the header anew; `asked` are the items its target asks for, counted once nobody else can answer."""
    row = _row(session, head)
    row.applicable, row.answered = len(asked), count_answered(session, head, asked)
    for name, value in columns(header).items():
        setattr(row, name, value)
    return _touched(session, row)


def archive(session: Session, head: Head) -> Head:
    """Put an assessment away: it stays readable and can be brought back."""
    row = _row(session, head)
    row.archived_at = now()
    return _touched(session, row)


def restore(session: Session, head: Head) -> Head:
    row = _row(session, head)
    row.archived_at = None
    return _touched(session, row)


def judge(session: Session, head: Head, header: Header) -> Head:
    """State anew what people judge beside the answers: declared majors, and their word on systemic proposals."""
    row = _row(session, head)
    if row.archived_at is not None:
        raise ChangedMeanwhile
    kept = columns(header)
    row.declared, row.proposals = kept["declared"], kept["proposals"]
    return _touched(session, row)


def delete_for_good(session: Session, head: Head) -> None:
    """Remove an assessment with all that belongs to it; documents stay, for they belong to the organisation.

    Not where something was stated in it since it was shown: nobody said that this may go as well.
    """
    if _row(session, head).revision != head.revision:
        raise ChangedMeanwhile
    comments = select(CommentRow.id).where(
        CommentRow.organization_id == head.organization_id, CommentRow.assessment_id == head.id
    )
    session.execute(
        delete(MentionRow).where(
            MentionRow.organization_id == head.organization_id, MentionRow.comment_id.in_(comments)
        )
    )
    for table in (
        PresenceRow, CommentRow, ResponsibilityRow, FollowUpVersionRow, FollowUpRow, CitationRow, AnswerVersionRow,
        AnswerRow,
    ):  # fmt: skip
        session.execute(
            delete(table).where(table.organization_id == head.organization_id, table.assessment_id == head.id)
        )
    session.execute(
        delete(AssessmentRow).where(AssessmentRow.organization_id == head.organization_id, AssessmentRow.id == head.id)
    )


def whole(session: Session, head: Head) -> Assessment:
    """Gather everything that scoring and files need of an assessment, in a handful of queries."""
    kept, documents = ask_all(session, answers.every(head), answers.cited(head))
    return Assessment(
        questionnaire=head.questionnaire,
        organization=Organization(Text(head.name_zh, head.name_en), head.size),
        level=head.level,
        reading=head.reading,
        audit=head.audit,
        assessed_on=head.assessed_on,
        assessed_by=Assessors(head.department, head.people),
        rules=head.rules,
        documents=documents,
        answers={item: each.answer for item, each in kept.items()},
        declared=head.declared,
        proposals=head.proposals,
        follow_ups=follow_ups.all_of(session, head) if head.follow_ups_stated else None,
        actions=head.actions,
    )


def count_answered(session: Session, head: Head, items: Collection[str]) -> int:
    """Count how many of these items have a conclusion."""
    kept = answers.all_of(session, head)
    return sum(1 for item in items if item in kept and kept[item].answer.conclusion is not None)


# Put together once: it is part of every request inside an assessment
_assessments = AssessmentRow.__table__.c
_ONE = Prepared(
    select(*columns_of(AssessmentRow, Head)).where(
        _assessments.organization_id == bindparam("organization"), _assessments.id == bindparam("assessment")
    )
)


def _head(organization_id: UUID, id: UUID) -> Question[Head | None]:
    values = {"organization": organization_id, "assessment": id}
    return Question(_ONE, values, lambda rows: head_from(rows[0]) if rows else None)


def _of(organization_id: UUID) -> Select[AssessmentRow]:
    return select(AssessmentRow).where(AssessmentRow.organization_id == organization_id)


def _row(session: Session, head: Head) -> AssessmentRow:
    """Take the row to change, unless somebody else changed it since it was shown."""
    row = session.get(AssessmentRow, (head.organization_id, head.id), with_for_update=True, populate_existing=True)
    if row is None or row.version != head.version:
        raise ChangedMeanwhile
    return row


def _touched(session: Session, row: AssessmentRow) -> Head:
    """Keep a changed head, and number the change so that open pages learn of it."""
    row.changed_at = now()
    row.revision += 1
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    return head_of(row)
