"""Brings people back to a form with what they typed, when its session had ended or its page had grown old.

Nothing is stored: what was typed travels in the page, signed, without passwords, and only to its own site. What is too
long for that stays where it is, in the browser, which sends it again once its owner has signed in elsewhere.
"""

from dataclasses import dataclass
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from web import bodies
from web.accepting import wants_json
from web.forms import BROUGHT_BACK, SignInForm
from web.language import _
from web.paths import own_path
from words import N_

_NEVER_KEPT = frozenset({"csrf_token", "password", "new_password", "current_password", "code", "kept", BROUGHT_BACK})
_LONGEST = 700_000
_MOST_FIELDS = 2_000
_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Typed:
    """A form that was sent but not taken: where to, and what was in it."""

    path: str
    fields: list[tuple[str, str]]


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page; what they typed, if anything, goes along."""
    if wants_json():
        return _told_to_sign_in()
    if request.method in {"GET", "HEAD"}:
        wanted = request.full_path if request.query_string else request.path
        return redirect(url_for("sign_in.index", next=wanted))
    if not is_from_here() or bodies.brings_files():
        return _sign_in(kept="")  # a stranger's file is not read, so what was typed beside it is not known
    kept = seal(typed()) if bodies.is_short() else ""
    return _sign_in(kept) if kept else (render_template("again/too_long.html"), 401)


def _sign_in(kept: str) -> ResponseReturnValue:
    form = SignInForm(formdata=None, kept=kept)
    return render_template("sign_in/index.html", form=form, interrupted=bool(kept)), 401


def _told_to_sign_in() -> ResponseReturnValue:
    return jsonify(error=_(N_("You are signed out. Sign in again")), sign_in=url_for("sign_in.index")), 401


def typed() -> Typed:
    """Read what was sent, leaving out what is nobody's business after this request."""
    sent = islice(request.form.items(multi=True), _MOST_FIELDS)
    return Typed(request.path, [(name, value) for name, value in sent if name not in _NEVER_KEPT])


def seal(what: Typed) -> str:
    sealed = _serializer().dumps([what.path, what.fields])
    return sealed if len(sealed) <= _LONGEST else ""


def unseal(sealed: str | None) -> Typed | None:
    """Take back what `seal` gave; anything else, or anything too old, is nothing."""
    try:
        path, fields = _serializer().loads(sealed or "", max_age=_SECONDS)
    except BadSignature:
        return None
    return Typed(own_path(path), [(str(name), str(value)) for name, value in fields])


def bring_back(what: Typed) -> str:
    """Draw the page that leads back to the form, filled in; with script it goes there by itself, once.

    Behind a button that acts at once there is no form to look at: that one waits to be pressed again.
    """
    is_first = BROUGHT_BACK not in request.form
    is_form = _is_page(what.path)
    return render_template(
        "again/index.html", typed=what, mark=BROUGHT_BACK, is_form=is_form, goes_on=is_first and is_form
    )


def is_from_here() -> bool:
    """Say whether a page of this site sent the request, as every current browser tells.

    Where somebody reloads a page to send its form again, it may come from "none"; the origin is still that page's.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site != "none":
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(path, "GET")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(cast(str, current_app.secret_key), salt="typed")
