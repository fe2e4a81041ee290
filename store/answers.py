"""Answers: each saved durably on the version it was based on, with every earlier version kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from answering.plain import answer_from, plain_answer
from answering.saving import CheckAgain, Origin
from scoring.answers import UNANSWERED, Answer
from scoring.assessment import Document
from store import answer_statements as statements
from store.citations import cite, documents_from
from store.database import now
from store.heads import Head
from store.organizations import ChangedMeanwhile
from store.work_tables import AnswerRow, AnswerVersionRow, AssessmentRow


@dataclass(frozen=True)
class Kept:
    """What is stated about an item now. Version 0 was never stated."""

    item: str
    answer: Answer = UNANSWERED
    version: int = 0
    revision: int = 0
    flagged: bool = False
    check_again: CheckAgain | None = None
    saved_at: datetime | None = None
    saved_by: UUID | None = None


@dataclass(frozen=True)
class Past:
    """What was stated about an item at one version."""

    version: int
    answer: Answer
    origin: Origin
    saved_at: datetime
    saved_by: UUID


@dataclass(frozen=True, kw_only=True)
class Change:
    """What somebody wants stated about an item, and the version they were looking at.

    `key` is the sender's own name for the change: sent twice, it is kept once.
    """

    item: str
    answer: Answer
    base: int
    by: UUID
    key: str | None = None
    origin: Origin = Origin.TYPED
    check_again: CheckAgain | None = None


class Stale(Exception):
    """Somebody else changed the answer since the version a change was based on."""

    def __init__(self, current: Kept) -> None:
        super().__init__(current.item)
        self.current = current


def all_of(session: Session, head: Head) -> dict[str, Kept]:
    """Give every answer of an assessment by its item."""
    return {row[0]: _kept(row) for row in statements.ALL.all(session, _keys(head))}


def some_of(session: Session, head: Head, items: Iterable[str]) -> dict[str, Kept]:
    """Give the answers to some items."""
    rows = session.execute(statements.SOME, {**_keys(head), "items": list(items)})
    return {row[0]: _kept(row) for row in rows}


def find(session: Session, head: Head, item: str) -> Kept:
    row = statements.ONE.first(session, {**_keys(head), "item": item})
    return _kept(row) if row else Kept(item)


def concluded(session: Session, head: Head) -> set[str]:
    """Name the items that have a conclusion, without reading what else is stated about them."""
    return {item for (item,) in statements.CONCLUDED.all(session, _keys(head))}


def changed_since(session: Session, head: Head, revision: int) -> list[Kept]:
    """Give the answers that changed after a revision, the oldest change first."""
    return [_kept(row) for row in statements.SINCE.all(session, {**_keys(head), "since": revision})]


def save(session: Session, head: Head, change: Change, seen: Kept | None = None, *, counts: bool = True) -> Kept:
    """State an answer, or raise Stale; `counts` says whether the target asks for the item.

    All who save in one assessment come one after the other. `seen` is what was there a moment ago: where it still is,
    it need not be read again.
    """
    revision = next_revision(session, head)
    if seen and seen.revision and seen.version == change.base and not _is_settled(change, seen):
        kept = _kept_on(seen, change, revision)
        if statements.STILL.change(session, {**_changed(head, kept), "seen": seen.revision}):
            return _passed_on(session, head, change, seen, kept, counts=counts)
    current = find(session, head, change.item)
    if current.version != change.base:
        if current.answer == change.answer or _was_kept(session, head, change):
            return current
        raise Stale(current)
    if current.revision and _is_settled(change, current):
        return current
    kept = _kept_on(current, change, revision)
    if current.revision:
        statements.AGAIN.change(session, _changed(head, kept))
    else:
        statements.FIRST.change(session, {**_own(head, kept), "flagged": False})
    return _passed_on(session, head, change, current, kept, counts=counts)


def flag(session: Session, head: Head, item: str, *, flagged: bool, by: UUID) -> Kept:
    """Ask for a second look at an item, or take that back; the answer and its version stay as they are."""
    revision = next_revision(session, head)
    row = session.scalar(_of(head).where(AnswerRow.item == item))
    if row is None:
        row = AnswerRow(
            organization_id=head.organization_id, assessment_id=head.id, item=item, stated={}, version=0,
            saved_at=now(), saved_by=by,
        )  # fmt: skip
        session.add(row)
    row.flagged, row.revision = flagged, revision
    return find(session, head, item)


def history(session: Session, head: Head, item: str, *, upto: int | None = None, size: int | None = None) -> list[Past]:
    """Give every version of an answer, the newest first; or as many as wanted, from one version downwards."""
    wanted = select(AnswerVersionRow).where(*_same(AnswerVersionRow, head), AnswerVersionRow.item == item)
    if upto is not None:
        wanted = wanted.where(AnswerVersionRow.version <= upto)
    rows = session.scalars(wanted.order_by(AnswerVersionRow.version.desc()).limit(size))
    return [Past(row.version, answer_from(row.stated), row.origin, row.saved_at, row.saved_by) for row in rows]


def at_version(session: Session, head: Head, item: str, version: int) -> Answer:
    """Give an answer as it was at a version; before it was ever stated, nothing was."""
    stated = session.scalar(
        select(AnswerVersionRow.stated).where(
            *_same(AnswerVersionRow, head), AnswerVersionRow.item == item, AnswerVersionRow.version == version
        )
    )
    return answer_from(stated or {})


def cited(session: Session, head: Head) -> dict[str, Document]:
    """Give the documents that an assessment's answers cite, by their id."""
    return documents_from(statements.CITED.all(session, _keys(head)))


