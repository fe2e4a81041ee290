"""Short messages after a redirect: the cookie holds only which one, so nobody can put words in our mouth."""

from flask import Flask, Response, g, request

from web.language import _, is_https
from words import N_

_COOKIE = "notice"
_TEXTS = {
    "saved": N_("Saved"),
    "welcome": N_("Your account is ready"),
    "joined": N_("You are a member now"),
    "password-changed": N_("The password is changed. All other sessions were signed out"),
    "second-factor-on": N_("Two-step sign-in is on"),
    "second-factor-off": N_("Two-step sign-in is off"),
    "session-ended": N_("That session is signed out"),
    "signed-out": N_("You are signed out"),
    "signed-out-everywhere": N_("You are signed out everywhere"),
    "member-removed": N_("The membership has ended"),
    "invitation-withdrawn": N_("The invitation no longer works"),
    "founded": N_("The organisation is added"),
    "declaration-withdrawn": N_("The declaration is withdrawn"),
    "questionnaire-uploaded": N_("The draft is kept, exactly as uploaded"),
    "questionnaire-proposed": N_("Proposed. Somebody else confirms it"),
    "questionnaire-published": N_("The questionnaire is published"),
    "questionnaire-retired": N_("The version is retired"),
    "questionnaire-deleted": N_("The draft is deleted"),
}


def tell(key: str) -> None:
    """Show a message on the next page."""
    assert key in _TEXTS
    g.notice_to_come = key


def notice() -> str | None:
    """The message for this page, if the page before left one."""
    text = _TEXTS.get(request.cookies.get(_COOKIE, ""))
    if text is None:
        return None
    g.notice_was_shown = True
    return _(text)


def attach(app: Flask) -> None:
    app.after_request(_carry)


def _carry(response: Response) -> Response:
    if "notice_to_come" in g:
        response.set_cookie(_COOKIE, g.notice_to_come, httponly=True, samesite="Lax", secure=is_https())
    elif g.get("notice_was_shown"):
        response.delete_cookie(_COOKIE, httponly=True, samesite="Lax", secure=is_https())
    return response
