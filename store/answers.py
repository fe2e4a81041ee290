"""Answers: each saved durably on the version it was based on, with every earlier version kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
from store.prepared import Done, Question, Told, together
from store.work_tables import AnswerRow, AnswerVersionRow, AssessmentRow
from surveys.levels import Reading

# Says whether a target asks for an item
Asks = Callable[[int | None, Reading | None], bool]


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


@dataclass(frozen=True, slots=True)
class _Turn:
    """The number a change takes, and the target that stands until it is kept."""

    revision: int
    level: int | None
    reading: Reading | None


class Stale(Exception):
    """Somebody else changed the answer since the version a change was based on."""

    def __init__(self, current: Kept) -> None:
        super().__init__(current.item)
        self.current = current


def every(head: Head) -> Question[dict[str, Kept]]:
    """Every answer of an assessment by its item."""
    return Question(statements.ALL, _keys(head), _by_item)


def all_of(session: Session, head: Head) -> dict[str, Kept]:
    return every(head).ask(session)


def some_of(session: Session, head: Head, items: Iterable[str]) -> dict[str, Kept]:
    """Give the answers to some items."""
    return _by_item(session.execute(statements.SOME, {**_keys(head), "items": list(items)}))


def find(session: Session, head: Head, item: str) -> Kept:
    return about(head.organization_id, head.id, item).ask(session)


def about(organization_id: UUID, assessment_id: UUID, item: str) -> Question[Kept]:
    """What is stated about an item now."""
    values = {"organization": organization_id, "assessment": assessment_id, "item": item}
    return Question(statements.ONE, values, lambda rows: _kept(rows[0]) if rows else Kept(item))


def concluded(head: Head) -> Question[set[str]]:
    """The items that have a conclusion, without reading what else is stated about them."""
    return Question(statements.CONCLUDED, _keys(head), lambda rows: {item for (item,) in rows})


def changed_since(head: Head, revision: int) -> Question[list[Kept]]:
    """The answers that changed after a revision, the oldest change first."""
    return Question(statements.SINCE, {**_keys(head), "since": revision}, lambda rows: [_kept(row) for row in rows])


def save(session: Session, head: Head, change: Change, seen: Kept | None = None, *, counts: bool | Asks = True) -> Kept:
    """State an answer, or raise Stale; `counts` says whether the target asks for the item.

    All who save in one assessment come one after the other, and with them who sets its target: where somebody may, it
    is the target found when it is our turn that counts. `seen` is what was there a moment ago: where it still is, it
    need not be read again.
    """
    if seen and seen.revision and seen.version == change.base and not _is_settled(change, seen):
        kept = _kept_on(seen, change)
        changed = statements.STILL, {**_row(head, kept), "seen": seen.revision}
        taken, still, _version = together(session, _next(head), changed, _as_version(head, change))
        turn = _turn(taken)
        if still.count:
            kept = replace(kept, revision=turn.revision)
            return _passed_on(session, head, change, seen, kept, counts=_is_asked(counts, turn))
    else:
        turn = _turn(*together(session, _next(head)))
    current = find(session, head, change.item)
    if current.version != change.base:
        if current.answer == change.answer or _was_kept(session, head, change):
            return current
        raise Stale(current)
    if current.revision and _is_settled(change, current):
        return current
    kept = replace(_kept_on(current, change), revision=turn.revision)
    statement = statements.AGAIN if current.revision else statements.FIRST
    together(session, (statement, _row(head, kept)), _as_version(head, change))
    return _passed_on(session, head, change, current, kept, counts=_is_asked(counts, turn))


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


def cited(head: Head) -> Question[dict[str, Document]]:
    """The documents that an assessment's answers cite, by their id."""
    return Question(statements.CITED, _keys(head), documents_from)


def next_revision(session: Session, head: Head) -> int:
    """Take the next number of a change in an assessment; one that was put away takes no changes."""
    return _turn(*together(session, _next(head))).revision


def _is_settled(change: Change, there: Kept) -> bool:
    """Say whether what is to be stated is there already."""
    return there.answer == change.answer and there.check_again == change.check_again


def _next(head: Head) -> Told:
    return statements.NEXT, {**_keys(head), "at": now()}


def _turn(taken: Done) -> _Turn:
    if not taken.rows:
        raise ChangedMeanwhile
    return _Turn(*taken.rows[0])


def _is_asked(counts: bool | Asks, turn: _Turn) -> bool:  # noqa: FBT001 - what `save` was told
    return counts if isinstance(counts, bool) else counts(turn.level, turn.reading)


def _kept_on(current: Kept, change: Change) -> Kept:
    return Kept(
        item=change.item,
        answer=change.answer,
        version=current.version + 1,
        flagged=current.flagged,
        check_again=change.check_again,
        saved_at=now(),
        saved_by=change.by,
    )


def _row(head: Head, kept: Kept) -> dict[str, Any]:
    """Give an answer as its row is told it."""
    return {
        **_keys(head),
        "which": kept.item,
        "stated": plain_answer(kept.answer),
        "version": kept.version,
        "check_again": kept.check_again,
        "saved_at": kept.saved_at,
        "saved_by": kept.saved_by,
    }


def _as_version(head: Head, change: Change) -> Told:
    return statements.VERSION, {**_keys(head), "which": change.item, "origin": change.origin, "key": change.key}


def _passed_on(session: Session, head: Head, change: Change, before: Kept, kept: Kept, *, counts: bool) -> Kept:
    """Cite the documents of what was stated just now, and count its conclusion."""
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


def _by_item(rows: Iterable[Sequence[Any]]) -> dict[str, Kept]:
    return {row[0]: _kept(row) for row in rows}


def _kept(row: Sequence[Any]) -> Kept:
    item, stated, *rest = row
    return Kept(item, answer_from(stated), *rest)