def next_revision(session: Session, head: Head) -> int:
    """Take the next number of a change in an assessment; one that was put away takes no changes."""
    taken = statements.NEXT.first(session, {**_keys(head), "at": now()})
    if taken is None:
        raise ChangedMeanwhile
    return int(taken[0])


def _is_settled(change: Change, there: Kept) -> bool:
    """Say whether what is to be stated is there already."""
    return there.answer == change.answer and there.check_again == change.check_again


def _kept_on(current: Kept, change: Change, revision: int) -> Kept:
    return Kept(
        item=change.item,
        answer=change.answer,
        version=current.version + 1,
        revision=revision,
        flagged=current.flagged,
        check_again=change.check_again,
        saved_at=now(),
        saved_by=change.by,
    )


def _own(head: Head, kept: Kept) -> dict[str, Any]:
    """Give an answer as its row."""
    return {
        "organization_id": head.organization_id,
        "assessment_id": head.id,
        "item": kept.item,
        "stated": plain_answer(kept.answer),
        "version": kept.version,
        "revision": kept.revision,
        "check_again": kept.check_again,
        "saved_at": kept.saved_at,
        "saved_by": kept.saved_by,
    }


def _changed(head: Head, kept: Kept) -> dict[str, Any]:
    """Give what of an answer's row changes, and which row it is."""
    row = _own(head, kept)
    return {**_keys(head), "which": kept.item, **{name: row[name] for name in statements.CHANGES}}


def _passed_on(session: Session, head: Head, change: Change, before: Kept, kept: Kept, *, counts: bool) -> Kept:
    """Keep the version that was stated just now, cite its documents, count its conclusion."""
    row = {name: each for name, each in _own(head, kept).items() if name in statements.OF_A_VERSION}
    statements.VERSION.change(session, {**row, "origin": change.origin, "key": change.key})
    cite(session, head, change.item, before.answer, change.answer)
    if counts:
        _count(session, head, _is_answered(change.answer) - _is_answered(before.answer))
    return kept


def _count(session: Session, head: Head, difference: int) -> None:
    if difference:
        session.execute(
            update(AssessmentRow)
            .where(AssessmentRow.organization_id == head.organization_id, AssessmentRow.id == head.id)
            .values(answered=AssessmentRow.answered + difference)
            .execution_options(synchronize_session=False)
        )


def _is_answered(answer: Answer) -> bool:
    return answer.conclusion is not None


def _was_kept(session: Session, head: Head, change: Change) -> bool:
    """Say whether this very change was kept already, its reply lost on the way; the same name alone is not enough."""
    if change.key is None:
        return False
    earlier = session.scalars(
        select(AnswerVersionRow.stated).where(
            *_same(AnswerVersionRow, head), AnswerVersionRow.item == change.item, AnswerVersionRow.key == change.key
        )
    )
    return any(answer_from(stated) == change.answer for stated in earlier)


def _keys(head: Head) -> dict[str, Any]:
    return {"organization": head.organization_id, "assessment": head.id}


def _of(head: Head) -> Select[AnswerRow]:
    return select(AnswerRow).where(*_same(AnswerRow, head)).execution_options(populate_existing=True)


def _same(table: Any, head: Head) -> tuple[Any, Any]:
    return table.organization_id == head.organization_id, table.assessment_id == head.id


def _kept(row: Sequence[Any]) -> Kept:
    item, stated, *rest = row
    return Kept(item, answer_from(stated), *rest)
