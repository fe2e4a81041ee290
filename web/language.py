"""Which language a page is in, and the words for templates and forms."""

from datetime import datetime, timedelta
from functools import lru_cache

from flask import Blueprint, Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

import words
from people.access import Action
from settings import Settings
from store import accounts
from store.database import writing
from web.paths import own_path
from web.rules import allow
from web.visit import visit

language = Blueprint("language", __name__)
_COOKIE = "language"
_YEAR = timedelta(days=365)
_LONGEST_WISH = 500


def chosen() -> str:
    """The reader's language: their own choice, or this browser's, or what it prefers."""
    found: str | None = g.get("language")
    if found is None:
        person = visit().person
        wishes = [person.language if person else None, request.cookies.get(_COOKIE)]
        found = next((wish for wish in wishes if wish in words.LANGUAGES), None) or _preferred(
            request.headers.get("Accept-Language", "")[:_LONGEST_WISH]
        )
        g.language = found
    return found


@lru_cache(maxsize=256)
def _preferred(header: str) -> str:
    """Choose by what a browser sends with every request, and always the same."""
    return words.negotiate(parse_accept_header(header, LanguageAccept).values())


def current() -> words.Words:
    """The words of the reader's language, kept for the request: a page asks hundreds of times."""
    found: words.Words | None = g.get("words")
    if found is None:
        found = g.words = words.words(chosen())
    return found


def _(message: str, /, **values: object) -> str:
    return current().gettext(message, **values)


def ngettext(one: str, other: str, count: int, /, **values: object) -> str:
    return current().ngettext(one, other, count, **values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    return current().pgettext(context, message, **values)


def is_https() -> bool:
    """Say whether people reach us encrypted: the setting knows, however many proxies stand between."""
    settings: Settings = current_app.extensions["settings"]
    return settings.is_https


@language.post("/language")
@allow(Action.VISIT)
def choose() -> ResponseReturnValue:
    """Switch the language, here and for the person wherever they sign in."""
    wish = request.form.get("language", "")
    response = redirect(own_path(request.form.get("next")))
    if wish not in words.LANGUAGES:
        return response
    if (person := visit().person) is not None:
        with writing() as database:
            accounts.set_language(database, person.id, wish)
    response.set_cookie(_COOKIE, wish, max_age=_YEAR, httponly=True, samesite="Lax", secure=is_https())
    return response


def attach(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]

    def moment(at: datetime) -> str:
        return current().moment(at, settings.timezone)

    app.jinja_env.globals.update(_=_, ngettext=ngettext, pgettext=pgettext)

    def day(at: datetime) -> str:
        return current().date(at.astimezone(settings.timezone))

    app.jinja_env.filters.update(
        moment=moment,
        day=day,
        on_day=lambda on: current().date(on),
        number=lambda value: current().number(value),
        size=lambda count: current().size(count),
        duration=lambda minutes: current().duration(minutes),
        together=lambda items: current().list(list(items)),
    )
