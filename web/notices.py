"""Short messages after a redirect: the cookie holds only which one, so nobody can put words in our mouth."""

from collections.abc import Callable

from flask import Flask, Response, g, request

from web.language import _, is_https, ngettext
from words import N_

_COOKIE = "notice"
_TEXTS = {
    "saved": N_("Saved"),
    "saved-outside": N_("Saved. The target changed meanwhile: what it no longer asks for is kept outside it"),
    "nothing-changed": N_("No answer had changed"),
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
    "department-archived": N_("The department is put away"),
    "flagged": N_("A second look is asked for"),
    "not-flagged": N_("The flag is taken away"),
    "restored": N_("The earlier answer is back, as a new version"),
    "finding-removed": N_("The finding is off the list"),
    "declaration-withdrawn": N_("The declaration is withdrawn"),
    "questionnaire-uploaded": N_("The draft is kept, exactly as uploaded"),
    "questionnaire-proposed": N_("Proposed. Somebody else confirms it"),
    "questionnaire-published": N_("The questionnaire is published"),
    "questionnaire-retired": N_("The version is retired"),
    "document-added": N_("The document is in the library"),
    "document-replaced": N_("The newer edition is in its place; the old one is in the history"),
    "document-withdrawn": N_("The document is withdrawn"),
    "document-brought-back": N_("The document is in use again"),
    "questionnaire-deleted": N_("The draft is deleted"),
    "assessment-archived": N_("The assessment is in the archive"),
    "assessment-restored": N_("The assessment is back in the list"),
    "assessment-deleted": N_("The assessment is deleted for good"),
    "import-applied": N_("Every change of the file is saved"),
    "import-applied-before": N_("This file was applied already; nothing was applied again"),
    "import-dropped": N_("The file is forgotten; nothing of it was applied"),
    "assessment-moved": N_("The new assessment is there; the old one stays as it is"),
    "move-undone": N_("The new assessment is deleted; the old one is as it was"),
}

_COUNTED: dict[str, Callable[[int], str]] = {
    "answers-saved": lambda count: ngettext("%(num)s answer saved", "%(num)s answers saved", count)
}


def tell(key: str, count: int | None = None) -> None:
    """Show a message on the next page."""
    assert key in (_TEXTS if count is None else _COUNTED)
    g.notice_to_come = key if count is None else f"{key}:{count}"


def notice() -> str | None:
    """The message for this page, if the page before left one."""
    text = _said(request.cookies.get(_COOKIE, ""))
    if text is not None:
        g.notice_was_shown = True
    return text


def _said(cookie: str) -> str | None:
    key, _colon, count = cookie.partition(":")
    if not count:
        return _(_TEXTS[key]) if key in _TEXTS else None
    if key not in _COUNTED or not (count.isascii() and count.isdigit()) or len(count) > 4:
        return None
    return _COUNTED[key](int(count))


def attach(app: Flask) -> None:
    app.after_request(_carry)


def _carry(response: Response) -> Response:
    if "notice_to_come" in g:
        response.set_cookie(_COOKIE, g.notice_to_come, httponly=True, samesite="Lax", secure=is_https())
    elif g.get("notice_was_shown"):
        response.delete_cookie(_COOKIE, httponly=True, samesite="Lax", secure=is_https())
    return response
