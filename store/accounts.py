"""People who can sign in: their names, passwords and second factors."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from people import second_factor
from people.texts import composed
from people.tokens import digest
from people.types import Person, Theme
from store.database import now
from store.tables import RecoveryCodeRow, UserRow

_USERS = UserRow.__table__.c
# What a person is read from, in the order of its fields
PERSON = (
    _USERS.id,
    _USERS.email,
    _USERS.name,
    _USERS.language,
    _USERS.theme,
    _USERS.totp_secret.is_not(None).label("has_second_factor"),
    _USERS.runs_installation,
)


@dataclass(frozen=True)
class Credentials:
    """What a sign-in is checked against."""

    user_id: UUID
    password_hash: str
    totp_secret: str | None


def plain_email(typed: str) -> str:
    """One address however it is typed; full-width characters and capitals make no other person."""
    return composed("NFKC", typed).strip().lower()


def create(session: Session, *, email: str, name: str, password_hash: str, runs_installation: bool = False) -> UUID:
    """Make an account. The password comes hashed: hashing is slow, and a writer holds everybody else up."""
    row = UserRow(
        email=plain_email(email),
        name=name,
        password_hash=password_hash,
        runs_installation=runs_installation,
    )
    session.add(row)
    session.flush()
    return row.id


def person_of(row: UserRow) -> Person:
    return Person(
        id=row.id,
        email=row.email,
        name=row.name,
        language=row.language,
        theme=row.theme,
        has_second_factor=row.totp_secret is not None,
        runs_installation=row.runs_installation,
    )


def find(session: Session, user_id: UUID) -> Person | None:
    row = session.get(UserRow, user_id)
    return person_of(row) if row else None


def find_by_email(session: Session, email: str) -> Person | None:
    row = session.scalar(select(UserRow).where(UserRow.email == plain_email(email)))
    return person_of(row) if row else None


def names(session: Session, user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Name several people in one query."""
    rows = session.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(user_ids)))
    return dict(rows.all())


def installation_owner(session: Session) -> Person | None:
    """Find who set the installation up, the first of them."""
    row = session.scalar(select(UserRow).where(UserRow.runs_installation).order_by(UserRow.created_at, UserRow.id))
    return person_of(row) if row else None


def is_empty(session: Session) -> bool:
    return not session.scalar(select(exists().select_from(UserRow)))


def credentials(session: Session, email: str) -> Credentials | None:
    row = session.scalar(select(UserRow).where(UserRow.email == plain_email(email)))
    return Credentials(row.id, row.password_hash, row.totp_secret) if row else None


def credentials_of(session: Session, user_id: UUID) -> Credentials | None:
    row = session.get(UserRow, user_id)
    return Credentials(row.id, row.password_hash, row.totp_secret) if row else None


def set_password(session: Session, user_id: UUID, password_hash: str) -> None:
    _change(session, user_id, password_hash=password_hash)


def set_profile(session: Session, user_id: UUID, *, name: str, theme: Theme) -> None:
    _change(session, user_id, name=name, theme=theme)


def set_language(session: Session, user_id: UUID, language: str) -> None:
    _change(session, user_id, language=language)


def enrol(session: Session, user_id: UUID, *, secret: str, step: int, recovery_codes: Iterable[str]) -> None:
    """Switch the second factor on, with fresh recovery codes; the code that proved it is used up."""
    _change(session, user_id, totp_secret=secret, totp_step=step)
    replace_recovery_codes(session, user_id, recovery_codes)


def disenrol(session: Session, user_id: UUID) -> None:
    _change(session, user_id, totp_secret=None, totp_step=None)
    replace_recovery_codes(session, user_id, ())


def replace_recovery_codes(session: Session, user_id: UUID, codes: Iterable[str]) -> None:
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    session.add_all(RecoveryCodeRow(user_id=user_id, digest=_code_digest(user_id, code)) for code in codes)


def count_recovery_codes(session: Session, user_id: UUID) -> int:
    return session.scalar(select(func.count()).where(RecoveryCodeRow.user_id == user_id)) or 0


def use_code(session: Session, user_id: UUID, code: str) -> bool:
    """Take a code from the phone, or a recovery code, once each."""
    return _use_totp(session, user_id, code) or _use_recovery_code(session, user_id, code)


def _use_totp(session: Session, user_id: UUID, code: str) -> bool:
    row = session.get(UserRow, user_id, with_for_update=True, populate_existing=True)
    if row is None or row.totp_secret is None:
        return False
    step = second_factor.matching_step(row.totp_secret, code, now(), row.totp_step)
    if step is None:
        return False
    row.totp_step = step
    return True


def _use_recovery_code(session: Session, user_id: UUID, code: str) -> bool:
    used = session.scalar(
        delete(RecoveryCodeRow)
        .where(RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.digest == _code_digest(user_id, code))
        .returning(RecoveryCodeRow.digest)
    )
    return used is not None


def _code_digest(user_id: UUID, code: str) -> str:
    return digest(f"{user_id}:{second_factor.plain_code(code)}")


def _change(session: Session, user_id: UUID, **values: object) -> None:
    session.execute(update(UserRow).where(UserRow.id == user_id).values(**values))
