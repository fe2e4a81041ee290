"""What is said about items, and whom it speaks to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from store import answers
from store.database import now
from store.heads import Head
from store.prepared import Prepared, Question
from store.tables import MembershipRow, UserRow
from store.work_tables import AssessmentRow, CommentRow, MentionRow


@dataclass(frozen=True)
class Comment:
    """Something said about an item; settled once nothing more is to be done about it."""

    id: UUID
    text: str
    said_at: datetime
    said_by: UUID
    who: str
    mentions: tuple[str, ...]
    settled_at: datetime | None


@dataclass(frozen=True)
class Mention:
    """A comment that speaks to somebody who has not seen it."""

    id: UUID
    assessment_id: UUID
    assessment: str
    questionnaire: str
    item: str
    who: str
    text: str
    said_at: datetime


def counts(head: Head) -> Question[dict[str, int]]:
    """How many comments on each item are not settled; an item without any is left out."""
    return Question(_OPEN, {"organization": head.organization_id, "assessment": head.id}, dict)


def total(session: Session, head: Head, item: str) -> int:
    """Count what was said about an item, settled or not."""
    return session.scalar(select(func.count()).select_from(CommentRow).where(*_about(head, item))) or 0


def place_of(session: Session, head: Head, item: str, comment: UUID) -> int:
    """Say as which of an item's comments one was said; 0 where it is not one of them."""
    at = select(CommentRow.said_at).where(*_about(head, item), CommentRow.id == comment).scalar_subquery()
    not_later = (CommentRow.said_at < at) | ((CommentRow.said_at == at) & (CommentRow.id <= comment))
    return session.scalar(select(func.count()).select_from(CommentRow).where(*_about(head, item), not_later)) or 0


def thread(session: Session, head: Head, item: str, *, size: int, number: int = 1) -> list[Comment]:
    """Give one page of what was said about an item, the oldest first, in two queries."""
    rows = session.execute(
        select(CommentRow, UserRow.name)
        .join(UserRow, UserRow.id == CommentRow.said_by)
        .where(*_about(head, item))
        .order_by(CommentRow.said_at, CommentRow.id)
        .limit(size)
        .offset((number - 1) * size)
    ).all()
    mentioned: dict[UUID, list[str]] = {row.id: [] for row, _name in rows}
    names = session.execute(
        select(MentionRow.comment_id, UserRow.name)
        .join(UserRow, UserRow.id == MentionRow.user_id)
        .where(MentionRow.organization_id == head.organization_id, MentionRow.comment_id.in_(list(mentioned)))
        .order_by(UserRow.name, UserRow.id)
    )
    for comment, name in names:
        mentioned[comment].append(name)
    return [_comment(row, name, mentioned[row.id]) for row, name in rows]


def say(session: Session, head: Head, item: str, *, text: str, by: UUID, to: Collection[UUID] = ()) -> UUID:
    """Add a comment; it speaks to those of the people named who are members now, and not to its author."""
    answers.next_revision(session, head)
    row = CommentRow(organization_id=head.organization_id, assessment_id=head.id, item=item, text=text, said_by=by)
    session.add(row)
    session.flush()
    keys = {"organization_id": head.organization_id, "comment_id": row.id}
    mentions = [keys | {"user_id": each} for each in _members(session, head.organization_id, to) if each != by]
    if mentions:
        session.execute(insert(MentionRow), mentions)
    return row.id


def settle(session: Session, head: Head, item: str, comment: UUID, *, by: UUID, settled: bool) -> bool:
    """Settle a comment, or open it again; nothing is to be found where it is not one of this item's."""
    answers.next_revision(session, head)
    changed = session.scalar(
        update(CommentRow)
        .where(*_about(head, item), CommentRow.id == comment)
        .values(settled_at=now() if settled else None, settled_by=by if settled else None)
        .returning(CommentRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def mentions_of(session: Session, organization_id: UUID, user_id: UUID) -> list[Mention]:
    """Give the comments that speak to somebody and that they have not seen, the newest first."""
    rows = session.execute(
        select(CommentRow, UserRow.name, AssessmentRow.title, AssessmentRow.questionnaire)
        .join(MentionRow, _same_comment())
        .join(UserRow, UserRow.id == CommentRow.said_by)
        .join(
            AssessmentRow,
            (AssessmentRow.organization_id == CommentRow.organization_id)
            & (AssessmentRow.id == CommentRow.assessment_id),
        )
        .where(*_unseen(organization_id, user_id), AssessmentRow.archived_at.is_(None))
        .order_by(CommentRow.said_at.desc(), CommentRow.id)
    )
    return [
        Mention(
            id=row.id, assessment_id=row.assessment_id, assessment=title, questionnaire=questionnaire, item=row.item,
            who=name, text=row.text, said_at=row.said_at,
        )
        for row, name, title, questionnaire in rows
    ]  # fmt: skip


def see(session: Session, head: Head, said: Iterable[Comment], user_id: UUID) -> None:
    """Note that somebody has seen what these comments say to them."""
    session.execute(
        update(MentionRow)
        .where(*_unseen(head.organization_id, user_id), MentionRow.comment_id.in_([each.id for each in said]))
        .values(seen_at=now())
        .execution_options(synchronize_session=False)
    )


def has_unseen(session: Session, head: Head, said: Iterable[Comment], user_id: UUID) -> bool:
    """Say whether any of these comments speaks to somebody who has not seen it."""
    wanted = select(MentionRow.comment_id).where(
        *_unseen(head.organization_id, user_id), MentionRow.comment_id.in_([each.id for each in said])
    )
    return session.scalar(wanted.limit(1)) is not None


def _members(session: Session, organization_id: UUID, named: Collection[UUID]) -> list[UUID]:
    return list(
        session.scalars(
            select(MembershipRow.user_id)
            .where(
                MembershipRow.organization_id == organization_id,
                MembershipRow.ended_at.is_(None),
                MembershipRow.user_id.in_(list(named)),
            )
            .distinct()
        )
    )


def _comment(row: CommentRow, who: str, mentions: list[str]) -> Comment:
    return Comment(
        id=row.id,
        text=row.text,
        said_at=row.said_at,
        said_by=row.said_by,
        who=who,
        mentions=tuple(mentions),
        settled_at=row.settled_at,
    )


def _in(head: Head) -> tuple[Any, Any]:
    return CommentRow.organization_id == head.organization_id, CommentRow.assessment_id == head.id


def _about(head: Head, item: str) -> tuple[Any, Any, Any]:
    return *_in(head), CommentRow.item == item


def _same_comment() -> Any:
    return (MentionRow.organization_id == CommentRow.organization_id) & (MentionRow.comment_id == CommentRow.id)


def _unseen(organization_id: UUID, user_id: UUID) -> tuple[Any, Any, Any]:
    return MentionRow.organization_id == organization_id, MentionRow.user_id == user_id, MentionRow.seen_at.is_(None)


# Put together once: it is part of every page of answering
_comments = CommentRow.__table__.c
_OPEN = Prepared(
    select(_comments.item, func.count())
    .where(
        _comments.organization_id == bindparam("organization"),
        _comments.assessment_id == bindparam("assessment"),
        _comments.settled_at.is_(None),
    )
    .group_by(_comments.item)
)
