"""The one cookie that says who somebody is: an opaque token, and the CSRF secret derived from it.

A visitor who is not signed in has a token too, but no row: nothing is stored for strangers.
"""

import hmac
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin

from people.tokens import new_token
from settings import Settings
from store.sessions import ABSOLUTE

_LONGEST_TOKEN = 100


class VisitorSession(dict[str, Any], SessionMixin):
    """What Flask-WTF sees as the session: only the secret its CSRF tokens are made from."""

    def __init__(self, token: str, key: str) -> None:
        super().__init__()
        self.key = key
        self.lasts: timedelta | None = None
        self.become(token)
        self.is_changed = False

    def become(self, token: str) -> None:
        """Take another token, and with it another CSRF secret."""
        self.token = token
        self["csrf_token"] = hmac.digest(self.key.encode(), token.encode(), "sha256").hex()
        self.is_changed = True


class TokenCookie(SessionInterface):
    """Reads the token, and sets it when it is new or was changed by signing in or out."""

    def __init__(self, name: str, *, secure: bool) -> None:
        self.name = name
        self.secure = secure

    def token_in(self, request: Request) -> str | None:
        return request.cookies.get(self.name, "")[:_LONGEST_TOKEN] or None

    def open_session(self, app: Flask, request: Request) -> VisitorSession:
        return VisitorSession(self.token_in(request) or new_token(), cast(str, app.secret_key))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        visitor = cast(VisitorSession, session)
        is_first = "csrf_token" in g and self.token_in(request) is None
        if visitor.is_changed or is_first:
            response.set_cookie(
                self.name, visitor.token, max_age=visitor.lasts, secure=self.secure, httponly=True, samesite="Lax"
            )


def attach(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key
    name = "__Host-session" if settings.is_https else "session"
    app.session_interface = TokenCookie(name, secure=settings.is_https)


def token_of_request() -> str | None:
    return cast(TokenCookie, current_app.session_interface).token_in(request)


def hand_out(token: str) -> None:
    """Give the browser the token of the session just opened."""
    _visitor().lasts = ABSOLUTE
    _become(token)


def take_back() -> None:
    """Make the browser a stranger's again, with a new token that no row knows."""
    _become(new_token())


def _become(token: str) -> None:
    _visitor().become(token)
    for made_from_the_old_one in ("csrf_token", "csrf_valid"):
        g.pop(made_from_the_old_one, None)


def _visitor() -> VisitorSession:
    return cast(VisitorSession, session._get_current_object())  # type: ignore[attr-defined]
