"""`plumbline serve` and `plumbline link`: the web application under gunicorn, and the way in."""

import gc
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import Session

import settings as environment
from commands.console import BAD_INPUT, Complaint, _
from commands.workers import TurnTaker, Worker
from people.types import Person
from settings import Settings
from store import accounts, links, log
from store.database import db, reading, writing
from store.links import Purpose
from store.log import INSTALLATION, Event
from words import LANGUAGES, N_, words

_THREADS = 4
_SECONDS_TO_FINISH = 30
_SECONDS_KEPT_OPEN = 15
_AT_THE_CONSOLE = {
    Purpose.SIGN_IN: (links.make_sign_in, Event.SIGN_IN_LINK_MADE),
    Purpose.RESET: (links.make_reset, Event.RESET_LINK_MADE),
}
_PORT_TAKEN = N_("Port %(port)s cannot be used (%(reason)s). Try another one: PORT=%(other)s make run")
_UNREACHABLE = N_("The database cannot be reached (%(reason)s). Check PLUMBLINE_DATABASE_URL, and that the server runs")
_UNSAFE = N_("The data folder is not safe for a database: %(reason)s. Use a folder on this machine’s own disk")
_NEWER = N_(
    "The database was written by a newer Plumbline (%(version)s). Start that one, or restore a backup made before it"
)


class Server(BaseApplication):
    """gunicorn with our application, loaded once before the workers are forked."""

    def __init__(self, application: Flask, options: dict[str, Any]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.application


def serve(*, with_link: bool) -> None:
    """Start the web application; say where it is, and how to get in."""
    _read_words()
    settings = environment.prepare(environment.read(os.environ))
    door = _listen(settings)
    with _shared_counters(settings):
        application = open_application(settings)
        _read_fonts()
        print(_("Plumbline is at %(url)s. Stop it with Ctrl-C", url=settings.public_url))
        _print_link(application, asked_for=with_link)
        Server(application, options(settings, door)).run()


def _read_words() -> None:
    """Read the catalogues first of all: what that needs for a moment is free again for the program itself."""
    for language in LANGUAGES:
        words(language)


def _read_fonts() -> None:
    """Read the faces of the report once, before the workers are forked, and leave what is there out of collections.

    A collection writes to every object it looks at, and what a worker writes to it no longer shares.
    """
    from reports.faces import prepare
    from web.heap import share_one_heap

    share_one_heap()
    prepare()
    gc.collect()
    gc.freeze()
    # A page makes some thousand objects and drops them: looking for circles after every 700 costs a tenth of it
    gc.set_threshold(20_000, 20, 20)


def _print_link(application: Flask, *, asked_for: bool) -> None:
    """Show the way in where nobody has been yet, or where it was asked for."""
    with application.app_context():
        with reading() as database:
            is_new = accounts.is_empty(database)
        if is_new or asked_for:
            print(_("Open this link within 15 minutes. It works once:"), new_link(application), sep="\n  ")
        db.engine.dispose()  # the workers are forked next: none may inherit an open connection
    sys.stdout.flush()


def link(email: str | None, *, new_password: bool, drop_second_factor: bool) -> str:
    """Make a link at the console; on request for a new password, or for somebody who lost phone and recovery codes."""
    application = open_application(environment.prepare(environment.read(os.environ)))
    if drop_second_factor:
        _drop_second_factor(application, email)
    return new_link(application, email, Purpose.RESET if new_password else Purpose.SIGN_IN)


def new_link(application: Flask, email: str | None = None, purpose: Purpose = Purpose.SIGN_IN) -> str:
    """Make the link that sets the installation up, or later one for somebody who has an account."""
    settings: Settings = application.extensions["settings"]
    with application.app_context(), writing() as database:
        log.hold(database, INSTALLATION)  # of two links made at once, the first stops working
        if accounts.is_empty(database):
            token = links.make_set_up(database)
        else:
            who = _whom(database, email)
            make, event = _AT_THE_CONSOLE[purpose]
            token = make(database, who.id)
            log.record(database, INSTALLATION, event, actor=None, subject=who.id)
    return f"{settings.public_url}/link/{token}"


def open_application(settings: Settings) -> Flask:
    """Wire the application, or say in a sentence why the database cannot be used."""
    from app import create_app
    from store.attach import DatabaseUnreachable, UnsafeDatabase
    from store.migrate import DatabaseIsNewer

    try:
        return create_app(settings)
    except DatabaseUnreachable as error:
        raise Complaint(_(_UNREACHABLE, reason=error)) from error
    except UnsafeDatabase as error:
        raise Complaint(_(_UNSAFE, reason=error)) from error
    except DatabaseIsNewer as error:
        raise Complaint(_(_NEWER, version=error)) from error


def _drop_second_factor(application: Flask, email: str | None) -> None:
    with application.app_context(), writing() as database:
        if accounts.is_empty(database):
            return
        who = _whom(database, email)
        accounts.disenrol(database, who.id)
        log.record(database, INSTALLATION, Event.SECOND_FACTOR_REMOVED, actor=None, subject=who.id)


def _whom(database: Session, email: str | None) -> Person:
    who = accounts.find_by_email(database, email) if email else accounts.installation_owner(database)
    if who is None:
        raise Complaint(_("Nobody here has the address %(email)s", email=email), status=BAD_INPUT)
    return who


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is begun, so that of two starts at once the second says so and stops."""
    family = socket.AF_INET6 if ":" in settings.bind_host else socket.AF_INET
    door = socket.socket(family)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((settings.bind_host, settings.port))
        door.listen()
    except OSError as error:
        door.close()
        other = settings.port + 1 if settings.port < 65535 else 8000
        values = {"port": settings.port, "reason": error.strerror, "other": other}
        raise Complaint(_(_PORT_TAKEN, **values), status=BAD_INPUT) from error
    return door


def options(settings: Settings, door: socket.socket) -> dict[str, Any]:
    """Say how gunicorn serves; `door` is the socket it listens at."""
    from web.logs import ServerLog

    return {
        "bind": f"fd://{door.detach()}",
        "workers": settings.workers,
        "worker_class": TurnTaker if settings.is_sqlite else Worker,
        "threads": _THREADS,
        "preload_app": True,
        "graceful_timeout": _SECONDS_TO_FINISH,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # what a proxy says is read in web/safety.py, where a proxy is configured
        "keepalive": _SECONDS_KEPT_OPEN,
        "logger_class": ServerLog,
        "loglevel": "warning",
        "proc_name": "plumbline",
    }


@contextmanager
def _shared_counters(settings: Settings) -> Iterator[None]:
    """Give the workers a folder to add their counters up in; it must be named before they are defined."""
    if not settings.metrics:
        yield
        return
    folder = tempfile.mkdtemp(prefix="plumbline-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    master = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == master:  # a worker that ends passes here too
            shutil.rmtree(folder, ignore_errors=True)
