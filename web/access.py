"""Lets each request in or not: every view names one action, and `people.access` answers. Deny by default."""

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from people.access import Action, may, must_enrol
from web import again
from web.rules import allow, rule_of
from web.visit import visit


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
    if not may(here.person, action, here.place):
        abort(404)
    if here.place and must_enrol(here.person, here.place.organization):
        return redirect(url_for("second_factor.index", needed=here.place.organization.slug))
    return None
