"""Lets each request in or not: every view names one action, and `people.access` answers. Deny by default."""

import re

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from people.access import Action, may, must_enrol
from people.types import Person, Place
from store import organizations
from store.database import reading
from web import again
from web.rules import allow, rule_of
from web.visit import visit

_SLUG = re.compile(r"[a-z0-9-]+")


def attach(app: Flask) -> None:
    allow(Action.VISIT)(app.view_functions["static"])
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: the router has the answer
    action = rule_of(current_app, request.endpoint)
    here = visit()
    if action is None:
        abort(404)
    if action is Action.VISIT:
        return None
    if here.person is None:
        return again.ask_to_sign_in()
    if (slug := (request.view_args or {}).get("org")) is not None:
        here.place = _place_at(here.person, slug)
    if not may(here.person, action, here.place):
        abort(404)
    if here.place and must_enrol(here.person, here.place.organization):
        return redirect(url_for("second_factor.index", needed=here.place.organization.slug))
    return None


def _place_at(who: Person, slug: str) -> Place | None:
    """Find the organisation an address names; what no slug can be, a NUL for instance, is not asked for."""
    if not _SLUG.fullmatch(slug):
        return None
    with reading() as database:
        return organizations.place_of(database, who.id, slug)
