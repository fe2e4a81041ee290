"""A small world for web tests: three organisations, and people in every role, already signed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from people.types import Duty, Kind, Membership, Organization, Role
from store import accounts, links, organizations, sessions
from store.database import reading, writing

PASSWORD = "correct horse battery"
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


class World:
    """Who and what there is; every person's name is their e-mail's first part."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.people: dict[str, UUID] = {}
        self.memberships: dict[str, Membership] = {}
        with app.app_context():
            self.applicant = self._found(Kind.APPLICANT, "澄湖数据", "Chenghu Data")
            self.body = self._found(Kind.BODY, "衡准认证", "Hengzhun Certification")
            self.elsewhere = self._found(Kind.CONSULTANCY, "远山咨询", "Yuanshan Consulting")
            self._settle()

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
            person = self.people.get(name) or accounts.create(
                database,
                email=f"{name}@example.com",
                name=name.title(),
                password=PASSWORD,
                runs_installation=name == "operator",
            )
            self.people[name] = person
            if organization is not None:
                self.memberships[name] = organizations.join(database, organization, person, role, duties)
        return person

    def invitation(self, email: str = "new@example.com", role: Role = Role.VIEWER) -> tuple[str, UUID]:
        """Invite somebody to the applicant: the link's token, and its id."""
        with self.app.app_context(), writing() as database:
            token = links.make_invitation(
                database, self.applicant.id, email=email, role=role, duties=(), made_by=self.people["owner"]
            )
            link = links.find(database, token)
            assert link is not None
            return token, link.id

    def leave(self, name: str) -> None:
        with self.app.app_context(), writing() as database:
            organizations.leave(database, self.memberships[name])

    def is_member(self, name: str) -> bool:
        with self.app.app_context(), reading() as database:
            return organizations.is_member(database, self.applicant.id, self.people[name])

    def _found(self, kind: Kind, name_zh: str, name_en: str) -> Organization:
        with writing() as database:
            return organizations.found(database, kind=kind, name_zh=name_zh, name_en=name_en)

    def _settle(self) -> None:
        self.add("operator", None)
        for role in Role:
            self.add(role.value, self.applicant, role)
        self.add("member", self.applicant, Role.CONTRIBUTOR)
        self.add("former", self.applicant, Role.OWNER)
        self.leave("former")
        self.add("stranger-owner", self.elsewhere, Role.OWNER)
        self.add("body-owner", self.body, Role.OWNER)
        self.add("reviewer", self.body, Role.CONTRIBUTOR, Duty.REVIEWER)


def csrf_token(response: TestResponse) -> str:
    found = _CSRF.search(response.text)
    assert found, f"no form on this page ({response.status_code})"
    return found[1]
