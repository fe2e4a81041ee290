"""One structured log line a request, with its reference number and without personal data; and the counters."""

import re
import secrets
import time
from collections.abc import Callable

from flask import Flask, Response, g, request

from settings import Settings
from web import logs

_QUIET = frozenset({"static", "health.alive", "health.ready", "health.metrics"})
_REFERENCE = re.compile(r"[A-Za-z0-9-]{8,64}")


def attach(app: Flask, settings: Settings) -> None:
    logs.set_up()
    app.before_request(lambda: _arrive(behind_proxy=settings.proxies > 0))
    app.after_request(_leave)
    if settings.metrics:
        from web.counters import count

        app.after_request(lambda response: _counted(response, count))


def reference() -> str:
    """The number of this request: shown on error pages, found in the log."""
    if "reference" not in g:
        g.reference = secrets.token_hex(5)
    number: str = g.reference
    return number


def note(event: str, **facts: object) -> None:
    """Write a line about the request at hand."""
    logs.logger.info(event, extra={"facts": {"id": reference(), **facts}})


def note_failure(error: BaseException) -> None:
    """Write down where an error came from, but not its message: that may quote what somebody typed."""
    facts = {
        "id": reference(),
        "error": type(error).__name__,
        "route": _route(),
        "trace": logs.trace(error.__traceback__),
    }
    logs.logger.error("failure", extra={"facts": facts})


def _arrive(*, behind_proxy: bool) -> None:
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-ID", "")
    if behind_proxy and _REFERENCE.fullmatch(given):
        g.reference = given


def _counted(response: Response, count: Callable[[str, int, float], None]) -> Response:
    count(_route(), response.status_code, _seconds())
    return response


def _seconds() -> float:
    now = time.perf_counter()
    return now - float(g.get("began", now))


def _leave(response: Response) -> Response:
    response.headers["X-Request-ID"] = reference()
    if request.endpoint not in _QUIET or response.status_code >= 400:
        note(
            "request",
            method=request.method,
            route=_route(),
            status=response.status_code,
            ms=round(_seconds() * 1000, 1),
        )
    return response


def _route() -> str:
    """The route's pattern, never the path: a path holds tokens and names."""
    return request.url_rule.rule if request.url_rule else "-"
