"""Whether who asks is a page's script, which wants facts, or a browser, which wants a page."""

from flask import request


def wants_json() -> bool:
    """Say whether JSON is wanted more than a page; who wants anything gets a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
