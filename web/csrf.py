"""Whether a form comes from one of our pages. Flask-WTF says so; what it found right once is not worked out again."""

from flask import g, request, session
from flask_wtf import CSRFProtect

_FIELD = "csrf_token"
_MOST = 4_096
# Ours have 93 characters. A signature stays right with any number of others strewn into it that mean nothing
_LONGEST = 200


class OwnForms(CSRFProtect):
    """Flask-WTF's protection, with a memory of which tokens were right for which session.

    Such a token stays right for as long as its session lasts, and working it out was a twentieth of every save.
    """

    def __init__(self) -> None:
        super().__init__()
        self.right: set[tuple[str, str]] = set()

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002 - as Flask-WTF calls it
        if request.method != "POST" or request.endpoint is None or not (token := request.form.get(_FIELD)):
            super().protect(apply_exemptions)
            return
        sent = (session[_FIELD], token)
        if sent in self.right:
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
        if g.get("csrf_valid") and len(token) <= _LONGEST:
            self._remember(sent)

    def _remember(self, right: tuple[str, str]) -> None:
        if len(self.right) >= _MOST:
            self.right.clear()
        self.right.add(right)
