"""What people see when something is wrong: a sentence, a way on, and a number that is in the log."""

import errno
from collections.abc import Callable

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from store.file_store import FileMissing, StoreUnreachable
from store.organizations import ChangedMeanwhile
from store.questionnaires import TextAltered
from web import again, bodies
from web.accepting import wants_json
from web.language import _
from web.observe import note_failure, reference
from web.rules import is_for_long_forms
from web.turns import Busy
from web.visit import visit
from words import N_

_OURS = N_(
    "Nothing of this request was saved. Try again; if it happens again, tell whoever runs this server the number below."
)
_ALTERED = (
    N_("This questionnaire was altered"),
    N_("Its text is not what was uploaded, so it is not used. Whoever runs this server can restore it from a backup."),
)
_NO_ROOM = (
    N_("There is no room left"),
    N_("The server’s disk is full, so nothing of this was kept. Tell whoever runs this server; nothing needs repair."),
)
_NO_STORE = (
    N_("The place for files does not answer"),
    N_("Nothing of this request was kept. Try again in a minute."),
)
_NO_FILE = (
    N_("This file is not where it should be"),
    N_("Whoever runs this server can restore it from a backup. Tell them the number below."),
)
_TOO_LONG = (
    N_("That is too large"),
    N_("A section takes up to %(most)s MB of text at once, so nothing of this was saved. Shorten the longest texts."),
)
_BUSY = (
    N_("Other reports are being built"),
    N_("They take a few seconds. Nothing is lost: go back and try again."),
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CONFLICT = N_("Your change was not made. Look at what is there now and decide again.")
# Title and what to do, by status
_TEXTS = {
    400: (N_("This request cannot be understood"), N_("Go back, load the page again, and send it once more.")),
    404: (N_("There is no such page here"), N_("The address may be mistyped, or the page is not for you to see.")),
    405: (N_("This address does not take that"), N_("Go back and use the buttons of the page.")),
    409: (N_("Somebody changed this meanwhile"), _CONFLICT),
    413: (N_("That is too large"), N_("This page takes up to %(most)s MB at once, files included. Send less.")),
    429: (N_("Too many attempts"), N_("Wait a few minutes, then try again.")),
    500: (N_("Something went wrong on our side"), _OURS),
    503: (N_("The database cannot be reached"), N_("Nothing of this request was saved. Try again in a minute.")),
}


def attach(app: Flask) -> None:
    app.register_error_handler(CSRFError, _from_an_old_page)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(ChangedMeanwhile, lambda _error: _page(409))
    app.register_error_handler(TextAltered, _altered)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(StoreUnreachable, _noted(503, _NO_STORE))
    app.register_error_handler(FileMissing, _noted(500, _NO_FILE))
    app.register_error_handler(Exception, _unknown)


def _from_an_old_page(_error: CSRFError) -> ResponseReturnValue:
    """Give what was typed another chance if it came from here; from elsewhere it is refused."""
    if not again.is_from_here():
        return _page(400)
    if wants_json():
        return jsonify(error=_(_TEXTS[400][1]), csrf_token=generate_csrf()), 400
    return again.bring_back(again.typed()), 400


def _known(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        return _plain()
    if error.response is not None or (error.code or 500) < 400:
        return error
    is_too_long = error.code == 413 and is_for_long_forms(current_app, request.endpoint)
    return _page(error.code or 500, error, texts=_TOO_LONG if is_too_long else None)


def _database(error: DBAPIError) -> ResponseReturnValue:
    note_failure(error)
    if _is_full(error):
        return _page(503, texts=_NO_ROOM)
    return _page(503 if error.connection_invalidated or _is_outage(error) else 500)


def _altered(error: TextAltered) -> ResponseReturnValue:
    note_failure(error)
    return _page(500, texts=_ALTERED)


def _system(error: OSError) -> ResponseReturnValue:
    """Tell a full disk from a mistake of ours."""
    note_failure(error)
    return _page(503, texts=_NO_ROOM) if error.errno in _FULL else _page(500)


def _busy(_error: Busy) -> ResponseReturnValue:
    response = _page(503, texts=_BUSY)
    response.headers["Retry-After"] = "5"
    return response


def _noted(status: int, texts: tuple[str, str]) -> Callable[[Exception], ResponseReturnValue]:
    def answer(error: Exception) -> ResponseReturnValue:
        note_failure(error)
        return _page(status, texts=texts)

    return answer


def _unknown(error: Exception) -> ResponseReturnValue:
    note_failure(error)
    return _page(500)


def _is_outage(error: DBAPIError) -> bool:
    """Tell a database that is away, full or locked from a mistake of ours."""
    return type(error).__name__ in {"OperationalError", "InterfaceError"}


def _is_full(error: DBAPIError) -> bool:
    """Tell a database whose disk is full, as SQLite or PostgreSQL says it."""
    said = (getattr(error.orig, "sqlite_errorname", None), getattr(error.orig, "sqlstate", None))
    return said[0] == "SQLITE_FULL" or said[1] == "53100"


def _page(status: int, error: HTTPException | None = None, texts: tuple[str, str] | None = None) -> Response:
    title, advice = texts or _TEXTS.get(status, _TEXTS[500] if status >= 500 else _TEXTS[400])
    title, advice = _(title), _(advice, most=bodies.most_megabytes())
    response = make_response(_told(title, advice), status)
    if status == 405 and error is not None:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _told(title: str, advice: str) -> Response | str:
    """Say it to a script as JSON, to a person on a page."""
    if wants_json():
        return jsonify(error=_(N_("%(title)s. %(advice)s"), title=title, advice=advice), reference=reference())
    return render_template(
        "errors/index.html",
        title_text=title,
        advice=advice,
        reference=reference(),
        visit=visit(),
        places=list,  # none: the database was perhaps what went wrong
    )


def _plain() -> Response:
    """Answer for a host that is not ours: no page, for every link on it would lead there."""
    hosts = ", ".join(request.trusted_hosts or [])
    text = f"This server does not answer to that name. It answers to: {hosts}\n本服务器不使用该主机名。可用：{hosts}\n"
    return Response(text, 400, mimetype="text/plain")
