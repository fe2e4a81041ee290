"""Who answers what in an assessment, department by department."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from answering.responsibilities import NOBODY, Answerers
from store import answers
from store.document_tables import DepartmentRow
from store.heads import Head
from store.organizations import ChangedMeanwhile
from store.prepared import Prepared, Question, Row
from store.work_tables import ResponsibilityRow


@dataclass(frozen=True)
class Answerer:
    """A department that answers an item, by its name: it leads, or it is related to it."""

    department: str
    leads: bool


def standing(head: Head) -> Question[dict[str, Answerers]]:
    """Who answers each item that somebody answers; a department that was put away answers nothing."""
    return Question(_STANDING, _keys(head), _answerers)


def of(session: Session, head: Head) -> dict[str, Answerers]:
    return standing(head).ask(session)


def named(session: Session, head: Head) -> dict[str, list[Answerer]]:
    """Name the departments that answer each item, those that lead it first."""
    found: defaultdict[str, list[Answerer]] = defaultdict(list)
    for item, _department, leads, name in _IN_ORDER.all(session, _keys(head)):
        found[item].append(Answerer(name, leads))
    return dict(found)


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
    changed = {item: wanted for item, wanted in after.items() if wanted != current.get(item, NOBODY)}
    if changed:
        _replace(session, head, current, changed)
    return of(session, head)


def _replace(session: Session, head: Head, current: Mapping[str, Answerers], changed: Mapping[str, Answerers]) -> None:
    """Put new rows in place of the old ones, in two statements however many items there are."""
    was = [current.get(item, NOBODY) for item in changed]
    named = {department for each in (*was, *changed.values()) for department in each.leads | each.related}
    session.execute(
        delete(ResponsibilityRow).where(
            *_in(head), ResponsibilityRow.item.in_(list(changed)), ResponsibilityRow.department_id.in_(named)
        )
    )
    keys = {"organization_id": head.organization_id, "assessment_id": head.id}
    rows = [
        keys | {"item": item, "department_id": department, "leads": department in wanted.leads}
        for item, wanted in changed.items()
        for department in sorted(wanted.leads | wanted.related)
    ]
    if rows:
        session.execute(insert(ResponsibilityRow), rows)


def _answerers(rows: Iterable[Row]) -> dict[str, Answerers]:
    leading: defaultdict[str, set[UUID]] = defaultdict(set)
    related: defaultdict[str, set[UUID]] = defaultdict(set)
    for item, department, leads, _name in rows:
        (leading if leads else related)[item].add(department)
    return {item: Answerers(frozenset(leading[item]), frozenset(related[item])) for item in {*leading, *related}}


def _keys(head: Head) -> dict[str, UUID]:
    return {"organization": head.organization_id, "assessment": head.id}


def _in(head: Head) -> tuple[Any, Any]:
    return ResponsibilityRow.organization_id == head.organization_id, ResponsibilityRow.assessment_id == head.id


# Put together once: it is part of every page of answering
_theirs, _departments = ResponsibilityRow.__table__, DepartmentRow.__table__
_ANSWERING = (
    select(_theirs.c.item, _theirs.c.department_id, _theirs.c.leads, _departments.c.name)
    .join_from(
        _theirs,
        _departments,
        (_departments.c.organization_id == _theirs.c.organization_id) & (_departments.c.id == _theirs.c.department_id),
    )
    .where(
        _theirs.c.organization_id == bindparam("organization"),
        _theirs.c.assessment_id == bindparam("assessment"),
        _departments.c.archived_at.is_(None),
    )
)
_STANDING = Prepared(_ANSWERING)
_IN_ORDER = Prepared(_ANSWERING.order_by(_theirs.c.item, _theirs.c.leads.desc(), _departments.c.name))
