"""Who is here: the person, session and place of the request at hand, looked up once."""

import re
from dataclasses import dataclass
from functools import cached_property

from flask import Flask, current_app, g, request
from sqlalchemy.exc import DBAPIError

from people.types import Person, Place
from store import organizations, sessions
from store.database import db, reading, writing
from store.sessions import OpenSession
from web import bodies
from web.cookies import token_of_request
from web.observe import note
from web.rules import is_asked_by_itself

_SLUG = re.compile(r"[a-z0-9-]+")


@dataclass
class Visit:
    """What is known about the request at hand."""

    person: Person | None = None
    session: OpenSession | None = None
    place: Place | None = None

    @cached_property
    def places(self) -> list[Place]:
        """Where this person belongs. Looked up where it is shown or asked, so that no save waits for it.

        Not in a `reading()` of its own: that would end the transaction of whoever asks.
        """
        return organizations.places_of(db.session(), self.person.id) if self.person else []


def visit() -> Visit:
    """Give the visit at hand; before it began, or outside of one, nobody is here."""
    found: Visit | None = g.get("visit")
    if found is None:
        found = g.visit = Visit()
    return found


def person() -> Person:
    """The person signed in; for views whose rule lets nobody else in."""
    found = visit().person
    assert found is not None
    return found


def place() -> Place:
    """The organisation in the path, with the person's place in it; for views under /o/."""
    found = visit().place
    assert found is not None
    return found


def attach(app: Flask) -> None:
    app.before_request(_begin)


def _begin() -> None:
    token = token_of_request()
    if token is None or request.endpoint in {None, "static", "health.alive", "health.ready", "health.metrics"}:
        return
    if request.method not in {"GET", "HEAD"}:
        if bodies.makes_room():
            if not _is_known(token):
                return
            bodies.make_room()
        request.form  # noqa: B018 - wait for the whole request first: rights are those at its end, not at its beginning
    # What is read here and what the view reads is one look at the database: its reading() ends it
    recognised = sessions.recognise(db.session(), token, _slug())
    if recognised is None:
        return
    here = visit()
    here.person, here.session, here.place = recognised
    if sessions.is_due(here.session) and not is_asked_by_itself(current_app, request.endpoint):
        _note_seen(here.session)


def _slug() -> str:
    """Read the organisation from the path; what no slug can be, a NUL for instance, is not asked for."""
    slug: str = (request.view_args or {}).get("org", "")
    return slug if _SLUG.fullmatch(slug) else ""


def _is_known(token: str) -> bool:
    """Look at the cookie before a large request is read: a stranger’s is not."""
    with reading() as database:
        return sessions.recognise(database, token) is not None


def _note_seen(session: OpenSession) -> None:
    """Note that somebody is here, if it can be written down: reading goes on while the disk is full."""
    try:
        with writing() as database:
            sessions.note_seen(database, session.id)
    except DBAPIError as error:
        note("session not noted", error=type(error).__name__)
