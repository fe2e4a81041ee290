"""A small world for web tests: three organisations, and people in every role, already signed in."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import count
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from people import passwords
from people.types import Duty, Kind, Membership, Organization, Role
from scoring.answers import Answer
from store import accounts, answers, assessments, links, organizations, questionnaires, sessions
from store.answers import Change, Kept
from store.database import Base, db, reading, writing
from store.heads import Head, Header
from store.questionnaires import Held
from tests.support.databases import Databases
from tests.support.uploads import NAME, edition

OM = Header(title="2026", questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
ISMS = Header(title="ISMS", questionnaire="isms-2022@1", rules="initial-audit@1")

PASSWORD = "correct horse battery"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Visitor:
    """A browser, signed in or not, that sends forms the way pages do."""

    client: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers)

    def send(self, path: str, fields: Mapping[str, object] | None = None, *, page: str | None = None) -> TestResponse:
        """Load the page (the path itself if not said), then send its form with its CSRF token."""
        token = csrf_token(self.get(page or path))
        return self.client.post(path, data={**(fields or {}), "csrf_token": token})

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        email = name if "@" in name else f"{name}@example.com"
        return self.send("/sign-in", {"email": email, "password": password, **more})

    @property
    def token(self) -> str | None:
        cookie = self.client.get_cookie("session")
        return cookie.value if cookie else None


class World:
    """Who and what there is; every person's name is their e-mail's first part."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.people: dict[str, UUID] = {}
        self.memberships: dict[str, Membership] = {}
        self.numbers = count(1)
        with app.app_context(), writing() as database:
            self.applicant = organizations.found(
                database, kind=Kind.APPLICANT, name_zh="澄湖数据", name_en="Chenghu Data"
            )
            self.body = organizations.found(
                database, kind=Kind.BODY, name_zh="衡准认证", name_en="Hengzhun Certification"
            )
            self.elsewhere = organizations.found(
                database, kind=Kind.CONSULTANCY, name_zh="远山咨询", name_en="Yuanshan Consulting"
            )
            self._settle(database)

    def visitor(self, name: str | None = None, **environment: object) -> Visitor:
        """Give a browser that is signed in as `name`, or a stranger's."""
        client = self.app.test_client()
        if name is not None:
            with self.app.app_context(), writing() as database:
                token = sessions.open_session(database, self.people[name], "Test")
            client.set_cookie("session", token)
        return Visitor(client)

    def add(self, name: str, organization: Organization | None, role: Role = Role.VIEWER, *duties: Duty) -> UUID:
        with self.app.app_context(), writing() as database:
            return self._add(database, name, organization, role, *duties)

    def invitation(self, email: str = "new@example.com", role: Role = Role.VIEWER) -> tuple[str, UUID]:
        """Invite somebody to the applicant: the link's token, and its id."""
        with self.app.app_context(), writing() as database:
            token = links.make_invitation(
                database, self.applicant.id, email=email, role=role, duties=(), made_by=self.people["owner"]
            )
            link = links.find(database, token)
            assert link is not None
            return token, link.id

    def questionnaire(self, number: str = "1", *, published: bool = False, text: bytes | None = None) -> Held:
        """Let the body hold a version of its pre-check, uploaded by its manager."""
        with self.app.app_context(), writing() as database:
            held = questionnaires.keep(
                database,
                self.body.id,
                name=NAME,
                edition=number,
                text=edition(number) if text is None else text,
                uploaded_by=self.people["body-manager"],
            )
            if published:
                questionnaires.publish(database, held, self.people["body-owner"])
        return self.held(number)

    def held(self, number: str = "1") -> Held:
        with self.app.app_context(), reading() as database:
            found = questionnaires.find(database, self.body.id, NAME, number)
        assert found is not None
        return found

    def assess(self, header: Header = OM, *, applicable: int = 50) -> Head:
        """Let the applicant begin an assessment."""
        with self.app.app_context(), writing() as database:
            return assessments.found(
                database, self.applicant.id, header, applicable=applicable, by=self.people["owner"]
            )

    def answer(self, head: Head, item: str, answer: Answer, *, base: int = 0, by: str = "contributor") -> Kept:
        """Let somebody state an answer, as if on another computer."""
        with self.app.app_context(), writing() as database:
            change = Change(item=item, answer=answer, base=base, by=self.people[by])
            return answers.save(database, head, change)

    def stated(self, head: Head, item: str) -> Kept:
        """Say what is stated about an item now."""
        with self.app.app_context(), reading() as database:
            return answers.find(database, head, item)

    def enrol(self, name: str, *recovery_codes: str) -> None:
        """Switch somebody's second factor on, with a secret that tests know."""
        with self.app.app_context(), writing() as database:
            accounts.enrol(database, self.people[name], secret=TOTP_SECRET, step=0, recovery_codes=recovery_codes)

    def change(self, table: type[Base], **values: object) -> None:
        """Change all rows of a table behind the program's back."""
        with self.app.app_context(), writing() as database:
            database.execute(update(table).values(**values))

    def everything(self) -> dict[str, list[str]]:
        """All rows of all tables, to be compared with later."""
        with self.app.app_context(), reading() as database:
            return {
                table.name: sorted(map(repr, database.execute(select(table)).all()))
                for table in db.metadata.sorted_tables
            }

    def leave(self, name: str) -> None:
        with self.app.app_context(), writing() as database:
            organizations.leave(database, self.memberships[name])

    def is_member(self, name: str) -> bool:
        with self.app.app_context(), reading() as database:
            return organizations.is_member(database, self.applicant.id, self.people[name])

    def _add(
        self, database: Session, name: str, organization: Organization | None, role: Role = Role.VIEWER, *duties: Duty
    ) -> UUID:
        person = self.people.get(name) or accounts.create(
            database,
            email=f"{name}@example.com",
            name=name.title(),
            password_hash=_hashed(),
            runs_installation=name == "operator",
        )
        self.people[name] = person
        if organization is not None:
            self.memberships[name] = organizations.join(database, organization, person, role, duties)
        return person

    def _settle(self, database: Session) -> None:
        """All in one transaction."""
        self._add(database, "operator", None)
        for role in Role:
            self._add(database, role.value, self.applicant, role)
        self._add(database, "member", self.applicant, Role.CONTRIBUTOR)
        self._add(database, "former", self.applicant, Role.OWNER)
        organizations.leave(database, self.memberships["former"])
        self._add(database, "stranger-owner", self.elsewhere, Role.OWNER)
        self._add(database, "body-owner", self.body, Role.OWNER)
        self._add(database, "body-manager", self.body, Role.MANAGER)
        self._add(database, "reviewer", self.body, Role.CONTRIBUTOR, Duty.REVIEWER)
        self._add(database, "body-viewer", self.body, Role.VIEWER)
        self._add(database, "body-former", self.body, Role.OWNER)
        organizations.leave(database, self.memberships["body-former"])
        by = self.people["owner"]
        self.om = assessments.found(database, self.applicant.id, OM, applicable=50, by=by)
        self.isms = assessments.found(database, self.applicant.id, ISMS, applicable=123, by=by)


