"""People and organisations for tests of the store, a clock that is set by hand, and many who try at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from people.types import Kind, Membership, Organization, Role
from store import accounts, assessments, organizations
from store.database import db, reading, writing
from store.heads import Head, Header

T = TypeVar("T")
MOMENT = timedelta(microseconds=1)


@dataclass
class Clock:
    """Stands at one moment until it is set to another."""

    time: datetime = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, time: timedelta) -> None:
        self.time += time


@contextmanager
def forgetting() -> Iterator[Session]:
    """Change what one likes; none of it is kept."""
    with writing() as session:
        yield session
        session.rollback()


@contextmanager
def overtaken(look_up: Callable[[Session], object], change: Callable[[], object]) -> Iterator[Session]:
    """Write after having looked, and after somebody else changed what was seen.

    On SQLite nobody can change anything once we write: there, who looked before begins anew.
    """
    if db.engine.dialect.name == "sqlite":
        with reading() as session:
            seen = look_up(session)
        change()
        with writing() as session:
            yield session
    else:
        with writing() as session:
            seen = look_up(session)
            change()
            yield session
    assert seen, "held until now, as whoever looked would"


def somebody(session: Session, name: str = "Li Lan", *, runs_installation: bool = False) -> UUID:
    email = f"{name.replace(' ', '.')}@example.org"
    return accounts.create(session, email=email, name=name, password_hash="-", runs_installation=runs_installation)


def acme(session: Session, name: str = "Acme", kind: Kind = Kind.APPLICANT) -> Organization:
    return organizations.found(session, kind=kind, name_zh="", name_en=name)


def an_assessment(session: Session, organization: Organization, by: UUID, title: str = "2026") -> Head:
    """Begin an assessment of the services questionnaire at level 2."""
    header = Header(title=title, questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
    return assessments.found(session, organization.id, header, applicable=50, by=by)


def founded_with(*roles: Role) -> tuple[Organization, list[Membership]]:
    """Found an organisation whose members have these roles."""
    with writing() as session:
        organization = acme(session)
        people = [somebody(session, f"Member {number}") for number in range(len(roles))]
        return organization, [
            organizations.join(session, organization, who, role) for who, role in zip(people, roles, strict=True)
        ]


def at_once(program: Flask, count: int, work: Callable[[int], T]) -> list[T]:
    """Let many threads, each with a session of its own, do their work at the same moment."""
    gate = Barrier(count)

    def one(number: int) -> T:
        with program.app_context():
            gate.wait()
            return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
