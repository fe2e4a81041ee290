"""Lists of assessments, a page at a time, as fast among ten thousand as among ten."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session

from store.heads import Progress
from store.tables import UserRow
from store.work_tables import AnswerRow, AssessmentRow
from surveys.levels import Reading


class Shelf(Enum):
    """Where an assessment is: worked on, listed by its last change; or put away, listed by when."""

    OPEN = "changed_at"
    ARCHIVED = "archived_at"


@dataclass(frozen=True, kw_only=True)
class Listed(Progress):
    """An assessment as lists show it. Who changed an answer last, and when; without answers, who began it."""

    id: UUID
    title: str
    questionnaire: str
    level: int | None
    reading: Reading | None
    changed_at: datetime
    archived_at: datetime | None
    worked_at: datetime
    worked_by: str


@dataclass(frozen=True)
class Mark:
    """The last line of a page: the next page begins after it."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class Page:
    lines: tuple[Listed, ...]
    rest: Mark | None


_COLUMNS = [getattr(AssessmentRow, each.name) for each in fields(Listed) if each.name not in {"worked_at", "worked_by"}]


def page(session: Session, organization_id: UUID, shelf: Shelf, *, size: int, after: Mark | None = None) -> Page:
    """Give one page, the latest first, and where the next one begins; in one query."""
    moment = getattr(AssessmentRow, shelf.value)
    wanted = _lines(organization_id, _lies_on(shelf))
    if after is not None:
        wanted = wanted.where(tuple_(moment, AssessmentRow.id) < tuple_(after.at, after.id))
    rows = session.execute(wanted.order_by(moment.desc(), AssessmentRow.id.desc()).limit(size + 1)).mappings().all()
    lines = tuple(_listed(row) for row in rows[:size])
    is_cut = len(rows) > size
    return Page(lines, Mark(getattr(lines[-1], shelf.value), lines[-1].id) if is_cut else None)


def of_questionnaire(session: Session, organization_id: UUID, name: str, *, limit: int) -> list[Listed]:
    """Give the latest assessments against one questionnaire, whatever its version, those put away included.

    Those in which nothing was ever stated have nothing to give, and must not crowd out those that have.
    """
    wanted = _lines(
        organization_id,
        AssessmentRow.questionnaire.startswith(f"{name}@", autoescape=True) & (AssessmentRow.revision > 0),
    )
    rows = session.execute(wanted.order_by(AssessmentRow.changed_at.desc(), AssessmentRow.id.desc()).limit(limit))
    return [_listed(row) for row in rows.mappings()]


def has_any(session: Session, organization_id: UUID, shelf: Shelf) -> bool:
    """Say whether anything lies there at all."""
    there = exists().where(AssessmentRow.organization_id == organization_id, _lies_on(shelf))
    return bool(session.scalar(select(there)))


def titles(session: Session, organization_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name assessments; those deleted for good are left out."""
    rows = session.execute(
        select(AssessmentRow.id, AssessmentRow.title).where(
            AssessmentRow.organization_id == organization_id, AssessmentRow.id.in_(list(ids))
        )
    )
    return {row.id: row.title for row in rows}


def _lies_on(shelf: Shelf) -> ColumnElement[bool]:
    if shelf is Shelf.OPEN:
        return AssessmentRow.archived_at.is_(None)
    return AssessmentRow.archived_at.is_not(None)


def _lines(organization_id: UUID, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Select lines with the answer that was given last and its author: one look into an index for each line."""
    its = (
        AnswerRow.organization_id == AssessmentRow.organization_id,
        AnswerRow.assessment_id == AssessmentRow.id,
    )
    newest = (
        select(AnswerRow.item)
        .where(*its)
        .order_by(AnswerRow.revision.desc())
        .limit(1)
        .correlate(AssessmentRow)
        .scalar_subquery()
    )
    last = AnswerRow.__table__.alias("last")
    return (
        select(
            *_COLUMNS,
            func.coalesce(last.c.saved_at, AssessmentRow.created_at, type_=AssessmentRow.created_at.type).label(
                "worked_at"
            ),
            UserRow.name.label("worked_by"),
        )
        .select_from(AssessmentRow)
        .outerjoin(
            last,
            and_(
                last.c.organization_id == AssessmentRow.organization_id,
                last.c.assessment_id == AssessmentRow.id,
                last.c.item == newest,
            ),
        )
        .join(UserRow, UserRow.id == func.coalesce(last.c.saved_by, AssessmentRow.created_by))
        .where(AssessmentRow.organization_id == organization_id, *conditions)
    )


def _listed(row: RowMapping) -> Listed:
    return Listed(**dict(row) | {"people": tuple(row["people"])})
