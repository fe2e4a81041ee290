"""Whether who asks is a page's script, which wants facts, or a browser, which wants a page."""

from flask import current_app, request

from web.rules import is_for_scripts


def wants_json() -> bool:
    """Say whether JSON is wanted more than a page: the address has nothing else, or who asks says so."""
    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return wanted == "application/json" or is_for_scripts(current_app, request.endpoint)
