"""Who answers what in an assessment, department by department."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from answering.responsibilities import NOBODY, Answerers
from store import answers
from store.document_tables import DepartmentRow
from store.heads import Head
from store.organizations import ChangedMeanwhile
from store.work_tables import ResponsibilityRow


def of(session: Session, head: Head) -> dict[str, Answerers]:
    """Give who answers each item that somebody answers; a department that was put away answers nothing."""
    rows = session.execute(
        select(ResponsibilityRow.item, ResponsibilityRow.department_id, ResponsibilityRow.leads)
        .join(
            DepartmentRow,
            (DepartmentRow.organization_id == ResponsibilityRow.organization_id)
            & (DepartmentRow.id == ResponsibilityRow.department_id),
        )
        .where(*_in(head), DepartmentRow.archived_at.is_(None))
    )
    leading: defaultdict[str, set[UUID]] = defaultdict(set)
    related: defaultdict[str, set[UUID]] = defaultdict(set)
    for item, department, leads in rows:
        (leading if leads else related)[item].add(department)
    return {item: Answerers(frozenset(leading[item]), frozenset(related[item])) for item in {*leading, *related}}


def change(
    session: Session, head: Head, before: Mapping[str, Answerers], after: Mapping[str, Answerers]
) -> dict[str, Answerers]:
    """State anew who answers some items, unless that is no longer what it was when it was shown.

    The rows of departments that were put away stay as they are, for the day they come back.
    """
    answers.next_revision(session, head)
    current = of(session, head)
    if any(current.get(item, NOBODY) != before.get(item, NOBODY) for item in after):
        raise ChangedMeanwhile
    for item, wanted in after.items():
        if wanted != (was := current.get(item, NOBODY)):
            _replace(session, head, item, was, wanted)
    return of(session, head)


def _replace(session: Session, head: Head, item: str, was: Answerers, wanted: Answerers) -> None:
    named = was.leads | was.related | wanted.leads | wanted.related
    session.execute(
        delete(ResponsibilityRow).where(
            *_in(head), ResponsibilityRow.item == item, ResponsibilityRow.department_id.in_(named)
        )
    )
    keys = {"organization_id": head.organization_id, "assessment_id": head.id, "item": item}
    rows = [keys | {"department_id": each, "leads": each in wanted.leads} for each in _all(wanted)]
    if rows:
        session.execute(insert(ResponsibilityRow), rows)


def _all(wanted: Answerers) -> list[UUID]:
    return sorted(wanted.leads | wanted.related)


def _in(head: Head) -> tuple[Any, Any]:
    return ResponsibilityRow.organization_id == head.organization_id, ResponsibilityRow.assessment_id == head.id