@dataclass(frozen=True)
class Snapshot:
    """The world as it was when it was made, and the name of the database that was kept of it."""

    database: str
    world: World


_FIRST: dict[Databases, Snapshot] = {}


@contextmanager
def settled_in(databases: Databases) -> Iterator[str]:
    """Lend a copy of the first world's database, for settling takes longer than most tests; at first an empty one."""
    first = _FIRST.get(databases)
    with databases.copied(first.database) if first else databases.migrated() as url:
        yield url


def settled(app: Flask, databases: Databases) -> World:
    """Give an application the world that lies in its database; the first time, settle it there."""
    if first := _FIRST.get(databases):
        return _copied(first.world, app)
    world = World(app)
    with app.app_context():
        db.engine.dispose()
        kept = databases.keep(db.engine.url.render_as_string(hide_password=False))
    _FIRST[databases] = Snapshot(kept, _copied(world, app))
    return world


def _copied(world: World, app: Flask) -> World:
    same = copy(world)
    same.app, same.people, same.memberships = app, dict(world.people), dict(world.memberships)
    same.numbers = count(1)
    return same


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)


def csrf_token(response: TestResponse) -> str:
    found = _CSRF.search(response.text)
    assert found, f"no form on this page ({response.status_code})"
    return found[1]


def hidden(text: str, name: str) -> str:
    """The value of the last field of this name, as a browser would send it; the first may be the language's."""
    inputs = re.findall(r"<input[^>]*>", text)
    fields = (dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag)) for tag in inputs)
    return [unescape(field.get("value", "")) for field in fields if field.get("name") == name][-1]
