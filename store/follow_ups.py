"""Last period's findings in an assessment, and what became of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from scoring.assessment import FollowUp
from store import answers
from store.heads import Head
from store.organizations import ChangedMeanwhile
from store.tables import UserRow
from store.work_tables import AssessmentRow, FollowUpRow, FollowUpVersionRow

_MOST_SOURCES = 50


@dataclass(frozen=True)
class Finding:
    """A finding at its place in the list, and the version it is in."""

    id: UUID
    it: FollowUp
    version: int


@dataclass(frozen=True)
class Changed:
    """A change of a finding: by field what it said before and after; none where it was put on the list."""

    who: str
    at: datetime
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Source:
    """Another assessment of the organisation, to take findings from."""

    id: UUID
    title: str
    assessed_on: date | None


def all_of(session: Session, head: Head) -> tuple[FollowUp, ...]:
    """Give the findings in their order."""
    return tuple(each.it for each in listed(session, head))


def listed(session: Session, head: Head) -> list[Finding]:
    """Give the findings in their order, to be changed."""
    rows = session.scalars(_of(head).order_by(FollowUpRow.position, FollowUpRow.id))
    return [_finding(row) for row in rows]


def find(session: Session, head: Head, id: UUID) -> Finding | None:
    row = session.scalar(_of(head).where(FollowUpRow.id == id))
    return _finding(row) if row else None


def history(session: Session, head: Head) -> dict[UUID, list[Changed]]:
    """Give who put each finding on the list and changed it since, the newest change first, in one query."""
    rows = session.execute(
        select(FollowUpVersionRow, UserRow.name)
        .join(UserRow, UserRow.id == FollowUpVersionRow.changed_by)
        .where(FollowUpVersionRow.organization_id == head.organization_id, FollowUpVersionRow.assessment_id == head.id)
        .order_by(FollowUpVersionRow.version.desc())
    )
    found: defaultdict[UUID, list[Changed]] = defaultdict(list)
    for row, who in rows:
        found[row.follow_up_id].append(Changed(who, row.changed_at, {n: (a, b) for n, (a, b) in row.changes.items()}))
    return dict(found)


def add(session: Session, head: Head, *findings: FollowUp, by: UUID) -> None:
    """Add findings after those that are there; with a finding, the list is stated."""
    answers.next_revision(session, head)
    last = session.scalar(select(func.max(FollowUpRow.position)).where(*_in(head))) or 0
    for position, each in enumerate(findings, last + 1):
        row = FollowUpRow(
            organization_id=head.organization_id, assessment_id=head.id, position=position, **_columns(each)
        )
        session.add(row)
        session.flush()
        _note(session, row, {}, by)
    session.flush()
    if findings:
        _state(session, head, stated=True)


def change(session: Session, head: Head, finding: Finding, wanted: FollowUp, *, by: UUID) -> None:
    """State a finding anew, unless somebody else changed it since it was shown."""
    answers.next_revision(session, head)
    row = _row(session, head, finding)
    before, after = _plain(finding.it), _plain(wanted)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if not changes:
        return
    for name, value in _columns(wanted).items():
        setattr(row, name, value)
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    _note(session, row, changes, by)
    session.flush()


def remove(session: Session, head: Head, finding: Finding) -> None:
    """Take a finding off the list. Without the last one, nobody has stated that there were none."""
    answers.next_revision(session, head)
    session.delete(_row(session, head, finding))
    session.execute(
        delete(FollowUpVersionRow).where(
            FollowUpVersionRow.organization_id == head.organization_id, FollowUpVersionRow.follow_up_id == finding.id
        )
    )
    session.flush()
    if not session.scalar(select(func.count()).select_from(FollowUpRow).where(*_in(head))):
        _state(session, head, stated=False)


def state_none(session: Session, head: Head, *, stated: bool) -> bool:
    """State that the last period left nothing, or take that back; with findings listed neither is so."""
    answers.next_revision(session, head)
    if session.scalar(select(FollowUpRow.id).where(*_in(head)).limit(1)) is not None:
        return False
    _state(session, head, stated=stated)
    return True


def sources(session: Session, head: Head) -> list[Source]:
    """Give the other assessments of the organisation, the one changed last first."""
    rows = session.execute(
        select(AssessmentRow.id, AssessmentRow.title, AssessmentRow.assessed_on)
        .where(AssessmentRow.organization_id == head.organization_id, AssessmentRow.id != head.id)
        .order_by(AssessmentRow.changed_at.desc(), AssessmentRow.id)
        .limit(_MOST_SOURCES)
    )
    return [Source(row.id, row.title, row.assessed_on) for row in rows]


def _state(session: Session, head: Head, *, stated: bool) -> None:
    """A change of the head is a version of it, so that an open set-up form does not put the old state back."""
    session.execute(
        update(AssessmentRow)
        .where(
            AssessmentRow.organization_id == head.organization_id,
            AssessmentRow.id == head.id,
            AssessmentRow.follow_ups_stated != stated,
        )
        .values(follow_ups_stated=stated, version=AssessmentRow.version + 1)
        .execution_options(synchronize_session=False)
    )


def _row(session: Session, head: Head, finding: Finding) -> FollowUpRow:
    found = _of(head).where(FollowUpRow.id == finding.id).execution_options(populate_existing=True)
    row = session.scalar(found)
    if row is None or row.version != finding.version:
        raise ChangedMeanwhile
    return row


def _of(head: Head) -> Select[FollowUpRow]:
    return select(FollowUpRow).where(*_in(head))


def _in(head: Head) -> tuple[Any, Any]:
    return FollowUpRow.organization_id == head.organization_id, FollowUpRow.assessment_id == head.id


def _columns(it: FollowUp) -> dict[str, object]:
    return {name: getattr(it, name) for name in FollowUp.__slots__}


def _plain(it: FollowUp) -> dict[str, Any]:
    """Give what a finding states as plain data."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _columns(it).items()}


def _note(session: Session, row: FollowUpRow, changes: Mapping[str, list[Any]], by: UUID) -> None:
    session.add(
        FollowUpVersionRow(
            organization_id=row.organization_id,
            follow_up_id=row.id,
            version=row.version,
            assessment_id=row.assessment_id,
            changes=dict(changes),
            changed_by=by,
        )
    )


def _finding(row: FollowUpRow) -> Finding:
    return Finding(row.id, FollowUp(**{name: getattr(row, name) for name in FollowUp.__slots__}), row.version)
