"""Headers, hosts and sizes: what holds for every answer and every request."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from settings import Settings
from web import bodies

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_ELSEWHERE = frozenset({"cross-site", "same-site"})
_A_YEAR = 365 * 24 * 60 * 60


def attach(app: Flask, settings: Settings) -> None:
    app.config.update(
        TRUSTED_HOSTS=settings.hosts,
        SEND_FILE_MAX_AGE_DEFAULT=_A_YEAR,
        # Some browsers and companies strip the Referer; the token is bound to a cookie that other hosts cannot set
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,  # the token ends with the session, not in the middle of a long form
    )
    bodies.attach(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = _protected(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_impossible_addresses)
    app.after_request(_keep_out_of_caches)
    if settings.is_https:
        app.after_request(lambda response: _insist_on_https(response, settings))


def _refuse_other_sites() -> None:
    """Believe a browser that says a request comes from elsewhere, whatever token it brings."""
    if request.method not in {"GET", "HEAD", "OPTIONS"} and request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
        abort(400)


def _refuse_impossible_addresses() -> None:
    """Nothing has a NUL in its name, and not every database can be asked for one."""
    if "\0" in request.path:
        abort(404)


def _protected(serve: WSGIApplication) -> WSGIApplication:
    """Give every answer the headers that protect it, but for those that its view set itself."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            own = {name for name, _ in headers}
            return start_response(status, [*headers, *(each for each in _HEADERS if each[0] not in own)], *error)

        return serve(environ, start)

    return answer


def _keep_out_of_caches(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif "v" not in request.args:
        # A script names the scripts it needs without their content: browsers ask each time whether theirs is the newest
        response.headers["Cache-Control"] = "no-cache"
    return response


def _insist_on_https(response: Response, settings: Settings) -> Response:
    """Ask browsers for encryption in future, wherever this answer travels encrypted; a proxy we trust tells if not."""
    if request.is_secure or not settings.proxies:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}; includeSubDomains")
    return response
