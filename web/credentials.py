"""Signing a person in once their password, link or code was good; and the throttle before any of these is checked."""

import math
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from wtforms import Field

from people import passwords
from store import accounts, attempts, log, sessions
from store.database import reading, writing
from store.log import INSTALLATION, Event
from web import cookies
from web.language import _, ngettext
from web.visit import person, visit
from words import N_

_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip
_BROWSERS = (("Edg/", "Edge"), ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip

_SECONDS_FOR_CODE = 300


@dataclass(frozen=True)
class Ticket:
    """Says, signed and for five minutes, that somebody's first factor was good."""

    user_id: UUID
    account: str


def minutes_to_wait(account: str) -> int | None:
    """Count one attempt against the address and the account; say how long to wait if it is one too many.

    An address that has to wait is not counted against the account: nobody is kept out, or rows made, without end.
    """
    with writing() as database:
        wait = attempts.count(database, attempts.PER_ADDRESS, network_of_request())
        if wait is None:
            wait = attempts.count(database, attempts.PER_ACCOUNT, account)
    return None if wait is None else max(1, math.ceil(wait / timedelta(minutes=1)))


def too_many(minutes: int) -> str:
    return ngettext(
        "Too many attempts. Try again in %(num)s minute",
        "Too many attempts. Try again in %(num)s minutes",
        minutes,
    )


def write_ticket(ticket: Ticket) -> str:
    return str(_serializer().dumps([str(ticket.user_id), ticket.account]))


def read_ticket(text: str | None) -> Ticket | None:
    try:
        user_id, account = _serializer().loads(text or "", max_age=_SECONDS_FOR_CODE)
    except BadSignature:
        return None
    return Ticket(UUID(user_id), account)


def sign_in(database: Session, user_id: UUID, account: str) -> None:
    """Open a session in this browser, with a new token; the one it had, if any, ends."""
    _end_current(database)
    cookies.hand_out(sessions.open_session(database, user_id, device_of_request()))
    _succeeded(database, account)
    log.record(database, INSTALLATION, Event.SIGNED_IN, actor=user_id)


def confirm(field: Field) -> bool:
    """Ask the person signed in for their password once more, before something that matters; throttled alike."""
    me = person()
    if (minutes := minutes_to_wait(me.email)) is not None:
        field.errors = [too_many(minutes)]
        return False
    with reading() as database:
        known = accounts.credentials_of(database, me.id)
    if known is None or not passwords.matches(known.password_hash, field.data or ""):
        field.errors = [_(N_("This is not your current password"))]
        return False
    with writing() as database:
        _succeeded(database, me.email)
    return True


def _succeeded(database: Session, account: str) -> None:
    attempts.forget(database, attempts.PER_ACCOUNT, account)
    attempts.give_back(database, attempts.PER_ADDRESS, network_of_request())


def network_of_request() -> str:
    """The address, or for IPv6 the /64 a household or office has, which costs nothing to move about in."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))


def device_of_request() -> str:
    """Name browser and system in two words, as far as they can be told."""
    agent = request.user_agent.string
    found = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="second-factor")


def _end_current(database: Session) -> None:
    here = visit()
    if here.person and here.session:
        sessions.end(database, here.person.id, here.session.id)
